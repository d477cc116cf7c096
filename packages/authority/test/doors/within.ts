import assert from 'node:assert/strict'
import type { Deps } from '@latchkey/authority'
import {
  type CatalogueAction,
  decide,
  effectOf,
  findAction,
  hasPrivilege,
  parsePrivileges,
  parseScope,
  privilegeValues,
  type Session,
} from '@latchkey/core'
import { grants, type NaiveSession, naiveAction, naiveDecide, naiveHeld, valuesOf } from '@latchkey/testkit'
import { ask } from '../sandbox-deps.ts'
import type { Got } from './ways.ts'
import { isInside, PLACES, tables, USERS, type World } from './world.ts'

const ALL = [...tables.rows, ...tables.closed].map(({ name }) => ({
  naive: naiveAction(tables, name),
  action: actionOf(name),
}))
const READS = new Set(ALL.filter(({ action }) => effectOf(action) === 'read').map(({ naive }) => naive.name))

function actionOf(name: string): CatalogueAction {
  const [service = '', rest = ''] = name.split('.')
  const found = findAction(service, rest)
  assert.ok(found, name)
  return found
}

/** What a session may call, by the code that decides, wherever it is called from. */
async function openTo(deps: Deps, text: string): Promise<ReadonlySet<string>> {
  const { context } = await ask(deps, 'system.ping', text, { countsCall: false })
  const { validity: _, ...judged } = context
  const open = ALL.filter(({ action }) => decide(action, { ...judged, isHttps: true }).effect === 'allow')
  return new Set(open.map(({ naive }) => naive.name))
}

/** What an app token's sessions may call, by the second implementation: with every type and user that it leaves to a request. */
function openToToken({ account, token }: World): ReadonlySet<string> {
  const open = new Set<string>()
  for (const type of token.sessionType === undefined ? [0, 2] : [token.sessionType]) {
    for (const userId of token.sessionUserId === undefined ? USERS : [token.sessionUserId]) {
      const session: NaiveSession = { type, userId, privileges: token.sessionPrivileges ?? '' }
      const held = naiveHeld(tables, account, session)
      const call = { account, session, requestedAccount: undefined, isHttps: true, fromInside: false }
      for (const { naive } of ALL) if (naiveDecide(naive, call, held, READS).effect === 'allow') open.add(naive.name)
    }
  }
  return open
}

const GRANTING = ['edit', 'sview', 'list', 'download', 'downloadasset', 'edituser', 'editadmintags']
const VALUES = ['*', '0_a', '0_b', '0_z']

/** Fails where a session could do anything that the app token, and what it was made of, could not. */
export async function assertWithin(deps: Deps, world: World, got: Got, now: number): Promise<void> {
  const { token } = world
  const session = await opened(deps, got.text)
  const parent = got.parent === undefined ? undefined : await opened(deps, got.parent)
  assert.equal(session.partnerId, token.partnerId, 'account')

  // Who.
  if (token.sessionUserId !== undefined) assert.equal(session.userId, token.sessionUserId, 'user')
  if (token.sessionType !== undefined) assert.equal(session.type, token.sessionType, 'type')
  assert.ok(session.type === 0 || session.type === 2, 'type')

  // When.
  const longest = Math.min(now + token.sessionSeconds, token.expiresAt ?? Number.POSITIVE_INFINITY)
  const rounded = (token.sessionPrivileges ?? '').includes('downloadasset') ? Math.ceil(longest / 300) * 300 : longest
  assert.ok(session.expiresAt <= rounded, `time: ${session.expiresAt - now} of ${longest - now} seconds`)
  if (parent !== undefined) assert.ok(session.expiresAt <= parent.expiresAt, 'time of the one that it came from')
  if (got.lifetimeSeconds !== undefined) assert.equal(session.expiresAt, now + got.lifetimeSeconds, 'expires_in')

  // From where, and for which URIs.
  for (const address of PLACES) {
    if (!(await isTaken(deps, got.text, { address }))) continue
    const fixed = valuesOf(asNaive(token.sessionPrivileges), 'iprestrict')
    const ranges = token.addresses ?? []
    assert.ok(fixed.length === 0 || fixed.includes(address), `address ${address}`)
    assert.ok(ranges.length === 0 || ranges.some((range) => isInside(address, range)), `address ${address}`)
    if (got.parent !== undefined) assert.ok(await isTaken(deps, got.parent, { address }), 'address of the other one')
  }
  const isBoundToUri = (token.sessionPrivileges ?? '').includes('urirestrict')
  assert.ok(!isBoundToUri || !(await isTaken(deps, got.text, { address: '10.0.0.1', uri: '/else' })), 'URI')

  // What, action by action, over the whole catalogue.
  const [may, most] = [await openTo(deps, got.text), openToToken(world)]
  const least = got.limitedTo && new Set(got.limitedTo.map((name) => name.toLowerCase()))
  const others = got.parent === undefined ? undefined : await openTo(deps, got.parent)
  for (const name of may) {
    assert.ok(most.has(name), `action ${name}, which the app token does not open`)
    assert.ok(least === undefined || least.has(name.toLowerCase()), `action ${name}, which is not in the scope`)
    assert.ok(others === undefined || others.has(name), `action ${name}, which the other session does not open`)
  }

  // Which objects of others, and under which restrictions.
  for (const name of GRANTING)
    for (const value of VALUES) {
      if (!hasPrivilege(session, name, value)) continue
      assert.ok(grants(asNaive(token.sessionPrivileges), name, value), `privilege ${name}:${value}`)
    }
  for (const name of ['restrictingrole', 'privacycontext', 'setrole', 'actionslimit']) {
    const fixed = valuesOf(asNaive(token.sessionPrivileges), name)
    assert.deepEqual(privilegeValues(session, name) ?? [], fixed, `restriction ${name}`)
  }

  const own = valuesOf(asNaive(token.sessionPrivileges), 'tenant')
  if (own.length > 0) assert.deepEqual(privilegeValues(session, 'tenant'), own, 'a privilege that the app token fixes')
  // By these it is ended, and counted as that token's.
  for (const name of ['sessionid', 'apptoken']) assert.equal(privilegeValues(session, name)?.[0], token.id, name)

  // What is told of it is so.
  const said = parseScope(got.scope ?? '')
  for (const { name, values } of said.privileges)
    for (const value of values) assert.ok(hasPrivilege(session, name, value), `told of ${name}:${value}`)
  // A narrowed one has all that was asked for, or there is none.
  for (const { name, values } of parent === undefined ? [] : parsePrivileges(got.asked ?? ''))
    for (const value of values) {
      const told = said.privileges.find((each) => each.name === name)?.values
      assert.ok(told?.includes(value) || told?.includes('*'), `a privilege cut without a word: ${name}:${value}`)
    }
  if (parent !== undefined && got.limitedTo !== undefined)
    for (const { naive } of ALL.filter(({ naive }) => least?.has(naive.name.toLowerCase()))) {
      assert.ok(may.has(naive.name), `a cut without a word: ${naive.name}`)
    }
}

async function opened(deps: Deps, text: string): Promise<Session> {
  return (await deps.sessions.open(deps.store, deps.primitives, text)).session
}

/** Whether the session itself counts for a call, whatever that is. */
export async function isTaken(deps: Deps, text: string, more: { address?: string; uri?: string }): Promise<boolean> {
  const { context } = await ask(deps, 'system.ping', text, { countsCall: false, ...more })
  return context.validity?.effect === 'allow'
}

function asNaive(privileges = ''): NaiveSession {
  return { type: 0, userId: '', privileges }
}
