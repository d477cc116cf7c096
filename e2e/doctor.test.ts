import assert from 'node:assert/strict'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { exitCodeOf } from '@latchkey/doctor'
import {
  doctorGround,
  examine,
  type Ground,
  type GroundAccount,
  logIn,
  makeRole,
  makeToken,
  type Token,
  widget,
} from './lib/doctor-ground.ts'
import { ROOT, type RunningServer, runCli, startServer, temporaryDirectory } from './lib/server.ts'
import { type Answer, addToken, adminSession, call, sha256 } from './lib/v3.ts'

const YEAR = 365 * 86_400
const WIDTH = 80
/** Has entries among the samples of every account. */
const OWNER = 'ana@example.org'

type Healthy = (at: GroundAccount) => Promise<Parameters<typeof examine>[1]>

async function withRole(at: GroundAccount, names: string, more: object = {}): Promise<Token> {
  const role = await makeRole(at, names)
  return makeToken(at, { sessionType: 2, sessionPrivileges: `setrole:${role}`, ...more })
}

/** Set-ups that are as they should be. What is only worth knowing about them is a note. */
const HEALTHY: Readonly<Record<string, Healthy>> = {
  'a USER token that lists what its user owns': async (at) => ({
    token: await makeToken(at, { sessionUserId: OWNER }),
    wanted: ['media.list'],
  }),
  'a USER token with list:*': async (at) => ({
    token: await makeToken(at, { sessionPrivileges: 'list:*,disableentitlement' }),
    wanted: ['media.list', 'baseEntry.list'],
  }),
  'an ADMIN token with a role that lists users': async (at) => ({
    token: await withRole(at, 'KMC_ACCESS,ADMIN_BASE,BASE_USER_SESSION_PERMISSION'),
    wanted: ['user.list'],
  }),
  'a token with SHA512, which the tool uses': async (at) => ({
    token: await makeToken(at, { hashType: 'SHA512' }),
    hashType: 'SHA512',
  }),
  'a token that lives for years': async (at) => {
    const token = await makeToken(at, { expiry: Math.floor(Date.now() / 1_000) + 3 * YEAR })
    return { token, paste: JSON.stringify(token) }
  },
  'an account with sessions of version 1': async (at) => ({
    token: await makeToken(at, { sessionUserId: OWNER }),
    wanted: ['media.list'],
  }),
  'a hash that is right': async (at) => {
    const token = await makeToken(at)
    const sentSession = await widget(at)
    return { token, sentSession, receivedHash: sha256(sentSession + token.token) }
  },
  'a session that is in use': async (at) => {
    const token = await makeToken(at)
    return { token, sentSession: await logIn(at, token) }
  },
  'a shorter session, asked for in seconds': async (at) => ({ token: await makeToken(at), expiry: 3_600 }),
  'a privilege that a request may add': async (at) => ({
    token: await makeToken(at, { sessionPrivileges: 'list:*' }),
    privileges: 'reportname:weekly',
    userId: 'ana',
    type: 0,
  }),
}

describe('the doctor, of what is as it should be', () => {
  let ground: Ground
  before(async () => {
    ground = await doctorGround('vendor')
  })
  after(async () => ground?.[Symbol.asyncDispose]())

  for (const [name, wish] of Object.entries(HEALTHY)) {
    test(`has notes at most: ${name}`, async () => {
      const at = await ground.account({ sessionVersion: name.includes('version 1') ? 1 : 2 })
      const { facts, findings } = await examine(at, await wish(at))
      const loud = findings.filter(({ severity }) => severity !== 'note')
      assert.deepEqual(loud, [])
      assert.equal(exitCodeOf(facts, findings), 0)
      assert.ok(
        facts.exchanges.some(({ probe }) => probe === 'permissions'),
        'it looked',
      )
    })
  }
})

describe('latchkey doctor', () => {
  let server: RunningServer
  let token: { id: string; token: string }
  before(async () => {
    server = await startServer({ env: { LATCHKEY_FIDELITY: 'vendor' } })
    token = await addToken(server, await adminSession(server), {
      sessionUserId: 'ana@example.org',
      sessionDuration: 7200,
    })
  })
  after(async () => server?.[Symbol.asyncDispose]())

  const doctor = (args: readonly string[], env: Record<string, string> = {}) =>
    runCli(
      [
        'doctor',
        '--service-url',
        server.url,
        '--partner-id',
        String(server.partnerId),
        '--token-id',
        token.id,
        ...args,
      ],
      { LATCHKEY_TOKEN_VALUE: token.token, ...env },
    )

  test('draws the ladder, ends with the cause, in 80 columns, without colour where nobody sees it', async () => {
    const { code, stdout, stderr } = await doctor(['--want', 'user.list,media.list'])
    assert.equal(code, 1)
    assert.match(stdout, /ok {2}the hash is right\n/)
    assert.match(stdout, /^1\. error {2}user-session-lacks-permission$/m)
    assert.match(stdout, /ADMIN_BASE/)
    assert.ok(!stdout.includes('\u001b'))
    for (const line of stdout.split('\n')) assert.ok(line.length <= WIDTH, line)
    assert.ok(!`${stdout}${stderr}`.includes(token.token))
  })

  test('ends with 0 where there are notes at most, and prints JSON that says so', async () => {
    const { code, stdout } = await doctor(['--want', 'media.list', '--json'])
    assert.equal(code, 0)
    const answer: Answer = JSON.parse(stdout)
    assert.equal(answer.exitCode, 0)
    assert.deepEqual([...new Set(answer.findings.map(({ severity }: Answer) => severity))], ['note'])
  })

  test('ends with 2 where it could not look', async () => {
    const { code, stdout } = await runCli(['doctor', '--service-url', 'http://127.0.0.1:9', '--partner-id', '1'], {})
    assert.equal(code, 2)
    assert.match(stdout, /wrong-endpoint/)
    const missing = await doctor(['--token-value-file', '/nowhere/at/all'])
    assert.equal(missing.code, 2)
  })

  test('takes no value as an argument, and reads it from a file without the line end', async () => {
    await using directory = await temporaryDirectory()
    const path = join(directory.path, 'value')
    writeFileSync(path, `${token.token}\n`)
    assert.equal((await doctor(['--token-value-file', path], { LATCHKEY_TOKEN_VALUE: '' })).code, 0)
    assert.equal((await doctor(['--token-value', token.token])).code, 2)
  })

  test('has the options that the page about it lists', async () => {
    const { stdout } = await runCli(['doctor', '--help'], {})
    const page = readFileSync(join(ROOT, 'docs/reference/doctor.md'), 'utf8')
    const table = page.slice(page.indexOf('## Options'), page.indexOf('## Exit codes'))
    const options = (text: string) => [...new Set(text.match(/--[a-z][a-z-]+/g))].sort()
    const listed = stdout.split('\n').flatMap((line) => /^ {2}(--[a-z-]+)/.exec(line)?.[1] ?? [])
    assert.deepEqual(options(table), listed.sort())
  })

  test('writes a report without a secret, in which replay sees the same', async () => {
    await using directory = await temporaryDirectory()
    const { ks: sent } = await call(server.url, 'session.startWidgetSession', { widgetId: `_${server.partnerId}` })
    const received = sha256(sent + token.token).toUpperCase()
    const file = join(directory.path, 'ks.txt')
    writeFileSync(file, `${sent}\n`)
    const ways = { 'out.json': ['--sent-session', sent], 'out.md': ['--sent-session-file', file] }
    for (const [name, way] of Object.entries(ways)) {
      const path = join(directory.path, name)
      const { code, stdout } = await doctor(['--received-hash', received, ...way, '--report', path, '--json'])
      assert.equal(code, 1)
      const text = readFileSync(path, 'utf8')
      for (const secret of [token.token, received, received.toLowerCase(), sent.slice(12)]) {
        for (let at = 0; at + 12 <= secret.length; at += 1) assert.ok(!text.includes(secret.slice(at, at + 12)))
      }
      const replay = await runCli(['replay', path, '--json'], {})
      assert.equal(replay.code, 1)
      assert.equal(JSON.parse(stdout).findings[0].cause, 'hash-upper-case')
      assert.deepEqual(JSON.parse(replay.stdout), JSON.parse(stdout))
    }
    assert.equal((await runCli(['replay', join(directory.path, 'none.json')], {})).code, 2)
  })

  test('looks at the machine of the server as well, and sees a key that others may read, and one that is not there', async () => {
    const local = (...more: readonly string[]) =>
      runCli(['doctor', '--local', '--data', server.data, '--json', ...more], {})
    const causes = async (run: ReturnType<typeof local>) => {
      const { code, stdout } = await run
      return [code, ...JSON.parse(stdout).findings.map(({ cause }: { cause: string }) => cause)]
    }
    assert.deepEqual(await causes(local()), [0])
    const key = join(server.data, 'keys', 'master.key')
    chmodSync(key, 0o644)
    assert.deepEqual(await causes(local()), [1, 'master-key-open'])
    chmodSync(key, 0o600)
    assert.deepEqual(await causes(local('--master-key-file', join(server.data, 'none.key'))), [
      1,
      'master-key-unusable',
    ])
    const nowhere = await causes(local('--data', join(server.data, 'nowhere'), '--master-key-file', key))
    assert.deepEqual(nowhere, [1, 'store-unreachable'])
  })
})
