import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { runCli, startServer, temporaryDirectory } from './lib/server.ts'
import { adminSession, call } from './lib/v3.ts'

test('npm start serves, and whoever stops npm has stopped the server', async () => {
  const server = await startServer({ byNpm: true })
  try {
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200)
  } finally {
    const ended = await server.stop('SIGTERM')
    await server[Symbol.asyncDispose]()
    assert.ok(ended.code === 0 || ended.signal === 'SIGTERM', JSON.stringify(ended))
  }
  await assert.rejects(fetch(`${server.url}/healthz`))
})

test('a server that is stopped says that it has, and finishes a call that was begun, saying so', async () => {
  await using server = await startServer()
  assert.equal((await server.stop('SIGINT')).code, 0)
  assert.match(server.output().stderr, /(?:^|\n)latchkey stopped\n$/)
  assert.doesNotMatch(server.output().stderr, /finishing/)

  await using busy = await startServer()
  const body = 'service=system&action=ping&format=1'
  const { hostname, port } = new URL(busy.url)
  const client = connect(Number(port), hostname)
  const head = `POST /api_v3/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`
  client.setEncoding('utf8').write(head + body.slice(0, 9))
  let answer = ''
  client.on('data', (text) => {
    answer += text
    client.end()
  })
  // By then the first half is there: the connection was before this one.
  await fetch(`${busy.url}/healthz`)
  const ended = busy.stop('SIGTERM')
  while (!busy.output().stderr.includes('latchkey: finishing what was begun')) await setTimeout(20)
  client.write(body.slice(9))
  assert.equal((await ended).code, 0)
  assert.match(answer, /^HTTP\/1\.1 200 [\s\S]*\r\n\r\ntrue/)
  assert.match(busy.output().stderr, /\nlatchkey stopped\n$/)
})

test('a first start without a terminal puts what it drew into a file for its owner, and says where', async () => {
  await using directory = await temporaryDirectory()
  const data = join(directory.path, 'data')
  await using server = await startServer({
    data,
    env: { LATCHKEY_PARTNER_ID: '', LATCHKEY_ADMIN_SECRET: '', LATCHKEY_USER_SECRET: '' },
  })
  const path = join(data, 'first-start.env')
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  const drawn = Object.fromEntries(
    [...(await readFile(path, 'utf8')).matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]),
  )
  const { stdout, stderr } = server.output()
  assert.match(stderr, /first-start\.env/)
  assert.ok(!`${stdout}${stderr}`.includes(drawn.LATCHKEY_ADMIN_SECRET ?? ''), 'the secret is in the file only')
  const account = {
    url: server.url,
    partnerId: Number(drawn.LATCHKEY_PARTNER_ID),
    adminSecret: drawn.LATCHKEY_ADMIN_SECRET ?? '',
  }
  assert.equal((await call(server.url, 'media.list', { ks: await adminSession(account) })).totalCount, 40)
})

test('a first start on a port of its own says with the secrets where it listens', async () => {
  await using directory = await temporaryDirectory()
  const data = join(directory.path, 'data')
  const port = await freePort()
  await using server = await startServer({ data, env: { LATCHKEY_ADMIN_SECRET: '', LATCHKEY_PORT: String(port) } })
  const file = await readFile(join(data, 'first-start.env'), 'utf8')
  assert.match(file, new RegExp(`^export LATCHKEY_URL=${server.url}$`, 'm'))
  // Pasted, that is all that a command needs beside the account.
  const drawn = Object.fromEntries([...file.matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]))
  const env = { ...drawn, LATCHKEY_DATA: '', LATCHKEY_PARTNER_ID: String(server.partnerId) }
  const { code, stdout } = await runCli(['call', 'media.count'], env)
  assert.deepEqual([code, stdout.trim()], [0, '40'])
})

test('a server whose port is taken says so, and ends', async () => {
  await using server = await startServer()
  const { code, stderr } = await runCli(['serve'], {
    LATCHKEY_PORT: new URL(server.url).port,
    LATCHKEY_DATA: server.data,
  })
  assert.equal(code, 1)
  assert.match(stderr, /is in use already[\s\S]*\nnext: /)
})

test('two servers that start at once on the same empty store make one account, whose secrets are in the file', async () => {
  await using directory = await temporaryDirectory()
  const data = join(directory.path, 'data')
  const env = { LATCHKEY_PARTNER_ID: '', LATCHKEY_ADMIN_SECRET: '', LATCHKEY_USER_SECRET: '' }
  const servers = await Promise.all([startServer({ data, env }), startServer({ data, env })])
  try {
    const { stdout } = await runCli(['partner', 'list', '--json'], { LATCHKEY_DATA: data })
    const partners = JSON.parse(stdout)
    assert.equal(partners.length, 1)
    const file = await readFile(join(data, 'first-start.env'), 'utf8')
    assert.match(file, new RegExp(`LATCHKEY_PARTNER_ID=${partners[0].id}\\n`))
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
})

test('a second account is made on the command line, with secrets that are told once', async () => {
  await using server = await startServer()
  const env = {
    LATCHKEY_DATA: server.data,
    LATCHKEY_PARTNER_ID: '',
    LATCHKEY_ADMIN_SECRET: '',
    LATCHKEY_USER_SECRET: '',
  }
  const made = await runCli(['partner', 'create', '77', 'second'], env)
  assert.deepEqual([made.code, made.stdout], [0, '77  second  active, session strings of version 2\n'])
  const path = /(\S+partner-77\.env)/.exec(made.stderr)?.[1]
  const secret = /LATCHKEY_ADMIN_SECRET=(\S+)/.exec(await readFile(path ?? '', 'utf8'))?.[1] ?? ''
  const ks = await adminSession({ url: server.url, partnerId: 77, adminSecret: secret })
  assert.equal((await call(server.url, 'partner.getInfo', { ks })).name, 'second')
  assert.equal((await runCli(['partner', 'create', '77'], env)).code, 1)
})

test('the command line tells what is wrong and what is accepted', async () => {
  await using directory = await temporaryDirectory()
  const env = { LATCHKEY_DATA: join(directory.path, 'data') }
  const unknown = await runCli(['partner', 'show', '999'], env)
  assert.deepEqual([unknown.code, unknown.stdout], [1, ''])
  assert.match(unknown.stderr, /no such partner.*\n.*partner list/)
  const wrong = await runCli(['partner', 'block', 'x'], env)
  assert.equal(wrong.code, 2)
  assert.match(wrong.stderr, /received "x", accepted is a whole number/)
  assert.equal((await runCli(['serve', '--port', '99999'], env)).code, 2)
  assert.equal((await runCli(['nonsense'], env)).code, 2)
  const settings = await runCli(['settings', '--json'], { ...env, LATCHKEY_ADMIN_SECRET: 'a-secret-of-sixteen' })
  assert.ok(!settings.stdout.includes('a-secret-of-sixteen') && settings.stdout.includes('********'))
})

function freePort(): Promise<number> {
  const probe = createServer()
  return new Promise((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
