import type { CauseText } from './cause.ts'

/** The login works, and still the job fails. */
export const AFTERWARDS_CAUSES = {
  'session-expired': {
    class: 'afterwards',
    title: 'The session has expired',
    symptom: '`INVALID_KS` with the word EXPIRED',
    check: 'expiry in the answer of startSession is the time at which it ends, in epoch seconds.',
    remedy: ['Log in again. Renew at four fifths of the life, and once more when INVALID_KS comes.'],
  },
  'session-ended': {
    class: 'afterwards',
    title: 'The session was ended',
    symptom: '`INVALID_KS` with the word LOGOUT',
    check: 'Somebody called session.end with it, or its app token or the user of that was deleted.',
    remedy: [
      'Log in again; if the app token is gone, make a new one.',
      'Do not end a session that other programs use.',
    ],
  },
  'widget-session-expired': {
    class: 'afterwards',
    title: 'The widget session was too old when startSession was called with it',
    symptom: '`INVALID_KS` with EXPIRED from appToken.startSession',
    check: 'It was started longer ago than its expiry, a day unless it was asked for less.',
    remedy: ['Start a widget session in each run, just before the login, and leave its expiry at 86400.'],
  },
  'session-expiry-unit': {
    class: 'afterwards',
    title: 'The expiry asked of startSession is not in seconds from now',
    symptom: 'Sessions that live shorter, or longer, than somebody thought',
    check: 'It is a date in epoch seconds, or a number of minutes.',
    remedy: ['Ask for the number of seconds from now, or for 0; the app token caps it.'],
  },
  'error-cached': {
    class: 'afterwards',
    title: 'The answer is an old one, kept by a cache',
    symptom: 'The same error for up to two minutes after its cause was mended',
    check: 'The same call with a fresh widget session is answered otherwise.',
    remedy: ['Wait for two minutes, or start a new widget session and try again.'],
  },
  'clock-skew': {
    class: 'afterwards',
    title: 'The clock here and the one of the server differ',
    symptom: 'Sessions are renewed too late or too early',
    check: 'The header X-Kaltura-Session of each answer ends in the time of the server.',
    remedy: ['Set the clock by a time server, or reckon with the time that the server tells.'],
  },
  'widget-session-still-used': {
    class: 'afterwards',
    title: 'The call was made with the widget session',
    symptom: '`SERVICE_FORBIDDEN`, or only public data',
    check: 'permission.getCurrentPermissions shows WIDGET_SESSION_PERMISSION.',
    remedy: ['Send the ks that appToken.startSession answered with, instead of the one of startWidgetSession.'],
  },
  'ip-restriction': {
    class: 'afterwards',
    title: 'The session may not be used from this address',
    symptom: '`INVALID_KS` with EXCEEDED_RESTRICTED_IP',
    check: 'Compare the address that the server sees with iprestrict; ranges are not understood there.',
    remedy: ['Put the single addresses that the job calls from into iprestrict, with / between them, or leave it out.'],
  },
  'uri-restriction': {
    class: 'afterwards',
    title: 'The session may not be used for this URL',
    symptom: '`INVALID_KS` with EXCEEDED_RESTRICTED_URI',
    check: 'The whole path with its query must equal a pattern of urirestrict, or begin like one that ends in *.',
    remedy: ['Add the path to urirestrict of the app token, with | between patterns.'],
  },
  'actions-limit-used-up': {
    class: 'afterwards',
    title: 'The session was good for a number of calls, and that is used up',
    symptom: '`INVALID_KS` with EXCEEDED_ACTIONS_LIMIT, or `INVALID_ACTIONS_LIMIT`',
    check: 'Its privileges hold actionslimit.',
    remedy: ['Log in again, or take actionslimit off the app token.'],
  },
  'partner-blocked': {
    class: 'afterwards',
    title: 'The account is blocked, or blocks this action, or there is none of that id',
    symptom:
      '`SERVICE_FORBIDDEN_CONTENT_BLOCKED` for every call, or `SERVICE_FORBIDDEN` for some actions whatever the role',
    check:
      'system.ping without session and account works. What was seen tells whether it is the action that is blocked.',
    remedy: [
      'Check partnerId, or leave it out.',
      'If the account is blocked, its owner has to see to that.',
      'An action that the account blocks is open to no role: the operator has to change its list of blocked actions, or its read-only state.',
    ],
  },
  'user-blocked': {
    class: 'afterwards',
    title: 'The user of the session is blocked in the account',
    symptom: '`USER_BLOCKED`',
    check: 'A session of another user works.',
    remedy: ['Unblock the user (user.update with status 1), or bind the app token to another user.'],
  },
  'user-own-only': {
    class: 'afterwards',
    title: 'A session that is not ADMIN sees its own user only',
    symptom: '`CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION`',
    check: 'userId is another one than the user of the session.',
    remedy: ['Leave userId out, or use an ADMIN session.'],
  },
  'entry-not-owned': {
    class: 'afterwards',
    title: 'The entry belongs to another user; the session itself is fine',
    symptom: '`INVALID_KS` with an empty value and -4,INVALID_TYPE',
    check: 'Compare userId of the entry with the user of the session.',
    remedy: [
      'Put edit:<entry id> or edit:* into the sessionPrivileges of the app token, or use a session of the owner.',
    ],
  },
  'object-not-found': {
    class: 'afterwards',
    title: 'There is no such object in the account',
    symptom: 'A code that ends in NOT_FOUND, `INVALID_USER_ID` or `INVALID_OBJECT_ID`',
    check: 'It was deleted, belongs to another account, or the id is misspelt.',
    remedy: ['List the objects to see which there are.'],
  },
  'value-taken': {
    class: 'afterwards',
    title: 'There is one of that name or id already',
    symptom: 'A code with DUPLICATE or ALREADY_EXISTS',
    check: 'List the objects to see it.',
    remedy: ['Change the one that is there, or choose another name.'],
  },
  'too-many-starts': {
    class: 'afterwards',
    title: 'Too many calls in a short time',
    symptom: '`ACTION_BLOCKED`',
    check: 'Count how often the job logs in.',
    remedy: ['Log in once and share the session between all steps; wait before the next try.'],
  },
  'server-fault': {
    class: 'server',
    title: 'The server failed to answer; the request is not to blame',
    symptom: '`INTERNAL_SERVERL_ERROR`, `SERVICE_UNAVAILABLE`',
    check: 'The same request may work a little later.',
    remedy: ['Try again.', 'If it lasts, give the request id to whoever runs the server: the log has the rest.'],
  },
} as const satisfies Record<string, CauseText>
