import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  annotateAppToken,
  deleteAppToken,
  deleteUser,
  endOverlap,
  endSession,
  getAppToken,
  pauseAppToken,
  resumeAppToken,
  rotateAppToken,
  updateAppToken,
  usageOf,
} from '@latchkey/authority'
import { ask, sessionOf as secretSessionOf } from './sandbox-deps.ts'
import { isRefusal, tokenGround } from './token-ground.ts'

const NOW = 1_700_000_000
const DAY = 86_400

type Ground = Awaited<ReturnType<typeof tokenGround>>

/** `allow`, or why a session is refused. */
async function stateOf({ deps }: Ground, sessionText: string): Promise<string> {
  const { decision } = await ask(deps, 'media.list', sessionText)
  if (decision.effect === 'allow') return 'allow'
  const { reason } = decision
  return reason.code === 'revoked' && reason.isPaused === true ? 'paused' : reason.code
}

describe('a paused app token', () => {
  test('starts no session, and those it started are refused until it is resumed', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make()
    const running = await ground.sessionOf(token)
    for (let round = 0; round < 3; round += 1) {
      assert.equal((await pauseAppToken(deps, await ground.admin(), token.id)).status, 'disabled')
      assert.deepEqual([await ground.outcome(token), await stateOf(ground, running)], ['token-not-active', 'paused'])
      assert.equal((await resumeAppToken(deps, await ground.admin(), token.id)).status, 'active')
      assert.deepEqual([await ground.outcome(token), await stateOf(ground, running)], ['allow', 'allow'])
    }
  })

  test('takes no other token’s sessions along, nor those that are made with the account’s secret', async () => {
    await using ground = await tokenGround()
    const { deps, partner } = ground
    const [token, other] = [await ground.make(), await ground.make()]
    const sessions = [await ground.sessionOf(other), await secretSessionOf(deps, partner)]
    await pauseAppToken(deps, await ground.admin(), token.id)
    for (const session of sessions) assert.equal(await stateOf(ground, session), 'allow')
    assert.equal(await ground.outcome(other), 'allow')
  })

  test('can be paused and resumed twice, which changes nothing', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make()
    const running = await ground.sessionOf(token)
    const admin = await ground.admin()
    await resumeAppToken(deps, admin, token.id)
    assert.equal(await stateOf(ground, running), 'allow')
    await pauseAppToken(deps, admin, token.id)
    await pauseAppToken(deps, admin, token.id)
    await resumeAppToken(deps, admin, token.id)
    assert.equal(await stateOf(ground, running), 'allow')
  })

  test('does not bring back a session that was ended, whenever that was', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make()
    const [before, meanwhile] = [await ground.sessionOf(token), await ground.sessionOf(token)]
    const accesses = [
      (await ask(deps, 'session.end', before)).access,
      (await ask(deps, 'session.end', meanwhile)).access,
    ]
    const [first, second] = accesses
    assert.ok(first !== undefined && second !== undefined)
    await endSession(deps, first)
    await pauseAppToken(deps, await ground.admin(), token.id)
    // One that is ended for good is not told to be merely paused.
    assert.deepEqual([await stateOf(ground, before), await stateOf(ground, meanwhile)], ['revoked', 'paused'])
    await endSession(deps, second)
    await resumeAppToken(deps, await ground.admin(), token.id)
    assert.deepEqual([await stateOf(ground, before), await stateOf(ground, meanwhile)], ['revoked', 'revoked'])
  })

  test('ends its sessions for good when it is deleted, and cannot be resumed after that', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make()
    const running = await ground.sessionOf(token)
    const admin = await ground.admin()
    await pauseAppToken(deps, admin, token.id)
    await deleteAppToken(deps, admin, token.id)
    assert.deepEqual([await ground.outcome(token), await stateOf(ground, running)], ['token-not-found', 'revoked'])
    for (const life of [pauseAppToken, resumeAppToken, endOverlap, usageOf]) {
      await assert.rejects(life(deps, admin, token.id), isRefusal('APP_TOKEN_NOT_FOUND', { id: token.id }))
    }
    await assert.rejects(rotateAppToken(deps, admin, token.id, {}), isRefusal('APP_TOKEN_NOT_FOUND'))
    await assert.rejects(annotateAppToken(deps, admin, token.id, { note: 'x' }), isRefusal('APP_TOKEN_NOT_FOUND'))
    assert.equal(await stateOf(ground, running), 'revoked')
  })

  test('ends its sessions for good when its user is deleted', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make({ sessionUserId: 'leaver' })
    const running = await ground.sessionOf(token)
    await pauseAppToken(deps, await ground.admin(), token.id)
    await deleteUser(deps, await ground.admin(), 'leaver')
    assert.equal(await stateOf(ground, running), 'revoked')
    await assert.rejects(resumeAppToken(deps, await ground.admin(), token.id), isRefusal('APP_TOKEN_NOT_FOUND'))
    assert.equal(await stateOf(ground, running), 'revoked')
  })

  test('stays paused when it is changed, rotated or annotated', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make()
    const running = await ground.sessionOf(token)
    const admin = await ground.admin()
    await pauseAppToken(deps, admin, token.id)
    await updateAppToken(deps, admin, token.id, { description: 'other' })
    await annotateAppToken(deps, admin, token.id, { note: 'n' })
    const rotated = await rotateAppToken(deps, admin, token.id, { overlapSeconds: 60 })
    assert.equal(rotated.status, 'disabled')
    assert.deepEqual([await ground.outcome(rotated), await stateOf(ground, running)], ['token-not-active', 'paused'])
  })

  test('is another account’s to pause as little as to see', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make()
    const stranger = { ...(await ground.admin()), partnerId: 4243 }
    for (const life of [pauseAppToken, resumeAppToken, endOverlap, usageOf]) {
      await assert.rejects(life(deps, stranger, token.id), isRefusal('APP_TOKEN_NOT_FOUND'))
    }
    await assert.rejects(rotateAppToken(deps, stranger, token.id, {}), isRefusal('APP_TOKEN_NOT_FOUND'))
    assert.equal(await ground.outcome(token), 'allow')
  })
})

describe('a rotated app token', () => {
  test('takes the new value at once and the old one until its time, to the second', async () => {
    await using ground = await tokenGround()
    const { deps, clock } = ground
    const token = await ground.make()
    const rotated = await rotateAppToken(deps, await ground.admin(), token.id, { overlapSeconds: 100 })
    assert.notEqual(rotated.value.expose(), token.value.expose())
    assert.deepEqual([rotated.rotatedAt, rotated.previous?.until], [NOW, NOW + 100])
    for (const [at, old] of [
      [NOW, 'allow'],
      [NOW + 99, 'allow'],
      [NOW + 100, 'hash-mismatch'],
      [NOW + 101, 'hash-mismatch'],
    ] as const) {
      clock.set(at)
      assert.deepEqual([await ground.outcome(rotated), await ground.outcome(token)], ['allow', old], `at ${at - NOW}`)
    }
  })

  test('tells whoever still uses the old value that it is old and until when, and the others nothing', async () => {
    await using ground = await tokenGround()
    const token = await ground.make()
    const rotated = await rotateAppToken(ground.deps, await ground.admin(), token.id, { overlapSeconds: 100 })
    const [byOld, byNew] = [await ground.logIn(token), await ground.logIn(rotated)]
    assert.ok(byOld.effect === 'allow' && byNew.effect === 'allow')
    assert.deepEqual(byOld.grant.warnings, [{ code: 'token-value-old', until: NOW + 100 }])
    assert.deepEqual(byNew.grant.warnings, [])
    assert.deepEqual([byOld.grant.provedBy, byNew.grant.provedBy], ['previous', undefined])
    // It is the same token all the same.
    assert.equal(byOld.grant.privileges, byNew.grant.privileges)
  })

  test('takes the old value for as long as nobody says otherwise, where that is wished', async () => {
    await using ground = await tokenGround()
    const { deps, clock } = ground
    const token = await ground.make({ sessionSeconds: 400 * DAY })
    const rotated = await rotateAppToken(deps, await ground.admin(), token.id, {})
    assert.deepEqual(rotated.previous?.until, undefined)
    clock.advance(1_000 * DAY)
    assert.equal(await ground.outcome(token), 'allow')
    const finished = await endOverlap(deps, await ground.admin(), token.id)
    assert.equal(finished.previous, undefined)
    assert.deepEqual([await ground.outcome(token), await ground.outcome(rotated)], ['hash-mismatch', 'allow'])
  })

  test('takes the old value no more, where no overlap is wished', async () => {
    await using ground = await tokenGround()
    const token = await ground.make()
    const rotated = await rotateAppToken(ground.deps, await ground.admin(), token.id, { overlapSeconds: 0 })
    assert.equal(rotated.previous, undefined)
    assert.deepEqual([await ground.outcome(token), await ground.outcome(rotated)], ['hash-mismatch', 'allow'])
  })

  test('keeps one old value: the one before it is over when it is rotated again', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const first = await ground.make()
    const second = await rotateAppToken(deps, await ground.admin(), first.id, {})
    const third = await rotateAppToken(deps, await ground.admin(), first.id, { overlapSeconds: 60 })
    assert.deepEqual(
      [await ground.outcome(first), await ground.outcome(second), await ground.outcome(third)],
      ['hash-mismatch', 'allow', 'allow'],
    )
  })

  test('keeps its running sessions, its id and its settings', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make({ sessionUserId: 'me', sessionPrivileges: 'list:*', description: 'd' })
    const running = await ground.sessionOf(token)
    const rotated = await rotateAppToken(deps, await ground.admin(), token.id, { overlapSeconds: 0 })
    assert.equal(await stateOf(ground, running), 'allow')
    const { id, status, sessionUserId, sessionPrivileges, sessionSeconds, description, hashType } = token
    const settings = { id, status, sessionUserId, sessionPrivileges, sessionSeconds, description, hashType }
    assert.deepEqual({ ...rotated, ...settings }, rotated)
  })

  test('is refused an overlap that is none', async () => {
    await using ground = await tokenGround()
    const token = await ground.make()
    const admin = await ground.admin()
    for (const overlapSeconds of [-2, 366 * DAY + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await assert.rejects(
        rotateAppToken(ground.deps, admin, token.id, { overlapSeconds }),
        isRefusal('OVERLAP_INVALID', { most: 366 * DAY }),
      )
    }
    assert.equal(await ground.outcome(token), 'allow')
  })
})

describe('what is written on an app token', () => {
  test('is kept without blanks and doubles, and cleared where it is empty', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const { id } = await ground.make()
    const admin = await ground.admin()
    const said = await annotateAppToken(deps, admin, id, {
      labels: [' etl ', 'etl', '', 'nightly'],
      note: 'asked for by Ana',
      startsPerMinute: 5,
      addresses: ['10.0.0.1', '10.0.0.1'],
    })
    assert.deepEqual(
      [said.labels, said.note, said.startsPerMinute, said.addresses],
      [['etl', 'nightly'], 'asked for by Ana', 5, ['10.0.0.1']],
    )
    const same = await annotateAppToken(deps, admin, id, {})
    assert.deepEqual([same.labels, same.note, same.startsPerMinute], [['etl', 'nightly'], 'asked for by Ana', 5])
    const cleared = await annotateAppToken(deps, admin, id, {
      labels: [],
      note: '',
      addresses: null,
      startsPerMinute: 0,
    })
    assert.deepEqual(
      [cleared.labels ?? [], cleared.note, cleared.addresses ?? [], cleared.startsPerMinute],
      [[], undefined, [], undefined],
    )
  })

  test('is refused by name where it is too much or no such thing, and then changes nothing', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const { id } = await ground.make()
    const admin = await ground.admin()
    const many = (count: number) => Array.from({ length: count }, (_, index) => `10.0.0.${index}`)
    const rows = [
      [{ labels: many(21) }, 'TOO_MANY_VALUES', { what: 'labels', most: 20 }],
      [{ labels: ['a'.repeat(101)] }, 'LABEL_INVALID', { length: 101, most: 100 }],
      [{ addresses: many(51) }, 'TOO_MANY_VALUES', { what: 'addresses', most: 50 }],
      [{ addresses: ['10.0.0.1', '10.0.0.0/33'] }, 'ADDRESS_INVALID', { address: '10.0.0.0/33' }],
      [{ startsPerMinute: -1 }, 'RATE_INVALID', { received: -1 }],
      [{ startsPerMinute: 1.5 }, 'RATE_INVALID', { received: 1.5 }],
      [{ startsPerMinute: 1_000_001 }, 'RATE_INVALID', { received: 1_000_001 }],
    ] as const
    for (const [said, code, details] of rows) {
      await assert.rejects(annotateAppToken(deps, admin, id, { note: 'kept out', ...said }), isRefusal(code, details))
    }
    const { note, labels } = await getAppToken(deps, admin, id)
    assert.deepEqual([note, labels ?? []], [undefined, []])
    const most = { labels: Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(100, 'x')), addresses: many(50) }
    const kept = await annotateAppToken(deps, admin, id, { ...most, startsPerMinute: 1_000_000 })
    assert.deepEqual([kept.labels?.length, kept.addresses?.length, kept.startsPerMinute], [20, 50, 1_000_000])
  })
})

describe('an app token that will expire', () => {
  test('says so at every login from fourteen days before on', async () => {
    await using ground = await tokenGround()
    const { clock } = ground
    const expiresAt = NOW + 30 * DAY
    const token = await ground.make({ expiresAt, sessionSeconds: 60 })
    for (const [at, isTold] of [
      [NOW, false],
      [expiresAt - 14 * DAY, false],
      [expiresAt - 14 * DAY + 1, true],
      [expiresAt - 60, true],
    ] as const) {
      clock.set(at)
      const exchanged = await ground.logIn(token)
      assert.ok(exchanged.effect === 'allow')
      const told = exchanged.grant.warnings.filter(({ code }) => code === 'token-expires-soon')
      assert.deepEqual(told, isTold ? [{ code: 'token-expires-soon', expiresAt }] : [])
    }
    clock.set(expiresAt + 1)
    assert.equal(await ground.outcome(token), 'token-expired')
  })
})

describe('the usage of an app token', () => {
  test('is all zero for one that was never used, and another account’s lines do not count', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make()
    const line = { at: NOW, requestId: 'r', door: 'v3', action: 'appToken.startSession', tokenId: token.id } as const
    await deps.store.journal.append({ ...line, partnerId: 4243, outcome: 'issued' })
    const before = await usageOf(deps, await ground.admin(), token.id)
    assert.deepEqual(
      [before.usage.issued, before.usage.calls, before.usage.refusedByCause, before.usage.previousValue],
      [0, 0, {}, []],
    )
    await deps.store.journal.append({ ...line, partnerId: 4242, outcome: 'issued', value: 'previous', client: 'etl' })
    const { usage } = await usageOf(deps, await ground.admin(), token.id)
    assert.deepEqual([usage.issued, usage.lastIssuedAt], [1, NOW])
    assert.deepEqual(
      usage.previousValue.map(({ client, lastAt, count }) => ({ client, lastAt, count })),
      [{ client: 'etl', lastAt: NOW, count: 1 }],
    )
  })
})
