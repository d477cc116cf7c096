import type { CauseText } from './cause.ts'

/** Steps of the login in the wrong order, or left out. */
export const FLOW_CAUSES = {
  'session-not-sent': {
    class: 'flow',
    title: 'No session was sent with the call',
    symptom: '`SERVICE_FORBIDDEN` with the name of the action',
    check: 'The request has no parameter ks, or an empty one.',
    remedy: [
      'Send a session as the parameter ks. For appToken.startSession that is the widget session which the hash was made with.',
      'For all other calls send the session that startSession answered with.',
    ],
  },
  'session-is-whole-response': {
    class: 'flow',
    title: 'A whole response was sent as the session',
    symptom: '`INVALID_KS` with a long value',
    check: 'It starts with < or {.',
    remedy: ['Ask for JSON (format=1), and send only the field ks of the answer.'],
  },
  'session-truncated': {
    class: 'flow',
    title: 'The session string was cut',
    symptom: '`INVALID_KS`',
    check: 'Its length is a round number such as 128 or 255, or no multiple of four.',
    remedy: ['Give the column or variable room for 2000 characters or more.'],
  },
  'session-quoted': {
    class: 'flow',
    title: 'The session string was sent with quotes around it',
    symptom: '`INVALID_KS`',
    check: 'Its first or last character is a quotation mark.',
    remedy: ['Take the value of the JSON text, not the text with its quotes.'],
  },
  'wrong-endpoint': {
    class: 'flow',
    title: 'The session was not made by this server for this account',
    symptom: '`INVALID_KS`, `INVALID_WIDGET_ID` or `APP_TOKEN_ID_NOT_FOUND`',
    check:
      'Compare the address of the service, and the account id, between the step that got the session and this one.',
    remedy: [
      'Use one service address and one account for all steps.',
      "If the session was made by a program of yours: sign with the account's admin secret, for USER sessions too.",
      'After a change of the admin secret, start a new session.',
    ],
  },
  'widget-id-without-underscore': {
    class: 'flow',
    title: 'There is no widget of that id',
    symptom: '`INVALID_WIDGET_ID`',
    check: "An account's own widget is an underscore and the account's id, such as _102.",
    remedy: ['Send widgetId as _ and the account id.', 'Check that the account is one of this server.'],
  },
  'admin-secret-instead': {
    class: 'flow',
    title: 'The admin secret is used where an app token belongs',
    symptom: 'None: it works, and whoever reads the configuration owns the account',
    check: 'session.start is called with a secret, or a secret stands in the configuration.',
    remedy: ['Make an app token with a role for the job, use it, and change the secret.'],
  },
  'partner-mismatch': {
    class: 'flow',
    title: 'The call names another account than its session',
    symptom: '`SERVICE_FORBIDDEN`, or `SERVICE_FORBIDDEN_CONTENT_BLOCKED` for an account that does not exist',
    check: 'Compare partnerId with the account of the session.',
    remedy: ['Leave partnerId out: the session names its account.'],
  },
  'partner-secret-wrong': {
    class: 'flow',
    title: 'The secret is not the right one for this account and type of session',
    symptom: '`START_SESSION_ERROR`',
    check: 'An ADMIN session takes the admin secret; the user secret is good for USER sessions only.',
    remedy: ['Use the right secret for the type.', 'Better, make an app token and leave the secret where it is.'],
  },
  'service-unknown': {
    class: 'flow',
    title: 'There is no service of that name, or none was named',
    symptom: '`SERVICE_DOES_NOT_EXISTS`, `SERVICE_NOT_SPECIFIED`',
    check: 'Compare with the list of services; case does not matter.',
    remedy: ['Correct the name in the URL or in the parameter service.'],
  },
  'action-unknown': {
    class: 'flow',
    title: 'The service has no action of that name, or none was named',
    symptom: '`ACTION_DOES_NOT_EXISTS`, `ACTION_NOT_SPECIFIED`',
    check: "Compare with the service's actions; case does not matter.",
    remedy: ['Correct the name in the URL or in the parameter action.'],
  },
  'not-in-sandbox': {
    class: 'flow',
    title: 'The call is allowed, but the action is not in the sandbox',
    symptom: '`SERVICE_DOES_NOT_EXISTS` for a service of the original',
    check: 'diagnosis.stage is action: every gate was passed.',
    remedy: [
      'This server has sample data for baseEntry, media and category only. The same call may work at the real service.',
    ],
  },
} as const satisfies Record<string, CauseText>
