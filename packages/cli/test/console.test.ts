import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createPartner, type Deps, OpenedSessions, StartRate } from '@latchkey/authority'
import { nodePrimitives } from '@latchkey/core/node'
import { openStore } from '@latchkey/store'
import { testClock } from '@latchkey/testkit'
import { composeConsole } from '../src/console.ts'
import type { Settings } from '../src/settings.ts'
import { loadSettings } from '../src/settings-sources.ts'

const URL_OF_SERVER = 'http://127.0.0.1:8800'

describe('the console of a server', () => {
  let directory: string
  let data: string
  let built: string
  let deps: Deps
  let close: () => Promise<void>

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'latchkey-cli-'))
    data = join(directory, 'data')
    built = directory
    writeFileSync(join(built, 'index.html'), '')
    const store = await openStore({ dataDirectory: data, masterKeyPath: join(directory, 'master.key') })
    close = () => store.close()
    deps = {
      store,
      primitives: nodePrimitives,
      clock: testClock(),
      privileges: 'vendor',
      sessions: new OpenedSessions(),
      startRate: new StartRate(),
    }
  })
  after(async () => {
    await close?.()
    await rm(directory, { recursive: true, force: true })
  })

  const settingsOf = (flags: object = {}): Settings => loadSettings({ flags: { data, ...flags }, env: {} }).settings
  const composed = async (flags: object = {}) => {
    const found = await composeConsole(deps, settingsOf(flags), built)
    assert.ok(found !== undefined)
    return found
  }
  const path = () => join(data, 'console-link.txt')

  test('has no link where there is no account yet', async () => {
    const { options, tellLink } = await composed()
    assert.deepEqual([options.partnerId, options.signIn], [undefined, undefined])
    assert.equal(tellLink(URL_OF_SERVER, true), undefined)
    await createPartner(deps, { id: 4242 })
  })

  test('is not there where the settings switch it off', async () => {
    assert.equal(await composeConsole(deps, settingsOf({ console: 'off' }), built), undefined)
  })

  test('tells its link on a terminal and writes no file', async () => {
    const { tellLink } = await composed()
    assert.match(
      tellLink(URL_OF_SERVER, true) ?? '',
      /^open the console signed in \(once, within 10 minutes\): http:\/\/127\.0\.0\.1:8800\/#sign-in=[\w-]{22}\n$/,
    )
    assert.ok(!existsSync(path()))
  })

  test('has the link in a file for its owner where there is no terminal, and tells where', async () => {
    const { tellLink, options, forgetLink } = await composed()
    const told = tellLink(URL_OF_SERVER, false) ?? ''
    const link = readFileSync(path(), 'utf8')
    assert.match(link, /^http:\/\/127\.0\.0\.1:8800\/#sign-in=[\w-]{22}\n$/)
    assert.equal(statSync(path()).mode & 0o777, 0o600)
    assert.ok(told.includes(path()) && !told.includes('#sign-in'))
    options.signIn?.onUsed?.()
    assert.ok(!existsSync(path()), 'a used link is taken away')
    tellLink(URL_OF_SERVER, false)
    forgetLink()
    assert.ok(!existsSync(path()), 'a server that stops takes its link with it')
  })

  test('takes away its own link and not that of a server beside it', async () => {
    const one = await composed()
    const other = await composed()
    one.tellLink(URL_OF_SERVER, false)
    other.tellLink(URL_OF_SERVER, false)
    const link = readFileSync(path(), 'utf8')
    one.forgetLink()
    assert.equal(readFileSync(path(), 'utf8'), link)
    other.forgetLink()
  })

  test('takes its expired link away', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] })
    const { tellLink } = await composed()
    tellLink(URL_OF_SERVER, false)
    context.mock.timers.tick(599_999)
    assert.ok(existsSync(path()))
    context.mock.timers.tick(1)
    assert.ok(!existsSync(path()))
  })

  test('warns rather than fails where the link cannot be written', async () => {
    const { tellLink } = await composed({ data: join(built, 'index.html') })
    const told = tellLink(URL_OF_SERVER, false) ?? ''
    assert.match(told, /^latchkey: warning: no link to the console could be written: /)
    assert.ok(!told.includes('sign-in='))
  })

  test('tells no link where its pages are not built', async () => {
    const found = await composeConsole(deps, settingsOf(), join(directory, 'nowhere'))
    assert.equal(found?.tellLink(URL_OF_SERVER, true), undefined)
  })

  test('has a link that opens, whatever the server listens on', async () => {
    const { tellLink } = await composed()
    for (const [url, start] of [
      ['http://0.0.0.0:1', 'http://127.0.0.1:1/#'],
      ['http://[::]:1', 'http://[::1]:1/#'],
      ['http://[2001:db8::1]:1', 'http://[2001:db8::1]:1/#'],
    ] as const)
      assert.ok(tellLink(url, true)?.includes(` ${start}`), url)
  })

  test('names the account that a person has no choice of, and signs in to the first or the one that is fixed', async () => {
    const chosen = async (flags: object = {}) => {
      const { options } = await composed(flags)
      return [options.partnerId, options.signIn?.partnerId]
    }
    assert.deepEqual(await chosen(), [4242, 4242])
    await createPartner(deps, { id: 77 })
    assert.deepEqual(await chosen(), [undefined, 77])
    assert.deepEqual(await chosen({ partnerId: '4242' }), [4242, 4242])
    assert.deepEqual(await chosen({ partnerId: '999' }), [undefined, 77])
  })
})
