/** Facts only: what a diagnosis makes of them is for the checks. All probes read; none changes anything but the log. */
import {
  type EpochSeconds,
  effectOf,
  findAction,
  type HashType,
  neededPermissions,
  type Primitives,
  type Rung,
  readRolePrivilege,
  Secret,
  tokenHash,
} from '@latchkey/core'
import { noAnswer, readAnswer, type SessionInfo } from './answer.ts'
import type { Exchange, Facts, LocalFacts, Params, Probe, Told, V3Call } from './facts.ts'
import { codeOf, provenBy, stoppedAt } from './rungs.ts'

export interface GatherOptions {
  readonly told: Told
  readonly primitives: Primitives
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Called as each step is done. */
  readonly onStep?: ((step: Step) => void) | undefined
  /** What a tool sent and got, as somebody pasted it. */
  readonly pasted?: readonly Exchange[] | undefined
}

/** One call of the doctor's, and the rungs that it proves. */
export interface Step {
  readonly exchange: Exchange
  readonly proven: readonly Rung[]
  readonly stoppedAt?: Rung | undefined
}

const HASH_TYPES_TRIED: readonly HashType[] = ['SHA256', 'SHA1', 'SHA512', 'MD5']
/** Actions that take a page size and need no argument. */
const LISTS = new Set(['list', 'count', 'listfeaturestatus', 'getcurrentpermissions'])

/** Asks an endpoint all that the checks need to know, in the order in which a login is made. */
export async function gather(call: V3Call, options: GatherOptions, local?: LocalFacts): Promise<Facts> {
  const startedAt = seconds(options.clock)
  const exchanges: Exchange[] = [...(options.pasted ?? [])]
  const ask: Ask = async (probe, name, params) => {
    const exchange = await askOnce(call, options, probe, name, params)
    exchanges.push(exchange)
    options.onStep?.({ exchange, proven: provenBy(exchange), stoppedAt: stoppedAt(exchange) })
    return exchange
  }
  if (options.told.serviceUrl !== '') await climb(ask, options)
  return { startedAt, told: options.told, exchanges, local }
}

type Ask = (probe: Probe, name: string, params: Params) => Promise<Exchange>

async function climb(ask: Ask, options: GatherOptions): Promise<void> {
  const { told } = options
  const ping = await ask('ping', 'system.ping', {})
  if (ping.answer.kind === 'none' || ping.answer.form !== 'json') return
  const widget = await startWidget(ask, told)
  if (told.sentSession !== undefined && told.sentSession.expose() !== '') {
    await ask('sent-session', 'permission.getCurrentPermissions', { ks: told.sentSession })
  }
  if (widget === undefined) return
  const session = await logIn(ask, options, widget)
  if (session !== undefined) await lookAround(ask, told, session)
}

async function startWidget(ask: Ask, told: Told): Promise<Secret | undefined> {
  const proper = told.partnerId === undefined ? undefined : `_${told.partnerId}`
  const asTold = told.widgetId ?? proper
  if (asTold === undefined) return undefined
  const first = await ask(asTold === proper ? 'widget' : 'widget-as-told', 'session.startWidgetSession', {
    widgetId: asTold,
  })
  const started = sessionIn(first)
  if (started !== undefined || proper === undefined || asTold === proper) return started
  return sessionIn(await ask('widget', 'session.startWidgetSession', { widgetId: proper }))
}

interface Started {
  readonly ks: Secret
  readonly info: SessionInfo | undefined
}

async function logIn(ask: Ask, options: GatherOptions, widget: Secret): Promise<Started | undefined> {
  const { tokenId, tokenValue, hashType } = options.told
  if (tokenId === undefined || tokenValue === undefined) return undefined
  const types =
    hashType === undefined ? HASH_TYPES_TRIED : [hashType, ...HASH_TYPES_TRIED.filter((t) => t !== hashType)]
  const attempt = (probe: Probe, ks: Secret, type: HashType, more: Params = {}) =>
    ask(probe, 'appToken.startSession', {
      ks,
      id: tokenId,
      tokenHash: hashSecret(options.primitives, type, ks, tokenValue),
      ...argumentsOf(options.told),
      ...more,
    })
  for (const type of types) {
    const login = await attempt('login', widget, type)
    const started = startedIn(login)
    if (started !== undefined) return started
    // Only a wrong hash leaves anything for another algorithm to show.
    if (codeOf(login) === 'INVALID_APP_TOKEN_HASH') continue
    if (!mayBeCached(login)) return undefined
    const fresh = sessionIn(
      await ask('widget', 'session.startWidgetSession', { ...widgetParams(options.told), nocache: 1 }),
    )
    return fresh === undefined ? undefined : startedIn(await attempt('login-again', fresh, type, { nocache: 1 }))
  }
  return undefined
}

/** Errors of widget sessions may be up to two minutes old. */
function mayBeCached(login: Exchange): boolean {
  const stage = stoppedAt(login)
  return stage === 'token-known' || stage === 'token-active' || stage === 'token-in-date' || stage === 'permission'
}

async function lookAround(ask: Ask, told: Told, { ks, info }: Started): Promise<void> {
  const permissions = await ask('permissions', 'permission.getCurrentPermissions', { ks })
  const { answer } = permissions
  if (answer.kind === 'none' || answer.error !== undefined) return
  const names = answer.result?.kind === 'names' ? answer.result.names : []
  await lookAtRole(ask, ks, info, names)
  for (const wanted of told.wanted) {
    const [service = '', action = ''] = wanted.split('.')
    const known = findAction(service, action)
    // An action that nobody knows is asked for as well: the answer says which of its two names is wrong.
    if (known !== undefined && (effectOf(known) !== 'read' || !LISTS.has(action.toLowerCase()))) continue
    await ask('want', wanted, { ks, pager: { pageSize: 1 } })
  }
}

/** Readable to a session whose role may look at roles; then it tells what the role was meant to hold. */
async function lookAtRole(
  ask: Ask,
  ks: Secret,
  info: SessionInfo | undefined,
  names: readonly string[],
): Promise<void> {
  const role = readRolePrivilege({ privileges: info?.privileges ?? '' })
  const get = findAction('userRole', 'get')
  const opens = get === undefined ? [] : neededPermissions(get)
  if (role.kind === 'id' && opens.some((name) => names.includes(name)))
    await ask('role', 'userRole.get', { ks, userRoleId: Number(role.id) })
}

async function askOnce(
  call: V3Call,
  { clock }: GatherOptions,
  probe: Probe,
  name: string,
  params: Params,
): Promise<Exchange> {
  const [service = '', action = ''] = name.split('.')
  const before = clock()
  const answer = await call({ service, action, params }).then(readAnswer, noAnswer)
  const tookMs = Math.max(0, Math.round(clock() - before))
  return { probe, service, action, params, sentAt: Math.floor(before / 1_000), tookMs, answer }
}

function argumentsOf({ userId, type, expiry, privileges }: Told): Params {
  return {
    ...(userId === undefined ? {} : { userId }),
    ...(type === undefined ? {} : { type }),
    ...(expiry === undefined ? {} : { expiry }),
    ...(privileges === undefined ? {} : { sessionPrivileges: privileges }),
  }
}

function widgetParams({ partnerId, widgetId }: Told): Params {
  return { widgetId: partnerId === undefined ? (widgetId ?? '') : `_${partnerId}` }
}

function hashSecret(primitives: Primitives, type: HashType, ks: Secret, value: Secret): Secret {
  return new Secret(tokenHash(primitives, type, ks.expose(), value))
}

function sessionIn({ answer }: Exchange): Secret | undefined {
  return answer.kind === 'reply' && answer.result?.kind === 'session' ? answer.result.ks : undefined
}

function startedIn({ answer }: Exchange): Started | undefined {
  if (answer.kind !== 'reply' || answer.result?.kind !== 'session') return undefined
  return { ks: answer.result.ks, info: answer.result.info }
}

function seconds(clock: () => number): EpochSeconds {
  return Math.floor(clock() / 1_000)
}
