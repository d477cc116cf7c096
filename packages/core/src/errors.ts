/** Each stable code and what it carries. Details are shown to people and logged: no secret, no session string, ever. */
export interface ErrorDetails {
  readonly SESSION_MALFORMED: { readonly reason: MalformedReason; readonly length: number }
  readonly SESSION_PARTNER_UNKNOWN: { readonly partnerId: number }
  readonly SESSION_SIGNATURE_MISMATCH: {
    readonly version: 1 | 2
    readonly partnerId: number
    readonly secretsTried: number
  }
  readonly SESSION_FIELD_INVALID: {
    readonly field: 'partnerId' | 'expiresAt' | 'type' | 'userId' | 'privileges' | 'masterPartnerId' | 'additionalData'
    readonly version: 1 | 2
  }
  readonly PRIVILEGE_NAME_INVALID: { readonly name: string }
  readonly STORE_UNAVAILABLE: { readonly store: string }
  readonly ALREADY_EXISTS: { readonly what: string; readonly id: string }
  readonly VALUE_NOT_STORABLE: { readonly what: string }
  readonly STORE_TOO_NEW: { readonly found: string; readonly known: string }
  readonly SECRET_UNREADABLE: { readonly what: string }
  readonly SETTING_INVALID: {
    readonly setting: string
    readonly from: string
    readonly received: string
    readonly accepted: string
  }
  readonly MASTER_KEY_MISSING: { readonly path: string }
  readonly PARTNER_NOT_FOUND: { readonly id: number }
  readonly PARTNER_SECRET_WRONG: { readonly id: number }
  readonly SESSION_ROLE_UNKNOWN: { readonly role: string }
  readonly SESSION_OF_OTHER_PARTNER: { readonly own: number; readonly other: number }
  readonly WIDGET_NOT_FOUND: { readonly id: string }
  readonly APP_TOKEN_NOT_FOUND: { readonly id: string }
  readonly APP_TOKEN_USER_INVALID: { readonly length: number }
  readonly USER_NOT_FOUND: { readonly id: string }
  readonly USER_EXISTS: { readonly id: string }
  readonly USER_ID_INVALID: { readonly length: number }
  readonly USER_ROLE_UNKNOWN: { readonly id: number }
  readonly OTHER_USER_NEEDS_ADMIN: { readonly id: string }
  readonly OWN_ROLE_CHANGE: Readonly<Record<never, never>>
  readonly ROLE_NOT_FOUND: { readonly id: number }
  readonly ROLE_NAME_EMPTY: Readonly<Record<never, never>>
  readonly ROLE_NAME_TAKEN: { readonly name: string }
  readonly ROLE_SYSTEM_NAME_TAKEN: { readonly name: string }
  readonly ROLE_PERMISSION_UNKNOWN: { readonly name: string; readonly partnerId: number }
  readonly ROLE_IN_USE: { readonly id: number }
  readonly PERMISSION_NOT_FOUND: { readonly name: string }
  readonly PERMISSION_NAME_INVALID: { readonly length: number }
  readonly PERMISSION_NAME_TAKEN: { readonly name: string; readonly partnerId: number }
  readonly PERMISSION_ITEM_UNKNOWN: { readonly id: string }
  readonly PERMISSION_ITEM_NOT_FOUND: { readonly id: number }
  readonly PROPERTY_BEYOND_SESSION: { readonly property: string }
  /** `isEntitled`: it may be there, but out of the session's sight. */
  readonly ENTRY_NOT_FOUND: { readonly id: string; readonly isEntitled: boolean }
  readonly ADDRESS_INVALID: { readonly address: string }
  readonly TOO_MANY_VALUES: { readonly what: string; readonly most: number }
  readonly NOT_ABOUT_ITSELF: Readonly<Record<never, never>>
  readonly SERVICE_UNKNOWN: { readonly service: string }
  readonly ACTION_UNKNOWN: { readonly action: string }
  readonly OVERLAP_INVALID: { readonly seconds: number; readonly most: number }
  readonly LABEL_INVALID: { readonly length: number; readonly most: number }
  readonly RATE_INVALID: { readonly received: number }
  readonly TOKEN_BEYOND_MAKER: { readonly what: string }
  readonly ADMIN_PROPERTY: { readonly property: string }
  readonly CATEGORY_NOT_FOUND: { readonly id: number | string }
  readonly PARENT_CATEGORY_NOT_FOUND: { readonly id: number }
  readonly CATEGORY_EXISTS: { readonly name: string }
  readonly REPORT_UNREADABLE: { readonly why: string }
}

/** What a text lacks to be a session string. */
export type MalformedReason =
  | 'not-base64'
  | 'no-separator'
  | 'too-few-fields'
  | 'partner-not-a-number'
  | 'not-whole-blocks'
  | 'array-name'

export type ErrorCode = keyof ErrorDetails

const CATALOGUE = {
  SESSION_MALFORMED: {
    summary: 'the session string cannot be read',
    remedy: 'send the session string exactly as it was issued: complete, unquoted, and with + encoded in form bodies',
  },
  SESSION_PARTNER_UNKNOWN: {
    summary: 'the session string names an account that does not exist here',
    remedy: 'check the partner id, and that the session was made for this server',
  },
  SESSION_SIGNATURE_MISMATCH: {
    summary: 'the session string was not signed with a secret of its account',
    remedy: 'sign with the admin secret, for user sessions too; after a change of secret, start a new session',
  },
  SESSION_FIELD_INVALID: {
    summary: 'a field cannot be written into a session string without changing the others',
    remedy: 'leave out semicolons in sessions of version 1, or let the account issue version 2',
  },
  PRIVILEGE_NAME_INVALID: {
    summary: 'the name of a privilege would not be read back as it was written',
    remedy: 'use letters, digits, "-" and "_" only, and none of _e, _t, _u, _m, _d',
  },
  STORE_UNAVAILABLE: {
    summary: 'the store did not answer',
    remedy: 'try again; if it lasts, check that the database is running and that its disk is not full',
  },
  ALREADY_EXISTS: {
    summary: 'it exists already',
    remedy: 'choose another id, or change the one that exists',
  },
  VALUE_NOT_STORABLE: {
    summary: 'a value cannot be stored as it is',
    remedy: 'leave out U+0000 and half surrogate pairs, and keep numbers whole and within 2^53',
  },
  STORE_TOO_NEW: {
    summary: 'the store was made by a later version of this program',
    remedy: 'start the version that made it, or a later one',
  },
  SECRET_UNREADABLE: {
    summary: 'a stored secret cannot be decrypted',
    remedy: 'start with the master key file that this store was made with',
  },
  SETTING_INVALID: {
    summary: 'a setting has a value that is not accepted',
    remedy: 'write what is accepted; `latchkey settings --help` says what each setting does',
  },
  MASTER_KEY_MISSING: {
    summary: 'the store holds encrypted secrets, but the master key file is missing',
    remedy: 'put the key file back, or set LATCHKEY_MASTER_KEY_FILE to where it is',
  },
  PARTNER_NOT_FOUND: {
    summary: 'there is no such partner in this store',
    remedy: 'see `latchkey partner list` for those there are',
  },
  PARTNER_SECRET_WRONG: {
    summary: 'the secret is not the one of this partner, or not good for this type of session',
    remedy: 'use the admin secret for an ADMIN session, either secret for a USER session; better, use an app token',
  },
  SESSION_ROLE_UNKNOWN: {
    summary: 'the session was to have a role that the account does not have',
    remedy: 'name a role of the account by its id or its system name in setrole',
  },
  SESSION_OF_OTHER_PARTNER: {
    summary: 'the session belongs to another account',
    remedy: 'look at it with a session of its own account',
  },
  WIDGET_NOT_FOUND: {
    summary: 'there is no such widget',
    remedy: 'send an underscore and the partner id, such as _102',
  },
  APP_TOKEN_NOT_FOUND: {
    summary: 'the account has no such app token, or it was deleted',
    remedy: 'check the id (not the value), and that it belongs to the account of the session',
  },
  APP_TOKEN_USER_INVALID: {
    summary: 'sessionUserId is no possible user id',
    remedy: 'use 1 to 320 letters, digits and marks such as . _ - @, without blanks',
  },
  USER_NOT_FOUND: {
    summary: 'the account has no such user',
    remedy: 'check the id; upper and lower case differ',
  },
  USER_EXISTS: {
    summary: 'the account has a user of that id already',
    remedy: 'update that one, or choose another id',
  },
  USER_ID_INVALID: {
    summary: 'this is no possible user id',
    remedy: 'use 1 to 320 letters, digits and marks such as . _ - @, without blanks',
  },
  USER_ROLE_UNKNOWN: {
    summary: 'the user was to have a role that the account does not have',
    remedy: 'name roles of the account by their ids',
  },
  OTHER_USER_NEEDS_ADMIN: {
    summary: 'a session that is not ADMIN sees its own user only',
    remedy: 'ask for the own user, or use an ADMIN session',
  },
  OWN_ROLE_CHANGE: {
    summary: 'nobody changes the roles of the own user',
    remedy: 'have another administrator change them',
  },
  ROLE_NOT_FOUND: {
    summary: 'the account has no such role, or it is one of those that all accounts share and nobody changes',
    remedy: 'see userRole.list for the ids; to change a shared role, clone it and change the copy',
  },
  ROLE_NAME_EMPTY: {
    summary: 'a role has a name',
    remedy: 'choose one that no other role of the account has',
  },
  ROLE_NAME_TAKEN: {
    summary: 'there is a role of that name already',
    remedy: 'use that one, or choose another name',
  },
  ROLE_SYSTEM_NAME_TAKEN: {
    summary: 'there is a role of that system name already',
    remedy: 'choose another system name, or leave it out',
  },
  ROLE_PERMISSION_UNKNOWN: {
    summary: 'the role was to have a permission that the account does not have',
    remedy: 'see permission.list for those of type 1; upper and lower case differ',
  },
  ROLE_IN_USE: {
    summary: 'a user has this role',
    remedy: 'take it from all users first; user.list shows who has it',
  },
  PERMISSION_NOT_FOUND: {
    summary: 'the account has no such permission, or it is one of those that all accounts share and nobody changes',
    remedy: 'check the name; upper and lower case differ',
  },
  PERMISSION_NAME_INVALID: {
    summary: 'a permission cannot have this name',
    remedy: 'choose one without commas and outer blanks, and not * alone, so that a role can list it',
  },
  PERMISSION_NAME_TAKEN: {
    summary: 'there is a permission of that name already, or the name belongs to a feature',
    remedy: 'use that one, or choose another name',
  },
  PERMISSION_ITEM_UNKNOWN: {
    summary: 'the permission was to hold an item that does not exist',
    remedy: 'see permissionItem.list for the ids',
  },
  PERMISSION_ITEM_NOT_FOUND: {
    summary: 'there is no such permission item',
    remedy: 'see permissionItem.list for the ids',
  },
  PROPERTY_BEYOND_SESSION: {
    summary: 'this property would give others more than the session itself holds',
    remedy: 'leave it out, or name roles that give nothing beyond your own',
  },
  ENTRY_NOT_FOUND: {
    summary: 'the account has no such entry, or the session may not see it',
    remedy: 'check the id, and that the entry belongs to the account of the session',
  },
  ADDRESS_INVALID: {
    summary: 'this is no address and no range of addresses',
    remedy: 'write addresses such as 192.0.2.7, ranges such as 192.0.2.0/24 or 2001:db8::/32',
  },
  TOO_MANY_VALUES: {
    summary: 'there are more values than are kept',
    remedy: 'leave some out',
  },
  NOT_ABOUT_ITSELF: {
    summary: 'this session may ask about itself only',
    remedy: 'leave out tokenId and roleId, or use a session that holds APP_TOKEN_BASE',
  },
  SERVICE_UNKNOWN: {
    summary: 'there is no such service',
    remedy: 'name services as the API does, such as media or schedule_scheduleEvent',
  },
  ACTION_UNKNOWN: {
    summary: 'there is no such action',
    remedy: 'name actions as service.action, such as media.list',
  },
  OVERLAP_INVALID: {
    summary: 'the old value cannot be taken for that long',
    remedy: 'name 0 seconds or more, a year at most, or leave it out for until further notice',
  },
  LABEL_INVALID: {
    summary: 'a label is too long',
    remedy: 'keep labels short, and write the rest into the note',
  },
  RATE_INVALID: {
    summary: 'this is no number of sessions a minute',
    remedy: 'name a whole number from 1 on, or 0 for no limit',
  },
  TOKEN_BEYOND_MAKER: {
    summary: 'the app token would be able to do what the session that makes it cannot',
    remedy: 'leave out what the session does not hold, or use a session that holds it',
  },
  ADMIN_PROPERTY: {
    summary: 'this property is set by ADMIN sessions only',
    remedy: 'leave it out, or put the privilege that allows it (edituser, editadmintags) on the app token',
  },
  CATEGORY_NOT_FOUND: {
    summary: 'the account has no such category',
    remedy: 'check the id or the full name',
  },
  PARENT_CATEGORY_NOT_FOUND: {
    summary: 'the parent category does not exist',
    remedy: 'create the parent first, or leave parentId out',
  },
  CATEGORY_EXISTS: {
    summary: 'there is a category of that full name already',
    remedy: 'use that one, or choose another name',
  },
  REPORT_UNREADABLE: {
    summary: 'what was given is no report of the doctor, or a damaged one',
    remedy: 'give the whole file that `latchkey doctor --report` wrote',
  },
} as const satisfies Record<ErrorCode, { readonly summary: string; readonly remedy: string }>

/** All codes, for tables that place each one and for the reference page. */
export const ERROR_CATALOGUE: Readonly<Record<ErrorCode, { readonly summary: string; readonly remedy: string }>> =
  CATALOGUE

/**
 * The one error of this project: the question could not be answered. Go by `code`, never by `message`. A stranger may
 * see `code`, `summary` and `remedy`; `message` adds the details, for logs and terminals.
 */
export class LatchkeyError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'LatchkeyError'
  readonly code: Code
  readonly details: ErrorDetails[Code]

  constructor(code: Code, details: ErrorDetails[Code], options?: { readonly cause?: unknown }) {
    super(formatMessage(CATALOGUE[code].summary, details), options)
    this.code = code
    this.details = details
  }

  get summary(): string {
    return CATALOGUE[this.code].summary
  }

  get remedy(): string {
    return CATALOGUE[this.code].remedy
  }
}

function formatMessage(summary: string, details: object): string {
  const parts = Object.entries(details).map(([name, value]) => `${name} ${JSON.stringify(showable(value))}`)
  return parts.length === 0 ? summary : `${summary} (${parts.join(', ')})`
}

const LONGEST_SHOWN = 200

function showable(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const short = value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value
  // People paste an app token's value, or a partner's secret, where an id belongs. Both are 32 hex characters.
  return short.replace(/[0-9a-f]{32,}/gi, (hex) => `${hex.slice(0, 4)}…${hex.slice(-4)}`)
}
