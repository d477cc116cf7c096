import { createPartner, type Deps, OpenedSessions, StartRate } from '@latchkey/authority'
import { type Fidelity, Secret } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { type DoctorFinding, diagnoseFacts, type Facts, gather, readPaste, type Told } from '@latchkey/doctor'
import { createServer } from '@latchkey/server'
import { openStore } from '@latchkey/store'
import { pino } from 'pino'
import { callOver } from '../../packages/cli/src/doctor/http-call.ts'
import { temporaryDirectory } from './server.ts'
import { type Account, type Answer, adminSession, call, sha256 } from './v3.ts'

const ADMIN_SECRET = 'f00dfeedf00dfeedf00dfeedf00dfeed'

export interface GroundAccount extends Account {
  readonly deps: Deps
  readonly admin: string
  readonly version: 1 | 2
}

export interface Ground extends AsyncDisposable {
  account(wishes?: {
    readonly features?: readonly string[]
    readonly isHttpsOnly?: boolean
    readonly sessionVersion?: 1 | 2
  }): Promise<GroundAccount>
}

/** A server over HTTP with accounts made as they are asked for, by the original's faults unless told otherwise. */
export async function doctorGround(
  fidelity: Fidelity,
  vendor: { readonly caches?: boolean; readonly callsPerMinute?: number } = {},
): Promise<Ground> {
  const directory = await temporaryDirectory()
  const store = await openStore({
    dataDirectory: `${directory.path}/data`,
    masterKeyPath: `${directory.path}/master.key`,
  })
  const deps: Deps = {
    store,
    primitives: nodePrimitives,
    clock: () => Math.floor(Date.now() / 1_000),
    privileges: 'vendor',
    sessions: new OpenedSessions(),
    startRate: new StartRate(),
    fidelity,
  }
  const server = await createServer(deps, {
    logger: pino({ level: 'silent' }),
    trustProxy: [],
    errorStatus: 'legacy',
    vendor,
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  let partnerId = 1_000
  return {
    async account({ features = [], isHttpsOnly = false, sessionVersion = 2 } = {}) {
      partnerId += 1
      const id = partnerId
      await createPartner(deps, { id, adminSecret: new Secret(ADMIN_SECRET), sessionVersion })
      await store.partners.update(id, { features })
      const account = { url, partnerId: id, adminSecret: ADMIN_SECRET }
      const admin = await adminSession(account)
      if (isHttpsOnly) await store.partners.update(id, { isHttpsOnly })
      return { ...account, deps, admin, version: sessionVersion }
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await store.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}

export interface Token {
  readonly id: string
  readonly token: string
  readonly [field: string]: Answer
}

/** SHA256, USER, of Ana, for an hour and more, unless told otherwise. */
export async function makeToken(at: GroundAccount, fields: Readonly<Record<string, unknown>> = {}): Promise<Token> {
  const made = await call(at.url, 'appToken.add', {
    ks: at.admin,
    appToken: { hashType: 'SHA256', sessionType: 0, sessionUserId: 'ana', sessionDuration: 7200, ...fields },
  })
  if (made.token === undefined) throw new Error(JSON.stringify(made))
  return made
}

export async function widget(at: Account): Promise<string> {
  return (await call(at.url, 'session.startWidgetSession', { widgetId: `_${at.partnerId}` })).ks
}

export async function logIn(at: GroundAccount, token: Token, more: object = {}): Promise<string> {
  const ks = await widget(at)
  return (
    await call(at.url, 'appToken.startSession', { ks, id: token.id, tokenHash: sha256(ks + token.token), ...more })
  ).ks
}

export async function makeRole(at: GroundAccount, permissionNames: string): Promise<number> {
  const role = await call(at.url, 'userRole.add', {
    ks: at.admin,
    userRole: { name: `role ${permissionNames}`.slice(0, 60), permissionNames },
  })
  if (typeof role.id !== 'number') throw new Error(JSON.stringify(role))
  return role.id
}

type Wishes = Partial<Omit<Told, 'tokenValue' | 'receivedHash' | 'sentSession' | 'otherSessions'>> & {
  readonly token?: Token | undefined
  readonly receivedHash?: string | undefined
  readonly sentSession?: string | undefined
  readonly otherSessions?: readonly string[] | undefined
  readonly paste?: string | undefined
  readonly clock?: (() => number) | undefined
}

/** The doctor at that account, told what a person would tell it. */
export async function examine(at: Account, wishes: Wishes): Promise<Examined> {
  const { token, receivedHash, sentSession, otherSessions, paste, clock = Date.now, ...rest } = wishes
  const pasted = paste === undefined ? undefined : readPaste(paste)
  const told: Told = {
    serviceUrl: at.url,
    partnerId: at.partnerId,
    tokenId: token?.id,
    tokenValue: token === undefined ? undefined : new Secret(token.token),
    wanted: [],
    record: pasted?.record,
    receivedHash: receivedHash === undefined ? pasted?.login?.receivedHash : new Secret(receivedHash),
    sentSession: sentSession === undefined ? pasted?.login?.sentSession : new Secret(sentSession),
    otherSessions: otherSessions?.map((text) => new Secret(text)),
    ...rest,
  }
  const options = { told, primitives: nodePrimitives, clock, pasted: pasted?.exchanges }
  const facts = await gather(callOver(at.url), options)
  return { facts, findings: diagnoseFacts(facts, nodePrimitives) }
}

export interface Examined {
  readonly facts: Facts
  readonly findings: readonly DoctorFinding[]
}

/** One request as a tool makes it, and the conversation as somebody pastes it. */
export function converse(
  { url }: Account,
  action: string,
  params: Readonly<Record<string, unknown>>,
  how: { readonly contentType?: string; readonly isWithoutFormat?: boolean } = {},
): Promise<string> {
  const format = how.isWithoutFormat === true ? {} : { format: 1 }
  return talk(url, action, JSON.stringify({ ...format, ...params }), how.contentType ?? 'application/json')
}

async function talk(url: string, action: string, body: string, contentType: string): Promise<string> {
  const [service, name] = action.split('.')
  const path = `/api_v3/service/${service}/action/${name}`
  const response = await fetch(url + path, { method: 'POST', headers: { 'content-type': contentType }, body })
  const answer = await response.text()
  return [
    `POST ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    `Content-Type: ${contentType}`,
    '',
    body,
    '',
    `HTTP/1.1 ${response.status} OK`,
    `Content-Type: ${response.headers.get('content-type') ?? ''}`,
    '',
    answer,
    '',
  ].join('\n')
}
