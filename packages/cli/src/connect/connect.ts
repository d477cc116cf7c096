import { Secret } from '@latchkey/core'
import { CommandFailure } from '../command-failure.ts'
import type { Connection, Endpoint, EndpointCall } from './endpoint.ts'
import type { ConnectionFlags } from './flags.ts'
import { httpEndpoint } from './http-endpoint.ts'
import type { JsonObject } from './json.ts'
import type { LocalEndpoint } from './local-endpoint.ts'
import type { Outcome } from './outcome.ts'
import { secretFrom, secretInFile } from './secrets.ts'
import { type Target, targetOf } from './target.ts'

/** Of a session that serves one command. */
const SECONDS = 300
const ADMIN = 2

/**
 * Opens what the flags, the environment or a profile name. Nobody is called, and nobody asked, before the first call.
 *
 * @throws {CommandFailure}
 */
export async function connect(flags: ConnectionFlags): Promise<Connection> {
  return connectTo(targetOf(flags), flags)
}

export async function connectTo(target: Target, flags: ConnectionFlags): Promise<Connection> {
  if (target.kind === 'local') return local(target, flags)
  const endpoint = httpEndpoint(target.serviceUrl)
  return connection(endpoint, target.partnerId, () => startSession(endpoint, target))
}

async function local(target: Extract<Target, { kind: 'local' }>, flags: ConnectionFlags): Promise<Connection> {
  const endpoint = await openLocal(target, flags)
  return connection(endpoint, endpoint.partnerId, () => startLocally(endpoint, target))
}

/** The store that the flags, the profile or the settings name. @throws {CommandFailure} where there is none */
export async function openLocal(
  target: Extract<Target, { kind: 'local' }>,
  { data, masterKeyFile, config }: ConnectionFlags,
): Promise<LocalEndpoint> {
  const [{ localEndpoint }, { settingsOf }] = await Promise.all([
    import('./local-endpoint.ts'),
    import('../settings-of.ts'),
  ])
  const { settings } = settingsOf({ data: data ?? target.data, masterKeyFile, config })
  return localEndpoint(settings, target.partnerId)
}

async function startLocally(endpoint: LocalEndpoint, target: Target): Promise<Secret> {
  const session = given(target)
  if (session !== undefined) return session
  if (target.isTokenNamed === true && target.login !== undefined) {
    const { logIn } = await import('./log-in.ts')
    return (await logIn(endpoint, endpoint.partnerId, await target.login())).session
  }
  return endpoint.ownerSession(SECONDS)
}

function connection(endpoint: Endpoint, partnerId: number | undefined, start: () => Promise<Secret>): Connection {
  let started: Promise<Secret> | undefined
  const session = () => {
    started ??= start()
    return started
  }
  const call = async ({ service, action, params }: EndpointCall) => {
    const ks = (await session()).expose()
    return requireAnswer(endpoint, await endpoint.send({ service, action, params: { ks, ...params } }))
  }
  return {
    endpoint,
    partnerId,
    session,
    call,
    async ask(service, action, params) {
      const outcome = await call({ service, action, params })
      if (outcome.kind === 'result') return outcome.value
      const { refusedFailure } = await import('../view/refusal-view.ts')
      throw refusedFailure(outcome, `${service}.${action}`)
    },
    [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose](),
  }
}

/** A session that somebody has already. */
export function given({ sessionFile, session }: Target): Secret | undefined {
  if (sessionFile !== undefined) return secretInFile(sessionFile, 'session string')
  return session
}

async function startSession(endpoint: Endpoint, target: Target): Promise<Secret> {
  const session = given(target)
  if (session !== undefined) return session
  if (target.login !== undefined && target.adminSecretFile === undefined && target.adminSecret === undefined) {
    const { logIn } = await import('./log-in.ts')
    return (await logIn(endpoint, requirePartner(target), await target.login())).session
  }
  return startAdminSession(endpoint, target, {})
}

/** @param wishes parameters of `session.start` in the place of our own */
export async function startAdminSession(endpoint: Endpoint, target: Target, wishes: JsonObject): Promise<Secret> {
  const partnerId = requirePartner(target)
  const secret =
    target.adminSecretFile === undefined && target.adminSecret !== undefined
      ? target.adminSecret
      : await secretFrom(
          {
            name: `admin secret of account ${partnerId}`,
            file: target.adminSecretFile,
            fileFlag: '--admin-secret-file',
            variable: 'LATCHKEY_ADMIN_SECRET',
          },
          'latchkey profile save --help',
        )
  const params = { secret: secret.expose(), type: ADMIN, userId: '', expiry: SECONDS, ...wishes, partnerId }
  return sessionIn(endpoint, await endpoint.send({ service: 'session', action: 'start', params }), 'session.start')
}

export async function sessionIn(endpoint: Endpoint, outcome: Outcome, action: string): Promise<Secret> {
  const answer = requireAnswer(endpoint, outcome)
  if (answer.kind === 'result' && typeof answer.value === 'string') return new Secret(answer.value)
  if (answer.kind === 'result') throw noSession(endpoint, action)
  const { refusedFailure } = await import('../view/refusal-view.ts')
  throw refusedFailure(answer, action)
}

/** Of an answer that would be a session if this were an endpoint. */
export function noSession(endpoint: Endpoint, action: string): CommandFailure {
  const why = `it answered ${action} with something that is no session: this address is probably no v3 endpoint`
  return new CommandFailure(`${endpoint.name}: ${why}`, { next: [doctorFor(endpoint)] })
}

function doctorFor({ serviceUrl }: Endpoint): string {
  return `latchkey doctor ${serviceUrl === undefined ? '--local' : `--service-url ${serviceUrl}`}`
}

export function requirePartner({ partnerId }: Target): number {
  if (partnerId !== undefined) return partnerId
  throw new CommandFailure('which account is meant? Name it with --partner-id, LATCHKEY_PARTNER_ID or a profile', {
    next: ['latchkey profile save --help'],
  })
}

/** @throws {CommandFailure} where no answer of the API came */
export function requireAnswer(endpoint: Endpoint, outcome: Outcome): Exclude<Outcome, { kind: 'failed' }> {
  if (outcome.kind !== 'failed') return outcome
  throw new CommandFailure(`${endpoint.name}: ${outcome.why}`, {
    next: [doctorFor(endpoint)],
  })
}
