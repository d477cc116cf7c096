import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type AppTokenFields,
  addAppToken,
  addRole,
  annotateAppToken,
  deleteAppToken,
  type IssuedSession,
  introspectSession,
  issueForClient,
  narrowForClient,
  pauseAppToken,
  resumeAppToken,
  revokeForClient,
  rotateAppToken,
  startWidgetSession,
} from '@latchkey/authority'
import type { AppToken } from '@latchkey/core'
import { adminAccess, ask, sandboxDeps } from './sandbox-deps.ts'

const PLACE = { address: '127.0.0.1', uri: '/oauth2/token', isHttps: false }

async function ground(policy: 'vendor' | 'strict' = 'vendor') {
  const sandbox = await sandboxDeps(policy)
  const { deps, partner } = sandbox
  const admin = await adminAccess(deps, partner)
  const credentialsOf = (token: AppToken, secret = token.value.expose()) => ({ id: token.id, secret })
  return {
    ...sandbox,
    admin,
    credentialsOf,
    add: (fields: AppTokenFields = {}) => addAppToken(deps, admin, { sessionType: 2, ...fields }),
    issue: (token: AppToken, wish: object = {}) =>
      issueForClient(deps, { credentials: credentialsOf(token), place: PLACE, ...wish }),
    narrow: (token: AppToken, sessionText: string, wish: object = {}) =>
      narrowForClient(deps, { credentials: credentialsOf(token), place: PLACE, sessionText, ...wish }),
    async effect(action: string, session: string, more: object = {}) {
      const { decision } = await ask(deps, action, session, more)
      return decision.effect === 'allow' ? 'allow' : decision.reason.code
    },
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  }
}

function issued(answer: Awaited<ReturnType<typeof issueForClient>>): IssuedSession {
  assert.ok(answer.effect === 'allow', JSON.stringify(answer))
  return answer
}

function refused(answer: { effect: string; reason?: { code: string } }): string {
  assert.equal(answer.effect, 'deny')
  return answer.reason?.code ?? ''
}

describe('an app token by its value', () => {
  test('gives what startSession gives, and says how long to the second', async () => {
    await using at = await ground()
    const token = await at.add({ sessionSeconds: 600, sessionPrivileges: 'list:*' })
    const given = issued(await at.issue(token))
    assert.deepEqual([given.lifetimeSeconds, given.scope, given.dropped], [600, 'full', []])
    const { session } = await at.deps.sessions.open(at.deps.store, at.deps.primitives, given.sessionText)
    assert.equal(session.privileges, `sessionid:${token.id},apptoken:${token.id},list:*`)
    assert.equal(await at.effect('media.list', given.sessionText), 'allow')
  })

  test('limited to actions, gives these and says what it left out and why', async () => {
    await using at = await ground()
    const role = await addRole(at.deps, at.admin, 'reader', {
      permissionNames: ['BASE_USER_SESSION_PERMISSION'],
    })
    const token = await at.add({ sessionPrivileges: `setrole:${role.id}` })
    const given = issued(await at.issue(token, { scope: 'media.list user.delete media.lits priv:edit:* priv:list:*' }))
    assert.equal(given.scope, 'media.list')
    assert.deepEqual(given.dropped.map(({ scope, reason }) => [scope, reason]).sort(), [
      ['media.lits', 'unknown'],
      ['priv:edit:*', 'reserved'],
      ['priv:list:*', 'reserved'],
      ['user.delete', 'permission-missing'],
    ])
    for (const { text } of given.dropped) assert.ok(text.length > 10)
    assert.equal(await at.effect('media.list', given.sessionText), 'allow')
    assert.equal(await at.effect('media.get', given.sessionText), 'out-of-scope')
    assert.equal(await at.effect('baseEntry.get', given.sessionText), 'out-of-scope')
  })

  test('of which nothing can be given is refused, rather than given without a limit', async () => {
    await using at = await ground()
    const token = await at.add({ sessionType: 0, sessionUserId: 'u' })
    for (const scope of ['user.delete', 'nonsense', 'priv:edit:*', 'priv:edit:* user.delete'])
      assert.equal(refused(await at.issue(token, { scope })), 'scope-beyond', scope)
    assert.equal(issued(await at.issue(token, { scope: 'full priv:edit:*' })).scope, 'full')
  })

  test('is told of its state only by whoever shows the right one', async () => {
    await using at = await ground()
    const token = await at.add({ expiresAt: 1_700_000_100 })
    const wrong = { credentials: at.credentialsOf(token, 'f'.repeat(32)) }
    await pauseAppToken(at.deps, at.admin, token.id)
    const paused = await at.issue(token)
    assert.ok(paused.effect === 'deny' && paused.reason.code === 'exchange')
    assert.equal(paused.reason.reason.code, 'token-not-active')
    assert.equal(refused(await at.issue(token, wrong)), 'client-unproven')
    await resumeAppToken(at.deps, at.admin, token.id)
    at.clock.set(1_700_000_100)
    const over = await at.issue(token)
    assert.ok(over.effect === 'deny' && over.reason.code === 'exchange')
    assert.equal(over.reason.reason.code, 'token-expired')
    assert.equal(refused(await at.issue(token, wrong)), 'client-unproven')
    const other = await at.issue(token, { partnerId: 7 })
    assert.equal(refused(other), 'partner-differs')
    assert.equal(refused(await at.issue(token, { ...wrong, partnerId: 7 })), 'client-unproven')
    await deleteAppToken(at.deps, at.admin, token.id)
    assert.equal(refused(await at.issue(token)), 'client-unproven')
  })

  test('with something around it is refused, with the mistake named, and with another value just refused', async () => {
    await using at = await ground()
    const token = await at.add()
    const value = token.value.expose()
    for (const [secret, kind] of [
      [`${value}\n`, 'decorated'],
      [` ${value}`, 'decorated'],
      [`"${value}"`, 'decorated'],
      [`\ufeff${value}\u200b`, 'decorated'],
      [value.toUpperCase(), 'upper-case'],
      [value.slice(1), undefined],
      [` ${'f'.repeat(32)}\n`, undefined],
      ['x'.repeat(100_000), undefined],
      ['', undefined],
    ] as const) {
      const answer = await at.issue(token, { credentials: at.credentialsOf(token, secret) })
      assert.ok(answer.effect === 'deny' && answer.reason.code === 'client-unproven')
      assert.equal(answer.reason.mistake?.kind, kind, JSON.stringify(secret.slice(0, 40)))
    }
    const padded = await at.issue(token, { credentials: { id: ` ${token.id}`, secret: value } })
    assert.ok(padded.effect === 'deny' && padded.reason.code === 'client-unproven')
    assert.deepEqual(padded.reason.mistake, { kind: 'decorated', with: ['blanks'], where: 'id' })
  })

  test('starts no more a minute than it may, and a stranger uses none of them up', async () => {
    await using at = await ground()
    const token = await at.add()
    await annotateAppToken(at.deps, at.admin, token.id, { startsPerMinute: 1 })
    for (let count = 0; count < 5; count += 1)
      refused(await at.issue(token, { credentials: at.credentialsOf(token, 'f'.repeat(32)) }))
    issued(await at.issue(token))
    const answer = await at.issue(token)
    assert.ok(answer.effect === 'deny' && answer.reason.code === 'exchange')
    assert.equal(answer.reason.reason.code, 'too-many-starts')
  })

  test('is refused where the account lets nobody log in, and from outside its addresses', async () => {
    await using at = await ground()
    const token = await at.add()
    await annotateAppToken(at.deps, at.admin, token.id, { addresses: ['10.0.0.0/8'] })
    const outside = await at.issue(token)
    assert.ok(outside.effect === 'deny' && outside.reason.code === 'exchange')
    assert.equal(outside.reason.reason.code, 'address-not-allowed')
    issued(await at.issue(token, { place: { ...PLACE, address: '10.1.1.1' } }))
    await at.deps.store.partners.update(at.partner.id, { isHttpsOnly: true })
    const plain = await at.issue(token, { place: { ...PLACE, address: '10.1.1.1' } })
    assert.ok(plain.effect === 'deny' && plain.reason.code === 'login-refused')
    assert.equal(plain.reason.reason.code, 'transport-refused')
    await at.deps.store.partners.update(at.partner.id, { isHttpsOnly: false, status: 2 })
    assert.equal(refused(await at.issue(token, { place: { ...PLACE, address: '10.1.1.1' } })), 'login-refused')
  })

  test('by its old value is taken for as long as that is', async () => {
    await using at = await ground()
    const token = await at.add()
    await rotateAppToken(at.deps, at.admin, token.id, { overlapSeconds: 60 })
    const old = issued(await at.issue(token))
    assert.equal(old.note.value, 'previous')
    at.clock.set(1_700_000_060)
    assert.equal(refused(await at.issue(token)), 'client-unproven')
  })
})

describe('a session that is narrowed', () => {
  test('can do less, and says what', async () => {
    await using at = await ground()
    const token = await at.add()
    const parent = issued(await at.issue(token, { scope: 'media.list media.get' }))
    const child = issued(await at.narrow(token, parent.sessionText, { scope: 'media.list' }))
    assert.equal(child.scope, 'media.list')
    assert.equal(await at.effect('media.list', child.sessionText), 'allow')
    assert.equal(await at.effect('media.get', child.sessionText), 'out-of-scope')
    const brief = issued(await at.narrow(token, parent.sessionText, { lifetimeSeconds: 5 }))
    assert.deepEqual([brief.lifetimeSeconds, brief.scope], [5, 'media.get media.list'])
    const bound = issued(await at.narrow(token, parent.sessionText, { scope: 'priv:iprestrict:10.0.0.1' }))
    assert.equal(await at.effect('media.list', bound.sessionText), 'address-not-allowed')
    assert.equal(await at.effect('media.list', bound.sessionText, { address: '10.0.0.1' }), 'allow')
  })

  test('to more, or to the same, is refused', async () => {
    await using at = await ground()
    const token = await at.add({ sessionSeconds: 600 })
    const parent = issued(await at.issue(token, { scope: 'media.list media.get' }))
    for (const wish of [
      { scope: 'media.list media.count' },
      { scope: 'full' },
      { scope: 'media.lits' },
      { scope: 'priv:edit:*' },
      { lifetimeSeconds: 601 },
      { scope: 'media.list', lifetimeSeconds: 601 },
      {},
      { scope: 'media.get media.list' },
    ])
      assert.equal(refused(await at.narrow(token, parent.sessionText, wish)), 'not-narrowed', JSON.stringify(wish))
  })

  test('ends when the one that it came from does, at whatever remove, and with its token', async () => {
    await using at = await ground()
    const token = await at.add()
    const parent = issued(await at.issue(token))
    const child = issued(await at.narrow(token, parent.sessionText, { scope: 'media.list media.get' }))
    const grandchild = issued(await at.narrow(token, child.sessionText, { scope: 'media.list' }))
    const sibling = issued(await at.narrow(token, parent.sessionText, { scope: 'media.list' }))
    assert.ok((await revokeForClient(at.deps, at.credentialsOf(token), child.sessionText)).effect === 'allow')
    const now = async () => [
      await at.effect('media.list', parent.sessionText),
      await at.effect('media.list', child.sessionText),
      await at.effect('media.list', grandchild.sessionText),
      await at.effect('media.list', sibling.sessionText),
    ]
    assert.deepEqual(await now(), ['allow', 'revoked', 'revoked', 'allow'])
    await revokeForClient(at.deps, at.credentialsOf(token), parent.sessionText)
    assert.deepEqual(await now(), ['revoked', 'revoked', 'revoked', 'revoked'])
    const again = issued(await at.issue(token))
    const last = issued(await at.narrow(token, again.sessionText, { scope: 'media.list' }))
    await pauseAppToken(at.deps, at.admin, token.id)
    assert.equal(await at.effect('media.list', last.sessionText), 'revoked')
    await resumeAppToken(at.deps, at.admin, token.id)
    assert.equal(await at.effect('media.list', last.sessionText), 'allow')
    await deleteAppToken(at.deps, at.admin, token.id)
    assert.equal(await at.effect('media.list', last.sessionText), 'revoked')
  })

  test('has no calls of its own: all that came from one share what it was good for', async () => {
    await using at = await ground()
    const token = await at.add({ sessionPrivileges: 'actionslimit:4' })
    const parent = issued(await at.issue(token))
    // Each exchange is a call, too.
    const child = issued(await at.narrow(token, parent.sessionText, { scope: 'media.list' }))
    assert.equal(await at.effect('media.list', child.sessionText), 'allow')
    const other = issued(await at.narrow(token, parent.sessionText, { scope: 'media.list' }))
    assert.equal(await at.effect('media.list', other.sessionText), 'allow')
    assert.equal(await at.effect('media.list', child.sessionText), 'actions-limit-used-up')
    assert.equal(await at.effect('media.list', parent.sessionText), 'actions-limit-used-up')
    assert.equal(refused(await at.narrow(token, parent.sessionText, { scope: 'media.list' })), 'session-refused')
  })

  test('has to come from the token that asks, and to count', async () => {
    await using at = await ground()
    const [token, other] = [await at.add(), await at.add()]
    const foreign = issued(await at.issue(other))
    const wish = { scope: 'media.list' }
    assert.equal(refused(await at.narrow(token, foreign.sessionText, wish)), 'session-of-other')
    const { sessionText } = await startWidgetSession(at.deps, `_${at.partner.id}`, 60)
    assert.equal(refused(await at.narrow(token, sessionText, wish)), 'session-of-other')
    assert.equal(refused(await at.narrow(token, 'nonsense', wish)), 'session-refused')
    const own = issued(await at.issue(token))
    await revokeForClient(at.deps, at.credentialsOf(token), own.sessionText)
    assert.equal(refused(await at.narrow(token, own.sessionText, wish)), 'session-refused')
    assert.equal(
      refused(await at.narrow(token, own.sessionText, { ...wish, credentials: { id: token.id, secret: 'x' } })),
      'client-unproven',
    )
  })
})

describe('whoever asks about a session', () => {
  test('is told of its own, and of others with the permission to read tokens only', async () => {
    await using at = await ground()
    const [token, other, reader] = [
      await at.add(),
      await at.add({ sessionType: 0, sessionUserId: 'u' }),
      await at.add({ sessionType: 0, sessionUserId: 'r' }),
    ]
    const [own, foreign] = [issued(await at.issue(token, { scope: 'media.list' })), issued(await at.issue(other))]
    const about = async (asker: AppToken, text: string) => {
      const answer = await introspectSession(at.deps, { credentials: at.credentialsOf(asker) }, text, PLACE)
      return answer.effect === 'allow' && answer.session.isActive ? answer.session : undefined
    }
    const told = await about(token, own.sessionText)
    assert.deepEqual(
      [told?.scope, told?.tokenId, told?.expiresAt],
      ['media.list', token.id, 1_700_000_000 + own.lifetimeSeconds],
    )
    assert.equal((await about(other, foreign.sessionText))?.userId, 'u')
    assert.equal(await about(reader, own.sessionText), undefined)
    assert.equal((await about(token, foreign.sessionText))?.userId, 'u', 'an ADMIN token may read tokens')
    const by = async (sessionText: string, text: string) => {
      const answer = await introspectSession(at.deps, { sessionText }, text, PLACE)
      return answer.effect === 'allow' && answer.session.isActive
    }
    assert.equal(await by(own.sessionText, foreign.sessionText), false, 'a scope that leaves appToken.get out')
    assert.equal(await by(own.sessionText, own.sessionText), true)
    assert.equal(await by(issued(await at.issue(token)).sessionText, foreign.sessionText), true)
    for (const text of ['', 'nonsense', `${own.sessionText}x`]) assert.equal(await about(token, text), undefined)
    await pauseAppToken(at.deps, at.admin, other.id)
    assert.equal(await about(token, foreign.sessionText), undefined)
  })

  test('ends its own and no other, in whatever state its token is', async () => {
    await using at = await ground()
    const [token, other] = [await at.add(), await at.add()]
    const [own, foreign] = [issued(await at.issue(token)), issued(await at.issue(other))]
    assert.equal(
      refused(await revokeForClient(at.deps, at.credentialsOf(token), foreign.sessionText)),
      'session-of-other',
    )
    assert.equal(await at.effect('media.list', foreign.sessionText), 'allow')
    await pauseAppToken(at.deps, at.admin, token.id)
    const ended = await revokeForClient(at.deps, at.credentialsOf(token), own.sessionText)
    assert.ok(ended.effect === 'allow' && ended.hasEnded)
    await resumeAppToken(at.deps, at.admin, token.id)
    assert.equal(await at.effect('media.list', own.sessionText), 'revoked')
    const nothing = await revokeForClient(at.deps, at.credentialsOf(token), 'nonsense')
    assert.ok(nothing.effect === 'allow' && !nothing.hasEnded)
  })
})
