/** What each step sends, before any language writes it down. */
import type { Json, JsonObject } from '../connection/json.ts'
import type { SecretName, SnippetValues } from './types.ts'

/** A value that a program holds. `code` is an expression of its language, such as a variable. */
export type Literal =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'secret'; readonly name: SecretName; readonly value: string }
  | { readonly kind: 'bare'; readonly value: number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Literal[] }
  | { readonly kind: 'record'; readonly entries: readonly Entry[] }
  | { readonly kind: 'code'; readonly code: string }
export type Entry = readonly [name: string, value: Literal]

/** One call; `service` and `action` are ready for a path. `format` is not among the entries. */
export interface SnippetRequest {
  readonly service: string
  readonly action: string
  readonly entries: readonly Entry[]
}

export type RequestStep = 'widget' | 'session' | 'call'

/** What the exchange and the call are made with: values where they are known, variables in a whole program. */
export interface Sources {
  readonly widget: Literal
  readonly hash: Literal
  readonly session: Literal
  /** In place of what the values say. */
  readonly widgetId?: Literal | undefined
  readonly tokenId?: Literal | undefined
}

/** What of an account a whole program holds: texts, or the expressions by which it finds them. */
export interface Given {
  readonly serviceUrl: Literal
  readonly widgetId: Literal
  readonly tokenId: Literal
  readonly tokenValue: Literal
}

/** How a language reads the environment, refusing what is not set. */
export interface Environment {
  readonly read: (name: string) => string
  /** An underscore in front of what was read. */
  readonly widgetId: (partnerId: string) => string
  /** The token's value, where it is all that is read. */
  readonly tokenValue: string
}

/** Of a single step: the values of the steps before it, or what to put in their place. */
export function knownSources(values: SnippetValues): Sources {
  return {
    widget: secretOr('widget session', values.widgetSession, text('<session from step 1>')),
    hash: secretOr('hash', values.tokenHash, text('<hash from step 2>')),
    session: secretOr('session', values.session, text('<session from step 3>')),
  }
}

export function stepRequest(step: RequestStep, values: SnippetValues, sources = knownSources(values)): SnippetRequest {
  if (step === 'widget') {
    return {
      service: 'session',
      action: 'startWidgetSession',
      entries: [['widgetId', sources.widgetId ?? text(values.widgetId)]],
    }
  }
  if (step === 'session') {
    const { userId, type, expiry, privileges } = values.startSession
    const asked: Entry[] = []
    if (userId !== undefined && userId !== '') asked.push(['userId', text(userId)])
    if (type !== undefined) asked.push(['type', { kind: 'bare', value: type }])
    if (expiry !== undefined) asked.push(['expiry', { kind: 'bare', value: expiry }])
    if (privileges !== undefined && privileges !== '') asked.push(['sessionPrivileges', text(privileges)])
    return {
      service: 'appToken',
      action: 'startSession',
      entries: [
        ['ks', sources.widget],
        ['id', sources.tokenId ?? text(values.tokenId)],
        ['tokenHash', sources.hash],
        ...asked,
      ],
    }
  }
  const { service, action, params } = values.call
  const entries = entriesOf(params).filter(([name]) => name !== 'format')
  const ownSession = entries.some(([name]) => name === 'ks')
  return {
    service: forPath(service),
    action: forPath(action),
    entries: ownSession ? entries : [['ks', sources.session], ...entries],
  }
}

export function givenOf(values: SnippetValues, { read, widgetId, tokenValue }: Environment): Given {
  if (values.readsEnvironment !== true) {
    return {
      serviceUrl: text(serviceUrlOf(values)),
      widgetId: text(values.widgetId),
      tokenId: text(values.tokenId),
      tokenValue: tokenValueOr(values, tokenValue),
    }
  }
  return {
    serviceUrl: variable(read('LATCHKEY_URL')),
    widgetId: variable(widgetId(read('LATCHKEY_PARTNER_ID'))),
    tokenId: variable(read('LATCHKEY_TOKEN_ID')),
    tokenValue: variable(read('LATCHKEY_TOKEN_VALUE')),
  }
}

/** `service/…/action/…`, behind `/api_v3/`. */
export function requestPath({ service, action }: SnippetRequest): string {
  return `service/${service}/action/${action}`
}

/** Without the slashes at its end. */
export function serviceUrlOf(values: SnippetValues): string {
  return values.serviceUrl.replace(/\/+$/, '')
}

/** The token's value, or the expression by which the program finds it. */
export function tokenValueOr(values: SnippetValues, expression: string): Literal {
  return secretOr('token value', values.tokenValue, variable(expression))
}

export function variable(expression: string): Literal {
  return { kind: 'code', code: expression }
}

/**
 * The fields of a form for the same parameters: paths are joined with colons, an empty list is told by `-`, an object
 * without properties by an empty `objectType`. A form has no word for null: a parameter that is null is left out, a
 * property that is null is empty, which is how the protocol reads both.
 */
export function formFields(entries: readonly Entry[]): readonly Entry[] {
  const fields = new Map<string, Literal>()
  const add = (name: string, value: Literal): void => {
    if (value.kind === 'record') {
      if (value.entries.length === 0) fields.set(`${name}:objectType`, text(''))
      for (const [inner, item] of value.entries) add(`${name}:${inner}`, item)
    } else if (value.kind === 'list') {
      if (value.items.length === 0) fields.set(`${name}:-`, text(''))
      for (const [index, item] of value.items.entries()) add(`${name}:${index}`, item)
    } else if (value.kind === 'bare') {
      fields.set(name, text(value.value === null ? '' : String(value.value)))
    } else {
      fields.set(name, value)
    }
  }
  for (const [name, value] of entries) {
    if (value.kind !== 'bare' || value.value !== null) add(name, value)
  }
  return [...fields]
}

/** Names of parameters whose values are secrets, and what a session string of version 2 looks like under any name. */
const SECRET_NAME = /^(?:ks|token|tokenhash|\w*secret\w*|\w*password\w*)$/i
const SESSION_STRING = /^djJ8[\w+/=-]{40,}$/

function entriesOf(params: JsonObject): readonly Entry[] {
  return Object.entries(params).flatMap(([name, value]): readonly Entry[] =>
    value === undefined ? [] : [[name, literalOf(value, name)]],
  )
}

function literalOf(value: Json, name: string): Literal {
  if (typeof value === 'string') {
    const isSecret = value !== '' && (SECRET_NAME.test(name) || SESSION_STRING.test(value))
    return isSecret ? { kind: 'secret', name: 'parameter', value } : text(value)
  }
  if (value === null || typeof value !== 'object') return { kind: 'bare', value }
  if (isList(value)) return { kind: 'list', items: value.map((item) => literalOf(item, name)) }
  return { kind: 'record', entries: entriesOf(value) }
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value)
}

function secretOr(name: SecretName, value: string | undefined, otherwise: Literal): Literal {
  return value === undefined || value === '' ? otherwise : { kind: 'secret', name, value }
}

function text(value: string): Literal {
  return { kind: 'text', value }
}

/** A name that a person typed may hold anything. */
function forPath(name: string): string {
  return encodeURIComponent(name.toWellFormed())
}
