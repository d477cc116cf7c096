import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type RunningServer, runCli, startServer, temporaryDirectory } from './lib/server.ts'

describe('the command line, with an account', () => {
  let server: RunningServer
  let folder: Awaited<ReturnType<typeof temporaryDirectory>>
  before(async () => {
    server = await startServer()
    folder = await temporaryDirectory()
  })
  after(async () => {
    await server[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  const run = (...args: readonly string[]) =>
    runCli(args, {
      LATCHKEY_SERVICE_URL: server.url,
      LATCHKEY_PARTNER_ID: String(server.partnerId),
      LATCHKEY_ADMIN_SECRET: server.adminSecret,
      HOME: folder.path,
    })

  test('makes no app token whose value it cannot put where it was told', async () => {
    const directory = join(folder.path, 'directory')
    mkdirSync(directory)
    const created = ['token', 'create', '--actions', 'media.list']
    for (const place of [directory, join(folder.path, 'none', 'value.txt'), '/dev/full']) {
      const { code, stdout, stderr } = await run(...created, '--value-file', place)
      assert.equal(code, 2, stderr)
      assert.equal(stdout, '')
      assert.match(stderr, /nothing was changed/)
    }
    assert.ok(statSync('/dev/full').isCharacterDevice(), 'a device was put away')
    assert.deepEqual(JSON.parse((await run('token', 'list', '--json')).stdout).objects, [])
    assert.deepEqual(readdirSync(directory), [])

    // Nor does a rotation lose the value that there is.
    const file = join(folder.path, 'value.txt')
    writeFileSync(file, 'older', { mode: 0o644 })
    const made = await run(...created, '--value-file', file, '--json')
    const { id, token }: { readonly id: string; readonly token?: string } = JSON.parse(made.stdout)
    assert.equal(token, undefined)
    const value = readFileSync(file, 'utf8')
    assert.match(value, /^[0-9a-f]{32}\n$/)
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.equal((await run('token', 'rotate', id, '--value-file', directory)).code, 2)
    const login = await run('session', 'start', '--token-id', id, '--token-value-file', file)
    assert.equal(login.code, 0, login.stderr)
    assert.ok(!readdirSync(folder.path).some((name) => name.endsWith('.tmp')), 'something half written is left')

    const link = join(folder.path, 'link')
    symlinkSync(join(folder.path, 'elsewhere'), link)
    assert.equal((await run('token', 'rotate', id, '--value-file', link)).code, 0)
    assert.ok(!existsSync(join(folder.path, 'elsewhere')), 'it was written through a link')
  })

  test('shows names of any script as they are, and names that would turn the line round as they are not', async () => {
    const name = '日本語 ünï\u202e cba'
    const made = await run('token', 'create', name, '--preset', 'upload')
    assert.match(made.stdout, /^description {3}日本語 ünï\? cba$/m)
    const { stdout } = await run('token', 'list', '--json')
    const { objects }: { readonly objects: readonly { readonly description: string }[] } = JSON.parse(stdout)
    assert.ok(objects.some(({ description }) => description === name))
  })

  test('lists a thousand app tokens a page at a time, and all of them where it is told to', async () => {
    const { stdout } = await run('session', 'start', '--type', 'admin')
    const ks = stdout.trim()
    const many = 1_000
    const add = { service: 'appToken', action: 'add', appToken: { objectType: 'KalturaAppToken', hashType: 'SHA256' } }
    const before = JSON.parse((await run('token', 'list', '--json')).stdout).totalCount
    for (let made = 0; made < many; made += 50) {
      const calls = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [at + 1, add]))
      const reply = await fetch(`${server.url}/api_v3/service/multirequest`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ format: 1, ks, ...calls }),
      })
      const results: unknown = await reply.json()
      assert.ok(Array.isArray(results) && results.every(({ id }) => typeof id === 'string'), JSON.stringify(results))
    }
    const total = before + many

    const page = await run('token', 'list')
    assert.equal(page.stdout.trimEnd().split('\n').length, 101)
    assert.match(page.stderr, new RegExp(`100 of ${total} app tokens\nnext: latchkey token list --all\n$`))
    const all = await run('token', 'list', '--all')
    assert.equal(all.stdout.trimEnd().split('\n').length, total + 1)
    assert.equal(all.stderr, '')
    const { objects, totalCount }: { readonly objects: readonly { readonly id: string }[]; totalCount: number } =
      JSON.parse((await run('token', 'list', '--all', '--json')).stdout)
    assert.equal(new Set(objects.map(({ id }) => id)).size, total)
    assert.equal(totalCount, total)
    assert.equal((await run('token', 'list', '--page', '0')).code, 2)
  })
})
