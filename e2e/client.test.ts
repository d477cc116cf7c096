import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import {
  createSession,
  LatchkeyCallError,
  LatchkeyLoginError,
  lendTo,
  list,
  multirequest,
  type SessionOptions,
  withSession,
} from '@latchkey/client'
import type { Fidelity } from '@latchkey/core'
import { fidelityGround, type GroundAccount, type Switches } from './lib/fidelity-ground.ts'
import { kaltura, officialClient, type Request } from './lib/official-client.ts'
import { startServer } from './lib/server.ts'
import { addToken, adminSession, call } from './lib/v3.ts'

type Token = Awaited<ReturnType<typeof addToken>>

const grounds = new Map<string, ReturnType<typeof fidelityGround>>()
after(async () => {
  for (const ground of grounds.values()) await (await ground)[Symbol.asyncDispose]()
})

/** An account with an app token on a server whose clock is the test's. */
async function tokenOf(mode: Fidelity, fields: object = {}, switches: Switches = {}) {
  const key = JSON.stringify([mode, switches])
  const ground = grounds.get(key) ?? fidelityGround(mode, switches)
  grounds.set(key, ground)
  const account = await (await ground).account()
  const settings = { sessionUserId: 'ana', sessionPrivileges: 'list:*', sessionDuration: 3600, ...fields }
  return { account, token: await addToken(account, account.admin, settings) }
}

function optionsOf({ url, partnerId }: GroundAccount, { id, token }: Token): SessionOptions {
  return { serviceUrl: url, partnerId, tokenId: id, tokenValue: () => token }
}

for (const mode of ['mended', 'vendor'] as const)
  describe(`the SDK at a server in ${mode} fidelity`, () => {
    test('logs in and calls', async () => {
      const { account, token } = await tokenOf(mode)
      await using session = await createSession(optionsOf(account, token))
      const page = await session.call('media', 'list', { pager: { pageSize: 3 } })
      assert.equal(page.objects?.length, 3)
      assert.equal(page.objects[0]?.objectType, 'KalturaMediaEntry')
      const { partnerId, userId, sessionType, isLatchkey } = session.info
      assert.deepEqual([partnerId, userId, sessionType], [account.partnerId, 'ana', 0])
      assert.equal(isLatchkey, mode === 'mended')
    })

    for (const hashType of ['SHA1', 'MD5', 'SHA256', 'SHA512'] as const)
      test(`finds out that the app token takes ${hashType}`, async () => {
        const { account, token } = await tokenOf(mode, { hashType })
        await using session = await createSession(optionsOf(account, token))
        assert.equal(session.info.hashType, hashType)
      })

    test('tells at start-up that the value is another one, as well as the server lets it', async () => {
      const { account, token } = await tokenOf(mode)
      const other = { ...token, token: token.token.slice(0, 30) }
      await assert.rejects(createSession(optionsOf(account, other)), (error) => {
        assert.ok(error instanceof LatchkeyLoginError)
        assert.equal(error.code, 'INVALID_APP_TOKEN_HASH')
        assert.equal(error.diagnosis?.stage, mode === 'mended' ? 'hash' : undefined)
        assert.match(error.hint ?? '', /tokenValue has 30 characters/)
        return true
      })
    })

    test('tells at start-up that the id is not known, and that the account is not', async () => {
      const { account, token } = await tokenOf(mode)
      const options = optionsOf(account, token)
      await assert.rejects(createSession({ ...options, tokenId: '0_nonesuch' }), { code: 'APP_TOKEN_ID_NOT_FOUND' })
      await assert.rejects(createSession({ ...options, partnerId: 7 }), { code: 'INVALID_WIDGET_ID' })
    })

    test('goes on where the server says that the session has expired', async () => {
      const { account, token } = await tokenOf(mode)
      await using session = await createSession(optionsOf(account, token))
      const before = await session.ks()
      account.advance(4_000)
      assert.equal((await session.call('media', 'list', { pager: { pageSize: 1 } })).objects?.length, 1)
      assert.notEqual(await session.ks(), before)
    })

    test('sends a multirequest again whose steps were all refused as expired, and tells of each step', async () => {
      const { account, token } = await tokenOf(mode)
      await using session = await createSession(optionsOf(account, token))
      account.advance(4_000)
      const request = multirequest(session)
      const added = request.add('media', 'add', { entry: { name: 'made by steps', mediaType: 1 } })
      const read = request.add('media', 'get', { entryId: added.ref('id') })
      const refused = request.add('user', 'list')
      await request.send()
      assert.equal(read.result.name, 'made by steps')
      assert.equal(read.result.id, added.result.id)
      assert.throws(() => refused.result, { code: 'SERVICE_FORBIDDEN', name: 'LatchkeyCallError' })
    })

    test('reads a list by pages as it is in one', async () => {
      const { account, token } = await tokenOf(mode)
      await using session = await createSession(optionsOf(account, token))
      const all = await session.call('media', 'list', { filter: { orderBy: '+createdAt' }, pager: { pageSize: 500 } })
      const count = all.objects?.length ?? 0
      assert.ok(count > 20)
      for (const pageSize of [1, 7, count, 500])
        for (const filter of [{}, { orderBy: '-createdAt' }]) {
          const ids: unknown[] = []
          for await (const { id } of list(session, 'media', { filter }, { pageSize })) ids.push(id)
          assert.deepEqual(ids.sort(), all.objects?.map(({ id }) => id).sort())
        }
    })

    test('reads each list that there is', async () => {
      const { account } = await tokenOf(mode)
      const token = await addToken(account, account.admin, { sessionType: 2, sessionUserId: 'ana' })
      await using session = await createSession(optionsOf(account, token))
      for (const service of ['appToken', 'baseEntry', 'category', 'permissionItem', 'userRole', 'widget'] as const) {
        const ids: unknown[] = []
        for await (const { id } of list(session, service, {}, { pageSize: 3, limit: 40 })) ids.push(id)
        assert.equal(new Set(ids).size, ids.length, service)
        assert.ok(ids.length > 0, service)
      }
    })

    test('refuses the call that finds its session ended, and the next one logs in', async () => {
      const { account, token } = await tokenOf(mode)
      await using session = await createSession(optionsOf(account, token))
      const ks = await session.ks()
      await call(account.url, 'session.end', { ks })
      const ended = session.call('media', 'list')
      await assert.rejects(ended, (error) => {
        assert.ok(error instanceof LatchkeyCallError)
        assert.match(error.message, /^Invalid KS "LOGOUT"/)
        assert.ok(!JSON.stringify(error).includes(ks))
        return true
      })
      const next = session.call('media', 'list', { pager: { pageSize: 1 } })
      // There, ending one session ends what the app token starts for a day.
      if (mode === 'vendor') await assert.rejects(next, { code: 'INVALID_KS' })
      else assert.equal((await next).objects?.length, 1)
    })

    test('refuses calls once the app token is deleted, and says so', async () => {
      const { account, token } = await tokenOf(mode)
      await using session = await createSession(optionsOf(account, token))
      await session.call('media', 'list')
      await call(account.url, 'appToken.delete', { ks: account.admin, id: token.id })
      await assert.rejects(session.call('media', 'list'), { code: 'INVALID_KS' })
      await assert.rejects(session.call('media', 'list'), {
        name: 'LatchkeyLoginError',
        code: 'APP_TOKEN_ID_NOT_FOUND',
      })
    })

    test('ends its session on closing where that ends no other', async () => {
      const { account, token } = await tokenOf(mode)
      const [session, other] = [
        await createSession(optionsOf(account, token)),
        await createSession(optionsOf(account, token)),
      ]
      const ks = await session.ks()
      await session.close()
      const answer = await call(account.url, 'media.list', { ks })
      assert.equal(answer.code, mode === 'mended' ? 'INVALID_KS' : undefined)
      await other.call('media', 'list')
    })

    test('lends its session to the official client, which goes on where it had expired', async () => {
      const { account, token } = await tokenOf(mode)
      await using session = await createSession(optionsOf(account, token))
      const client = officialClient(account.url)
      const execute = lendTo(client, session)
      const listing = (): Request => kaltura.services.media?.listAction?.() ?? assert.fail()
      assert.equal((await execute(listing)).objectType, 'KalturaMediaListResponse')
      account.advance(4_000)
      const pages = await Promise.all([1, 2, 3].map(() => execute(listing)))
      for (const page of pages) assert.equal(page.objectType, 'KalturaMediaListResponse')
      const forbidden = () => kaltura.services.user?.listAction?.() ?? assert.fail()
      await assert.rejects(execute(forbidden), { code: 'SERVICE_FORBIDDEN' })
    })

    test('lends it to several of its calls in one, which are sent again where each had expired', async () => {
      const { account, token } = await tokenOf(mode)
      await using session = await createSession(optionsOf(account, token))
      const execute = lendTo(officialClient(account.url), session)
      const both = () => {
        const builder = new kaltura.MultiRequestBuilder()
        for (const action of ['listAction', 'count'])
          builder.add(kaltura.services.media?.[action]?.() ?? assert.fail(action))
        return builder
      }
      for (const seconds of [0, 4_000]) {
        account.advance(seconds)
        const [page, count] = await execute(both)
        assert.deepEqual([page.objectType, typeof count], ['KalturaMediaListResponse', 'number'])
      }
    })

    test('logs in after a multirequest that was carried out in part before the session was found ended', async () => {
      const { account, token } = await tokenOf(mode)
      await using session = await createSession(optionsOf(account, token))
      await session.call('media', 'list')
      await call(account.url, 'session.end', { ks: await session.ks() })
      const pageOf = async () => {
        const request = multirequest(session)
        request.add('session', 'startWidgetSession', { widgetId: `_${account.partnerId}` })
        const page = request.add('media', 'list', { pager: { pageSize: 1 } })
        await request.send()
        return page.outcome
      }
      const first = await pageOf()
      assert.ok(first?.ok === false && first.error.code === 'INVALID_KS')
      // There, ending one session ends what the app token starts for a day.
      assert.equal((await pageOf())?.ok, mode === 'mended')
    })

    test('goes with any fetch, in JSON, in forms, in XML and by GET', async () => {
      const { account, token } = await tokenOf(mode)
      await using session = await createSession(optionsOf(account, token))
      const fetchWith = withSession(fetch, session)
      const url = `${account.url}/api_v3/service/media/action/list`
      const json = { 'content-type': 'application/json; charset=utf-8' }
      for (const [target, init, expected] of [
        [url, { method: 'POST', headers: json, body: '{"format":1}' }, /"KalturaMediaListResponse"/],
        [url, { method: 'POST', body: new URLSearchParams({ format: '1' }) }, /"KalturaMediaListResponse"/],
        [`${url}?format=1`, {}, /"KalturaMediaListResponse"/],
        [url, {}, /<objectType>KalturaMediaListResponse</],
      ] as const) {
        for (const seconds of [0, 4_000]) {
          account.advance(seconds)
          assert.match(await (await fetchWith(target, init)).text(), expected)
        }
      }
    })
  })

describe('the SDK', () => {
  test('is not taken in by answers that a server keeps', async () => {
    const { account, token } = await tokenOf('vendor', {}, { caches: true })
    const options = optionsOf(account, token)
    await using first = await createSession(options)
    account.advance(3_599)
    // The widget session that is kept has ended in a second.
    await using second = await createSession(options)
    account.advance(2)
    await Promise.all([first, second].map((session) => session.call('media', 'list')))
  })

  test('tells which privileges were not given', async () => {
    const { account, token } = await tokenOf('mended', { sessionPrivileges: '' })
    await using session = await createSession({ ...optionsOf(account, token), privileges: 'list:*,shop:7' })
    assert.deepEqual(session.info.dropped, [{ privilege: 'list:*', reason: 'reserved' }])
    assert.match(session.info.privileges, /shop:7/)
  })

  test('is refused with permissions that would open a call, and what the session holds', async () => {
    const { account, token } = await tokenOf('mended')
    await using session = await createSession(optionsOf(account, token))
    await assert.rejects(session.call('user', 'list'), (error) => {
      assert.ok(error instanceof LatchkeyCallError)
      assert.ok(error.diagnosis?.needed?.includes('ADMIN_BASE'))
      assert.ok((error.diagnosis?.fixes?.length ?? 0) > 0)
      assert.equal(error.requestId, error.diagnosis?.requestId)
      return true
    })
  })

  test('serves calls for longer than a session of two seconds lives, none of them refused', {
    timeout: 60_000,
  }, async () => {
    await using server = await startServer()
    const token = await addToken(server, await adminSession(server), { sessionDuration: 2, sessionUserId: 'ana' })
    const { url: serviceUrl, partnerId } = server
    const options = { serviceUrl, partnerId, tokenId: token.id, tokenValue: token.token }
    const used = new Set<string>()
    await using session = await createSession(options)
    const firstEnd = session.info.expiresAt
    while (used.size < 3) {
      await Promise.all([1, 2, 3].map(() => session.call('media', 'list', { pager: { pageSize: 1 } })))
      used.add(await session.ks())
    }
    // One is renewed after four fifths of its life, so that no second has more than two, however many calls it has.
    const seconds = session.info.expiresAt - firstEnd + 1
    assert.ok(used.size <= 2 * seconds, `${used.size} in ${seconds} seconds`)
    const wrong = createSession({ ...options, tokenValue: 'f'.repeat(32) })
    await assert.rejects(wrong, { code: 'INVALID_APP_TOKEN_HASH' })
    const { stdout, stderr } = server.output()
    for (const secret of [token.token, ...used]) assert.ok(!(stdout + stderr).includes(secret))
  })
})
