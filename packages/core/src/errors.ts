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
    remedy: 'correct it; `latchkey settings` lists what each one accepts',
  },
  MASTER_KEY_MISSING: {
    summary: 'the store holds encrypted secrets, but the master key file is missing',
    remedy: 'put the key file back, or set LATCHKEY_MASTER_KEY_FILE to where it is',
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

// People paste an app token's value, or a partner's secret, where an id belongs. Both are 32 hex characters.
function showable(value: unknown): unknown {
  return typeof value === 'string'
    ? value.replace(/[0-9a-f]{32,}/gi, (hex) => `${hex.slice(0, 4)}…${hex.slice(-4)}`)
    : value
}
