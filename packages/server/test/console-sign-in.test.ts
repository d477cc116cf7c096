import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { changePartner } from '@latchkey/authority'
import { type ConsoleGround, consoleGround, PARTNER } from './console-ground.ts'

const HOUR = 3_600

/** What an action answers to whoever signed in. */
async function call({ server }: ConsoleGround, action: string, ks: string, params: object = {}) {
  const [service, name] = action.split('.')
  const { body } = await server.inject({
    method: 'POST',
    url: `/api_v3/service/${service}/action/${name}`,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify({ format: 1, ks, ...params }),
  })
  return JSON.parse(body)
}

describe('the sign-in link', () => {
  test('opens an ADMIN session of the account for eight hours, and is journaled', async () => {
    await using ground = await consoleGround()
    const answer = await ground.signIn(ground.link.issue(), { origin: 'http://latchkey.test' })
    const { ks, ...rest } = JSON.parse(answer.body)
    assert.equal(answer.statusCode, 200)
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.deepEqual(rest, { partnerId: PARTNER, expiresAt: ground.clock() + 8 * HOUR })
    assert.equal(ground.used(), 1)
    assert.equal((await call(ground, 'partner.getInfo', ks)).id, PARTNER)
    const session = await call(ground, 'session.get', ks)
    assert.deepEqual(
      [session.sessionType, session.userId, session.privileges, session.expiry],
      ['2', undefined, '', String(rest.expiresAt)],
    )
    const [line] = (await ground.deps.store.journal.list(PARTNER, {}, { offset: 0, limit: 9 })).items
    assert.deepEqual(
      [line?.door, line?.action, line?.outcome, line?.address],
      ['console', 'session.start', 'issued', '127.0.0.1'],
    )
    ground.clock.advance(8 * HOUR)
    assert.equal((await call(ground, 'partner.getInfo', ks)).code, 'INVALID_KS')
  })

  test('works once, also where it is opened twice at the same time', async () => {
    await using ground = await consoleGround()
    const code = ground.link.issue()
    const answers = await Promise.all([ground.signIn(code), ground.signIn(code), ground.signIn(code)])
    assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 403, 403])
    const refused = JSON.parse((await ground.signIn(code)).body)
    assert.match(refused.error, /used, has expired, or is not of this server's last start.*admin secret/)
  })

  test('works for ten minutes', async () => {
    await using ground = await consoleGround()
    const late = ground.link.issue()
    ground.clock.advance(600)
    assert.equal((await ground.signIn(late)).statusCode, 403)
    const timely = ground.link.issue()
    ground.clock.advance(599)
    assert.equal((await ground.signIn(timely)).statusCode, 200)
  })

  test('is worth nothing once there is another', async () => {
    await using ground = await consoleGround()
    const first = ground.link.issue()
    const second = ground.link.issue()
    assert.notEqual(first, second)
    assert.match(second, /^[\w-]{22}$/)
    assert.deepEqual([(await ground.signIn(first)).statusCode, (await ground.signIn(second)).statusCode], [403, 200])
  })

  test('lets nobody in where none was issued, whatever the code', async () => {
    await using ground = await consoleGround()
    for (const code of ['', 'x', '\0', '💥', 'ä'.repeat(400)]) {
      assert.equal((await ground.signIn(code)).statusCode, 403)
    }
  })

  test('opens no session of an account that is blocked, and works once that is over', async () => {
    await using ground = await consoleGround()
    const code = ground.link.issue()
    await changePartner(ground.deps, PARTNER, { status: 3 })
    const refused = await ground.signIn(code)
    assert.equal(refused.statusCode, 403)
    assert.match(JSON.parse(refused.body).error, /4242 is blocked/)
    await changePartner(ground.deps, PARTNER, { status: 1 })
    assert.equal((await ground.signIn(code)).statusCode, 200)
  })

  test('is not answered to whoever tries more than ten wrong codes a minute, but the right one always is', async () => {
    await using ground = await consoleGround()
    const code = ground.link.issue()
    for (let tries = 0; tries < 10; tries += 1) assert.equal((await ground.signIn('wrong')).statusCode, 403)
    ground.clock.advance(20)
    const limited = await ground.signIn('wrong')
    assert.deepEqual([limited.statusCode, limited.headers['retry-after']], [429, '40'])
    ground.clock.advance(40)
    assert.equal((await ground.signIn('wrong')).statusCode, 403)
    for (let tries = 0; tries < 20; tries += 1) await ground.signIn('wrong')
    assert.equal((await ground.signIn(code)).statusCode, 200)
  })

  test('is taken from our own pages only', async () => {
    await using ground = await consoleGround()
    const code = ground.link.issue()
    for (const origin of [
      'http://evil.test',
      'http://latchkey.test.evil.test',
      'http://latchkey.test:1',
      'null',
      '',
      'x',
    ]) {
      const answer = await ground.signIn(code, { origin })
      assert.equal(answer.statusCode, 403, origin)
      assert.equal(answer.headers['access-control-allow-origin'], undefined)
    }
    assert.equal((await ground.signIn(code, { origin: 'https://LATCHKEY.test' })).statusCode, 200)
  })

  test('is taken as JSON only, of a sensible size', async () => {
    await using ground = await consoleGround()
    const code = ground.link.issue()
    const post = (type: string, payload: string) =>
      ground.server.inject({ method: 'POST', url: '/console/sign-in', headers: { 'content-type': type }, payload })
    for (const [type, payload, status] of [
      ['text/plain', `{"code":"${code}"}`, 415],
      ['application/x-www-form-urlencoded', `code=${code}`, 415],
      [
        'multipart/form-data; boundary=x',
        `--x\r\nContent-Disposition: form-data; name="code"\r\n\r\n${code}\r\n--x--`,
        415,
      ],
      ['application/jsonp', `{"code":"${code}"}`, 415],
      ['', `{"code":"${code}"}`, 415],
      ['application/json', '', 400],
      ['application/json', '{', 400],
      ['application/json', 'null', 400],
      ['application/json', '[]', 400],
      ['application/json', '"code"', 400],
      ['application/json', '{"code":1}', 400],
      ['application/json', '{"code":{"toString":1}}', 400],
      ['application/json', '{"__proto__":{"code":"x"}}', 400],
      ['application/json', `{"code":"${'x'.repeat(2_000)}"}`, 413],
    ] as const) {
      const answer = await post(type, payload)
      assert.equal(answer.statusCode, status, `${type} ${payload.slice(0, 60)}`)
      assert.equal(typeof JSON.parse(answer.body).error, 'string')
      assert.equal(answer.headers['cache-control'], 'no-store')
      assert.ok(!answer.body.includes(code))
    }
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS'] as const) {
      const { statusCode } = await ground.server.inject({ method, url: `/console/sign-in?code=${code}` })
      assert.equal(statusCode, 404)
    }
    assert.equal((await post('application/json; charset=utf-8', `{"code":"${code}"}`)).statusCode, 200)
  })

  test('leaves neither code nor session in the log', async () => {
    await using ground = await consoleGround()
    const code = ground.link.issue()
    const { ks } = JSON.parse((await ground.signIn(code)).body)
    await ground.signIn(code)
    await ground.signIn(code, { origin: `http://${code}.test` })
    await ground.signIn({ [code]: code })
    await ground.server.inject({ method: 'GET', url: `/console/sign-in/${code}%zz` })
    assert.match(ground.log(), /sign-in refused/)
    assert.ok(!ground.log().includes(code) && !ground.log().includes(ks))
  })

  test('can be used again where the session could not be written down, and so was not given out', async () => {
    let isDown = true
    await using ground = await consoleGround({
      over: (store) => ({
        ...store,
        journal: {
          ...store.journal,
          async append(line) {
            if (isDown) throw new Error('the disk is full')
            await store.journal.append(line)
          },
        },
      }),
    })
    const code = ground.link.issue()
    const refused = await ground.signIn(code)
    assert.equal(refused.statusCode, 503)
    assert.ok(!refused.body.includes('ks') && !refused.body.includes('disk'), refused.body)
    assert.match(ground.log(), /the disk is full/)
    isDown = false
    assert.equal((await ground.signIn(code)).statusCode, 200)
  })
})
