import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Deps, OpenedSessions, StartRate } from '@latchkey/authority'
import { nodePrimitives } from '@latchkey/core/node'
import { createServer, SignInLink } from '@latchkey/server'
import { openStore } from '@latchkey/store'
import { pino } from 'pino'
import { type Random, randomOf } from './random.ts'
import { rawRequest } from './raw.ts'
import { temporaryDirectory } from './server.ts'

const NOW = 1_800_000_000
const PARTNER = 4242
/** What lies outside the folder that is served. Whoever gets it has got out. */
const OUTSIDE = 'this lies outside'
const STATUSES = new Set([200, 206, 304, 400, 403, 404, 405, 408, 412, 413, 414, 415, 416, 417, 429, 431, 505])

/** A server over an empty store, with pages and a link that nobody is told. */
async function consoleGround() {
  const directory = await temporaryDirectory()
  const folder = join(directory.path, 'dist')
  await mkdir(join(folder, 'assets'), { recursive: true })
  for (const name of ['index.html', 'offline.html', 'favicon.svg', 'assets/a-1.js', 'assets/a-1.js.br'])
    await writeFile(join(folder, name), 'a page')
  for (const name of ['package.json', 'a-1.js', 'dist/.built']) await writeFile(join(directory.path, name), OUTSIDE)
  const store = await openStore({
    dataDirectory: join(directory.path, 'data'),
    masterKeyPath: join(directory.path, 'master.key'),
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
  const link = new SignInLink(nodePrimitives, deps.clock)
  const code = link.issue()
  const server = await createServer(deps, {
    logger: pino({ level: 'error' }, { write: (line: string) => void faults.push(line) }),
    trustProxy: [],
    errorStatus: 'legacy',
    console: { folder, connect: [], signIn: { link, partnerId: PARTNER } },
  })
  return {
    url: await server.listen({ host: '127.0.0.1', port: 0 }),
    code,
    faults,
    async [Symbol.asyncDispose]() {
      await server.close()
      await store.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}

/** Bad requests to the pages and to the sign-in, over sockets. Fails at the first that gets what it should not. */
export async function fuzzConsole(count: number, seed: number): Promise<void> {
  await using ground = await consoleGround()
  const random = randomOf(seed)
  const left = Array.from({ length: count }, () => badConsoleRequest(random, ground.code))
  const worker = async () => {
    for (let bytes = left.pop(); bytes !== undefined; bytes = left.pop()) {
      const answer = await rawRequest(ground.url, bytes, { endAfterMs: 2_000 })
      const about = `${JSON.stringify(bytes).slice(0, 2_000)}\n${answer.slice(0, 500)}`
      assert.ok(!answer.includes(OUTSIDE) && !answer.includes('"ks"') && !answer.includes(ground.code), about)
      // Bytes that are no request may get no answer; then the server must still be there, which the next one shows.
      if (answer !== '') assert.ok(STATUSES.has(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])), about)
    }
  }
  await Promise.all(Array.from({ length: 32 }, worker))
  assert.deepEqual(ground.faults, [], 'the log tells of no fault')
  assert.equal(await (await fetch(`${ground.url}/`)).text(), 'a page', 'it still serves')
}

function badConsoleRequest(random: Random, code: string): string {
  const { pick, chance, text, below } = random
  const isSignIn = chance(0.5)
  // A space or a line end would make another request of it; those come by breaking the whole.
  const path = isSignIn
    ? `/console/sign-in${chance(0.1) ? pick(['/', '?code=x', '%00', '/..']) : ''}`
    : Array.from({ length: below(5) }, () => pick(PARTS)).join('') || '/'
  const method = pick(isSignIn ? ['POST', 'POST', 'POST', 'PUT', 'GET'] : ['GET', 'GET', 'HEAD', 'POST', 'OPTIONS'])
  const body = isSignIn ? signInBody(random, code) : ''
  const headers = [
    `Host: ${chance(0.9) ? 'x' : pick(['', 'x:99999', '[', 'é'])}`,
    'Connection: close',
    ...(chance(0.8) ? [`Content-Type: ${chance(0.8) ? 'application/json' : pick(TYPES)}`] : []),
    ...(body !== '' ? [`Content-Length: ${Buffer.byteLength(body)}`] : []),
    ...(chance(0.3) ? [`Origin: ${pick(['http://x', 'null', 'http://evil', '://', 'http://x:y'])}`] : []),
    ...(chance(0.3)
      ? [`Range: bytes=${pick(['0-0', '-1', '9-', '5-1', '0-99999999999999999999', 'x', '0-1,2-3'])}`]
      : []),
    ...(chance(0.3) ? [`Accept-Encoding: ${pick(['br', 'gzip, br', '*', 'br;q=x', ';;,', 'identity;q=0'])}`] : []),
    ...(chance(0.2) ? [`If-Modified-Since: ${pick(['x', 'Tue, 24 Nov 2099 00:00:00 GMT', '99999999999999'])}`] : []),
    ...(chance(0.2) ? [`If-None-Match: ${pick(['*', '"', 'W/', '"x", *'])}`] : []),
  ]
  const whole = `${method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${body}`
  if (chance(0.85)) return whole
  const at = below(whole.length)
  return whole.slice(0, at) + text().toWellFormed() + whole.slice(at + below(4))
}

/** Never the code itself as it should be sent: that would be right. */
function signInBody({ chance, pick, text, below }: Random, code: string): string {
  const value = pick<unknown>([
    text().toWellFormed(),
    `${code}x`,
    code.toUpperCase(),
    code.slice(1),
    below(9),
    null,
    [],
    {},
  ])
  const body = chance(0.8) ? JSON.stringify({ code: value }) : pick(BODIES)
  return chance(0.1) ? body.slice(0, below(body.length)) : body
}

const PARTS = [
  '/',
  '//',
  '/assets',
  '/assets/',
  '/a-1.js',
  '/index.html',
  '/offline.html',
  '/favicon.svg',
  '/.built',
  '/..',
  '/../',
  '/%2e%2e',
  '/..%2f',
  '..%5c',
  '\\..\\',
  '/....//',
  '%00',
  '%',
  '%zz',
  '%c0%ae%c0%ae/',
  '%252e%252e%252f',
  '/package.json',
  '?x=/../',
  '#',
  ';',
  '/é',
  '/C:/',
  '/etc/passwd',
]
const TYPES = ['text/plain', 'application/json; charset=x', 'application/json;', 'x', ';', 'multipart/form-data']
const BODIES = [
  '',
  '{',
  'null',
  '[]',
  '"code"',
  '{"code":"a","code":1}',
  '{"__proto__":{"code":"x"}}',
  '{"code":"\\ud800"}',
]
