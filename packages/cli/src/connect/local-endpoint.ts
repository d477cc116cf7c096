import { startOwnerSession } from '@latchkey/authority'
import { Secret } from '@latchkey/core'
import { createServer } from '@latchkey/server'
import { inspectStore } from '@latchkey/store'
import { pino } from 'pino'
import { CommandFailure } from '../command-failure.ts'
import { composeDeps } from '../compose.ts'
import { fromCommandLine } from '../journal.ts'
import type { Settings } from '../settings.ts'
import type { Endpoint } from './endpoint.ts'
import { CLIENT_TAG, HEADERS } from './http-endpoint.ts'
import { readOutcome } from './outcome.ts'

/** The store of this machine: whoever can read its master key owns all accounts in it. */
export interface LocalEndpoint extends Endpoint {
  readonly partnerId: number
  /** An ADMIN session of the account, without its secret. */
  ownerSession(seconds: number): Promise<Secret>
  /** For a session of another kind, which takes the secret itself. */
  adminSecret(): Promise<Secret>
}

/**
 * Opens the store behind a server in this process, which listens nowhere: the same checks, the same journal.
 *
 * @param wanted id of the account; needed where there are several
 * @throws {CommandFailure} where there is no store, or no such account in it
 */
export async function localEndpoint(settings: Settings, wanted: number | undefined): Promise<LocalEndpoint> {
  const place = settings.databaseUrl === undefined ? settings.data : 'PostgreSQL'
  await requireStore(settings, place)
  const composed = await composeDeps(settings)
  try {
    const deps = fromCommandLine(composed.deps)
    const partnerId = accountAmong(
      (await deps.store.partners.list()).map(({ id }) => id),
      wanted,
      place,
    )
    const server = await createServer(deps, {
      logger: pino({ level: 'silent' }),
      trustProxy: [],
      errorStatus: 'legacy',
    })
    return {
      name: `the store in ${place}`,
      partnerId,
      async send({ service, action, params }) {
        const { statusCode, body } = await server.inject({
          method: 'POST',
          url: `/api_v3/service/${encodeURIComponent(service)}/action/${encodeURIComponent(action)}`,
          headers: { 'content-type': 'application/json', ...HEADERS },
          payload: JSON.stringify({ format: 1, clientTag: CLIENT_TAG, ...params }),
        })
        return readOutcome(statusCode, body)
      },
      async ownerSession(seconds) {
        const { sessionText } = await startOwnerSession(deps, partnerId, seconds)
        return new Secret(sessionText)
      },
      async adminSecret() {
        const partner = await deps.store.partners.find(partnerId)
        return partner?.adminSecret ?? new Secret('')
      },
      async [Symbol.asyncDispose]() {
        await server.close()
        await composed[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await composed[Symbol.asyncDispose]()
    throw error
  }
}

/** Opening would make one. */
async function requireStore(settings: Settings, place: string): Promise<void> {
  const { schema, error } = await inspectStore({
    url: settings.databaseUrl,
    dataDirectory: settings.data,
    masterKeyPath: settings.masterKeyFile,
  })
  if (schema !== undefined) return
  throw new CommandFailure(`there is no store in ${place}${error === undefined ? '' : ` (${error})`}`, {
    details: '  name a service with --service-url or a profile, or a store with --data\n',
    next: ['latchkey serve', 'latchkey doctor --local'],
  })
}

function accountAmong(ids: readonly number[], wanted: number | undefined, place: string): number {
  const [only] = ids
  if (wanted !== undefined && ids.includes(wanted)) return wanted
  if (wanted === undefined && only !== undefined && ids.length === 1) return only
  if (ids.length === 0) {
    throw new CommandFailure(`the store in ${place} has no account yet`, {
      next: ['latchkey serve', 'latchkey partner create'],
    })
  }
  const list = ids.join(', ')
  const why =
    wanted === undefined
      ? `which account is meant? There are ${list}; name one with --partner-id`
      : `the store in ${place} has no account ${wanted}; it has ${list}`
  throw new CommandFailure(why, { next: ['latchkey partner list'] })
}
