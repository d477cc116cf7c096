import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { makeConsole } from '../scripts/make-console.ts'
import { filesBelow, holds } from './lib/planted.ts'
import { rawRequest } from './lib/raw.ts'
import { ROOT, type RunningServer, startServer, temporaryDirectory } from './lib/server.ts'
import { type Answer, adminSession, call } from './lib/v3.ts'

const DIST = join(ROOT, 'packages', 'console', 'dist')
const OTHER_ORIGIN = 'https://api.example.com'

before(async () => {
  // `npm test` builds it before; whoever runs this file alone may not have.
  if (!existsSync(join(DIST, 'index.html')) || !existsSync(join(DIST, 'offline.html'))) await makeConsole()
})

/** The code of the link that a server without a terminal leaves in its data directory. */
async function codeOf({ data, url }: RunningServer): Promise<string> {
  const link = await readFile(join(data, 'console-link.txt'), 'utf8')
  assert.ok(link.startsWith(`${url}/#sign-in=`), 'it leads to this server, and keeps the code out of requests')
  return link.trim().split('=')[1] ?? ''
}

async function signIn(
  { url }: RunningServer,
  code: string,
): Promise<{ readonly status: number; readonly body: Answer }> {
  const response = await fetch(`${url}/console/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ code }),
  })
  return { status: response.status, body: await response.json() }
}

describe('the console as it is served', () => {
  let server: RunningServer
  before(async () => {
    server = await startServer({ env: { LATCHKEY_CONSOLE_CONNECT: OTHER_ORIGIN } })
  })
  after(() => server?.[Symbol.asyncDispose]())

  test('is a page that may call its server and the origins that are set, and is told them', async () => {
    const response = await fetch(`${server.url}/`)
    const html = await response.text()
    assert.equal(response.status, 200)
    const policy = response.headers.get('content-security-policy') ?? ''
    for (const part of [`connect-src 'self' ${OTHER_ORIGIN}`, "frame-ancestors 'none'"])
      assert.ok(policy.split(/; ?/).includes(part), policy)
    const [, nonce = ''] = /; ?script-src 'nonce-([\w-]{22})'/.exec(policy) ?? []
    const scripts = html.match(/<(?:script|link rel="modulepreload")[^>]*>/g) ?? []
    assert.ok(scripts.length > 0 && scripts.every((tag) => tag.includes(` nonce="${nonce}"`)), scripts.join('\n'))
    assert.ok(!policy.includes('unsafe'))
    const told = /name="latchkey-server" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? ''
    assert.deepEqual(JSON.parse(told), {
      connect: [OTHER_ORIGIN],
      version: '0.1.0',
      fidelity: 'mended',
      partnerId: server.partnerId,
    })
    assert.ok(!/<script(?![^>]* src=)|\sstyle=|\son\w+=/.test(html), 'nothing in it needs more than the policy gives')
  })

  test('has files that may be kept for ever, compressed for whoever takes that', async () => {
    const names = (await readdir(join(DIST, 'assets'))).filter((name) => /\.(js|css)$/.test(name))
    assert.ok(names.length > 0)
    for (const name of names) {
      const response = await fetch(`${server.url}/assets/${name}`, { headers: { 'accept-encoding': 'br' } })
      assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable')
      assert.equal(response.headers.get('content-encoding'), 'br')
      assert.equal(await response.text(), await readFile(join(DIST, 'assets', name), 'utf8'))
    }
  })

  test('has a page that works alone, whose policy allows the script and the style in it and no connection', async () => {
    const response = await fetch(`${server.url}/offline.html`)
    const html = await response.text()
    const policy = (response.headers.get('content-security-policy') ?? '').split(/; ?/)
    assert.ok(policy.includes("connect-src 'none'") && policy.includes("frame-ancestors 'none'"), policy.join('; '))
    for (const [tag, directive] of [
      ['script', 'script-src'],
      ['style', 'style-src'],
    ] as const) {
      const hashes = [...html.matchAll(new RegExp(`<${tag}\\b[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map(
        ([, content = '']) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`,
      )
      assert.ok(hashes.length > 0)
      const allowed = policy
        .find((part) => part.startsWith(`${directive} `))
        ?.split(' ')
        .slice(1)
      assert.deepEqual(new Set(allowed), new Set(hashes))
    }
  })

  test('gives nothing else away, however it is asked', async () => {
    for (const path of [
      '/assets/..%2f..%2fpackage.json',
      '/assets/../../package.json',
      '/assets/..%5c..%5cpackage.json',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/assets/..%252f..%252fpackage.json',
      '/assets/%00',
      '/assets/\0',
      '//',
      '//package.json',
      '/.built',
      '/src/main.tsx',
      '/package.json',
    ]) {
      const answer = await rawRequest(server.url, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      assert.match(answer, /^HTTP\/1\.1 40[034] /, path)
      assert.ok(!answer.includes('@latchkey/console'), path)
    }
  })
})

describe('the link of a start without a terminal', () => {
  test('is in a file for its owner, signs in once, and then is gone', async () => {
    await using server = await startServer({ env: { LATCHKEY_LOG_LEVEL: 'debug' } })
    const path = join(server.data, 'console-link.txt')
    assert.equal((await stat(path)).mode & 0o777, 0o600)
    const code = await codeOf(server)
    const before = Date.now() / 1_000
    const { status, body } = await signIn(server, code)
    assert.deepEqual([status, body.partnerId], [200, server.partnerId])
    assert.ok(Math.abs(body.expiresAt - before - 8 * 3_600) < 60)
    assert.ok(!existsSync(path))
    assert.equal((await call(server.url, 'partner.getInfo', { ks: body.ks })).id, server.partnerId)
    assert.equal((await call(server.url, 'appToken.list', { ks: body.ks })).totalCount, 0)
    const { objects } = await call(server.url, 'latchkey_journal.list', { ks: body.ks })
    const line = objects.find(({ door }: Answer) => door === 'console')
    assert.deepEqual([line.action, line.outcome], ['session.start', 'issued'])

    const again = await signIn(server, code)
    assert.equal(again.status, 403)
    assert.match(again.body.error, /used.*expired.*restart the server.*admin secret/)
    const files = await filesBelow(server.data)
    await server.stop()
    const { stdout, stderr } = server.output()
    assert.match(stdout, /^latchkey ready \S+\n$/)
    assert.ok(stderr.includes(path), 'where the link is was told')
    for (const secret of [code, body.ks]) {
      assert.ok(!holds(stdout, secret) && !holds(stderr, secret), 'neither the code nor the session was logged')
      for (const [name, content] of files) assert.ok(!holds(content, secret), name)
    }
  })

  test('is replaced by the next start, and taken away by a stop', async () => {
    await using directory = await temporaryDirectory()
    const data = join(directory.path, 'data')
    const one = await startServer({ data })
    const first = await codeOf(one)
    await one.stop('SIGKILL')
    await using two = await startServer({ data })
    const second = await codeOf(two)
    assert.notEqual(first, second)
    assert.equal((await signIn(two, first)).status, 403)
    assert.equal((await signIn(two, second)).status, 200)
    const three = await startServer({ data })
    await codeOf(three)
    await three.stop()
    assert.ok(!existsSync(join(data, 'console-link.txt')))
  })
})

test('the console is served by a rehearsal too, which says so, and takes the link', async () => {
  await using server = await startServer({ env: { LATCHKEY_FIDELITY: 'vendor' } })
  assert.match(await (await fetch(`${server.url}/`)).text(), /&quot;fidelity&quot;:&quot;vendor&quot;/)
  const { body } = await signIn(server, await codeOf(server))
  assert.equal((await call(server.url, 'partner.getInfo', { ks: body.ks })).id, server.partnerId)
})

test('a server whose console is switched off has no pages, no link and no sign-in', async () => {
  await using server = await startServer({ env: { LATCHKEY_CONSOLE: 'off' } })
  const response = await fetch(`${server.url}/`)
  assert.deepEqual([response.status, response.headers.get('content-security-policy')], [404, null])
  assert.ok(!existsSync(join(server.data, 'console-link.txt')))
  assert.equal((await signIn(server, 'x')).status, 404)
  assert.equal(await call(server.url, 'system.ping', { ks: await adminSession(server) }), true)
})
