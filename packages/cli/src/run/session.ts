import { ACTIONS_PRIVILEGE, actionScopeOf, inWords, type Secret } from '@latchkey/core'
import { CommandFailure } from '../command-failure.ts'
import { connectTo, openLocal, requirePartner, startAdminSession } from '../connect/connect.ts'
import type { Connection, Endpoint } from '../connect/endpoint.ts'
import type { ConnectionFlags } from '../connect/flags.ts'
import { httpEndpoint } from '../connect/http-endpoint.ts'
import { type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../connect/json.ts'
import { logIn, startWidgetSession } from '../connect/log-in.ts'
import { type Target, type TargetFlags, targetOf } from '../connect/target.ts'
import { wrap } from '../doctor/paint.ts'
import type { EXPORT_SHELL_NAMES } from '../names.ts'
import { say, tell, writeJson } from '../output.ts'
import { exportLines } from '../sessions/export.ts'
import { typeInWords } from '../tokens/token.ts'
import { refusedFailure } from '../view/refusal-view.ts'
import { fields, timeInWords } from '../view/table.ts'

interface StartFlags extends TargetFlags {
  readonly widget?: boolean
  readonly type?: 'user' | 'admin'
  readonly userId?: string
  readonly life?: number
  readonly privileges?: string
  readonly export?: (typeof EXPORT_SHELL_NAMES)[number]
}

/** `latchkey session start` */
export async function start(flags: StartFlags): Promise<void> {
  const target = targetOf(flags)
  await using opened = await open(target, flags)
  const { endpoint, partnerId } = opened
  const started = await startBy(opened, { ...target, partnerId }, flags)
  const ks = started.session
  const info = { partnerId, ...started.info }
  if (flags.export !== undefined) {
    const variables = {
      LATCHKEY_SERVICE_URL: endpoint.serviceUrl,
      LATCHKEY_PARTNER_ID: String(partnerId),
      LATCHKEY_SESSION: ks.expose(),
    }
    say(exportLines(flags.export, variables))
  } else if (flags.json === true) writeJson({ ...info, ks: ks.expose() })
  else say(`${ks.expose()}\n`)
  tell(`latchkey: ${inShort(info)}\n`)
}

interface Opened extends AsyncDisposable {
  readonly endpoint: Endpoint
  readonly partnerId: number
  /** Of the store of this machine. */
  readonly adminSecret?: (() => Promise<Secret>) | undefined
}

async function open(target: Target, flags: ConnectionFlags): Promise<Opened> {
  if (target.kind === 'http') {
    const endpoint = httpEndpoint(target.serviceUrl)
    return { endpoint, partnerId: requirePartner(target), [Symbol.asyncDispose]: async () => {} }
  }
  const endpoint = await openLocal(target, flags)
  const { partnerId, adminSecret } = endpoint
  return { endpoint, partnerId, adminSecret, [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose]() }
}

async function startBy(
  { endpoint, partnerId, adminSecret }: Opened,
  target: Target,
  { widget, type, userId, life, privileges }: StartFlags,
): Promise<Started> {
  if (widget === true) {
    return { session: await startWidgetSession(endpoint, partnerId, life), info: { sessionType: 0, userId: '0' } }
  }
  const wishes: JsonObject = {
    ...(userId !== undefined && { userId }),
    ...(life !== undefined && { expiry: life }),
    ...(type !== undefined && { type: type === 'admin' ? 2 : 0 }),
  }
  if (target.login !== undefined && target.adminSecretFile === undefined) {
    const started = await logIn(endpoint, partnerId, await target.login(), {
      ...wishes,
      ...(privileges !== undefined && { sessionPrivileges: privileges }),
    })
    warnOf(started.info)
    return started
  }
  const own = target.adminSecretFile === undefined ? (target.adminSecret ?? (await adminSecret?.())) : undefined
  const settings = { expiry: DAY, ...wishes, ...(privileges !== undefined && { privileges }) }
  const session = await startAdminSession(endpoint, { ...target, adminSecret: own }, settings)
  const told = await endpoint.send({ service: 'session', action: 'get', params: { ks: session.expose() } })
  const info = { sessionType: type === 'user' ? 0 : 2, userId: userId ?? '' }
  return { session, info: told.kind === 'result' ? objectOf(told.value) : info }
}

interface Started {
  readonly session: Secret
  /** What is known of it, by the names of the API. */
  readonly info: JsonObject
}

const DAY = 86_400

/** No silent narrowing: what was asked for and not given is told. */
function warnOf(info: JsonObject): void {
  for (const { privilege, reason } of objectsOf(info.dropped)) {
    tell(wrap(`latchkey: warning: the privilege ${textOf(privilege)} was dropped: ${textOf(reason)}`, '  ', ''))
  }
  for (const { text } of objectsOf(info.warnings)) tell(wrap(`latchkey: warning: ${textOf(text)}`, '  ', ''))
}

/** `latchkey session show` */
export async function show(flags: ConnectionFlags): Promise<void> {
  const target = requireSession(flags, 'show')
  await using connection = await connectTo(target, flags)
  const info = await infoOf(connection, target, flags)
  const ks = textOf(info.ks)
  const { ks: _ks, ...others } = info
  if (flags.json === true) return writeJson(others)
  const now = Math.floor(Date.now() / 1_000)
  const expiry = numberOf(info.expiry)
  say(
    fields([
      ['account', textOf(info.partnerId)],
      ['type', info.sessionType === undefined ? undefined : typeInWords(numberOf(info.sessionType))],
      ['user', info.sessionType === undefined ? undefined : textOf(info.userId) || 'nobody'],
      ['ends', expiry === undefined ? undefined : `${timeInWords(expiry) ?? expiry}${endIn(expiry - now)}`],
      ['privileges', info.sessionType === undefined ? undefined : privilegesInWords(textOf(info.privileges))],
      ['permissions', textOf(info.permissions).replaceAll(',', ' ')],
      ['length', ks === '' ? undefined : `${ks.length} characters`],
    ]),
  )
  tell('next: latchkey session end\n')
}

/** Those that limit it to single actions by the names of these, which may be packed. */
function privilegesInWords(privileges: string): string {
  if (privileges === '') return 'none'
  const scope = actionScopeOf({ privileges })
  if (scope === undefined) return privileges
  const others = privileges.split(',').filter((item) => !item.trim().startsWith(ACTIONS_PRIVILEGE))
  return [...others, `${ACTIONS_PRIVILEGE}: ${scope.names().join(' ') || 'no action at all'}`].join(', ')
}

function endIn(seconds: number): string {
  return seconds <= 0 ? ', which is past' : `, in ${inWords(seconds)}`
}

/** `latchkey session end` */
export async function end(flags: ConnectionFlags): Promise<void> {
  const target = requireSession(flags, 'end')
  await using connection = await connectTo(target, flags)
  await connection.ask('session', 'end')
  if (flags.json === true) writeJson({ ended: true })
  else say('the session has ended\n')
  if (process.env.LATCHKEY_SESSION)
    tell('latchkey: LATCHKEY_SESSION is still set, and of no use any more\nnext: unset LATCHKEY_SESSION\n')
}

/** Not one that would only be started to be looked at. */
function requireSession(flags: ConnectionFlags, command: string): Target {
  const target = targetOf(flags)
  if (target.session !== undefined || target.sessionFile !== undefined) return target
  throw new CommandFailure(
    'which session? Give it as --session-file <file> (- is what is piped in) or in LATCHKEY_SESSION',
    {
      next: ['eval "$(latchkey session start --export)"', `latchkey session ${command} --session-file ks.txt`],
    },
  )
}

/** By the session itself, or, since most may not ask, by whoever owns the account; what all may ask otherwise. */
async function infoOf(connection: Connection, target: Target, flags: ConnectionFlags): Promise<JsonObject> {
  const own = await connection.call({ service: 'session', action: 'get' })
  if (own.kind === 'result') return objectOf(own.value)
  if (own.kind !== 'refused' || own.refusal.code !== 'SERVICE_FORBIDDEN') throw refusedFailure(own, 'session.get')
  const { session: _, sessionFile: __, ...others } = target
  if (target.kind === 'local' || target.adminSecret !== undefined) {
    await using owner = await connectTo(others, flags)
    const ks = (await connection.session()).expose()
    return objectOf(await owner.ask('session', 'get', { session: ks }))
  }
  const permissions = textOf(await connection.ask('permission', 'getCurrentPermissions'))
  const { inspectSession } = await import('@latchkey/doctor')
  const { nodePrimitives } = await import('@latchkey/core/node')
  const { partnerId } = inspectSession(nodePrimitives, (await connection.session()).expose())
  tell('latchkey: it may not ask what it is; with the admin secret, more is told\n')
  return { partnerId, permissions }
}

function inShort({ partnerId, sessionType, userId, expiry }: JsonObject): string {
  const user = textOf(userId)
  const until = timeInWords(numberOf(expiry))
  const whose = user === '' || user === '0' ? 'nobody' : user
  return `account ${textOf(partnerId)}, ${typeInWords(numberOf(sessionType))}, as ${whose}${until === undefined ? '' : `, until ${until}`}`
}
