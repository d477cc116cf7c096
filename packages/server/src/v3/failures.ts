import {
  actionsOf,
  type ErrorCode,
  type ErrorDetails,
  type ExchangeReason,
  type HeldPermissions,
  LatchkeyError,
  nameOf,
  type Problem,
  type RequestFacts,
  SERVICES,
} from '@latchkey/core'
import { type ApiError, apiError } from '@latchkey/wire'
import { invalidSession } from './denials.ts'
import { ExchangeRefused, WireRefusal } from './refusals.ts'

export interface Refusal {
  readonly error: ApiError
  readonly problem: Problem
}

/** The call that was refused, and what it held. */
interface Refused {
  readonly facts: RequestFacts
  readonly held: HeldPermissions
}

/** What an action's own no is on the wire; `undefined` for what is no refusal but a fault. */
export function refusalOf(thrown: unknown, refused: Refused): Refusal | undefined {
  if (thrown instanceof WireRefusal) return { error: thrown.error, problem: problemOfWire(thrown) }
  if (thrown instanceof ExchangeRefused) {
    return {
      error: errorOfExchange(thrown.reason),
      problem: {
        kind: 'exchange',
        code: thrown.reason.code,
        hashType: thrown.hashType,
        requestedId: refused.facts.tokenId,
        ...('address' in thrown.reason && { address: thrown.reason.address }),
      },
    }
  }
  if (thrown instanceof LatchkeyError) return placeOf(thrown, refused)
  return undefined
}

function placeOf<Code extends ErrorCode>(error: LatchkeyError<Code>, refused: Refused): Refusal | undefined {
  return PLACES[error.code]?.(error.details, refused)
}

function forbidden({ facts }: Refused): ApiError {
  return apiError('SERVICE_FORBIDDEN', { SERVICE: `${facts.service}->${facts.action}` })
}

function errorOfExchange(reason: ExchangeReason): ApiError {
  switch (reason.code) {
    case 'token-not-found':
      return apiError('APP_TOKEN_ID_NOT_FOUND', { ID: reason.requestedId })
    case 'token-not-active':
      return apiError('APP_TOKEN_NOT_ACTIVE', { ID: reason.tokenId })
    case 'hash-mismatch':
      return apiError('INVALID_APP_TOKEN_HASH')
    case 'token-expired':
      return apiError('APP_TOKEN_EXPIRED', { ID: reason.tokenId })
    case 'address-not-allowed':
      return apiError('ACCESS_FORBIDDEN_FROM_UNKNOWN_IP', { IP: reason.address })
    case 'too-many-starts':
      return apiError('ACTION_BLOCKED', { ACTION_NAME: 'startSession', SERVICE_NAME: 'appToken' })
  }
}

function problemOfWire({ error, accepted, received }: WireRefusal): Problem {
  const name = error.args.PROP_NAME ?? error.args.FIELD_NAME ?? error.args.PARAM_NAME ?? ''
  if (error.code === 'MISSING_MANDATORY_PARAMETER') return { kind: 'parameter-missing', name }
  if (error.code === 'PROPERTY_VALIDATION_NOT_UPDATABLE') return { kind: 'field-not-writable', field: name }
  if (error.code === 'INVALID_KS') {
    return { kind: 'parameter-invalid', name: 'session', accepted: 'a session string of this account' }
  }
  if (received !== undefined) return { kind: 'name-unknown', parameter: name, received, accepted }
  return { kind: 'parameter-invalid', name, accepted }
}

const invalid = (field: string, error = apiError('INVALID_FIELD_VALUE', { FIELD_NAME: field })): Refusal => ({
  error,
  problem: { kind: 'parameter-invalid', name: field },
})
const outside = (name: string, received: number, accepted: string): Refusal => ({
  error: apiError('INVALID_FIELD_VALUE', { FIELD_NAME: name }),
  problem: { kind: 'parameter-invalid', name, accepted: `${accepted}; received was ${received}` },
})
const allActionNames = () => SERVICES.flatMap((service) => actionsOf(service).map((action) => nameOf(action)))
const notFound = (error: ApiError, what: string, id?: string): Refusal => ({
  error,
  problem: { kind: 'object-not-found', what, id },
})
const taken = (error: ApiError, what: string): Refusal => ({ error, problem: { kind: 'value-taken', what } })

/** A new code does not compile until it is placed here. `undefined` is a fault, not an answer. */
const PLACES: {
  readonly [Code in ErrorCode]: ((details: ErrorDetails[Code], refused: Refused) => Refusal) | undefined
} = {
  SESSION_MALFORMED: ({ length }) => unreadable(`${length} characters`, 'malformed'),
  SESSION_PARTNER_UNKNOWN: () => unreadable('', 'bad-signature'),
  SESSION_SIGNATURE_MISMATCH: () => unreadable('', 'bad-signature'),
  SESSION_FIELD_INVALID: ({ field }) => invalid(field, apiError('INVALID_PARAMETER_CHAR', { XML_FIELD: field })),
  PRIVILEGE_NAME_INVALID: () => invalid('privileges', apiError('INVALID_PARAMETER_CHAR', { XML_FIELD: 'privileges' })),
  PARTNER_SECRET_WRONG: ({ id }) => ({
    error: apiError('START_SESSION_ERROR', { PID: id }),
    problem: { kind: 'secret-wrong' },
  }),
  SESSION_ROLE_UNKNOWN: () => ({ error: apiError('UNKNOWN_ROLE_ID'), problem: { kind: 'session-role-unknown' } }),
  SESSION_OF_OTHER_PARTNER: ({ own, other }) => ({
    error: apiError('PARTNER_ACCESS_FORBIDDEN', { ACCESSING_PID: own, ACCESSED_PID: other }),
    problem: { kind: 'deny', reason: { code: 'wrong-partner', requested: other, own } },
  }),
  WIDGET_NOT_FOUND: ({ id }) => ({
    error: apiError('INVALID_WIDGET_ID', { WIDGET_ID: id }),
    problem: { kind: 'widget-unknown', id },
  }),
  APP_TOKEN_NOT_FOUND: ({ id }) => ({
    error: apiError('APP_TOKEN_ID_NOT_FOUND', { ID: id }),
    problem: { kind: 'exchange', code: 'token-not-found', requestedId: id },
  }),
  APP_TOKEN_USER_INVALID: () => invalid('sessionUserId'),
  USER_NOT_FOUND: ({ id }) => notFound(apiError('INVALID_USER_ID'), 'user', id),
  USER_EXISTS: ({ id }) => taken(apiError('DUPLICATE_USER_BY_ID', { UID: id }), 'user id'),
  USER_ID_INVALID: () => invalid('id'),
  USER_ROLE_UNKNOWN: ({ id }) =>
    notFound(apiError('USER_ROLE_NOT_FOUND'), 'role', Number.isNaN(id) ? undefined : String(id)),
  OTHER_USER_NEEDS_ADMIN: ({ id }) => ({
    error: apiError('CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION', { USER_ID: id }),
    problem: { kind: 'other-user' },
  }),
  OWN_ROLE_CHANGE: () => invalid('roleIds', apiError('CANNOT_CHANGE_OWN_ROLE')),
  ROLE_NOT_FOUND: ({ id }) => notFound(apiError('INVALID_OBJECT_ID', { ID: id }), 'role', String(id)),
  ROLE_NAME_EMPTY: () =>
    invalid('name', apiError('PROPERTY_VALIDATION_MIN_LENGTH', { PROP_NAME: 'KalturaUserRole::name', MIN_LEN: 1 })),
  ROLE_NAME_TAKEN: () => taken(apiError('ROLE_NAME_ALREADY_EXISTS'), 'role name'),
  ROLE_SYSTEM_NAME_TAKEN: ({ name }) =>
    taken(apiError('SYSTEM_NAME_ALREADY_EXISTS', { SYS_NAME: name }), 'system name'),
  ROLE_PERMISSION_UNKNOWN: ({ name, partnerId }) => {
    const text = `Permission [${name}] was not found for partner [${partnerId}]`
    return notFound(apiError('PERMISSION_NOT_FOUND', { ERR_TEXT: text }), 'permission', name)
  },
  ROLE_IN_USE: () => ({ error: apiError('ROLE_IS_BEING_USED'), problem: { kind: 'role-in-use' } }),
  PERMISSION_NOT_FOUND: ({ name }) => notFound(apiError('INVALID_OBJECT_ID', { ID: name }), 'permission', name),
  PERMISSION_NAME_INVALID: () => invalid('name'),
  PERMISSION_NAME_TAKEN: ({ name, partnerId }) =>
    taken(apiError('PERMISSION_ALREADY_EXISTS', { PERMISSION: name, PID: partnerId }), 'permission name'),
  PERMISSION_ITEM_UNKNOWN: ({ id }) => notFound(apiError('PERMISSION_ITEM_NOT_FOUND'), 'permission item', id),
  PERMISSION_ITEM_NOT_FOUND: ({ id }) =>
    notFound(apiError('INVALID_OBJECT_ID', { ID: id }), 'permission item', String(id)),
  PROPERTY_BEYOND_SESSION: ({ property }) => ({
    error: apiError('PROPERTY_VALIDATION_NO_INSERT_PERMISSION', { PROP: `KalturaWidget::${property}` }),
    problem: { kind: 'field-not-writable', field: property },
  }),
  ENTRY_NOT_FOUND: ({ id, isEntitled }) =>
    isEntitled
      ? {
          error: apiError('ENTRY_ID_NOT_FOUND', { ENTRY_ID: id }),
          problem: { kind: 'deny', reason: { code: 'entry-not-visible', id } },
        }
      : notFound(apiError('ENTRY_ID_NOT_FOUND', { ENTRY_ID: id }), 'entry', id),
  ADDRESS_INVALID: ({ address }) => ({
    error: apiError('INVALID_FIELD_VALUE', { FIELD_NAME: 'addresses' }),
    problem: {
      kind: 'name-unknown',
      parameter: 'addresses',
      received: address,
      accepted: '192.0.2.7, 192.0.2.0/24 or 2001:db8::/32',
    },
  }),
  NOT_ABOUT_ITSELF: (_, refused) => ({
    error: forbidden(refused),
    problem: { kind: 'about-others', held: refused.held.list() },
  }),
  SERVICE_UNKNOWN: ({ service }) => ({
    error: apiError('INVALID_FIELD_VALUE', { FIELD_NAME: 'services' }),
    problem: { kind: 'name-unknown', parameter: 'services', received: service, known: SERVICES },
  }),
  ACTION_UNKNOWN: ({ action }) => ({
    error: apiError('INVALID_FIELD_VALUE', { FIELD_NAME: 'actions' }),
    problem: { kind: 'name-unknown', parameter: 'actions', received: action, known: allActionNames() },
  }),
  OVERLAP_INVALID: ({ seconds, most }) => outside('overlap', seconds, `0 to ${most} seconds, or -1 for until finish`),
  LABEL_INVALID: ({ length, most }) => outside('labels', length, `${most} characters a label at most`),
  RATE_INVALID: ({ received }) => outside('startsPerMinute', received, 'a whole number from 1 on, or 0 for no limit'),
  TOO_MANY_VALUES: ({ what, most }) => ({
    error: apiError('INVALID_FIELD_VALUE', { FIELD_NAME: what }),
    problem: { kind: 'parameter-invalid', name: what, accepted: `${most} values at most` },
  }),
  TOKEN_BEYOND_MAKER: ({ what }, refused) => ({
    error: forbidden(refused),
    problem: { kind: 'beyond-maker', what },
  }),
  ADMIN_PROPERTY: ({ property }) =>
    invalid(property, apiError('PROPERTY_VALIDATION_ADMIN_PROPERTY', { PROP_NAME: property })),
  CATEGORY_NOT_FOUND: ({ id }) => notFound(apiError('CATEGORY_NOT_FOUND', { ID: id }), 'category', String(id)),
  PARENT_CATEGORY_NOT_FOUND: ({ id }) =>
    notFound(apiError('PARENT_CATEGORY_NOT_FOUND', { ID: id }), 'category', String(id)),
  CATEGORY_EXISTS: ({ name }) => taken(apiError('DUPLICATE_CATEGORY', { CATEGORY: name }), 'category name'),
  VALUE_NOT_STORABLE: ({ what }) => invalid(what),
  ALREADY_EXISTS: ({ what }) => invalid(what),
  PARTNER_NOT_FOUND: undefined,
  STORE_UNAVAILABLE: undefined,
  STORE_TOO_NEW: undefined,
  SECRET_UNREADABLE: undefined,
  SETTING_INVALID: undefined,
  REPORT_UNREADABLE: undefined,
  MASTER_KEY_MISSING: undefined,
}

function unreadable(shown: string, code: 'malformed' | 'bad-signature'): Refusal {
  return { error: invalidSession(shown, -1, 'INVALID_STR'), problem: { kind: 'deny', reason: { code } } }
}
