import { after, before, describe, test } from 'node:test'
import { type Client, type OauthAnswer, type OauthRequest, oauth, oauthClient } from './oauth2.ts'
import { type RunningServer, startServer } from './server.ts'
import { adminSession } from './v3.ts'

export interface OauthGround {
  readonly server: RunningServer
  readonly url: string
  /** A session of ADMIN type. */
  readonly admin: string
  /** An app token of ADMIN type without a role. */
  readonly client: Client
  /** One of a USER. */
  readonly user: Client
  ask(
    endpoint: 'token' | 'introspect' | 'revoke',
    fields?: Readonly<Record<string, string>> | readonly (readonly [string, string])[],
    request?: OauthRequest,
  ): Promise<OauthAnswer>
}

/** A server of its own, and two app tokens. */
export async function oauthGround(env: Readonly<Record<string, string>> = {}): Promise<OauthGround & AsyncDisposable> {
  const server = await startServer({ env: { LATCHKEY_TRUST_PROXY: '127.0.0.1', ...env } })
  const { url } = server
  const admin = await adminSession(server)
  return {
    server,
    url,
    admin,
    client: await oauthClient(url, admin),
    user: await oauthClient(url, admin, { sessionType: 0, sessionUserId: 'ada', sessionDuration: 600 }),
    ask: (endpoint, fields, request) => oauth(url, endpoint, fields, request),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** One requirement of a standard: its section, what has to be, and how that is seen. */
export type RfcRow = readonly [section: string, must: string, see: (at: OauthGround) => Promise<void>]

/** A test for each row, on one server. */
export function describeRfc(name: string, rows: readonly RfcRow[]): void {
  describe(name, () => {
    let ground: (OauthGround & AsyncDisposable) | undefined
    before(async () => {
      ground = await oauthGround()
    })
    after(async () => ground?.[Symbol.asyncDispose]())
    for (const [section, must, see] of rows) {
      test(`${section}: ${must}`, async () => {
        if (ground === undefined) throw new Error('the server has not started')
        await see(ground)
      })
    }
  })
}
