import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LatchkeyAnswerError, LatchkeyCallError, multirequest } from '../src/index.ts'
import { FakeServer, invalidSession, refusal } from './fake-server.ts'

describe('a multirequest', () => {
  test('sends its steps in one request, numbered from 1, with the session once', async () => {
    const server = new FakeServer()
    const session = await server.session()
    const request = multirequest(session)
    const role = request.add('userRole', 'add', { userRole: { name: 'reader' } })
    request.add('appToken', 'add', { appToken: { sessionPrivileges: `setrole:${role.ref('id')}`, sessionType: 0 } })
    request.add('playlist', 'get', { id: role.ref('objects:0:id') })
    await request.send()
    const { body, url } = server.sent.at(-1) ?? assert.fail()
    assert.equal(url, 'https://v3.example.com/api_v3/service/multirequest')
    assert.deepEqual(body, {
      1: { service: 'userRole', action: 'add', format: 1, userRole: { name: 'reader' } },
      2: {
        service: 'appToken',
        action: 'add',
        format: 1,
        appToken: { sessionPrivileges: 'setrole:{1:result:id}', sessionType: 0 },
      },
      3: { service: 'playlist', action: 'get', format: 1, id: '{1:result:objects:0:id}' },
      format: 1,
      clientTag: 'latchkey-client',
      ks: await session.ks(),
    })
    assert.equal(role.ref(), '{1:result}')
  })

  test('tells of each step what became of it', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers['user.list'] = () => refusal('SERVICE_FORBIDDEN', 'no', { SERVICE: 'user->list' })
    const request = multirequest(session)
    const good = request.add('media', 'list')
    const bad = request.add('user', 'list')
    const [first, second] = await request.send()
    assert.deepEqual(first, { ok: true, result: { objectType: 'Echo', name: 'media.list' } })
    assert.ok(second?.ok === false && second.error instanceof LatchkeyCallError)
    assert.deepEqual(
      [second.error.code, second.error.service, second.error.action],
      ['SERVICE_FORBIDDEN', 'user', 'list'],
    )
    assert.deepEqual(good.result, { objectType: 'Echo', name: 'media.list' })
    assert.throws(() => bad.result, { code: 'SERVICE_FORBIDDEN' })
    assert.deepEqual([good.outcome, bad.outcome], [first, second])
  })

  test('tells which steps an answer has no place for', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers.multirequest = () => [{ id: 1 }]
    const request = multirequest(session)
    request.add('media', 'list')
    const left = request.add('user', 'list')
    await request.send()
    assert.throws(
      () => left.result,
      (error) => error instanceof LatchkeyAnswerError && error.code === 'STEP_NOT_ANSWERED',
    )
  })

  test('is sent again where every step was refused as expired', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.now += 2_000
    const request = multirequest(session)
    const step = request.add('media', 'list')
    request.add('user', 'list')
    await request.send()
    assert.equal(server.count('multirequest'), 2)
    assert.deepEqual(step.result, { objectType: 'Echo', name: 'media.list' })
  })

  test('is not sent again where one step was carried out before the session expired', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers['user.list'] = () => invalidSession('EXPIRED')
    const request = multirequest(session)
    request.add('media', 'add', { entry: { name: 'once' } })
    request.add('user', 'list')
    const [first, second] = await request.send()
    assert.deepEqual([first?.ok, second?.ok], [true, false])
    assert.equal(server.count('multirequest'), 1)
  })

  test('is refused as a whole, or answered by no list', async () => {
    const server = new FakeServer()
    const session = await server.session()
    const send = () => {
      const request = multirequest(session)
      request.add('media', 'list')
      return request.send()
    }
    server.answers.multirequest = () => refusal('INTERNAL_SERVERL_ERROR', 'Internal server error occurred')
    await assert.rejects(send(), { name: 'LatchkeyCallError', service: 'multirequest' })
    server.answers.multirequest = () => ({})
    await assert.rejects(send(), { code: 'UNEXPECTED_ANSWER' })
  })

  test('whose steps are all refused as expired again says so of each', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers.multirequest = () => [invalidSession('EXPIRED'), invalidSession('EXPIRED')]
    const request = multirequest(session)
    const steps = [request.add('media', 'list'), request.add('user', 'list')]
    await request.send()
    assert.equal(server.count('multirequest'), 2)
    for (const step of steps) assert.throws(() => step.result, { name: 'LatchkeyCallError', code: 'INVALID_KS' })
  })

  for (const [what, word] of [
    ['expired', 'EXPIRED'],
    ['was ended', 'LOGOUT'],
  ] as const)
    test(`beside whose steps the session ${what} is followed by a login, though a step was answered`, async () => {
      const server = new FakeServer()
      const session = await server.session()
      const first = await session.ks()
      server.answers.multirequest = ({ ks }) => [true, ks === first ? invalidSession(word) : { id: 1 }]
      const send = async () => {
        const request = multirequest(session)
        request.add('system', 'ping')
        request.add('media', 'get', { entryId: '0_x' })
        return (await request.send()).map(({ ok }) => ok)
      }
      assert.deepEqual(await send(), [true, false])
      assert.deepEqual(await send(), [true, true])
      assert.equal(server.count('multirequest'), 2)
    })

  test('refused by a login says nothing of its steps', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers.multirequest = () => [invalidSession('EXPIRED')]
    server.answers['appToken.startSession'] = () => refusal('APP_TOKEN_NOT_ACTIVE', 'not active')
    const request = multirequest(session)
    const step = request.add('media', 'list')
    await assert.rejects(request.send(), { name: 'LatchkeyLoginError' })
    assert.equal(step.outcome, undefined)
  })

  test('without steps sends nothing, and is sent once', async () => {
    const server = new FakeServer()
    const session = await server.session()
    const request = multirequest(session)
    assert.deepEqual(await request.send(), [])
    await assert.rejects(request.send(), { code: 'ALREADY_SENT' })
    assert.throws(() => request.add('media', 'list'), { code: 'ALREADY_SENT' })
    assert.equal(server.sent.length, 2)
  })

  test('has no result before it was sent, and refuses names that are none', async () => {
    const server = new FakeServer()
    const request = multirequest(await server.session())
    const step = request.add('media', 'list')
    assert.throws(() => step.result, { code: 'NOT_SENT' })
    assert.throws(() => request.add('media', 'a/b'), { code: 'NAME_INVALID' })
  })
})
