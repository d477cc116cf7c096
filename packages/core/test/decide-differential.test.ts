/** `decide` against a second implementation that shares nothing with it: see `packages/testkit/src/naive`. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  actionsOf,
  type CatalogueAction,
  type Decision,
  type DecisionContext,
  decide,
  effectOf,
  type FoundRole,
  findAction,
  type NamedRoles,
  PermissionIndex,
  readRolePrivilege,
  resolveAccess,
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
const SEED = Number(process.env.LATCHKEY_DECIDE_SEED ?? 3)

/** How many rows have which word in the column of a kind: what a stock account opens to it, by the text. */
const COUNTS: Readonly<Record<NaiveKind, Readonly<Record<string, number>>>> = {
  none: { yes: 86, net: 42, no: 644 },
  widget: { yes: 184, no: 588 },
  user: { yes: 342, own: 45, no: 385 },
  admin: { yes: 627, cond: 97, no: 48 },
}

const tables = readTables()
const named = [...tables.rows, ...tables.closed].map(({ name }) => naiveAction(tables, name))
const pairs = named.map((naive) => ({ naive, action: coreAction(naive.name) }))

/** What an action does is not in the tables: both are told. */
const reads = new Set(pairs.filter(({ action }) => effectOf(action) === 'read').map(({ naive }) => naive.name))

function coreAction(name: string): CatalogueAction {
  const [service = '', rest = ''] = name.split('.')
  const found = findAction(service, rest)
  assert.ok(found, name)
  return found
}

/** The same call as core is asked about it: roles and users looked up by hand, as a server would. */
function contextOf({
  account,
  session: asked,
  requestedAccount,
  isHttps,
  fromInside,
  object,
}: NaiveCall): DecisionContext {
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
  const namedBy = (
    privilege: 'setrole' | 'restrictingrole',
    byName: readonly (typeof roles)[number][],
  ): FoundRole | undefined => {
    const role = session && readRolePrivilege(session, privilege)
    if (role?.kind === 'id') return roles.find(({ id }) => id === role.id)
    return role?.kind === 'name' ? byName.find(({ systemName }) => systemName === role.name) : undefined
  }
  const user = kind === 'widget' ? undefined : account.users.find(({ id }) => id === session?.userId)
  const ids = user?.roleIds ?? []
  const found = (wanted: readonly (number | undefined)[]): NamedRoles | undefined =>
    wanted.every((id) => id === undefined)
      ? undefined
      : {
          roles: wanted.flatMap((id) => roles.find((role) => role.id === id) ?? []),
          lost: wanted.find((id) => !roles.some((role) => role.id === id)),
        }
  const { kindRoles, secondaryRole, blocked, alwaysAllowed } = account
  const rules = { blockedActions: blocked, alwaysAllowed }
  const own = account.ownPermissions.map(({ name, dependsOn, actions }) => ({
    name,
    dependsOn,
    actions: actions.map((action) => ({ service: action.split('.')[0] ?? '', action: action.split('.')[1] ?? '' })),
  }))
  return {
    session,
    kind,
    validity: session && { effect: 'allow' },
    partner: {
      id: account.id,
      status: account.isReadOnly ? 4 : 1,
      isHttpsOnly: account.httpsOnly,
      features: account.features,
      rules,
    },
    requestedPartner: requestedAccount === undefined ? undefined : { id: requestedAccount, status: 1 },
    user: user && { id: user.id, status: user.status === 'blocked' ? 0 : 1 },
    ...resolveAccess({
      session,
      kind,
      features: account.features,
      index: new PermissionIndex(own),
      setRole: namedBy('setrole', roles),
      restrictingRole: namedBy('restrictingrole', account.sharedRoles),
      userRoles: ids.flatMap((id) => roles.find((role) => role.id === id) ?? []),
      lostUserRole: ids.find((id) => !roles.some((role) => role.id === id)),
      accountRoles: {
        secondary: found([secondaryRole]),
        widget: found([kindRoles.widget]),
        user: found(kindRoles.user ?? []),
        admin: found([kindRoles.admin]),
      },
      rules,
      isInternal: fromInside,
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

/** The outcome in one word: how it was opened, or the reason against it. */
function wordOf(answer: Decision | NaiveDecision): string {
  if (answer.effect === 'deny') return 'code' in answer ? answer.code : answer.reason.code
  return ('openers' in answer ? answer.openers.includes('public') : answer.openedBy === 'public') ? 'public' : 'allow'
}

/** In what two answers differ; undefined where they are one. */
function difference(core: Decision, naive: NaiveDecision, held: NaiveHeld): string | undefined {
  if (wordOf(core) !== wordOf(naive)) return `core says ${wordOf(core)}, naive ${wordOf(naive)}`
  if (core.effect === 'allow' || naive.effect === 'allow') {
    const isOpener = core.effect === 'allow' && naive.effect === 'allow' && naive.openers.includes(core.openedBy)
    return isOpener ? undefined : 'core names an opener that is not held, or that does not open it'
  }
  const { reason } = core
  if (reason.code !== 'permission-missing' && reason.code !== 'no-session') return undefined
  if (sorted(reason.needed) !== sorted(naive.needed)) return `core needs ${reason.needed}, naive ${naive.needed}`
  if (reason.code === 'no-session' || held.kind !== 'held') return undefined
  const lost = sorted(held.lost.filter((name) => naive.needed.includes(name)))
  const dropped = sorted(reason.dropped.map(({ permission }) => permission))
  return dropped === lost ? undefined : `core has dropped ${dropped}, naive ${lost}`
}

interface Asked {
  readonly naive: NaiveAction
  readonly core: Decision
  readonly answer: NaiveDecision
  readonly held: NaiveHeld
}

function* askBoth(call: NaiveCall): Iterable<Asked> {
  const context = contextOf(call)
  const held = naiveHeld(tables, call.account, call.session, call.fromInside)
  for (const { naive, action } of pairs) {
    yield { naive, core: decide(action, context), answer: naiveDecide(naive, call, held, reads), held }
  }
}

/** The answers of both to each action of the tables' rows, as a pair of words. */
function wordsOf(call: NaiveCall): ReadonlyMap<string, readonly [core: string, naive: string]> {
  return new Map([...askBoth(call)].map(({ naive, core, answer }) => [naive.name, [wordOf(core), wordOf(answer)]]))
}

describe('decide and a second implementation of the tables', () => {
  test('speak of the same actions, each with the same gate and the same door without a session', () => {
    assert.deepEqual([tables.rows.length, tables.permissions.length, tables.closed.length], [772, 189, 283 + 48])
    const all = SERVICES.filter((service) => !service.startsWith('latchkey_')).flatMap((service) => actionsOf(service))
    const names = new Set(named.map(({ name }) => name))
    assert.equal(all.length, names.size)
    for (const { service, action } of all) assert.ok(names.has(`${service}.${action}`), `${service}.${action}`)
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
    const told = new Map<string, number>()
    const tell = (word: string) => told.set(word, (told.get(word) ?? 0) + 1)
    let asked = 0
    for (let role = 0; role < ROLES; role += 1) {
      const permissionNames = randomRoleNames(random, names)
      for (const kind of KINDS) {
        const call = randomCall(random, names, kind, permissionNames)
        const context = contextOf(call)
        assert.deepEqual([naiveKind(call.session), context.kind], [kind, kind])
        const all = naiveHeld(tables, call.account, call.session, call.fromInside)
        // What a blocked user would hold is nobody's question.
        if (all.kind === 'held' && context.user?.status !== 0)
          assert.equal(sorted(context.held.names()), sorted(all.names), `role ${role}, ${kind}`)
        for (const { naive, core, answer, held } of askBoth(call)) {
          asked += 1
          const word = wordOf(answer)
          tell(word)
          if (held.kind === 'held' && answer.effect === 'deny') {
            if (held.lost.some((name) => answer.needed.includes(name))) tell('lost a dependency')
          } else if (answer.effect === 'allow' && answer.openers.every((name) => name.startsWith('OWN_'))) tell('own')
          const differs = difference(core, answer, held)
          if (differs === undefined) continue
          differences.push(`role ${role}, ${kind}, ${naive.name}: ${differs}`)
        }
      }
    }
    assert.deepEqual(differences.slice(0, 10), [], `${differences.length} with LATCHKEY_DECIDE_SEED=${SEED}`)
    assert.equal(asked, ROLES * KINDS.length * (772 + 283 + 48))
    // Or else the roles are not such as to tell one rule from another.
    const words = 'allow own public permission-missing no-session never-open feature-off wrong-partner role-unknown'
    const others = [
      'partner-blocked',
      'lost a dependency',
      'entry-not-owned',
      'entry-not-visible',
      'user-blocked',
      'transport-refused',
    ]
    for (const word of [...words.split(' '), ...others]) assert.ok((told.get(word) ?? 0) >= 100, `${word} too seldom`)
  })

  describe('say of a session with the defaults of its kind what the columns say', () => {
    const account: NaiveCall['account'] = {
      id: 4242,
      features: [],
      roles: [],
      sharedRoles: [],
      users: [],
      ownPermissions: [],
      alwaysAllowed: ['ALWAYS_ALLOWED_ACTIONS'],
      kindRoles: {},
      isReadOnly: false,
      httpsOnly: false,
    }
    const sessions: Readonly<Record<NaiveKind, NaiveCall['session']>> = {
      none: undefined,
      widget: { type: 0, userId: '0', privileges: 'view:*,widget:1' },
      user: { type: 0, userId: 'ada', privileges: '' },
      admin: { type: 2, userId: 'ada', privileges: '' },
    }
    const { features } = namesIn(tables)
    const object = { id: '0_object', coEditors: [], isHidden: false }
    const plain = (kind: NaiveKind, more: Partial<NaiveCall> = {}) =>
      wordsOf({ account, session: sessions[kind], isHttps: true, fromInside: false, ...more })
    const both = (words: readonly string[] | undefined, ...allowed: readonly string[]) =>
      words?.length === 2 && words.every((word) => allowed.includes(word))

    for (const kind of KINDS) {
      test(`for ${kind}`, () => {
        const stock = plain(kind)
        const foreign = plain(kind, { object: { ...object, owner: 'grace' } })
        const mine = plain(kind, { object: { ...object, owner: 'ada' } })
        const full = plain(kind, { account: { ...account, features } })
        const seen: Record<string, number> = {}
        for (const { name, defaults, gate } of tables.rows) {
          const column = defaults[kind]
          seen[column] = (seen[column] ?? 0) + 1
          const words = stock.get(name)
          // A plugin that is off closes what the tables, which tell of permissions only, have open.
          if (column === 'yes') assert.ok(both(words, 'allow', 'feature-off') && both(full.get(name), 'allow'), name)
          if (column === 'no') assert.ok(both(words, 'permission-missing', 'no-session', 'never-open'), name)
          if (column === 'own') {
            assert.ok(both(foreign.get(name), 'entry-not-owned') && both(mine.get(name), 'allow', 'feature-off'), name)
          }
          if (column === 'net' && gate === undefined) assert.ok(both(full.get(name), 'public'), name)
          if (column === 'cond') assert.ok(both(words, 'permission-missing') && both(full.get(name), 'allow'), name)
        }
        assert.deepEqual(seen, COUNTS[kind])
      })
    }

    test('and each feature under a condition is enough to meet it', () => {
      const open = new Map(
        features.map((feature) => [feature, plain('admin', { account: { ...account, features: [feature] } })]),
      )
      for (const { name, condition } of tables.rows)
        for (const feature of condition) assert.ok(both(open.get(feature)?.get(name), 'allow', 'feature-off'), name)
    })
  })
})
