import type { CatalogueAction, DenyReason } from '@latchkey/core'
import { type ApiError, apiError } from '@latchkey/wire'

/** What a client of the original expects for each reason. */
export function errorOfDenial(reason: DenyReason, action: CatalogueAction): ApiError {
  const called = `${action.service}->${action.action}`
  switch (reason.code) {
    case 'malformed':
    case 'bad-signature':
      return invalidSession('', -1, 'INVALID_STR')
    case 'expired':
      return invalidSession('EXPIRED', -5, 'EXPIRED')
    case 'revoked':
      return invalidSession('LOGOUT', -6, 'LOGOUT')
    case 'actions-limit-used-up':
      return reason.isNumber
        ? invalidSession('EXCEEDED_ACTIONS_LIMIT', -8, 'EXCEEDED_ACTIONS_LIMIT')
        : apiError('INVALID_ACTIONS_LIMIT')
    case 'address-not-allowed':
      return invalidSession('EXCEEDED_RESTRICTED_IP', -9, 'EXCEEDED_RESTRICTED_IP')
    case 'uri-not-allowed':
      return invalidSession('EXCEEDED_RESTRICTED_URI', -11, 'EXCEEDED_RESTRICTED_URI')
    case 'partner-blocked':
      return reason.isForAction === true
        ? apiError('SERVICE_FORBIDDEN', { SERVICE: called })
        : apiError('SERVICE_FORBIDDEN_CONTENT_BLOCKED')
    case 'user-blocked':
      return apiError('USER_BLOCKED')
    case 'role-unknown':
      return reason.isInvalid ? apiError('INVALID_SET_ROLE') : apiError('INVALID_OBJECT_ID')
    case 'entry-not-owned':
      return invalidSession('', -4, 'INVALID_TYPE')
    case 'entry-not-visible':
      return apiError('ENTRY_ID_NOT_FOUND', {})
    case 'no-session':
    case 'wrong-partner':
    case 'permission-missing':
    case 'never-open':
    case 'out-of-scope':
      return apiError('SERVICE_FORBIDDEN', { SERVICE: called })
    case 'transport-refused':
      return apiError('SERVICE_ACCESS_CONTROL_RESTRICTED', { SERVICE: called })
    case 'feature-off':
      return apiError('FEATURE_FORBIDDEN', { FEATURE: reason.plugin })
    case 'rate':
      return apiError('ACTION_BLOCKED', { ACTION_NAME: action.action, SERVICE_NAME: action.service })
  }
}

/** @param shown a status word, or what may be shown of a session string */
export function invalidSession(shown: string, number: number, word: string): ApiError {
  return apiError('INVALID_KS', { KSID: shown, ERR_CODE: number, ERR_DESC: word })
}
