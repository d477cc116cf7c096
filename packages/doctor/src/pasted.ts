import { Secret, type TokenRecord } from '@latchkey/core'
import type { Answer, V3Error } from './answer.ts'
import type { Exchange, Params, ParamValue } from './facts.ts'
import { type Fields, isFields, isList, textAt, type Value } from './offline/read/fields.ts'
import { isMasked } from './offline/read/masked.ts'
import { recognise } from './offline/recognise.ts'
import type { SeenRequest, SeenResponse } from './offline/seen.ts'

/** What of a paste goes beside what an endpoint says. */
export interface Pasted {
  /** The app token, as somebody wrote it down. */
  readonly record?: TokenRecord | undefined
  readonly exchanges: readonly Exchange[]
  /** Of the login, where one was pasted and is not masked. */
  readonly login?: { readonly sentSession: Secret; readonly receivedHash?: Secret | undefined } | undefined
}

/** Parameters that are credentials, in whatever object they are. */
const SECRET_NAMES = new Set(['ks', 'secret', 'tokenhash', 'token', 'adminsecret', 'password'])

/** Takes a paste for what it is: an app token, calls with their answers, or both. Never throws. */
export function readPaste(text: string): Pasted {
  const { tokens, requests, responses } = recognise(text)
  const login = requests.find(({ service, action }) => `${service}.${action}`.toLowerCase() === 'apptoken.startsession')
  const ks = login === undefined ? undefined : textAt(login.params, 'ks')
  const hash = login === undefined ? undefined : textAt(login.params, 'tokenHash')
  const isKnown = (value: string | undefined): value is string => value !== undefined && !isMasked(value)
  return {
    record: tokens[0]?.record,
    exchanges: [
      ...requests.map(exchangeOf),
      ...responses.map((response) => exchangeOf({ ...EMPTY_REQUEST, where: response.where, response })),
    ],
    login: isKnown(ks)
      ? { sentSession: new Secret(ks), receivedHash: isKnown(hash) ? new Secret(hash) : undefined }
      : undefined,
  }
}

const EMPTY_REQUEST: SeenRequest = {
  where: '',
  params: new Map(),
  hasBody: false,
  hasBearer: false,
  isSessionInUrl: false,
}

function exchangeOf({ service, action, params, contentType, sentAt, response }: SeenRequest): Exchange {
  return {
    probe: 'tool',
    service: service ?? '',
    action: action ?? '',
    params: paramsOf(params),
    contentType,
    sentAt: sentAt ?? 0,
    tookMs: 0,
    answer: response === undefined ? { kind: 'none', why: 'other', text: 'not pasted' } : answerOf(response),
  }
}

function answerOf({ status, headers, form, error, fields }: SeenResponse): Answer {
  const ks = fields === undefined ? undefined : textAt(fields, 'ks')
  const result = ks === undefined ? ({ kind: 'other' } as const) : ({ kind: 'session', ks: new Secret(ks) } as const)
  return {
    kind: 'reply',
    status: status ?? 200,
    headers: Object.fromEntries(headers),
    form: form === 'php' ? 'text' : form,
    length: 0,
    ...(error === undefined ? { result } : { error: errorOf(error) }),
  }
}

function errorOf({ code, message, args }: NonNullable<SeenResponse['error']>): V3Error {
  return { code, message, args: Object.fromEntries(args) }
}

function paramsOf(fields: Fields): Params {
  return Object.fromEntries([...fields].map(([name, value]) => [name, paramOf(name, value)]))
}

function paramOf(name: string, value: Value): ParamValue {
  if (isFields(value)) return paramsOf(value)
  if (isList(value)) return paramsOf(new Map(value.map((item, at) => [String(at), item])))
  if (SECRET_NAMES.has(name.toLowerCase()) && value !== null && value !== '') return new Secret(String(value))
  return value ?? ''
}
