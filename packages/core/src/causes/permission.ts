import type { CauseText } from './cause.ts'

/** What a session may call. */
export const PERMISSION_CAUSES = {
  'user-session-lacks-permission': {
    class: 'permission',
    title: 'This is a USER session, and the action is not open to USER sessions',
    symptom: '`SERVICE_FORBIDDEN` after a login that worked',
    check:
      'startSession answered sessionType 0, and none of the needed permissions is in permission.getCurrentPermissions.',
    remedy: [
      'Make an app token with sessionType 2 and setrole:<role> in its sessionPrivileges, where the role holds one of the needed permissions.',
      'Do not give an ADMIN app token without a role away: it can do everything.',
    ],
  },
  'role-unknown': {
    class: 'permission',
    title: 'The session names a role that the account does not have',
    symptom: '`INVALID_OBJECT_ID` on every call, though startSession worked',
    check: "setrole in the session's privileges is neither the id nor the system name of a role.",
    remedy: ['Find the id of the role (userRole.list), and put it into the sessionPrivileges of the app token.'],
  },
  'role-too-small': {
    class: 'permission',
    title: "The session's role does not hold a permission that opens this action",
    symptom: '`SERVICE_FORBIDDEN` for some actions',
    check: 'A role replaces what sessions hold by default; compare needed with held.',
    remedy: ['Add one of the needed permissions to the role, or use an app token with a role that has it.'],
  },
  'scope-too-small': {
    class: 'permission',
    title: 'The session was made for other actions than this one',
    symptom:
      '`SERVICE_FORBIDDEN` for some actions; with `Authorization: Bearer` also a challenge with `insufficient_scope`',
    check:
      'The session came from /oauth2/token with a scope: its privileges hold latchkey_actions. The app token itself would open the action.',
    remedy: [
      'Ask /oauth2/token for a session whose scope names this action too, or leave the scope out to get all that the app token gives.',
      'A session that was narrowed stays so: ask with the credentials of the app token, not by exchanging it again.',
    ],
  },
  'restricted-by-role': {
    class: 'permission',
    title: "The session's restrictingrole takes the permission away",
    symptom: '`SERVICE_FORBIDDEN` although the role of the session holds a permission that opens the action',
    check:
      'The privileges of the session hold restrictingrole; what that role names is missing from permission.getCurrentPermissions.',
    remedy: [
      'Take restrictingrole off the app token, or the permission off the restricting role, if the job is meant to do this.',
    ],
  },
  'role-in-use': {
    class: 'permission',
    title: 'The role cannot be deleted while a user has it',
    symptom: '`ROLE_IS_BEING_USED`',
    check: 'user.list shows roleIds.',
    remedy: [
      'Give those users another role, or none, by user.update.',
      'App tokens do not count: look for setrole in their sessionPrivileges first, since their sessions fail without it.',
    ],
  },
  'user-role-wins': {
    class: 'permission',
    title: 'The user of this ADMIN session has a role, and that counts instead of the type',
    symptom: '`SERVICE_FORBIDDEN` although the session is ADMIN',
    check: 'user.get shows roleIds for the user of the session.',
    remedy: [
      'Use a user without a role for the app token (sessionUserId), or put setrole:<role> into its sessionPrivileges: that goes before the roles of the user.',
      'Or add one of the needed permissions to the role of the user.',
    ],
  },
  'role-lacks-start-session': {
    class: 'permission',
    title: 'The session that was sent may not exchange app tokens',
    symptom: '`SERVICE_FORBIDDEN` for appToken.startSession although a session was sent',
    check: 'It has a role of its own.',
    remedy: ['Get a widget session (session.startWidgetSession) and use that for the login.'],
  },
  'permission-dependency-missing': {
    class: 'permission',
    title: 'The role names the permission, but lacks another one that it depends on',
    symptom: '`SERVICE_FORBIDDEN` though the role lists a permission that opens the action',
    check: 'It is missing from permission.getCurrentPermissions.',
    remedy: ['Add the permission that it depends on to the role.'],
  },
  'session-get-needs-permission': {
    class: 'permission',
    title: 'session.get is not open to USER and widget sessions',
    symptom: '`SERVICE_FORBIDDEN` from the attempt to look at a session',
    check: 'It takes KMC_ACCESS, KMC_READ_ONLY or SESSION_READ_PERMISSION.',
    remedy: ['Use permission.getCurrentPermissions, which is open to every session, and the answer of startSession.'],
  },
  'plugin-service-prefix': {
    class: 'permission',
    title: 'The service has a prefix that was left out',
    symptom: '`SERVICE_DOES_NOT_EXISTS`',
    check: 'Services of plugins are named plugin_service, such as schedule_scheduleEvent.',
    remedy: ['Use the whole name.'],
  },
  'feature-off': {
    class: 'permission',
    title: 'The account does not have the plugin or the feature that this action needs',
    symptom: '`FEATURE_FORBIDDEN` with the name of the plugin, or `SERVICE_FORBIDDEN`',
    check: 'An ADMIN session gets the same answer.',
    remedy: ['Have it switched on for the account; no permission helps.'],
  },
  'internal-only': {
    class: 'permission',
    title: 'No ordinary account may call this action',
    symptom: '`SERVICE_FORBIDDEN` for every session',
    check: 'It is one that the service keeps for itself.',
    remedy: ['Look for another action that gives what is needed.'],
  },
} as const satisfies Record<string, CauseText>
