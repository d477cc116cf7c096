import {
  actionsOf,
  CAUSES,
  type CauseId,
  describeSessionText,
  docsOf,
  findAction,
  isKnownService,
  ladderOf,
  nearestName,
  neededPermissions,
  passedBefore,
  type Rung,
  SERVICES,
  servicesNamedAlike,
  showable,
} from '@latchkey/core'
import { ERRORS, withoutSecrets } from '@latchkey/wire'
import {
  BY_ENDING,
  DICTIONARY,
  type DictionaryEntry,
  INTERNAL,
  LOGIN_EXPIRED,
  LOGIN_FORBIDDEN,
  NOT_OWNED,
  SESSION_GET,
  SESSION_ROLE_GONE,
  SESSION_WORDS,
} from './error-dictionary.ts'
import { LARGEST_PASTE, recognise } from './recognise.ts'
import type { SeenError } from './seen.ts'

export interface LikelyCause {
  readonly id: CauseId
  readonly title: string
  /** How to tell that it is this one. */
  readonly check: string
  readonly remedy: readonly string[]
  readonly docs: string
}

export interface ErrorExplanation {
  readonly code: string
  /** Without session strings and secrets. */
  readonly message: string
  /** `service.action`, where the error names them. */
  readonly action?: string | undefined
  /** Where the call stopped. */
  readonly stage: Rung
  /** What is in order, since it is looked at before. */
  readonly proven: readonly Rung[]
  /** What the error itself tells besides its code. */
  readonly saw: string
  /** The answer names its cause itself: then that is the only one. */
  readonly isTold: boolean
  /** The likeliest first. */
  readonly causes: readonly LikelyCause[]
}

/**
 * Explains an error as somebody pasted it: JSON, XML, PHP, a code, or a message. `undefined` where no error is in it.
 * Never throws.
 */
export function explainError(text: string): ErrorExplanation | undefined {
  const error = findError(text)
  return error === undefined ? undefined : explainSeenError(error)
}

/** @param about the call, where that is known */
export function explainSeenError(error: SeenError, about: string | undefined = undefined): ErrorExplanation {
  const named = actionIn(error)
  const action = named ?? about
  const { stage, causes, saw } = judge(error, action)
  const [service = '', name = ''] = action?.split('.') ?? []
  const ladder = ladderOf(...loginFor(stage, service, name))
  // The sessions' rungs are proven only where one was sent, which an error alone does not tell.
  const hasSession = stage !== 'permission' && stage !== 'endpoint'
  const gate = findAction(service, name)?.ownership !== undefined
  return {
    code: error.code.slice(0, 100),
    message: withoutSecrets(error.message.slice(0, 1_000)),
    action: action === undefined ? undefined : withoutSecrets(action.slice(0, 100)),
    stage,
    proven: passedBefore(ladder, stage, { hasSession, hasOwnershipGate: gate && stage !== 'ownership' }),
    saw: error.diagnosed?.saw ? withoutSecrets(error.diagnosed.saw.slice(0, 1_000)) : saw,
    isTold: isTold(error),
    causes: causesOf(error, causes).map(likelyCause),
  }
}

/** Whether the answer names its cause: a server that looked knows, where the dictionary counts what there could be. */
function isTold({ diagnosed }: SeenError): boolean {
  return diagnosed !== undefined && !OPEN.has(diagnosed.cause)
}

/** Causes by which a server says that it could not tell either. */
const OPEN: ReadonlySet<CauseId> = new Set(['hash-unexplained'])

function causesOf(error: SeenError, likely: readonly CauseId[]): readonly CauseId[] {
  if (error.diagnosed === undefined) return likely
  return isTold(error) ? [error.diagnosed.cause] : [...new Set([error.diagnosed.cause, ...likely])]
}

function likelyCause(id: CauseId): LikelyCause {
  const { title, check, remedy } = CAUSES[id]
  return { id, title, check, remedy, docs: docsOf(id) }
}

/** Codes of the login name no action: only one has their rungs. */
function loginFor(stage: Rung, service: string, action: string): [string, string] {
  if (service !== '') return [service, action]
  if (ladderOf('appToken', 'startSession').includes(stage) && !ladderOf('', '').includes(stage))
    return ['appToken', 'startSession']
  return stage === 'secret' ? ['session', 'start'] : ['', '']
}

/** The one in the bracket of the message, or in the arguments. */
function actionIn({ code, args, message }: SeenError): string | undefined {
  if (code === 'ACTION_DOES_NOT_EXISTS' || code === 'ACTION_BLOCKED') {
    const service = args.get('SERVICE_NAME') ?? /service "([^"]{1,100})"/.exec(message)?.[1]
    const action = args.get('ACTION_NAME') ?? /^Action "([^"]{0,100})"/.exec(message)?.[1]
    return service === undefined || action === undefined ? undefined : `${service}.${action}`
  }
  const bracket = args.get('SERVICE') ?? /service \[([^[\]]{1,200})\]/.exec(message)?.[1]
  return bracket?.includes('->') ? bracket.replace('->', '.') : undefined
}

interface Judged extends DictionaryEntry {
  readonly saw: string
}

function judge(error: SeenError, action: string | undefined): Judged {
  const { code, args, message } = error
  switch (code) {
    case 'INVALID_KS':
      return judgeSession(error, action)
    case 'SERVICE_FORBIDDEN':
      return judgeForbidden(action)
    case 'SERVICE_DOES_NOT_EXISTS':
      return judgeService(args.get('SRV_NAME') ?? /^Service "([^"]{0,200})"/.exec(message)?.[1])
    case 'ACTION_DOES_NOT_EXISTS':
      return judgeAction(action)
    case 'INVALID_OBJECT_ID': {
      const id = args.get('ID') ?? /\[([^[\]]{0,200})\]/.exec(message)?.[1]
      if (id !== 'N/A') break
      return {
        ...SESSION_ROLE_GONE,
        saw: 'no id is named, as where the role that the session names is gone: then every call is refused so',
      }
    }
  }
  const known = isWireCode(code) ? DICTIONARY[code] : undefined
  const entry = known ?? BY_ENDING.find(([pattern]) => pattern.test(code.slice(0, 200)))?.[1]
  if (entry === undefined)
    return { stage: 'action', causes: [], saw: `${showable(code)} is not in the dictionary: the action itself refused` }
  return { ...entry, saw: argumentsOf(error) }
}

export function isWireCode(code: string): code is keyof typeof ERRORS {
  return Object.hasOwn(ERRORS, code)
}

function judgeSession({ args, message }: SeenError, action: string | undefined): Judged {
  const value = args.get('KSID') ?? /^Invalid KS "([^"]*)"/.exec(message)?.[1] ?? ''
  const number = args.get('ERR_CODE') ?? /Error "(-?\d{1,3})/.exec(message)?.[1]
  const entry = Object.hasOwn(SESSION_WORDS, value) ? SESSION_WORDS[value] : undefined
  if (entry !== undefined) {
    const isLogin = value === 'EXPIRED' && action?.toLowerCase() === 'apptoken.startsession'
    return {
      ...(isLogin ? LOGIN_EXPIRED : entry),
      saw: `the word ${value}: the session string was read, and its signature is right`,
    }
  }
  if (number === '-4')
    return { ...NOT_OWNED, saw: 'the value is empty and the number is -4: the session itself is fine' }
  const shown = value === '' ? 'nothing' : describeSessionText(value)
  const usual = DICTIONARY.INVALID_KS.causes
  const causes: readonly CauseId[] = /^\s*[<{]/.test(value)
    ? [...new Set<CauseId>(['session-is-whole-response', ...usual])]
    : usual
  return {
    stage: 'session-readable',
    causes,
    saw: `in place of a word stands what was sent: ${shown}. It could not be read, or another account or server signed it`,
  }
}

function judgeForbidden(name: string | undefined): Judged {
  const [service = '', actionName = ''] = name?.split('.') ?? []
  const action = findAction(service, actionName)
  const lower = name?.toLowerCase()
  if (lower === 'apptoken.startsession') {
    return {
      ...LOGIN_FORBIDDEN,
      saw: 'the login itself is refused: no session came with it, or not one that may log in; the hash has not been looked at',
    }
  }
  if (lower === 'session.get')
    return {
      ...SESSION_GET,
      saw: 'session.get is open to few sessions; permission.getCurrentPermissions is open to all',
    }
  if (action === undefined) {
    const alike = servicesNamedAlike(service)
    const hint = alike.length > 0 ? `; ${alike.join(', ')} is close to it` : ''
    return {
      ...DICTIONARY.SERVICE_FORBIDDEN,
      saw: name === undefined ? 'no action is named' : `${showable(name)} is refused${hint}`,
    }
  }
  if (action.kind === 'internal')
    return { ...INTERNAL, saw: `${service}.${actionName} is open to no session of an ordinary account` }
  const needed = neededPermissions(action)
  const any =
    needed.length === 0 ? '' : `: it takes ${needed.slice(0, 6).join(' or ')}${needed.length > 6 ? ' or others' : ''}`
  return { ...DICTIONARY.SERVICE_FORBIDDEN, saw: `${action.service}.${action.action} is refused${any}` }
}

function judgeService(name: string | undefined): Judged {
  const entry = DICTIONARY.SERVICE_DOES_NOT_EXISTS
  if (name === undefined) return { ...entry, saw: 'no service is named' }
  const alike = servicesNamedAlike(name.slice(0, 100))
  if (alike.length > 0)
    return {
      stage: 'endpoint',
      causes: ['plugin-service-prefix'],
      saw: `there is no service ${showable(name)}, but there is ${alike.join(', ')}`,
    }
  if (isKnownService(name.slice(0, 100)))
    return {
      stage: 'action',
      causes: ['not-in-sandbox', 'wrong-endpoint'],
      saw: `the original has the service ${showable(name)}; this server does not`,
    }
  const near = nearestName(name.slice(0, 100), SERVICES)
  return {
    stage: 'endpoint',
    causes: ['service-unknown'],
    saw: `there is no service ${showable(name)}${near === undefined ? '' : `; ${near} is close to it`}`,
  }
}

function judgeAction(name: string | undefined): Judged {
  const [service = '', action = ''] = name?.split('.') ?? []
  const near = nearestName(
    action.slice(0, 100),
    actionsOf(service).map((known) => known.action),
  )
  const close = near === undefined ? '' : `; ${near} is close to it`
  return {
    ...DICTIONARY.ACTION_DOES_NOT_EXISTS,
    saw:
      name === undefined
        ? 'no action is named'
        : `the service ${showable(service)} has no action ${showable(action)}${close}`,
  }
}

function argumentsOf({ args, message }: SeenError): string {
  const named = [...args].slice(0, 6).map(([name, value]) => `${name} is ${showable(value)}`)
  if (named.length > 0) return named.join(', ')
  return message === '' ? 'the code alone' : 'the message has no more to tell'
}

const CODE = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+){1,8}\b/g
const MOST_CODES = 200

/** The error in a paste: as an object, else a code among words, else a message whose code can be told. */
function findError(text: string): SeenError | undefined {
  if (text.length > LARGEST_PASTE) return undefined
  const found = recognise(text)
  for (const { error } of [...found.responses, ...found.requests.map(({ response }) => response ?? NO_ANSWER)]) {
    if (error !== undefined) return error
  }
  return errorInWords(text)
}

/** A code among words, or a message without its code. */
export function errorInWords(text: string): SeenError | undefined {
  const codes = (text.slice(0, 20_000).match(CODE) ?? []).slice(0, MOST_CODES)
  const message = messageIn(text.slice(0, 20_000))
  const known = codes.find(isWireCode)
  if (message !== undefined && (known === undefined || known === message.code)) return message
  // Words that stand in the place of a session string would pass for codes by how they begin.
  const word = /^\s*(?:EXPIRED|LOGOUT)\s*$/.test(text)
    ? text.trim()
    : codes.find((one) => Object.hasOwn(SESSION_WORDS, one))
  if (known === undefined && word !== undefined)
    return { code: 'INVALID_KS', message: '', args: new Map([['KSID', word]]) }
  const code = known ?? codes.find((one) => BY_ENDING.some(([pattern]) => pattern.test(one)))
  return code === undefined ? undefined : { code, message: '', args: new Map(argumentIn(text, code)) }
}

const NO_ANSWER: { readonly error?: SeenError | undefined } = {}

/** `SERVICE_FORBIDDEN [media->list]`, as people and logs write it. */
function argumentIn(text: string, code: string): readonly (readonly [string, string])[] {
  const rest = text.slice(text.indexOf(code) + code.length).slice(0, 400)
  const name = isWireCode(code) ? ERRORS[code].args[0] : undefined
  const value = /^[^[("'\n]{0,80}[[("']{1,2}([^\])"'\n]{1,200})/.exec(rest)?.[1]
  return name === undefined || value === undefined ? [] : [[name, value]]
}

/** By the fixed parts of a message: all of them, in order. */
function messageIn(text: string): SeenError | undefined {
  let best: SeenError | undefined
  let length = 0
  for (const [code, { args, message }] of Object.entries(ERRORS)) {
    const parts = message.split(/@[A-Z_]+@/)
    const fixed = parts.join('').length
    if (fixed <= length || fixed < SHORTEST_MESSAGE) continue
    const values = valuesBetween(text, parts)
    if (values === undefined) continue
    const names: readonly string[] = args
    const order = message.match(/(?<=@)[A-Z_]+(?=@)/g) ?? names
    best = {
      code,
      message: text.trim().slice(0, 1_000),
      args: new Map(order.map((name, at) => [name, values[at] ?? ''])),
    }
    length = fixed
  }
  return best
}

const SHORTEST_MESSAGE = 10
const LONGEST_ARGUMENT = 4_000

function valuesBetween(text: string, parts: readonly string[]): readonly string[] | undefined {
  const [first = '', ...others] = parts
  let at = text.indexOf(first)
  if (at < 0) return undefined
  at += first.length
  const values: string[] = []
  for (const part of others) {
    const next = part === '' ? text.length : text.indexOf(part, at)
    if (next < 0 || next - at > LONGEST_ARGUMENT) return undefined
    values.push(text.slice(at, next))
    at = next + part.length
  }
  return values
}
