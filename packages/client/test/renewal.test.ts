import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LatchkeyCallError, LatchkeyLoginError, LatchkeyNoAnswerError, LatchkeyUsageError } from '../src/index.ts'
import { FakeServer, invalidSession, refusal, VALUE } from './fake-server.ts'

const LOGIN = 'appToken.startSession'

describe('a session renews itself', () => {
  test('not before 80 % of its life are over', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.advance(799)
    await session.call('media', 'list')
    assert.equal(server.count(LOGIN), 1)
  })

  test('after 80 % of its life, beside calls that go on with what they have', async () => {
    const server = new FakeServer()
    const session = await server.session()
    const first = await session.ks()
    server.advance(801)
    assert.equal(await session.ks(), first)
    await settle()
    assert.equal(server.count(LOGIN), 2)
    assert.notEqual(await session.ks(), first)
    assert.equal(session.info.expiresAt, server.now + 1_000)
  })

  test('at its end calls wait for the next one', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.advance(996)
    await session.call('media', 'list')
    assert.deepEqual(
      server.sent.slice(-3).map(({ name }) => name),
      ['session.startWidgetSession', LOGIN, 'media.list'],
    )
  })

  test('once for a thousand callers at its end', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.advance(2_000)
    await Promise.all(Array.from({ length: 1_000 }, () => session.call('media', 'list')))
    assert.equal(server.count(LOGIN), 2)
    assert.equal(server.count('media.list'), 1_000)
  })

  test('once for a thousand callers that a server refuses as expired, each of which calls twice', async () => {
    const server = new FakeServer()
    const session = await server.session()
    // The server's clock runs ahead of what it said.
    server.now += 2_000
    await Promise.all(Array.from({ length: 1_000 }, () => session.call('media', 'list')))
    assert.equal(server.count(LOGIN), 2)
    assert.equal(server.count('media.list'), 2_000)
  })

  test('once for callers whose refusals come in after the renewal was over', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.now += 2_000
    const late = Promise.withResolvers<void>()
    let calls = 0
    await Promise.all(
      [0, 1].map((which) =>
        session.run(async (ks) => {
          calls += 1
          if (which === 1 && calls === 2) await late.promise
          const answer = await server.fetch('https://v3.example.com/api_v3/service/media/action/list', init({ ks }))
          const value = JSON.parse(await answer.text())
          if (value.code !== undefined) throw value
          if (which === 0) late.resolve()
        }),
      ),
    )
    assert.equal(server.count(LOGIN), 2)
  })

  test('with nothing done while nobody calls: no timer, no request', async () => {
    const server = new FakeServer()
    await server.session()
    server.advance(10_000)
    await settle()
    assert.equal(server.sent.length, 2)
    assert.deepEqual(
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout'),
      [],
    )
  })

  for (const days of [-400, -1, 1, 400])
    test(`the same with a local clock that is ${days} days wrong`, async () => {
      const server = new FakeServer()
      server.localNow = (server.now + days * 86_400) * 1000
      const session = await server.session()
      server.advance(799)
      await session.ks()
      await settle()
      assert.equal(server.count(LOGIN), 1)
      server.advance(2)
      await session.ks()
      await settle()
      assert.equal(server.count(LOGIN), 2)
    })

  test('only when refused, where no clock of the server can be read and the local one says that it had ended', async () => {
    const server = new FakeServer()
    server.now = 1_000
    server.showsDate = false
    const session = await server.session()
    for (let calls = 0; calls < 3; calls += 1) await session.call('media', 'list')
    assert.equal(server.count(LOGIN), 1)
    server.now += 5_000
    await session.call('media', 'list')
    assert.equal(server.count(LOGIN), 2)
  })
})

describe('a call is made again', () => {
  test('once only, where the new session is refused as expired too', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers['media.list'] = () => invalidSession('EXPIRED')
    await assert.rejects(session.call('media', 'list'), { code: 'INVALID_KS', name: 'LatchkeyCallError' })
    assert.equal(server.count('media.list'), 2)
  })

  test('where a client of another kind answers the refusal rather than throws it', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.now += 2_000
    const answer = await session.run(async (ks) => {
      const response = await server.fetch('https://v3.example.com/api_v3/service/media/action/list', init({ ks }))
      const value: unknown = JSON.parse(await response.text())
      return value
    })
    assert.deepEqual(answer, { objectType: 'Echo', name: 'media.list' })
    assert.equal(
      await session
        .run(async () => invalidSession('EXPIRED'))
        .then(Object.keys)
        .then(String),
      'code,message,objectType,args',
    )
  })

  test('where a mended server says it with the right numbers', async () => {
    const server = new FakeServer()
    const session = await server.session()
    let calls = 0
    server.answers['media.list'] = () => {
      calls += 1
      if (calls > 1) return undefined
      const args = { KSID: 'EXPIRED', ERR_CODE: '-5', ERR_DESC: 'EXPIRED' }
      return refusal('INVALID_KS', 'Invalid KS "EXPIRED", Error "-5,EXPIRED"', args)
    }
    await session.call('media', 'list')
    assert.equal(calls, 2)
  })

  for (const [what, answer] of [
    ['a session that was ended', () => invalidSession('LOGOUT')],
    ['a limit of calls that is used up', () => invalidSession('EXCEEDED_ACTIONS_LIMIT')],
    ['an address that is not allowed', () => invalidSession('EXCEEDED_RESTRICTED_IP')],
    ['a session of the wrong kind for one object', () => invalidSession('')],
    ['a missing permission', () => refusal('SERVICE_FORBIDDEN', 'The access to service [media->list] is forbidden')],
    ['a fault of the server', () => refusal('INTERNAL_SERVERL_ERROR', 'Internal server error occurred')],
    ['an answer that is none', () => new Response('<html>', { status: 502 })],
  ] as const)
    test(`never after ${what}`, async () => {
      const server = new FakeServer()
      const session = await server.session()
      server.answers['media.list'] = answer
      await assert.rejects(session.call('media', 'list'))
      assert.equal(server.count('media.list'), 1)
      assert.equal(server.count(LOGIN), 1)
    })

  test('never after a connection that was not made, of which the error says what the platform knows', async () => {
    const server = new FakeServer()
    const session = await server.session()
    for (const [cause, message] of [
      [new Error('bad port'), 'media.list was not answered: bad port'],
      [
        Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }),
        'media.list was not answered: ECONNREFUSED',
      ],
      [undefined, 'media.list was not answered: fetch failed'],
    ] as const) {
      server.answers['media.list'] = () => {
        throw new TypeError('fetch failed', { cause })
      }
      await assert.rejects(session.call('media', 'list'), { code: 'UNREACHABLE', message })
    }
  })

  test('never after a connection that broke: it may have been carried out', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers['media.add'] = () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
    }
    await assert.rejects(session.call('media', 'add', { entry: { name: 'x' } }), (error) => {
      assert.ok(error instanceof LatchkeyNoAnswerError)
      assert.equal(error.code, 'UNREACHABLE')
      assert.match(error.message, /media\.add was not answered: ECONNRESET/)
      return true
    })
    assert.equal(server.count('media.add'), 1)
  })
})

describe('after a session is gone', () => {
  test('the call that found out is refused, and the next one logs in', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.ended.add(await session.ks())
    await assert.rejects(session.call('media', 'list'), { code: 'INVALID_KS' })
    await session.call('media', 'list')
    assert.equal(server.count(LOGIN), 2)
  })

  test('a server that cannot read it any more is asked for another one too', async () => {
    const server = new FakeServer()
    const session = await server.session()
    const ks = await session.ks()
    server.answers['media.list'] = (body) => (body.ks === ks ? invalidSession(ks) : undefined)
    await assert.rejects(session.call('media', 'list'), { code: 'INVALID_KS' })
    await session.call('media', 'list')
  })

  test('a limit of calls is kept: no other session takes its place', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers['media.list'] = () => invalidSession('EXCEEDED_ACTIONS_LIMIT')
    for (let calls = 0; calls < 3; calls += 1) await assert.rejects(session.call('media', 'list'))
    assert.equal(server.count(LOGIN), 1)
  })
})

describe('a renewal that fails', () => {
  test('beside a live session disturbs no call, is told, and is tried again after a while', async () => {
    const server = new FakeServer()
    const told: unknown[] = []
    const session = await server.session({ onRenewalError: (error) => told.push(error) })
    server.answers[LOGIN] = () => refusal('APP_TOKEN_NOT_ACTIVE', 'Application token id "0_k3v9qz1m" not active')
    server.advance(850)
    for (let calls = 0; calls < 5; calls += 1) {
      await session.call('media', 'list')
      await settle()
    }
    assert.equal(server.count(LOGIN), 2)
    assert.ok(told[0] instanceof LatchkeyLoginError)
    server.advance(11)
    await session.call('media', 'list')
    await settle()
    assert.equal(server.count(LOGIN), 3)
    delete server.answers[LOGIN]
    server.advance(11)
    await session.call('media', 'list')
    await settle()
    assert.equal(session.info.expiresAt, server.now + 1_000)
    assert.equal(told.length, 2)
  })

  for (const [what, onRenewalError] of [
    ['throws', () => assert.fail('of the listener')],
    ['rejects', async () => assert.fail('of the listener')],
  ] as const)
    test(`and is told to a listener that ${what} ends nothing`, async () => {
      const server = new FakeServer()
      const session = await server.session({ onRenewalError })
      server.answers[LOGIN] = () => refusal('APP_TOKEN_NOT_ACTIVE', 'not active')
      server.advance(850)
      await session.call('media', 'list')
      await settle()
      await session.call('media', 'list')
    })

  test('at the end is what every waiting call throws, and a refused login is not repeated for a second', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers[LOGIN] = () => refusal('APP_TOKEN_ID_NOT_FOUND', 'Application token id "0_k3v9qz1m" not found')
    server.advance(2_000)
    const calls = Array.from({ length: 100 }, () => session.call('media', 'list'))
    for (const outcome of await Promise.allSettled(calls)) {
      assert.ok(outcome.status === 'rejected' && outcome.reason instanceof LatchkeyLoginError)
    }
    await assert.rejects(session.call('media', 'list'), LatchkeyLoginError)
    assert.equal(server.count(LOGIN), 2)
    server.advance(2)
    await assert.rejects(session.call('media', 'list'), LatchkeyLoginError)
    assert.equal(server.count(LOGIN), 3)
    delete server.answers[LOGIN]
    server.advance(2)
    await session.call('media', 'list')
  })

  test('does not stand for as long as the local clock was set back by', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers[LOGIN] = () => refusal('APP_TOKEN_NOT_ACTIVE', 'not active')
    server.advance(2_000)
    await assert.rejects(session.call('media', 'list'), LatchkeyLoginError)
    delete server.answers[LOGIN]
    server.localNow -= 1_500
    await session.call('media', 'list')
  })

  test('for want of an answer is tried again by the next call', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.advance(2_000)
    server.answers[LOGIN] = () => {
      throw new TypeError('fetch failed')
    }
    await assert.rejects(session.call('media', 'list'), { code: 'UNREACHABLE' })
    delete server.answers[LOGIN]
    await session.call('media', 'list')
  })

  test('for a value that was changed meanwhile is mended by the function that fetches it', async () => {
    const server = new FakeServer()
    let value = server.value
    const session = await server.session({ tokenValue: async () => `${value}\n` })
    value = server.value = 'ffeeddccbbaa99887766554433221100'
    await session.renew()
    assert.equal(server.count(LOGIN), 2)
  })
})

describe('a session that was closed', () => {
  test('refuses calls, and those that wait for a login', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.advance(2_000)
    server.hold()
    const waiting = session.call('media', 'list')
    await settle()
    await session.close()
    await assert.rejects(waiting, { code: 'SESSION_CLOSED' })
    await assert.rejects(session.call('media', 'list'), LatchkeyUsageError)
    await session.close()
  })

  test('is not brought back by a login that is answered after all', async () => {
    const server = new FakeServer()
    const late = Promise.withResolvers<string>()
    const session = await server.session({ tokenValue: () => (server.sent.length > 2 ? late.promise : VALUE) })
    server.advance(2_000)
    const waiting = session.ks()
    await settle()
    await session.close({ ends: false })
    late.resolve(VALUE)
    await assert.rejects(waiting, { code: 'SESSION_CLOSED' })
    await settle()
    await assert.rejects(session.ks(), { code: 'SESSION_CLOSED' })
  })

  test('keeps nobody who waits for a value that never comes', async () => {
    const server = new FakeServer()
    const never = new Promise<string>(() => {})
    const session = await server.session({ tokenValue: () => (server.sent.length > 2 ? never : VALUE) })
    server.advance(2_000)
    const waiting = session.ks()
    await settle()
    await session.close({ ends: false })
    await assert.rejects(inASecond(waiting), { code: 'SESSION_CLOSED' })
  })

  test('is let go of within seconds at a server that does not answer any more', async (context) => {
    const server = new FakeServer()
    server.isLatchkey = true
    const session = await server.session()
    context.mock.timers.enable({ apis: ['setTimeout'] })
    server.hold()
    const closing = session.close()
    await settle()
    context.mock.timers.tick(5_000)
    await closing
  })

  test('is ended at a server that shows itself to be Latchkey', async () => {
    const server = new FakeServer()
    server.isLatchkey = true
    let ks = ''
    {
      await using session = await server.session()
      ks = await session.ks()
    }
    assert.ok(server.ended.has(ks))
  })

  test('is only forgotten elsewhere, where ending it would end every session of the app token', async () => {
    const server = new FakeServer()
    const session = await server.session()
    await session.close()
    assert.equal(server.count('session.end'), 0)
  })

  test('is ended wherever that is asked for, and told if it did not work', async () => {
    const server = new FakeServer()
    const session = await server.session()
    await session.close({ ends: true })
    assert.equal(server.count('session.end'), 1)
    const other = await server.session()
    server.answers['session.end'] = () => refusal('SERVICE_FORBIDDEN', 'no')
    await assert.rejects(other.close({ ends: true }), LatchkeyCallError)
  })
})

function inASecond<T>(promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('a second was not enough')), 1_000)
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Lets all that was begun go as far as it can without time passing. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

function init(body: object) {
  const { signal } = new AbortController()
  return {
    method: 'POST',
    headers: {},
    body: JSON.stringify(body),
    signal,
    redirect: 'manual',
    credentials: 'omit',
  } as const
}
