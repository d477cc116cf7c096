import assert from 'node:assert/strict'
import { createPartner, type Deps, OpenedSessions, StartRate, startSession } from '@latchkey/authority'
import {
  CAUSES,
  decideValidity,
  ERROR_CATALOGUE,
  LatchkeyError,
  parsePrivileges,
  revocationKeys,
  Secret,
  sessionKind,
} from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { createServer } from '@latchkey/server'
import { openStore } from '@latchkey/store'
import { ERRORS } from '@latchkey/wire'
import { pino } from 'pino'
import { badRequests } from './bad-requests.ts'
import { badSession } from './bad-sessions.ts'
import { randomOf } from './random.ts'
import { rawRequest } from './raw.ts'
import { temporaryDirectory } from './server.ts'

const ADMIN_SECRET = 'f00dfeedf00dfeedf00dfeedf00dfeed'
const PARTNER = 4242
const NOW = 1_800_000_000
const SESSIONS = 1_000
const SOCKETS_AT_ONCE = 64
/** More, so that the writes of many wait for the disk together. */
const INJECTED_AT_ONCE = 256
/** However slow the machine: what has not come back by then never will. */
const HANGS_AFTER_MS = 30_000
/** Faults on our side. A request that brings one about has found a bug. */
const OURS = new Set(['INTERNAL_SERVERL_ERROR', 'INTERNAL_DATABASE_ERROR', 'SERVICE_UNAVAILABLE'])

/** A whole server over a store of its own, in this process: without sockets for speed, and with them for a part. */
export async function fuzzGround() {
  const directory = await temporaryDirectory()
  const store = await openStore({
    dataDirectory: `${directory.path}/data`,
    masterKeyPath: `${directory.path}/master.key`,
  })
  const deps: Deps = {
    store,
    primitives: nodePrimitives,
    clock: () => NOW,
    privileges: 'vendor',
    sessions: new OpenedSessions(),
    startRate: new StartRate(),
  }
  const faults: string[] = []
  const logger = pino({ level: 'error' }, { write: (line: string) => void faults.push(line) })
  await createPartner(deps, { id: PARTNER, adminSecret: new Secret(ADMIN_SECRET) })
  const server = await createServer(deps, { logger, trustProxy: [], errorStatus: 'legacy' })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  const sessions = await Promise.all(
    Array.from({ length: SESSIONS }, (_, index) =>
      startSession(deps, {
        partnerId: PARTNER,
        secret: ADMIN_SECRET,
        userId: `user-${index}`,
        type: index % 2 ? 2 : 0,
        expirySeconds: 86_400,
        privileges: 'list:*',
      }),
    ),
  )
  return {
    deps,
    server,
    url,
    sessions,
    /** Lines that the server logged about faults of its own. */
    faults,
    async [Symbol.asyncDispose]() {
      await server.close()
      await store.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}
export type FuzzGround = Awaited<ReturnType<typeof fuzzGround>>

/** Requests past the socket, many at once. */
export async function fuzzRequests({ server, sessions }: FuzzGround, count: number, seed: number): Promise<void> {
  const requests = badRequests(seed, sessions, ADMIN_SECRET)
  await many(count, INJECTED_AT_ONCE, async (watch) => {
    const request = requests.next().value
    watch(request)
    assertKnown(await server.inject(request), request)
  })
}

/** Requests over HTTP, and among them bytes that are none. */
export async function fuzzSocket({ url, sessions }: FuzzGround, count: number, seed: number): Promise<void> {
  const requests = badRequests(seed, sessions, ADMIN_SECRET)
  const random = randomOf(seed)
  await many(count, SOCKETS_AT_ONCE, async (watch) => {
    const { method, url: path, headers, payload } = requests.next().value
    // What `fetch` itself does not send goes as bytes.
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const length = payload === undefined ? '' : `Content-Length: ${Buffer.byteLength(payload)}\r\n`
    const whole = `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${head.join('')}${length}\r\n${payload ?? ''}`
    const bytes = random.chance(0.7) ? whole : broken(whole)
    watch(bytes)
    const answer = await rawRequest(url, bytes, { endAfterMs: 2_000 })
    if (answer === '') return
    const [headText = '', body = ''] = answer.split(/\r\n\r\n([\s\S]*)/)
    const statusCode = Number(/^HTTP\/1\.1 (\d{3})/.exec(headText)?.[1])
    // Refused before they are requests, and by the platform itself for a version or an expectation it does not know.
    if ([400, 404, 408, 413, 415, 417, 431, 505].includes(statusCode) && !body.startsWith('{"code"')) return
    const names = [...headText.matchAll(/^([\w-]+):/gm)].map(([, name = '']) => [name.toLowerCase(), ''])
    assertKnown({ statusCode: statusCode < 500 ? 200 : statusCode, body, headers: Object.fromEntries(names) }, bytes)
  })

  /** Cut, or with characters put into it anywhere, its head included. */
  function broken(text: string): string {
    const at = random.below(text.length)
    return random.chance(0.3) ? text.slice(0, at) : text.slice(0, at) + random.text() + text.slice(at + random.below(4))
  }
}

/** Session strings by the parser alone, and what follows from those that open. Tells how many did. */
export async function fuzzSessions({ deps, sessions }: FuzzGround, count: number, seed: number): Promise<number> {
  const random = randomOf(seed)
  let opened = 0
  for (let done = 0; done < count; done += 1) {
    const text = badSession(random, ADMIN_SECRET, sessions)
    try {
      const { session } = await deps.sessions.open(deps.store, deps.primitives, text)
      opened += 1
      decideValidity(session, { now: NOW, isRevoked: false, address: '10.0.0.1', uri: '/api_v3/' })
      revocationKeys(deps.primitives, session)
      parsePrivileges(session.privileges)
      sessionKind(session)
    } catch (error) {
      const isOurs = error instanceof LatchkeyError && Object.hasOwn(ERROR_CATALOGUE, error.code)
      if (!isOurs || !error.code.startsWith('SESSION_'))
        assert.fail(`${String(error)} for the session string ${JSON.stringify(text).slice(0, 2_000)}`)
    }
  }
  return opened
}

/** Runs so many, some of them at a time, and fails naming what does not come back. */
async function many(
  count: number,
  atOnce: number,
  one: (watch: (request: unknown) => void) => Promise<void>,
): Promise<void> {
  let started = 0
  const under = new Map<number, { readonly since: number; readonly request: unknown }>()
  const worker = async (_: unknown, index: number) => {
    while (started < count) {
      started += 1
      await one((request) => under.set(index, { since: performance.now(), request }))
      under.delete(index)
    }
  }
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setInterval(() => {
    for (const { since, request } of under.values()) {
      if (performance.now() - since > HANGS_AFTER_MS) reject(new Error(`no answer to ${shown(request)}`))
    }
  }, 1_000)
  try {
    await Promise.race([promise, Promise.all(Array.from({ length: atOnce }, worker))])
  } finally {
    clearInterval(timer)
  }
}

/** Every refusal has a code that is listed and not ours to blame, and a diagnosis with a cause that is listed. */
function assertKnown(
  { statusCode, body, headers }: { statusCode: number; body: string; headers: Record<string, unknown> },
  request: unknown,
): void {
  const fail = (why: string) => assert.fail(`${why}: ${body.slice(0, 500)}\nrequest: ${shown(request)}`)
  if (headers['x-latchkey-request'] === undefined) fail('no request id')
  if (statusCode !== 200) fail(`status ${statusCode}`)
  if (body === '') {
    if (headers['x-kaltura'] === undefined) fail('an empty answer')
    return
  }
  const codes = [...body.matchAll(CODES)]
  const causes = [...body.matchAll(CAUSE_IDS)]
  for (const [, code = ''] of codes) if (!Object.hasOwn(ERRORS, code) || OURS.has(code)) fail(`the code ${code}`)
  for (const [, cause = ''] of causes) if (!Object.hasOwn(CAUSES, cause)) fail(`the cause ${cause}`)
  if (codes.length !== causes.length) fail(`${codes.length} codes and ${causes.length} causes`)
}

/** In JSON, XML and PHP. */
const CODES = /(?:"code":"(?=\w+","message")|<error><code>|s:4:"code";s:\d+:"(?=\w+";s:7:"message"))([A-Za-z_]+)/g
const CAUSE_IDS = /(?:"cause":\{"id":"|<cause><id>|s:5:"cause";a:\d+:\{s:2:"id";s:\d+:")([^"<]*)/g

function shown(request: unknown): string {
  return JSON.stringify(request).slice(0, 2_000)
}
