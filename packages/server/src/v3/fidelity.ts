import { StartRate } from '@latchkey/authority'
import {
  type CatalogueAction,
  type DenyReason,
  describeSessionText,
  type Fidelity,
  type LatchkeyError,
} from '@latchkey/core'
import { type ApiError, apiError, type JsonReading } from '@latchkey/wire'
import { AnswerCache } from './answer-cache.ts'
import { errorOfDenial, invalidSession } from './denials.ts'

/** Where the wire is answered otherwise in one of the two. Each is a row of docs/reference/compatibility.md. */
export interface V3Fidelity {
  readonly name: Fidelity
  /** Whether answers have what the original's have not: diagnosis, headers, fields and services of ours, other statuses. */
  readonly showsOurs: boolean
  readonly json: JsonReading
  /** Whether a body is read in the charset that it names or shows. */
  readonly readsCharsets: boolean
  readonly errorOfDenial: (reason: DenyReason, action: CatalogueAction) => ApiError
  /** Of what was sent as the session and is none. */
  readonly errorOfUnreadable: (error: LatchkeyError, text: string) => ApiError
  /** Of what `session.get` is asked about and is none. */
  readonly errorOfInspected: (text: string) => ApiError
  /** Whether `permissionItem.list` has a first page without being told. */
  readonly defaultsPagerOfItems: boolean
  /** Whether a widget's privacy context is refused that would begin another privilege. */
  readonly checksPrivacyContext: boolean
  /** Whether a parameter sets the type of the answer. */
  readonly takesContentType: boolean
  /** What the original may answer again for a while; only where that is asked for. */
  readonly cache?: AnswerCache | undefined
  /** How many calls of an account are answered; only where that is asked for. */
  readonly rate?: { readonly taken: StartRate; readonly perMinute: number } | undefined
}

/** What of the original's can be switched on where its faults are. */
export interface VendorSwitches {
  readonly caches?: boolean | undefined
  readonly callsPerMinute?: number | undefined
}

const MENDED: V3Fidelity = {
  name: 'mended',
  showsOurs: true,
  json: 'any',
  readsCharsets: true,
  errorOfDenial,
  errorOfUnreadable: (_, text) => unreadable(text),
  errorOfInspected: unreadable,
  defaultsPagerOfItems: true,
  checksPrivacyContext: true,
  takesContentType: false,
}

const VENDOR: V3Fidelity = {
  name: 'vendor',
  showsOurs: false,
  json: 'bare',
  readsCharsets: false,
  errorOfDenial: vendorErrorOfDenial,
  errorOfUnreadable: (error, text) => (breaksReader(error) ? apiError('INTERNAL_SERVERL_ERROR') : unreadable(text)),
  errorOfInspected: () => apiError('INTERNAL_SERVERL_ERROR'),
  defaultsPagerOfItems: false,
  checksPrivacyContext: false,
  takesContentType: true,
}

/** @param switches count under `vendor` only */
export function v3Fidelity(name: Fidelity = 'mended', switches: VendorSwitches = {}): V3Fidelity {
  if (name === 'mended') return MENDED
  const { caches, callsPerMinute } = switches
  return {
    ...VENDOR,
    ...(caches === true && { cache: new AnswerCache() }),
    ...(callsPerMinute !== undefined && { rate: { taken: new StartRate(), perMinute: callsPerMinute } }),
  }
}

/** Its edges and length only, in both: errors end up in logs. */
function unreadable(text: string): ApiError {
  return invalidSession(describeSessionText(text), -1, 'INVALID_STR')
}

/** Whatever is wrong with a session, the original tells it in a word, beside the number of one that cannot be read. */
function vendorErrorOfDenial(reason: DenyReason, action: CatalogueAction): ApiError {
  if (reason.code === 'role-unknown' && reason.namedBy !== undefined && !reason.isInvalid) {
    return apiError('INTERNAL_SERVERL_ERROR')
  }
  const error = errorOfDenial(reason, action)
  const isOfSession = error.code === 'INVALID_KS' && reason.code !== 'entry-not-owned'
  return isOfSession ? invalidSession(error.args.KSID ?? '', -1, 'INVALID_STR') : error
}

/** The signature was right, but a name among the privileges has a bracket. */
function breaksReader(error: LatchkeyError): boolean {
  return error.code === 'SESSION_MALFORMED' && 'reason' in error.details && error.details.reason === 'array-name'
}
