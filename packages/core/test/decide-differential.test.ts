/** `decide` against a second implementation that shares nothing with it: see `packages/testkit/src/naive`. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ACTIONS,
  actionsOf,
  type CatalogueAction,
  chooseRestriction,
  chooseRole,
  type Decision,
  type DecisionContext,
  decide,
  type FoundRole,
  findAction,
  PermissionIndex,
  readRolePrivilege,
  resolveHeld,
  SERVICES,
  type Session,
  sessionKind,
} from '@latchkey/core'
import {
  type NaiveAction,
  type NaiveCall,
  type NaiveDecision,
  type NaiveHeld,
  type NaiveKind,
  naiveAction,
  naiveDecide,
  naiveHeld,
  naiveKind,
  namesIn,
  randomCall,
  randomRoleNames,
  readTables,
  SeededRandom,
} from '@latchkey/testkit'

const KINDS = ['none', 'widget', 'user', 'admin'] as const
const ROLES = 200
const SEED = Number(process.env['LATCHKEY_DECIDE_SEED'] ?? 3)

const tables = readTables()
const named = [...tables.rows, ...tables.closed].map(({ name }) => naiveAction(tables, name))
const pairs = named.map((naive) => ({ naive, action: coreAction(naive.name) }))

function coreAction(name: string): CatalogueAction {
  const [service = '', rest = ''] = name.split('.')
  const found = findAction(service, rest)
  assert.ok(found, name)
  return found
}

/** The same call as core is asked about it: roles and users looked up by hand, as a server would. */
function contextOf({ account, session: asked, requestedAccount, isHttps, object }: NaiveCall): DecisionContext {
  const session: Session | undefined = asked && {
    version: 2,
    partnerId: account.id,
    expiresAt: 2_000_000_000,
    fingerprint: '0'.repeat(40),
    type: asked.type,
    userId: asked.userId,
    privileges: asked.privileges,
  }
  const kind = sessionKind(session)
  const roles = [...account.roles, ...account.sharedRoles]
  const namedBy = (privilege: 'setrole' | 'restrictingrole', byName: typeof roles): FoundRole | undefined => {
    const role = session && readRolePrivilege(session, privilege)
    if (role?.kind === 'id') return roles.find(({ id }) => id === role.id)
    return role?.kind === 'name' ? byName.find(({ systemName }) => systemName === role.name) : undefined
  }
  const user = kind === 'widget' ? undefined : account.users.find(({ id }) => id === session?.userId)
  const ids = user?.roleIds ?? []
  const chosen = chooseRole({
    session,
    setRole: namedBy('setrole', roles),
    userRoles: ids.flatMap((id) => roles.find((role) => role.id === id) ?? []),
    lostUserRole: ids.find((id) => !roles.some((role) => role.id === id)),
  })
  const restriction = chooseRestriction(session, namedBy('restrictingrole', account.sharedRoles))
  const own = account.ownPermissions.map(({ name, dependsOn, actions }) => ({
    name,
    dependsOn,
    actions: actions.map((action) => ({ service: action.split('.')[0] ?? '', action: action.split('.')[1] ?? '' })),
  }))
  return {
    session,
    kind,
    validity: session && { effect: 'allow' },
    partner: { id: account.id, status: 1, isHttpsOnly: account.httpsOnly, features: account.features },
    requestedPartner: requestedAccount === undefined ? undefined : { id: requestedAccount, status: 1 },
    user: user && { id: user.id, status: user.status === 'blocked' ? 0 : 1 },
    role: restriction.kind === 'refuse' ? restriction : chosen,
    held: resolveHeld({
      kind,
      role: chosen.kind === 'use' ? chosen.role : undefined,
      features: account.features,
      restricting: restriction.kind === 'use' ? restriction.permissionNames : undefined,
      permissions: new PermissionIndex(own),
      alwaysAllowed: account.alwaysAllowed,
    }),
    isHttps,
    resource: object && {
      id: object.id,
      ownerId: object.owner === '' ? undefined : object.owner,
      coEditors: object.coEditors,
      isVisible: !object.isHidden,
    },
  }
}

const sorted = (names: Iterable<string>) => [...new Set(names)].sort().join()

/** In what two answers differ; undefined where they are one. */
function difference(core: Decision, naive: NaiveDecision, held: NaiveHeld): string | undefined {
  if (core.effect === 'allow') {
    if (naive.effect === 'deny') return `core allows by ${core.openedBy}, naive denies: ${naive.code}`
    if (naive.openers.includes(core.openedBy)) return undefined
    return `core allows by ${core.openedBy}, naive by ${naive.openers.join()}`
  }
  const { reason } = core
  if (naive.effect === 'allow') return `core denies: ${reason.code}, naive allows by ${naive.openers.join()}`
  if (reason.code !== naive.code) return `core denies: ${reason.code}, naive: ${naive.code}`
  if (reason.code !== 'permission-missing' && reason.code !== 'no-session') return undefined
  if (sorted(reason.needed) !== sorted(naive.needed)) return `core needs ${reason.needed}, naive ${naive.needed}`
  if (reason.code === 'no-session' || held.kind !== 'held') return undefined
  const lost = sorted(held.lost.filter((name) => naive.needed.includes(name)))
  const dropped = sorted(reason.dropped.map(({ permission }) => permission))
  return dropped === lost ? undefined : `core dropped ${dropped}, naive ${lost}`
}

function askBoth(
  call: NaiveCall,
  each: (naive: NaiveAction, core: Decision, answer: NaiveDecision, held: NaiveHeld) => void,
) {
  const context = contextOf(call)
  const held = naiveHeld(tables, call.account, call.session)
  for (const { naive, action } of pairs) each(naive, decide(action, context), naiveDecide(naive, call, held), held)
}

describe('decide and a second implementation of the tables', () => {
  test('speak of the same actions, each with the same permissions, gate and door without a session', () => {
    assert.deepEqual([tables.rows.length, tables.permissions.length, tables.closed.length], [772, 189, 283 + 48])
    const all = SERVICES.flatMap((service) => actionsOf(service))
    assert.equal(
      sorted(all.map((action) => `${action.service}.${action.action}`)),
      sorted(named.map(({ name }) => name)),
    )
    assert.equal(ACTIONS.length, tables.rows.length)
    for (const { naive, action } of pairs) {
      const gate = action.ownership && {
        privilege: action.ownership.privilege,
        ownerOnly: action.ownership.isOwnerOnly,
      }
      assert.deepEqual(gate, naive.gate, naive.name)
      assert.equal(action.isPublic, naive.row?.defaults.none === 'net', naive.name)
    }
  })

  test(`answer alike for every action, every kind of session and ${ROLES} roles`, () => {
    const random = new SeededRandom(SEED)
    const names = namesIn(tables)
    const differences: string[] = []
    const told: Record<string, number> = {}
    let asked = 0
    for (let role = 0; role < ROLES; role += 1) {
      const permissionNames = randomRoleNames(random, names)
      for (const kind of KINDS) {
        const call = randomCall(random, names, kind, permissionNames)
        assert.deepEqual([naiveKind(call.session), contextOf(call).kind], [kind, kind])
        askBoth(call, (naive, core, answer, held) => {
          asked += 1
          const outcome =
            answer.effect === 'deny' ? answer.code : answer.openers.includes('public') ? 'public' : 'allow'
          told[outcome] = (told[outcome] ?? 0) + 1
          const differs = difference(core, answer, held)
          if (differs !== undefined) differences.push(`role ${role}, ${kind}, ${naive.name}: ${differs}`)
        })
      }
    }
    assert.deepEqual(
      differences.slice(0, 10),
      [],
      `${differences.length} differences with LATCHKEY_DECIDE_SEED=${SEED}`,
    )
    assert.equal(asked, ROLES * KINDS.length * (772 + 283 + 48))
    console.log(told)
  })
})
