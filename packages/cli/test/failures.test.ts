import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { PROGRAM } from '@latchkey/testkit'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-failures-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const SECRET = '0123456789abcdef0123456789abcdef'

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function latchkey(args: readonly string[], stdout: 'pipe' | number = 'pipe'): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...PROGRAM, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: folder, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
      stdio: ['ignore', stdout, 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout?.on('data', (chunk) => {
      out += chunk
    })
    child.stderr?.on('data', (chunk) => {
      err += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

describe('a command that fails', { concurrency: 2 }, () => {
  for (const args of [
    ['token', 'list', `--admin-sekret=${SECRET}`],
    ['token', 'list', `-s${SECRET}`],
    ['token', 'list', SECRET],
    ['session', 'end', `djJ8${SECRET}`, SECRET],
    [SECRET],
    ['token', SECRET],
  ]) {
    test(`does not repeat what was given in a wrong place: ${args.join(' ').replaceAll(SECRET, '…')}`, async () => {
      const { code, out, err } = await latchkey(args)
      assert.equal(code, 2)
      assert.match(err, /^latchkey: (unknown|too many)/)
      assert.match(err, /\nnext: latchkey [a-z ]*--help\n$/)
      assert.ok(!`${out}${err}`.includes(SECRET.slice(0, 8)), err)
    })
  }

  for (const [args, code, said, next] of [
    [
      ['call', 'media.list', '--session-file', './none', '--service-url', 'http://127.0.0.1:2'],
      2,
      'there is no ./none',
      'latchkey call --help',
    ],
    [
      ['token', 'list', '--admin-secret-file', '.', '--service-url', 'http://127.0.0.1:2', '--partner-id', '1'],
      2,
      'is a directory',
      'latchkey token list --help',
    ],
    [['lint', '.'], 2, 'is a directory', 'latchkey lint --help'],
    [['lint'], 2, 'was found in it', 'latchkey lint --help'],
    [['serve', '--port', 'many'], 2, 'a setting has a value that is not accepted', 'latchkey settings --help'],
    [['partner', 'show', '1', '--data', 'made'], 1, 'there is no such partner', 'latchkey partner list'],
  ] as const) {
    test(`says what to try next, and ends with ${code}: ${args.join(' ')}`, async () => {
      const plain = await latchkey(args)
      assert.equal(plain.code, code, plain.err)
      assert.equal(plain.out, '')
      assert.ok(plain.err.replaceAll(/\n {2}/g, ' ').includes(said), plain.err)
      assert.ok(plain.err.endsWith(`next: ${next}\n`), plain.err)
    })
  }

  for (const args of [
    ['replay', './none', '--json'],
    ['token', 'lits', '--json'],
    ['token', 'list', '--json', '--data', './none'],
    ['partner', 'show', 'x', '--json'],
    ['inspect', '', '--json'],
    ['explain', 'media.lst', '--json'],
    ['profile', 'delete', 'none', '--json'],
    ['explain-error', 'of nobody', '--json'],
  ]) {
    test(`has one value on stdout all the same with --json: ${args.join(' ')}`, async () => {
      const { code, out, err } = await latchkey(args)
      assert.notEqual(code, 0)
      const value: unknown = JSON.parse(out)
      assert.ok(typeof value === 'object' && value !== null)
      if ('error' in value) assert.match(err, /^latchkey: /)
    })
  }

  test('a token that is named to explain is one to ask about; elsewhere it is one to log in by', async () => {
    for (const json of [[], ['--json']]) {
      const { out, err } = await latchkey(['explain', 'user.list', '--token', '0_abcd1234', ...json])
      assert.match(`${err}${out}`, /\(Did you mean --about\?\)/)
      assert.doesNotMatch(`${err}${out}`, /--token-id|0_abcd1234/)
    }
    assert.match((await latchkey(['call', 'media.list', '--token', 'x'])).err, /\(Did you mean --token-id\?\)/)
  })

  test('tells that nobody takes what it answers, without its insides', {
    skip: process.platform !== 'linux',
  }, async () => {
    const { code, err } = await latchkey(['vectors'], openSync('/dev/full', 'w'))
    assert.equal(code, 1)
    assert.match(err, /^(latchkey: what it answers could not be written: ENOSPC\n)+$/)
  })
})

test('every command that answers has --json', async () => {
  const profile = await latchkey(['profile', 'save', 'here', '--data', './data', '--json'])
  assert.deepEqual(JSON.parse(profile.out), { name: 'here', isDefault: false, data: './data', signsInBy: 'being here' })
  assert.deepEqual(JSON.parse((await latchkey(['profile', 'delete', 'here', '--json'])).out), {
    name: 'here',
    deleted: true,
  })
})

test('settings are shown without what a terminal would act on, in 80 columns', async () => {
  const { out } = await latchkey(['settings', '--data', 'a\u001b[31mb'])
  assert.match(out, /^data +a\?\[31mb /m)
  assert.deepEqual(
    out.split('\n').filter((line) => line.length > 80),
    [],
  )
})

test('help names a command below another as it is typed', async () => {
  const { code, out } = await latchkey(['help', 'token', 'create'])
  assert.equal(code, 0)
  assert.match(out, /^Usage: latchkey token create /)
  const unknown = await latchkey(['help', 'token', 'nothing'])
  assert.match(unknown.out, /^Usage: latchkey token /)
})
