import assert from 'node:assert/strict'
import {
  type Deps,
  impersonate,
  type Partner,
  pauseAppToken,
  resumeAppToken,
  revokeForClient,
  startSession,
} from '@latchkey/authority'
import { type AppToken, LatchkeyError, Secret } from '@latchkey/core'
import type { TestClock } from '@latchkey/testkit'
import { adminAccess, ask, sandboxDeps } from '../sandbox-deps.ts'
import { type Got, narrow, WAYS } from './ways.ts'
import { assertWithin, isTaken } from './within.ts'
import { makeWorld, PLACES, type World } from './world.ts'

const FAR = 'f'.repeat(32)

/**
 * Whatever is asked for, by whatever way: nobody gets more out of an app token, a secret or a session than is in it.
 *
 * @throws {AssertionError} that names the limit, the way and the world
 */
export async function checkEveryDoor(worlds: number, firstSeed: number): Promise<number> {
  await using sandbox = await sandboxDeps()
  const { clock, partner } = sandbox
  let sessions = 0
  await checkSecrets(sandbox.deps, partner)
  for (let seed = firstSeed; seed < firstSeed + worlds; seed += 1) {
    // What the token leaves open by a `*` a request may choose under `vendor`; tokens here leave nothing open so.
    const deps: Deps = { ...sandbox.deps, privileges: seed % 3 === 0 ? 'strict' : 'vendor' }
    clock.set(1_700_000_000 + seed * 10_000_000)
    const world = await makeWorld(deps, partner.id, seed)
    for (const [way, take] of Object.entries(WAYS)) {
      try {
        sessions += await checkWay(deps, clock, world, take)
      } catch (error) {
        if (!(error instanceof assert.AssertionError)) throw error
        throw new assert.AssertionError({ message: `${way}, world ${seed}: ${error.message}` })
      }
    }
    await checkEnd(deps, clock, world, seed)
  }
  return sessions
}

type Way = NonNullable<(typeof WAYS)[string]>

async function checkWay(deps: Deps, clock: TestClock, world: World, take: Way): Promise<number> {
  const { token, asked, random } = world
  const value = token.value.expose()
  const address = random.one(['10.0.0.1', '10.0.0.1', ...PLACES])
  // A minute later, so that a rate is no reason to see nothing.
  clock.advance(61)
  const got = await take(deps, world, asked, { value, address })
  const isOutside = (token.addresses?.length ?? 0) > 0 && !(address === '127.0.0.1' || address.startsWith('10.0.0.'))
  assert.ok(got === undefined || !isOutside, 'address of the login')
  assert.ok(got === undefined || !world.partner.isHttpsOnly, 'an account that takes HTTPS only')
  for (const wrong of [FAR, '', `${value} `, token.id]) {
    assert.equal(await take(deps, world, asked, { value: wrong, address }), undefined, 'a wrong value')
  }
  if (got === undefined) return 0
  await assertWithin(deps, world, got, deps.clock())
  await checkCount(deps, clock, world, got, address)
  return 1
}

/** However many sessions are made of one, and whichever of them calls, their calls together are as many as the one has. */
async function checkCount(deps: Deps, clock: TestClock, world: World, got: Got, address: string): Promise<void> {
  const limit = /actionslimit:(\d+)/.exec(world.token.sessionPrivileges ?? '')?.[1]
  if (limit === undefined) return
  const holder = { value: world.token.value.expose(), address }
  const family = [got.text, ...(got.parent === undefined ? [] : [got.parent])]
  const wish = { ...world.asked, expirySeconds: 0, privileges: '', actions: ['media.list'] }
  let calls = 0
  const call = async (text: string) => {
    const { context } = await ask(deps, 'media.list', text, { address })
    if (context.validity?.effect === 'allow') calls += 1
  }
  // One that is over soon leaves no counter that is swept away before its time.
  const brief = await narrow(deps, world, got.text, { ...wish, expirySeconds: 3 }, holder)
  if (brief !== undefined) {
    await call(brief.text)
    clock.advance(4)
    await deps.store.revocations.purge(deps.clock())
  }
  for (let turn = 0; turn < 12; turn += 1) {
    const child = turn % 3 === 0 ? await narrow(deps, world, got.text, wish, holder) : undefined
    if (child !== undefined) family.push(child.text)
    for (const text of family) await call(text)
  }
  assert.ok(calls <= Number(limit), `count: ${calls} calls of ${limit}`)
}

/** What ends a token ends what was made of it, and what ends a session what was made of that. */
async function checkEnd(deps: Deps, clock: TestClock, world: World, seed: number): Promise<void> {
  const { token, partner } = world
  const { store } = deps
  if (partner.isHttpsOnly) return
  const plain: AppToken = {
    id: `0_${(seed + 1_000_000).toString(36).padStart(8, '0')}`,
    partnerId: token.partnerId,
    value: new Secret('b'.repeat(32)),
    previous: { value: new Secret('c'.repeat(32)), until: deps.clock() + 120 },
    status: 'active',
    sessionType: 2,
    sessionUserId: '',
    sessionSeconds: 3_600,
    hashType: 'SHA1',
    startsPerMinute: 3,
    createdAt: 0,
    updatedAt: 0,
  }
  await store.appTokens.create(plain)
  const all = { ...world, token: plain, asked: { ...world.asked, privileges: '', expirySeconds: 0, actions: [] } }
  const holder = { value: plain.value.expose(), address: '127.0.0.1' }
  const take = (way: string, value = holder.value) => WAYS[way]?.(deps, all, all.asked, { ...holder, value })
  const from = { address: '127.0.0.1' }

  // How many a minute.
  for (const way of ['startSession', 'client credentials']) {
    clock.advance(61)
    let starts = 0
    for (let count = 0; count < 6; count += 1) if ((await take(way)) !== undefined) starts += 1
    assert.equal(starts, 3, `starts a minute, by ${way}`)
  }

  // Parents and children.
  clock.advance(61)
  const parent = await take('startSession')
  assert.ok(parent)
  const wish = { ...all.asked, actions: ['media.list'] }
  const child = await narrow(deps, all, parent.text, wish, holder)
  const other = await narrow(deps, all, parent.text, { ...wish, expirySeconds: 90 }, holder)
  assert.ok(child && other)
  clock.advance(61)
  const grandchild = await narrow(deps, all, child.text, { ...wish, expirySeconds: 20 }, holder)
  assert.ok(grandchild)
  await revokeForClient(deps, { id: plain.id, secret: holder.value }, child.text)
  const live = await Promise.all([parent, child, grandchild, other].map(({ text }) => isTaken(deps, text, from)))
  assert.deepEqual(live, [true, false, false, true], 'what ends with the session that it came from')

  // Another token's session is nobody else's to narrow.
  const foreign = { id: plain.id, secret: holder.value }
  const theirs = await startSession(deps, {
    partnerId: plain.partnerId,
    secret: partner.adminSecret.expose(),
    userId: 'operator',
    type: 2,
    expirySeconds: 600,
    privileges: `apptoken:${token.id},sessionid:${token.id}`,
  })
  assert.equal(await narrow(deps, all, theirs, wish, holder), undefined, 'a session of another app token')
  await revokeForClient(deps, foreign, theirs)
  assert.equal(await isTaken(deps, theirs, from), true, 'the end of another app token’s session')

  // The value before the last, for as long as it is taken.
  const old = plain.previous?.value.expose()
  clock.advance(600)
  for (const way of ['startSession', 'client credentials']) {
    assert.equal(await take(way, old), undefined, `a value that was rotated away, by ${way}`)
  }

  // Paused, and deleted.
  const admin = await adminAccess(deps, partner)
  await pauseAppToken(deps, admin, plain.id)
  for (const way of Object.keys(WAYS)) assert.equal(await take(way), undefined, `a paused app token, by ${way}`)
  assert.equal(await isTaken(deps, parent.text, from), false, 'a paused app token’s session')
  await resumeAppToken(deps, admin, plain.id)
  assert.equal(await isTaken(deps, parent.text, from), true)
  const key = deps.primitives.digestHex('sha1', `${plain.partnerId}_${plain.id}`)
  await store.appTokens.delete(plain.partnerId, plain.id, deps.clock(), { key, kind: 'group', createdAt: deps.clock() })
  assert.equal(await isTaken(deps, parent.text, from), false, 'a deleted app token’s session')
  for (const way of Object.keys(WAYS)) assert.equal(await take(way), undefined, `a deleted app token, by ${way}`)
}

/** `session.start` and impersonation: no more than the secret that was shown gives. */
async function checkSecrets(deps: Deps, partner: Partner): Promise<void> {
  const login = { partnerId: partner.id, userId: 'ada', expirySeconds: 10_000_000, privileges: '' }
  const [admin, user] = [partner.adminSecret.expose(), partner.userSecret.expose()]
  const start = async (secret: string, type: number, more: object = {}) =>
    refusable(() => startSession(deps, { ...login, secret, type, ...more }))
  const imposed = async (secret: string, type: number, other: number) =>
    refusable(() => impersonate(deps, { ...login, secret, type }, other))
  assert.equal(await start(user, 2), undefined, 'an ADMIN session for the secret of users')
  assert.equal(await start(FAR, 0), undefined, 'a session for no secret')
  assert.equal(await imposed(user, 2, partner.id), undefined, 'an ADMIN session for the secret of users, impersonating')
  assert.equal(await imposed(admin, 2, partner.id + 1), undefined, 'a session of another account')
  for (const text of [await start(user, 0), await start(admin, 2), await imposed(admin, 2, partner.id)]) {
    assert.ok(text)
    const { session } = await deps.sessions.open(deps.store, deps.primitives, text)
    assert.equal(session.partnerId, partner.id)
    assert.ok(session.expiresAt <= deps.clock() + partner.maxSessionSeconds, 'the longest life of the account')
  }
}

async function refusable(take: () => Promise<string>): Promise<string | undefined> {
  try {
    return await take()
  } catch (error) {
    if (error instanceof LatchkeyError) return undefined
    throw error
  }
}
