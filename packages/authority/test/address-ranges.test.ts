import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { annotateAppToken, getAppToken, pauseAppToken, resumeAppToken } from '@latchkey/authority'
import { ask } from './sandbox-deps.ts'
import { isRefusal, tokenGround } from './token-ground.ts'

describe('the addresses of an app token', () => {
  // Range, addresses in it, addresses that are not.
  for (const [range, within, outside] of [
    ['192.0.2.7', ['192.0.2.7', '::ffff:192.0.2.7', '::ffff:c000:207'], ['192.0.2.8', '192.0.2.70', '']],
    ['192.0.2.0/24', ['192.0.2.0', '192.0.2.255', '::ffff:192.0.2.9'], ['192.0.3.0', '192.0.1.255', '2001:db8::1']],
    ['192.0.2.130/25', ['192.0.2.128', '192.0.2.255'], ['192.0.2.127']],
    ['0.0.0.0/0', ['1.2.3.4', '255.255.255.255', '::ffff:1.2.3.4'], ['::1', '2001:db8::1']],
    ['10.0.0.1/32', ['10.0.0.1'], ['10.0.0.0', '10.0.0.2']],
    ['2001:db8::/32', ['2001:db8::1', '2001:db8:ffff::', '2001:DB8:0::9'], ['2001:db9::1', '32.1.13.184', '::1']],
    ['2001:db8::5', ['2001:db8::5', '2001:0db8:0000:0000:0000:0000:0000:0005'], ['2001:db8::6']],
    ['::/0', ['::1', '2001:db8::1'], ['1.2.3.4', '::ffff:1.2.3.4']],
    ['::ffff:192.0.2.7', ['192.0.2.7', '::ffff:192.0.2.7'], ['192.0.2.8']],
    ['::ffff:192.0.2.0/120', ['192.0.2.1', '::ffff:192.0.2.1'], ['192.0.3.1', '::1']],
  ] as const) {
    test(`${range} lets in what lies within it and nothing else`, async () => {
      await using ground = await tokenGround()
      const token = await ground.make()
      await annotateAppToken(ground.deps, await ground.admin(), token.id, { addresses: [range] })
      for (const address of within) assert.equal(await ground.outcome(token, { address }), 'allow', address)
      for (const address of [...outside, 'localhost', 'x']) {
        assert.equal(await ground.outcome(token, { address }), 'address-not-allowed', address)
      }
      const [inside = ''] = within
      const session = await ground.sessionOf(token, { address: inside })
      for (const address of within) {
        assert.equal((await ask(ground.deps, 'media.list', session, { address })).decision.effect, 'allow', address)
      }
      for (const address of outside) {
        const { decision } = await ask(ground.deps, 'media.list', session, { address })
        assert.ok(decision.effect === 'deny' && decision.reason.code === 'address-not-allowed', address)
        assert.equal(decision.reason.isOfToken, true)
      }
    })
  }

  test('what is no address or range is refused by what was received', async () => {
    await using ground = await tokenGround()
    const { id } = await ground.make()
    const admin = await ground.admin()
    for (const address of [
      '10.0.0.0/33',
      '10.0.0.0/-1',
      '10.0.0.0/',
      '10.0.0.256',
      '10.1',
      '10',
      '0x0a.0.0.1',
      '010.0.0.1',
      '10.0.0/24',
      '',
      '10.0.0.1-10.0.0.9',
      '10.0.0.*',
      '2001:db8::/129',
      '2001:db8:::1',
      'example.org',
      '*',
      '/24',
      '10.0.0.0/24/24',
      '10.0.0.1,10.0.0.2',
      'a'.repeat(60),
    ]) {
      const said = { addresses: ['10.0.0.1', address] }
      await assert.rejects(annotateAppToken(ground.deps, admin, id, said), isRefusal('ADDRESS_INVALID', { address }))
    }
    assert.deepEqual((await getAppToken(ground.deps, admin, id)).addresses ?? [], [])
  })

  test('several are any of them, and none is anywhere', async () => {
    await using ground = await tokenGround()
    const token = await ground.make()
    const bind = async (addresses: readonly string[]) =>
      annotateAppToken(ground.deps, await ground.admin(), token.id, { addresses })
    await bind(['10.0.0.0/24', '2001:db8::/32', '192.0.2.7'])
    for (const address of ['10.0.0.77', '2001:db8::9', '192.0.2.7']) {
      assert.equal(await ground.outcome(token, { address }), 'allow')
    }
    assert.equal(await ground.outcome(token, { address: '127.0.0.1' }), 'address-not-allowed')
    await bind([])
    assert.equal(await ground.outcome(token, { address: '127.0.0.1' }), 'allow')
  })

  test('from elsewhere a login is told so only after the hash was right', async () => {
    await using ground = await tokenGround()
    const token = await ground.make()
    await annotateAppToken(ground.deps, await ground.admin(), token.id, { addresses: ['10.0.0.0/24'] })
    const address = '192.0.2.1'
    assert.equal(await ground.outcome(token, { address, hash: 'a'.repeat(64) }), 'hash-mismatch')
    const refused = await ground.logIn(token, { address })
    assert.ok(refused.effect === 'deny')
    assert.deepEqual(refused.reason, { code: 'address-not-allowed', tokenId: token.id, address })
  })

  test('bind the sessions that are started from then on, and not those that run', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make()
    const before = await ground.sessionOf(token)
    await annotateAppToken(deps, await ground.admin(), token.id, { addresses: ['10.0.0.0/24'] })
    const bound = await ground.sessionOf(token, { address: '10.0.0.1' })
    const effect = async (session: string, address: string) =>
      (await ask(deps, 'media.list', session, { address })).decision.effect
    assert.equal(await effect(before, '192.0.2.1'), 'allow')
    assert.deepEqual([await effect(bound, '10.0.0.9'), await effect(bound, '192.0.2.1')], ['allow', 'deny'])
    // Neither is a session let go by what is changed after it.
    await annotateAppToken(deps, await ground.admin(), token.id, { addresses: [] })
    assert.equal(await effect(bound, '192.0.2.1'), 'deny')
  })

  test('no request for a session takes the binding off or puts it on itself', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    for (const sessionPrivileges of ['*', 'all:*', 'latchkey_addresses:0.0.0.0-0', 'latchkey_addresses:*', '']) {
      const token = await ground.make({ sessionPrivileges })
      await annotateAppToken(deps, await ground.admin(), token.id, { addresses: ['10.0.0.0/24'] })
      for (const privileges of [
        'latchkey_addresses:0.0.0.0-0',
        'latchkey_addresses',
        ' latchkey_addresses:*',
        'latchkey.addresses:0.0.0.0-0',
        '*',
        'all:*',
      ]) {
        const session = await ground.sessionOf(token, { address: '10.0.0.1', request: { privileges } })
        const { decision } = await ask(deps, 'media.list', session, { address: '192.0.2.1' })
        assert.equal(decision.effect, 'deny', `${sessionPrivileges} asked with ${privileges}`)
      }
    }
  })

  test('hold beside iprestrict, which knows no ranges', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make({ sessionPrivileges: 'iprestrict:10.0.0.1/10.9.9.9' })
    await annotateAppToken(deps, await ground.admin(), token.id, { addresses: ['10.0.0.0/24'] })
    const session = await ground.sessionOf(token, { address: '10.0.0.1' })
    const effect = async (address: string) => (await ask(deps, 'media.list', session, { address })).decision.effect
    assert.deepEqual(
      [await effect('10.0.0.1'), await effect('10.0.0.2'), await effect('10.9.9.9')],
      ['allow', 'deny', 'deny'],
    )
  })

  test('stay when the token is paused and resumed', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make()
    await annotateAppToken(deps, await ground.admin(), token.id, { addresses: ['10.0.0.0/24'] })
    await pauseAppToken(deps, await ground.admin(), token.id)
    await resumeAppToken(deps, await ground.admin(), token.id)
    assert.equal(await ground.outcome(token), 'address-not-allowed')
    assert.equal(await ground.outcome(token, { address: '10.0.0.3' }), 'allow')
  })
})
