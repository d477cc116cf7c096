import type { Secret } from '@latchkey/core'
import { CommandFailure } from '../command-failure.ts'
import { connectTo, openLocal, requirePartner, startAdminSession } from '../connect/connect.ts'
import type { Endpoint } from '../connect/endpoint.ts'
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
import { fields, spanInWords, timeInWords } from '../view/table.ts'

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
  const ks = await startBy(opened, { ...target, partnerId }, flags)
  const info = await infoOf(endpoint, ks)
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
): Promise<Secret> {
  if (widget === true) return startWidgetSession(endpoint, partnerId, life)
  const wishes: JsonObject = {
    ...(userId !== undefined && { userId }),
    ...(life !== undefined && { expiry: life }),
    ...(type !== undefined && { type: type === 'admin' ? 2 : 0 }),
  }
  if (target.login !== undefined && target.adminSecretFile === undefined) {
    const { info, session } = await logIn(endpoint, partnerId, await target.login(), {
      ...wishes,
      ...(privileges !== undefined && { sessionPrivileges: privileges }),
    })
    warnOf(info)
    return session
  }
  const own = target.adminSecretFile === undefined ? (target.adminSecret ?? (await adminSecret?.())) : undefined
  return startAdminSession(
    endpoint,
    { ...target, adminSecret: own },
    { expiry: DAY, ...wishes, ...(privileges !== undefined && { privileges }) },
  )
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
  const info = objectOf(await connection.ask('session', 'get'))
  const ks = textOf(info.ks)
  const { ks: _ks, ...others } = info
  if (flags.json === true) return writeJson(others)
  const now = Math.floor(Date.now() / 1_000)
  const expiry = numberOf(info.expiry)
  say(
    fields([
      ['account', textOf(info.partnerId)],
      ['type', typeInWords(numberOf(info.sessionType))],
      ['user', textOf(info.userId) || 'nobody'],
      ['ends', expiry === undefined ? undefined : `${timeInWords(expiry) ?? expiry}${endIn(expiry - now)}`],
      ['privileges', textOf(info.privileges) || 'none'],
      ['length', ks === '' ? undefined : `${ks.length} characters`],
    ]),
  )
  tell('next: latchkey session end\n')
}

function endIn(seconds: number): string {
  return seconds <= 0 ? ', which is past' : `, in ${spanInWords(seconds)}`
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

async function infoOf(endpoint: Endpoint, ks: Secret): Promise<JsonObject> {
  const outcome = await endpoint.send({ service: 'session', action: 'get', params: { ks: ks.expose() } })
  return outcome.kind === 'result' ? objectOf(outcome.value) : {}
}

function inShort({ partnerId, sessionType, userId, expiry }: JsonObject): string {
  if (expiry === undefined) return 'a session, of which the service says no more'
  const user = textOf(userId)
  const whose = user === '' || user === '0' ? 'nobody' : user
  return `a session of account ${textOf(partnerId)}, ${typeInWords(numberOf(sessionType))}, as ${whose}, until ${timeInWords(numberOf(expiry)) ?? '?'}`
}
