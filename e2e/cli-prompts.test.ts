import assert from 'node:assert/strict'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type RunningServer, runCli, startServer, temporaryDirectory } from './lib/server.ts'
import { atTerminal, type Screen, whyNoTerminal } from './lib/terminal.ts'
import { adminSession } from './lib/v3.ts'

const CTRL_C = '\u0003'
const CTRL_D = '\u0004'
const ESCAPE = '\u001b'
const ENTER = '\r'
const STOPPED = 130

describe('somebody at a terminal', { skip: whyNoTerminal(), concurrency: true }, () => {
  let server: RunningServer
  let home: Awaited<ReturnType<typeof temporaryDirectory>>
  before(async () => {
    server = await startServer()
    home = await temporaryDirectory()
  })
  after(async () => {
    await server[Symbol.asyncDispose]()
    await home[Symbol.asyncDispose]()
  })

  const place = () => ['--service-url', server.url, '--partner-id', String(server.partnerId)]
  const at = (
    args: readonly string[],
    steps: readonly (readonly [string, string])[],
    columns = 80,
    env: Readonly<Record<string, string>> = {},
  ) => atTerminal({ args, steps, columns, env: { HOME: home.path, ...env } })
  const withSecret = () => ({ LATCHKEY_ADMIN_SECRET: server.adminSecret, HOME: home.path })
  /** Of one name: other tests make tokens at the same time. */
  const tokensNamed = async (name: string) => {
    const { stdout } = await runCli(['token', 'list', ...place(), '--json'], withSecret())
    const { objects }: { readonly objects: readonly { readonly id: string; readonly description: string }[] } =
      JSON.parse(stdout)
    return objects.filter(({ description }) => description === name)
  }

  for (const [what, columns] of [
    ['a terminal', 80],
    ['a terminal that does not know its width', 0],
  ] as const) {
    test(`at ${what} an admin secret is asked for, taken, and not shown`, async () => {
      const seen = await at(['token', 'list', ...place()], [['(not shown)', `${server.adminSecret}${ENTER}`]], columns)
      assert.equal(seen.code, 0, seen.output)
      assert.match(seen.output, /Admin secret of account \d+/)
      assert.ok(!seen.output.includes(server.adminSecret.slice(0, 6)), 'what was typed is on the screen')
    })

    for (const [key, typed] of [
      ['Ctrl-C', CTRL_C],
      ['Ctrl-D', CTRL_D],
    ] as const) {
      test(`at ${what} ${key} ends a question for a secret with ${STOPPED}, in one line`, async () => {
        const secret = key === 'Ctrl-C' ? 'half a secret' : ''
        stoppedQuietly(await at(['token', 'list', ...place()], [['(not shown)', `${secret}${typed}`]], columns))
        stoppedQuietly(await at(['hash'], [['(not shown)', `${secret}${typed}`]], columns))
      })
    }
  }

  test('a session that may live is said to stay in the shell, to a person, once; one that is over, or JSON, is not', async () => {
    const ks = await adminSession(server)
    const [live, broken, json] = await Promise.all(
      [[ks], [ks.slice(0, -4)], [ks, '--json']].map((args) => at(['inspect', ...args], [])),
    )
    assert.match(live?.output ?? '', /it may still live, and shells keep their arguments: latchkey inspect - < ks\.txt/)
    for (const seen of [broken, json]) assert.doesNotMatch(seen?.output ?? 'shells keep', /shells keep/)
    const piped = await runCli(['inspect', ks], {})
    assert.doesNotMatch(piped.stderr, /shells keep/)
  })

  test('a profile that is given up while its secret is asked for is not made', async () => {
    const args = ['profile', 'save', 'half', ...place(), '--ask-secret']
    stoppedQuietly(await at(args, [['(not shown)', `half a secret${CTRL_C}`]]))
    assert.ok(!existsSync(join(home.path, '.config', 'latchkey', 'profiles.json')), 'a file of profiles')
  })

  test('a profile with a secret that was typed is for its owner alone, and signs in', async () => {
    const own = { XDG_CONFIG_HOME: join(home.path, 'own') }
    const args = ['profile', 'save', 'whole', ...place(), '--ask-secret']
    const seen = await at(args, [['(not shown)', `${server.adminSecret}${ENTER}`]], 80, own)
    assert.equal(seen.code, 0, seen.output)
    assert.ok(!seen.output.includes(server.adminSecret.slice(0, 6)), 'what was typed is on the screen')
    assert.equal(statSync(join(own.XDG_CONFIG_HOME, 'latchkey', 'profiles.json')).mode & 0o777, 0o600)
    const { code, stderr } = await runCli(['role', 'list', '--profile', 'whole'], { HOME: home.path, ...own })
    assert.equal(code, 0, stderr)
  })

  test('a token is deleted only by whoever says yes', async () => {
    const made = await runCli(
      ['token', 'create', 'Deleted', '--actions', 'media.list', ...place(), '--json'],
      withSecret(),
    )
    const { id }: { readonly id: string } = JSON.parse(made.stdout)
    const remove = (typed: string, columns = 80) =>
      at(['token', 'delete', id, ...place()], [['end all of its sessions', typed]], columns, withSecret())
    stoppedQuietly(await remove(CTRL_C))
    stoppedQuietly(await remove(ESCAPE))
    for (const columns of [80, 0]) {
      const refused = await remove(ENTER, columns)
      assert.equal(refused.code, 1, refused.output)
      assert.match(refused.output, /latchkey: nothing was changed/)
    }
    stoppedQuietly(await remove(CTRL_C, 0))
    assert.equal((await tokensNamed('Deleted')).length, 1)

    const done = await remove('y')
    assert.equal(done.code, 0, done.output)
    assert.equal((await tokensNamed('Deleted')).length, 0)
  })

  test('whoever does not say what a token is for is asked, and makes none by giving up', async () => {
    const args = ['token', 'create', 'Asked for', ...place()]
    for (const [key, columns] of [
      [CTRL_C, 80],
      [CTRL_D, 80],
      [CTRL_C, 0],
    ] as const) {
      stoppedQuietly(await at(args, [['What is the app token for?', key]], columns, withSecret()))
    }
    assert.equal((await tokensNamed('Asked for')).length, 0)

    const file = join(home.path, 'values')
    mkdirSync(file)
    const made = await at(
      [...args, '--value-file', join(file, 'one.txt')],
      [['What is the app token for?', ENTER]],
      80,
      withSecret(),
    )
    assert.equal(made.code, 0, made.output)
    assert.match(made.output, /LATCHKEY_GET_AND_LIST/)
    const other = await at(
      [...args, '--value-file', join(file, 'two.txt')],
      [['What is the app token for?', `2${ENTER}`]],
      0,
      withSecret(),
    )
    assert.equal(other.code, 0, other.output)
    assert.match(other.output, /LATCHKEY_UPLOAD/)
    assert.equal((await tokensNamed('Asked for')).length, 2)
  })
})

/** No trace of our insides, no hidden cursor, and no other words than that it was given up. */
function stoppedQuietly({ output, code }: Screen): void {
  assert.equal(code, STOPPED, output)
  assert.match(output, /latchkey: stopped; nothing was changed\r?\n$/)
  assert.doesNotMatch(output, /\bat .*node:|fault|Warning/)
  if (output.includes('\u001b[?25l')) {
    assert.ok(output.lastIndexOf('\u001b[?25h') > output.lastIndexOf('\u001b[?25l'), 'the cursor stays hidden')
  }
}
