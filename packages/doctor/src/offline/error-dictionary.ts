import type { CauseId, Rung } from '@latchkey/core'
import type { WireErrorCode } from '@latchkey/wire'

/** What a code says: where the call stopped, and why that mostly is. */
export interface DictionaryEntry {
  /** Above it nothing was looked at, below it all was right. */
  readonly stage: Rung
  /** The likeliest first. */
  readonly causes: readonly CauseId[]
}

function entry(stage: Rung, ...causes: readonly CauseId[]): DictionaryEntry {
  return { stage, causes }
}

const PARAMETER = entry('parameters', 'parameter-invalid')
const MISSING = entry('parameters', 'json-charset-ignored', 'parameter-missing')
const PROPERTY_LEFT = entry('action', 'role-too-small', 'user-session-lacks-permission')
const NOT_FOUND = entry('action', 'object-not-found', 'entitlement-hides-entries')
const TAKEN = entry('action', 'value-taken')
const FAULT = entry('action', 'server-fault')
const USER_BLOCKED = entry('account', 'user-blocked')
const SECRET = entry('secret', 'partner-secret-wrong', 'admin-secret-instead')

/** Every code of the wire. Where a code has several meanings, what else is in the error decides: see `explainError`. */
export const DICTIONARY: Readonly<Record<WireErrorCode, DictionaryEntry>> = {
  ACCESS_FORBIDDEN_FROM_UNKNOWN_IP: entry('token-in-date', 'address-range', 'ip-restriction'),
  ACCESS_UNAUTHORIZED: entry('permission', 'role-too-small', 'user-session-lacks-permission'),
  ACCOUNT_OWNER_NEEDS_PARTNER_ADMIN_ROLE: entry('action', 'parameter-invalid'),
  ACTION_BLOCKED: entry('rate', 'too-many-starts'),
  ACTION_DOES_NOT_EXISTS: entry('endpoint', 'action-unknown', 'plugin-service-prefix'),
  ACTION_FORBIDDEN: entry('permission', 'internal-only', 'role-too-small'),
  ACTION_NOT_SPECIFIED: entry('endpoint', 'action-unknown', 'json-charset-ignored'),
  ANONYMOUS_ACCESS_FORBIDDEN: entry('permission', 'widget-session-still-used', 'session-not-sent'),
  APP_TOKEN_EXPIRED: entry('token-in-date', 'token-expired', 'token-expiry-unit'),
  APP_TOKEN_ID_NOT_FOUND: entry(
    'token-known',
    'token-id-mangled',
    'token-of-other-partner',
    'token-deleted',
    'wrong-endpoint',
  ),
  APP_TOKEN_NOT_ACTIVE: entry('token-active', 'token-disabled'),
  CANNOT_CHANGE_OWN_ROLE: entry('action', 'parameter-invalid'),
  CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION: entry('action', 'user-own-only'),
  DUPLICATE_USER_BY_ID: TAKEN,
  FEATURE_FORBIDDEN: entry('feature', 'feature-off'),
  INTERNAL_DATABASE_ERROR: FAULT,
  INTERNAL_SERVERL_ERROR: FAULT,
  INVALID_ACTIONS_LIMIT: entry('session-alive', 'actions-limit-used-up'),
  INVALID_APP_TOKEN_HASH: entry(
    'hash',
    'hash-upper-case',
    'hash-wrong-algorithm',
    'hash-token-value-sent',
    'hash-newline',
    'hash-token-id',
    'hash-other-session',
    'hash-utf16',
    'hash-hmac',
    'hash-base64',
    'hash-swapped',
  ),
  INVALID_ENUM_VALUE: PARAMETER,
  INVALID_FIELD_VALUE: entry('action', 'parameter-invalid'),
  INVALID_KS: entry(
    'session-readable',
    'session-url-mangled',
    'session-truncated',
    'session-is-whole-response',
    'session-quoted',
    'wrong-endpoint',
  ),
  INVALID_LANGUAGE_CODE: PARAMETER,
  INVALID_OBJECT_ID: entry('action', 'object-not-found', 'role-unknown'),
  INVALID_PARAMETER_CHAR: PARAMETER,
  INVALID_PARTNER_ID: entry('account', 'partner-blocked', 'parameter-invalid'),
  INVALID_SET_ROLE: entry('account', 'role-unknown'),
  INVALID_USER_ID: NOT_FOUND,
  INVALID_WIDGET_ID: entry('action', 'widget-id-without-underscore', 'wrong-endpoint'),
  MISSING_KS: entry('permission', 'session-not-sent', 'json-charset-ignored'),
  MISSING_MANDATORY_PARAMETER: MISSING,
  MANDATORY_PARAMETER_MISSING: MISSING,
  NOT_ALLOWED_TO_CHANGE_ROLE: entry('action', 'role-too-small'),
  OBJECT_TYPE_ABSTRACT: PARAMETER,
  PARTNER_ACCESS_FORBIDDEN: entry('account', 'partner-mismatch'),
  PARTNER_CHANGE_ACCOUNT_DISABLED: entry('action', 'reserved-privilege-dropped'),
  PERMISSION_ALREADY_EXISTS: TAKEN,
  PERMISSION_ITEM_NOT_FOUND: NOT_FOUND,
  PERMISSION_NOT_FOUND: NOT_FOUND,
  PROPERTY_VALIDATION_CANNOT_BE_NULL: PARAMETER,
  PROPERTY_VALIDATION_MAX_LENGTH: PARAMETER,
  PROPERTY_VALIDATION_MIN_LENGTH: PARAMETER,
  PROPERTY_VALIDATION_NOT_UPDATABLE: entry('action', 'field-not-writable'),
  PROPERTY_VALIDATION_NO_INSERT_PERMISSION: PROPERTY_LEFT,
  PROPERTY_VALIDATION_NO_UPDATE_PERMISSION: PROPERTY_LEFT,
  PROPERTY_VALIDATION_NO_USAGE_PERMISSION: PROPERTY_LEFT,
  PROPERTY_VALIDATION_ADMIN_PROPERTY: entry('action', 'user-session-lacks-permission'),
  PROPERTY_VALIDATION_WRONG_FORMAT: PARAMETER,
  ROLE_ID_MISSING: PARAMETER,
  ROLE_IS_BEING_USED: entry('action', 'role-in-use'),
  ROLE_NAME_ALREADY_EXISTS: TAKEN,
  SERVICE_ACCESS_CONTROL_RESTRICTED: entry('access-control', 'https-required', 'ip-restriction'),
  SERVICE_DOES_NOT_EXISTS: entry('endpoint', 'plugin-service-prefix', 'service-unknown', 'not-in-sandbox'),
  SERVICE_FORBIDDEN: entry(
    'permission',
    'user-session-lacks-permission',
    'widget-session-still-used',
    'session-not-sent',
    'role-too-small',
    'partner-mismatch',
    'user-role-wins',
  ),
  SERVICE_FORBIDDEN_CONTENT_BLOCKED: entry('account', 'partner-mismatch', 'partner-blocked'),
  SERVICE_NOT_SPECIFIED: entry('endpoint', 'service-unknown', 'json-charset-ignored'),
  START_SESSION_ERROR: SECRET,
  START_WIDGET_SESSION_ERROR: FAULT,
  SYSTEM_NAME_ALREADY_EXISTS: TAKEN,
  UNKNOWN_RESPONSE_FORMAT: PARAMETER,
  UNKNOWN_ROLE_ID: entry('account', 'role-unknown'),
  UNSAFE_HTML_TAGS: PARAMETER,
  UPLOAD_ERROR: entry('parameters', 'parameter-invalid', 'request-too-large'),
  USER_BLOCKED,
  USER_IS_BLOCKED: USER_BLOCKED,
  USER_ROLE_NOT_FOUND: entry('action', 'object-not-found', 'role-unknown'),
  USER_WRONG_PASSWORD: SECRET,
  ENTRY_ID_NOT_FOUND: entry('action', 'entitlement-hides-entries', 'object-not-found'),
  CATEGORY_NOT_FOUND: NOT_FOUND,
  PARENT_CATEGORY_NOT_FOUND: NOT_FOUND,
  DUPLICATE_CATEGORY: TAKEN,
  REQUEST_MALFORMED: entry('endpoint', 'request-malformed'),
  REQUEST_TOO_LARGE: entry('endpoint', 'request-too-large'),
  HEADERS_TOO_LARGE: entry('endpoint', 'request-too-large'),
  REQUEST_TIMEOUT: entry('endpoint', 'request-timeout'),
  RESPONSE_TOO_LARGE: entry('endpoint', 'too-many-steps'),
  TOO_MANY_STEPS: entry('endpoint', 'too-many-steps'),
  SERVICE_UNAVAILABLE: FAULT,
}

/** By the word that stands in the place of the session string: it could be read, so its text is right. */
export const SESSION_WORDS: Readonly<Record<string, DictionaryEntry>> = {
  EXPIRED: entry('session-alive', 'session-expired', 'session-duration-too-short', 'widget-session-expired'),
  LOGOUT: entry('session-alive', 'session-ended', 'token-deleted', 'token-disabled'),
  EXCEEDED_ACTIONS_LIMIT: entry('session-alive', 'actions-limit-used-up'),
  EXCEEDED_RESTRICTED_IP: entry('session-alive', 'ip-restriction', 'address-range'),
  EXCEEDED_RESTRICTED_URI: entry('session-alive', 'uri-restriction'),
}

/** For the login, the code of a call that may not be made says something else than for all others. */
export const LOGIN_FORBIDDEN: DictionaryEntry = entry(
  'permission',
  'session-not-sent',
  'partner-mismatch',
  'role-lacks-start-session',
)
export const NOT_OWNED: DictionaryEntry = entry('ownership', 'entry-not-owned')
export const SESSION_GET: DictionaryEntry = entry('permission', 'session-get-needs-permission', 'role-too-small')
/** The original names no id where a session's role is gone. */
export const SESSION_ROLE_GONE: DictionaryEntry = entry('account', 'role-unknown')
export const LOGIN_EXPIRED: DictionaryEntry = entry('session-alive', 'widget-session-expired', 'session-expired')
export const INTERNAL: DictionaryEntry = entry('permission', 'internal-only')

/** Codes of the original that this server does not know are told by how they end. */
export const BY_ENDING: readonly (readonly [RegExp, DictionaryEntry])[] = [
  [/_NOT_FOUND$/, NOT_FOUND],
  [/_ALREADY_EXISTS$|^DUPLICATE_/, TAKEN],
  [/_FORBIDDEN$|^ACCESS_|_NOT_ALLOWED$/, entry('permission', 'role-too-small', 'user-session-lacks-permission')],
  [/^PROPERTY_VALIDATION_|^INVALID_|_INVALID$/, PARAMETER],
  [/^INTERNAL_/, FAULT],
]
