import { createPartner, type Deps, OpenedSessions, StartRate } from '@latchkey/authority'
import { type Fidelity, Secret } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { createServer } from '@latchkey/server'
import { openStore } from '@latchkey/store'
import { pino } from 'pino'
import { temporaryDirectory } from './server.ts'
import { type Account, type Answer, adminSession, call } from './v3.ts'

const ADMIN_SECRET = 'f00dfeedf00dfeedf00dfeedf00dfeed'

export interface Switches {
  readonly caches?: boolean
  readonly callsPerMinute?: number
}

/** An account of its own on a server whose clock stands still, unless somebody moves it on. */
export interface GroundAccount extends Account {
  readonly deps: Deps
  /** An ADMIN session. */
  readonly admin: string
  /** Seconds. */
  advance(seconds: number): void
}

export interface AccountWishes {
  readonly features?: readonly string[]
  readonly sessionVersion?: 1 | 2
}

/** A whole server in this process, over a store of its own. */
export async function fidelityGround(fidelity: Fidelity, switches: Switches = {}) {
  const directory = await temporaryDirectory()
  const store = await openStore({
    dataDirectory: `${directory.path}/data`,
    masterKeyPath: `${directory.path}/master.key`,
  })
  let now = 1_800_000_000
  const deps: Deps = {
    store,
    primitives: nodePrimitives,
    clock: () => now,
    privileges: 'vendor',
    sessions: new OpenedSessions(),
    startRate: new StartRate(),
    fidelity,
  }
  const server = await createServer(deps, {
    logger: pino({ level: 'silent' }),
    trustProxy: [],
    errorStatus: 'legacy',
    vendor: switches,
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  let partnerId = 1_000
  return {
    async account({ features = [], sessionVersion }: AccountWishes = {}): Promise<GroundAccount> {
      partnerId += 1
      await createPartner(deps, { id: partnerId, adminSecret: new Secret(ADMIN_SECRET), sessionVersion })
      await store.partners.update(partnerId, { features })
      const account = { url, partnerId, adminSecret: ADMIN_SECRET }
      return {
        ...account,
        deps,
        admin: await adminSession(account),
        advance(seconds) {
          now += seconds
        },
      }
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await store.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}

/** The code of a refusal, `ok` for anything else. */
export function codeOf(answer: Answer): string {
  return answer?.objectType === 'KalturaAPIException' ? answer.code : 'ok'
}

/** A session by the account's secret: USER and for a day unless told otherwise. */
export function sessionOf(account: Account, more: object = {}): Promise<string> {
  const { url, partnerId, adminSecret: secret } = account
  return call(url, 'session.start', { partnerId, secret, type: 0, userId: 'ana', ...more })
}

export async function widgetSession({ url, partnerId }: Account): Promise<string> {
  return (await call(url, 'session.startWidgetSession', { widgetId: `_${partnerId}` })).ks
}
