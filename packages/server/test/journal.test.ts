import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createPartner, type Deps, type JournalLine, OpenedSessions, StartRate } from '@latchkey/authority'
import { LatchkeyError, Secret } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { createServer } from '@latchkey/server'
import { openStore } from '@latchkey/store'
import { pino } from 'pino'

const ADMIN_SECRET = 'a'.repeat(32)
const NOW = 1_800_000_000

/** What a journal does with the lines that it is handed. */
type Append = (line: JournalLine) => Promise<void>

/** A server whose journal is the test's. */
async function ground(append?: Append) {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-server-'))
  const store = await openStore({
    dataDirectory: join(directory, 'data'),
    masterKeyPath: join(directory, 'master.key'),
  })
  const lines: JournalLine[] = []
  const counted: string[] = []
  let own = append
  const journal = {
    list: store.journal.list.bind(store.journal),
    usage: store.journal.usage.bind(store.journal),
    flush: store.journal.flush.bind(store.journal),
    append: async (line: JournalLine) => {
      await own?.(line)
      lines.push(line)
    },
    countCall: (partnerId: number, tokenId: string) => void counted.push(`${partnerId}/${tokenId}`),
  }
  const deps: Deps = {
    store: { ...store, journal },
    primitives: nodePrimitives,
    clock: () => NOW,
    privileges: 'vendor',
    sessions: new OpenedSessions(),
    startRate: new StartRate(),
  }
  const faults: string[] = []
  const logger = pino({ level: 'error' }, { write: (line: string) => void faults.push(line) })
  await createPartner(deps, { id: 4242, adminSecret: new Secret(ADMIN_SECRET) })
  const server = await createServer(deps, { logger, trustProxy: [], errorStatus: 'legacy' })
  const call = async (action: string, params: object = {}) => {
    const [service, name] = action.split('.')
    const url = `/api_v3/service/${service}/action/${name}`
    const payload = JSON.stringify({ format: 1, ...params })
    const headers = { 'content-type': 'application/json' }
    return JSON.parse((await server.inject({ method: 'POST', url, headers, payload })).body)
  }
  const login = { partnerId: 4242, secret: ADMIN_SECRET, type: 2, userId: 'operator' }
  return {
    call,
    login,
    lines,
    counted,
    faults,
    journalBy(append: Append | undefined) {
      own = append
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await store.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

const fails: Append = () => Promise.reject(new LatchkeyError('STORE_UNAVAILABLE', { store: 'journal' }))

test('a session that could not be written down is not given out', async () => {
  await using at = await ground()
  const ks = await at.call('session.start', at.login)
  const token = await at.call('appToken.add', { ks, appToken: { hashType: 'SHA256' } })
  const widget = await at.call('session.startWidgetSession', { widgetId: '_4242' })
  const hash = nodePrimitives.digestHex('sha256', widget.ks + token.token)
  at.journalBy(fails)
  for (const [action, params] of [
    ['session.start', at.login],
    ['session.startWidgetSession', { widgetId: '_4242' }],
    ['appToken.startSession', { ks: widget.ks, id: token.id, tokenHash: hash }],
  ] as const) {
    const refused = await at.call(action, params)
    assert.deepEqual([refused.code, refused.diagnosis.cause.id], ['SERVICE_UNAVAILABLE', 'server-fault'], action)
    assert.equal('ks' in refused, false)
    assert.ok(!JSON.stringify(refused).includes(ks.slice(0, 20)))
  }
  assert.equal(at.faults.length, 3)
  at.journalBy(undefined)
  assert.equal(typeof (await at.call('session.start', at.login)), 'string')
})

test('of a multirequest only the sessions are kept back when the journal fails, and what was done is answered', async () => {
  await using at = await ground()
  const ks = await at.call('session.start', at.login)
  at.journalBy(fails)
  const [started, pinged, added, refused] = await at.call('multirequest.x', {
    1: { service: 'session', action: 'start', ...at.login },
    2: { service: 'system', action: 'ping' },
    3: { service: 'user', action: 'add', ks, user: { id: 'new' } },
    4: { service: 'user', action: 'list' },
  })
  assert.deepEqual(
    [started.code, pinged, added.id, refused.code],
    ['SERVICE_UNAVAILABLE', true, 'new', 'SERVICE_FORBIDDEN'],
  )
  assert.equal(at.faults.length, 1)
})

test('no reply is sent before its line is kept', async () => {
  await using at = await ground()
  const { promise, resolve } = Promise.withResolvers<void>()
  at.journalBy(() => promise)
  let isAnswered = false
  const answer = at.call('session.start', at.login).then((ks) => {
    isAnswered = true
    return ks
  })
  // Many turns of the loop, in which an answer that does not wait would have come.
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate)
  assert.equal(isAnswered, false)
  // What leaves no line waits for none.
  assert.equal(await at.call('system.ping'), true)
  resolve()
  assert.equal(typeof (await answer), 'string')
})

test('what a call does is one line, and what it may do is counted for its token', async () => {
  await using at = await ground()
  const ks = await at.call('session.start', at.login)
  const token = await at.call('appToken.add', { ks, appToken: { hashType: 'SHA256', sessionType: 2 } })
  const widget = await at.call('session.startWidgetSession', { widgetId: '_4242' })
  const hash = nodePrimitives.digestHex('sha256', widget.ks + token.token)
  const session = await at.call('appToken.startSession', { ks: widget.ks, id: token.id, tokenHash: hash })
  assert.deepEqual(at.counted, [])
  await at.call('media.list', { ks: session.ks, clientTag: 'etl:1.0' })
  await at.call('media.get', { ks: session.ks, entryId: 'none', clientTag: 'etl:1.0' })
  await at.call('user.add', { ks: session.ks, user: { id: 'made' } })
  assert.deepEqual(at.counted, [`4242/${token.id}`, `4242/${token.id}`])
  const shown = at.lines.map(({ requestId, at: time, ...line }) => {
    assert.deepEqual([time, /^[\w-]{5,30}$/.test(requestId)], [NOW, true])
    return Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined))
  })
  const about = { partnerId: 4242, door: 'v3', address: '127.0.0.1' }
  const object = `appToken ${token.id}`
  const ofToken = { ...about, actor: token.id, tokenId: token.id }
  assert.deepEqual(shown, [
    { ...about, actor: 'operator', action: 'session.start', outcome: 'issued' },
    { ...about, actor: 'operator', action: 'appToken.add', tokenId: token.id, object, outcome: 'changed' },
    { ...about, action: 'session.startWidgetSession', outcome: 'issued' },
    { ...ofToken, action: 'appToken.startSession', outcome: 'issued' },
    {
      ...ofToken,
      action: 'media.get',
      client: 'etl:1.0',
      outcome: 'refused',
      code: 'ENTRY_ID_NOT_FOUND',
      cause: 'object-not-found',
    },
    { ...ofToken, action: 'user.add', outcome: 'changed', object: 'user made' },
  ])
  assert.equal(new Set(at.lines.map(({ requestId }) => requestId)).size, at.lines.length)
})

test('requests that are no calls are refused in a line as well', async () => {
  await using at = await ground()
  const steps = Object.fromEntries(
    Array.from({ length: 51 }, (_, index) => [index + 1, { service: 'system', action: 'ping' }]),
  )
  assert.equal((await at.call('multirequest.x', steps)).code, 'TOO_MANY_STEPS')
  assert.equal((await at.call('nothing.here')).code, 'SERVICE_DOES_NOT_EXISTS')
  assert.equal((await at.call('media.nothing')).code, 'ACTION_DOES_NOT_EXISTS')
  assert.deepEqual(
    at.lines.map(({ action, outcome, code, partnerId }) => [action, outcome, code, partnerId]),
    [
      ['', 'refused', 'TOO_MANY_STEPS', 0],
      ['', 'refused', 'SERVICE_DOES_NOT_EXISTS', 0],
      ['', 'refused', 'ACTION_DOES_NOT_EXISTS', 0],
    ],
  )
})
