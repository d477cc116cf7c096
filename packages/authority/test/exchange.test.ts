import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  addAppToken,
  deleteAppToken,
  deleteUser,
  exchangeAppToken,
  startWidgetSession,
  updateAppToken,
} from '@latchkey/authority'
import { tokenHash } from '@latchkey/core'
import { adminAccess, ask, sandboxDeps, sessionOf } from './sandbox-deps.ts'

type Sandbox = Awaited<ReturnType<typeof sandboxDeps>>

async function exchange({ deps, partner }: Sandbox, token: Awaited<ReturnType<typeof addAppToken>>, request = {}) {
  const { sessionText } = await startWidgetSession(deps, `_${partner.id}`, 3_600)
  const { access, decision } = await ask(deps, 'appToken.startSession', sessionText)
  assert.equal(decision.effect, 'allow')
  const hash = tokenHash(deps.primitives, token.hashType, sessionText, token.value)
  return exchangeAppToken(deps, access, { tokenId: token.id, tokenHash: hash }, request)
}

describe('the exchange', () => {
  test('gives a session that opens again with what the token and the request say', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const token = await addAppToken(deps, await adminAccess(deps, partner), {
      hashType: 'SHA512',
      sessionType: 2,
      sessionSeconds: 600,
      sessionPrivileges: 'edit:*',
    })
    const exchanged = await exchange(sandbox, token, { userId: 'me', privileges: 'edit:0_a', expirySeconds: 60 })
    assert.ok(exchanged.effect === 'allow')
    const { session } = await deps.sessions.open(deps.store, deps.primitives, exchanged.sessionText)
    assert.deepEqual(
      [session.type, session.userId, session.expiresAt, session.privileges, session.fingerprint],
      [2, 'me', 1_700_000_060, `sessionid:${token.id},apptoken:${token.id},edit:0_a`, exchanged.fingerprint],
    )
  })

  test('a deleted token gives no session, and those that it gave are refused', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const admin = await adminAccess(deps, partner)
    const token = await addAppToken(deps, admin, {})
    const before = await exchange(sandbox, token)
    assert.ok(before.effect === 'allow')
    assert.equal((await ask(deps, 'media.list', before.sessionText)).decision.effect, 'allow')
    await deleteAppToken(deps, admin, token.id)
    const after = await ask(deps, 'media.list', before.sessionText)
    assert.ok(after.decision.effect === 'deny' && after.decision.reason.code === 'revoked')
    const again = await exchange(sandbox, token)
    assert.ok(again.effect === 'deny' && again.reason.code === 'token-not-found')
  })

  test('a deleted user takes its tokens and their sessions along, and nobody else’s', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const admin = await adminAccess(deps, partner)
    const [mine, other] = [
      await addAppToken(deps, admin, { sessionUserId: 'leaver' }),
      await addAppToken(deps, admin, { sessionUserId: 'stayer' }),
    ]
    const [gone, kept] = [await exchange(sandbox, mine), await exchange(sandbox, other)]
    assert.ok(gone.effect === 'allow' && kept.effect === 'allow')
    await deleteUser(deps, admin, 'leaver')
    assert.equal((await ask(deps, 'media.list', gone.sessionText)).decision.effect, 'deny')
    assert.equal((await ask(deps, 'media.list', kept.sessionText)).decision.effect, 'allow')
    assert.equal((await exchange(sandbox, mine)).effect, 'deny')
  })

  test('a change of the token counts for its next session and not for the running one', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const admin = await adminAccess(deps, partner)
    const token = await addAppToken(deps, admin, { sessionType: 2 })
    const before = await exchange(sandbox, token)
    const changed = await updateAppToken(deps, admin, token.id, {
      sessionType: 0,
      description: 'less',
      hashType: 'MD5',
    })
    assert.ok(before.effect === 'allow')
    assert.equal((await ask(deps, 'user.list', before.sessionText)).decision.effect, 'allow')
    const after = await exchange(sandbox, changed)
    assert.ok(after.effect === 'allow' && after.grant.type === 0)
  })

  test('a field that is cleared is absent, and one that is not named stays', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const admin = await adminAccess(deps, partner)
    const token = await addAppToken(deps, admin, { sessionUserId: 'me', description: 'kept', expiresAt: 1_800_000_000 })
    const changed = await updateAppToken(deps, admin, token.id, { sessionUserId: null, expiresAt: null })
    assert.deepEqual([changed.sessionUserId, changed.expiresAt, changed.description], [undefined, undefined, 'kept'])
  })

  test('under strict a request adds nothing that the token does not give', async () => {
    await using sandbox = await sandboxDeps('strict')
    const { deps, partner } = sandbox
    const token = await addAppToken(deps, await adminAccess(deps, partner), {})
    const exchanged = await exchange(sandbox, token, { privileges: '*,view:*' })
    assert.ok(exchanged.effect === 'allow')
    assert.ok(!exchanged.grant.privileges.includes('*'))
    assert.ok(exchanged.grant.dropped.some(({ reason }) => reason === 'widens'))
  })

  test('a partner of version 1 gives session strings of version 1, and both are read', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const old = await sessionOf(deps, partner)
    await deps.store.partners.update(partner.id, { sessionVersion: 1 })
    const token = await addAppToken(deps, await adminAccess(deps, partner), {})
    const exchanged = await exchange(sandbox, token)
    assert.ok(exchanged.effect === 'allow')
    for (const [text, version] of [
      [old, 2],
      [exchanged.sessionText, 1],
    ] as const) {
      assert.equal((await deps.sessions.open(deps.store, deps.primitives, text)).session.version, version)
    }
  })
})
