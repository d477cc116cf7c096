import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { changePartner, endSession, startSession, startWidgetSession } from '@latchkey/authority'
import { LatchkeyError, Secret } from '@latchkey/core'
import { ask, sandboxDeps, sessionOf } from './sandbox-deps.ts'

async function reasonFor(answer: ReturnType<typeof ask>): Promise<string> {
  const { decision } = await answer
  return decision.effect === 'deny' ? decision.reason.code : `allowed by ${decision.openedBy}`
}

describe('access', () => {
  test('an expired session is expired at the very second, and one second before it is not', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner, clock } = sandbox
    const session = await sessionOf(deps, partner, { expirySeconds: 100 })
    clock.advance(99)
    assert.equal(await reasonFor(ask(deps, 'media.list', session)), 'allowed by BASE_USER_SESSION_PERMISSION')
    clock.advance(1)
    assert.equal(await reasonFor(ask(deps, 'media.list', session)), 'expired')
  })

  test('an ended session is refused and another one of the same user is not', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const [ended, other] = [await sessionOf(deps, partner), await sessionOf(deps, partner)]
    await endSession(deps, (await ask(deps, 'session.end', ended)).access)
    assert.equal(await reasonFor(ask(deps, 'media.list', ended)), 'revoked')
    assert.match(await reasonFor(ask(deps, 'media.list', other)), /^allowed/)
  })

  test('a widget session can be ended too', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const { sessionText } = await startWidgetSession(deps, `_${partner.id}`, 3_600)
    await endSession(deps, (await ask(deps, 'session.end', sessionText)).access)
    assert.equal(await reasonFor(ask(deps, 'media.list', sessionText)), 'revoked')
  })

  test('a limited session is good for exactly so many calls, however many come at once', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const session = await sessionOf(deps, partner, { privileges: 'actionslimit:5' })
    const reasons = await Promise.all(Array.from({ length: 12 }, () => reasonFor(ask(deps, 'media.list', session))))
    assert.equal(reasons.filter((reason) => reason.startsWith('allowed')).length, 5)
    assert.equal(reasons.filter((reason) => reason === 'actions-limit-used-up').length, 7)
    assert.equal(
      await reasonFor(ask(deps, 'media.list', await sessionOf(deps, partner, { privileges: 'actionslimit:zero' }))),
      'actions-limit-used-up',
    )
  })

  test('a step under the same session is not counted again', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const session = await sessionOf(deps, partner, { privileges: 'actionslimit:1' })
    assert.match(await reasonFor(ask(deps, 'media.list', session)), /^allowed/)
    assert.match(await reasonFor(ask(deps, 'media.list', session, { countsCall: false })), /^allowed/)
    assert.equal(await reasonFor(ask(deps, 'media.list', session)), 'actions-limit-used-up')
  })

  test('a blocked account, an unknown one and another one are told apart', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const session = await sessionOf(deps, partner)
    assert.equal(await reasonFor(ask(deps, 'media.list', session, { requestedPartnerId: 999 })), 'partner-blocked')
    assert.match(await reasonFor(ask(deps, 'media.list', session, { requestedPartnerId: partner.id })), /^allowed/)
    await changePartner(deps, partner.id, { status: 3 })
    assert.equal(await reasonFor(ask(deps, 'media.list', session)), 'partner-blocked')
  })

  test('setrole goes before the user’s roles, and an unknown role refuses every call', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const role = await deps.store.roles.create({
      partnerId: partner.id,
      name: 'reader',
      systemName: 'READER',
      status: 1,
      permissionNames: ['ADMIN_BASE'],
      createdAt: 1,
      updatedAt: 1,
    })
    await deps.store.users.create({
      partnerId: partner.id,
      id: 'bound',
      status: 1,
      isAdmin: false,
      roleIds: [role.id],
      createdAt: 1,
      updatedAt: 1,
    })
    const as = (privileges: string, userId = '', type = 0) => sessionOf(deps, partner, { privileges, userId, type })
    assert.equal(await reasonFor(ask(deps, 'user.list', await as(`setrole:${role.id}`))), 'allowed by ADMIN_BASE')
    assert.equal(await reasonFor(ask(deps, 'user.list', await as('setrole:READER'))), 'allowed by ADMIN_BASE')
    assert.equal(await reasonFor(ask(deps, 'user.list', await as('', 'bound'))), 'allowed by ADMIN_BASE')
    assert.equal(
      await reasonFor(ask(deps, 'media.list', await as('', 'bound', 2))),
      'permission-missing',
      'a small role limits an ADMIN session',
    )
    assert.equal(await reasonFor(ask(deps, 'user.list', await as('setrole:null', 'bound'))), 'permission-missing')
    assert.equal(
      await reasonFor(ask(deps, 'media.list', await as('setrole:UPLOAD_BASE_ROLE'))),
      'permission-missing',
      'a role replaces the base set',
    )
    await deps.store.roles.update(partner.id, role.id, { permissionNames: [] })
    assert.equal(
      await reasonFor(ask(deps, 'user.list', await as(`setrole:${role.id}`))),
      'permission-missing',
      'an edit holds at the next call',
    )
    await deps.store.roles.update(partner.id, role.id, { status: 3 })
    const session = await deps.sessions.open(deps.store, deps.primitives, await as(''))
    assert.ok(session)
    await assert.rejects(as(`setrole:${role.id}`), { code: 'SESSION_ROLE_UNKNOWN' })
  })

  test('a role that is gone takes rights away and gives none back', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const role = await deps.store.roles.create({
      partnerId: partner.id,
      name: 'less',
      status: 1,
      permissionNames: ['ADMIN_BASE'],
      createdAt: 1,
      updatedAt: 1,
    })
    await deps.store.users.create({
      partnerId: partner.id,
      id: 'bound',
      status: 1,
      isAdmin: true,
      roleIds: [role.id],
      createdAt: 1,
      updatedAt: 1,
    })
    const admin = await sessionOf(deps, partner, { userId: 'bound', type: 2 })
    const restricted = await sessionOf(deps, partner, { type: 2, privileges: `restrictingrole:${role.id}` })
    assert.equal(await reasonFor(ask(deps, 'user.list', admin)), 'allowed by ADMIN_BASE')
    assert.doesNotMatch(await reasonFor(ask(deps, 'user.list', restricted)), /ADMIN_BASE/)
    assert.equal(await reasonFor(ask(deps, 'userRole.get', restricted)), 'allowed by KMC_READ_ONLY')
    await deps.store.roles.update(partner.id, role.id, { status: 3 })
    assert.equal(await reasonFor(ask(deps, 'user.list', admin)), 'role-unknown')
    assert.equal(await reasonFor(ask(deps, 'user.list', restricted)), 'role-unknown')
  })

  test('sessions signed with an additional secret count, and those of a removed one no longer do', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const old = await sessionOf(deps, partner, { type: 2 })
    await deps.store.partners.update(partner.id, {
      adminSecret: new Secret('a-new-secret-of-this-partner'),
      additionalAdminSecrets: [partner.adminSecret],
    })
    assert.match(await reasonFor(ask(deps, 'media.list', old)), /^allowed/)
    await deps.store.partners.update(partner.id, { additionalAdminSecrets: [] })
    await assert.rejects(ask(deps, 'media.list', old), { code: 'SESSION_SIGNATURE_MISMATCH' })
  })

  test('the user secret starts USER sessions and no ADMIN session; a wrong one starts none', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const start = (secret: string, type: number) =>
      startSession(deps, { partnerId: partner.id, secret, userId: '', type, expirySeconds: 1e9, privileges: '' })
    const session = await deps.sessions.open(deps.store, deps.primitives, await start(partner.userSecret.expose(), 0))
    assert.equal(
      session.session.expiresAt,
      1_700_000_000 + partner.maxSessionSeconds,
      'the life is cut to the longest of the account',
    )
    for (const [secret, type] of [
      [partner.userSecret.expose(), 2],
      ['wrong', 0],
      ['', 2],
    ] as const) {
      await assert.rejects(
        start(secret, type),
        (error) => error instanceof LatchkeyError && error.code === 'PARTNER_SECRET_WRONG',
      )
    }
  })
})
