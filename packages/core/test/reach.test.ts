/** All that a token can do, against decisions over the whole catalogue; and what two of them have apart. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ACTIONS,
  ActionSet,
  compareReach,
  effectOf,
  nameOf,
  planToken,
  presetActions,
  type Reach,
  reach,
  readRolePrivilege,
  SHARED_PERMISSIONS,
  STOCK_ROLES,
  type SubjectRole,
  type TokenFacts,
  type TokenRecord,
} from '@latchkey/core'
import fc from 'fast-check'
import { AccountModel, ALL_FEATURES, action, sessionFor } from './account-model.ts'
import { type Case, caseOf, draws, TOKEN } from './fix-cases.ts'

const RUNS = Number(process.env.LATCHKEY_FUZZ_RUNS ?? 150)
const namesIn = (set: ActionSet) => set.actions().map(nameOf)

interface AskedToken {
  readonly facts: TokenFacts
  readonly role?: SubjectRole | undefined
}

/** What is looked up about a token, as the authority does. */
function askedOf(account: AccountModel, token: TokenRecord): AskedToken {
  const holder = { privileges: token.sessionPrivileges ?? '' }
  const setRole = account.roleNamed(readRolePrivilege(holder))
  const userRoles = (account.users.get(token.sessionUserId ?? '') ?? []).flatMap(
    (id) => account.roleNamed({ kind: 'id', id }) ?? [],
  )
  return {
    facts: {
      token,
      features: account.features,
      index: account.index,
      setRole,
      restrictingRole: account.roleNamed(readRolePrivilege(holder, 'restrictingrole')),
      userRoles,
    },
    role: setRole && { ...setRole, isShared: STOCK_ROLES.some(({ id }) => id === setRole.id) },
  }
}

function reachOf({ account }: Pick<Case, 'account'>): Reach {
  const token = account.tokens.get(TOKEN)
  assert.ok(token)
  const { facts, role } = askedOf(account, { ...token, partnerId: 4242 })
  return reach(facts, role)
}

describe('the reach of a token', () => {
  test('is every action that its sessions are let into, by service and by what each does', () => {
    fc.assert(
      fc.property(draws, (draw) => {
        const drawn = caseOf({ ...draw, isOfToken: true })
        const told = reachOf(drawn)
        const context = drawn.account.contextOf(drawn.session)
        const opened = drawn.account.openedTo(drawn.session).actions()
        const counts = { read: 0, write: 0, delete: 0 }
        for (const known of opened) counts[effectOf(known)] += 1
        assert.deepEqual({ read: told.read, write: told.write, delete: told.delete }, counts)
        const listed = told.services.flatMap(({ service, ...by }) =>
          [...by.read, ...by.write, ...by.delete].map((name) => `${service}.${name}`),
        )
        assert.deepEqual(listed.sort(), opened.map(nameOf).sort())
        for (const { service, ...by } of told.services) {
          for (const effect of ['read', 'write', 'delete'] as const) {
            for (const name of by[effect]) assert.equal(effectOf(action(`${service}.${name}`)), effect)
          }
        }
        const off = opened.filter((known) => context.partner?.features.includes(known.plugin?.feature ?? '') === false)
        assert.deepEqual(told.behindPlugins, off.filter(({ plugin }) => plugin !== undefined).map(nameOf))
        for (const name of told.behindPlugins) {
          const decision = drawn.account.decide(drawn.session, action(name))
          assert.equal(decision.effect === 'deny' && decision.reason.code, 'feature-off', name)
        }
      }),
      { numRuns: RUNS },
    )
  })

  test('is shrunk by one change, which leaves as many actions as it says', () => {
    const kinds = { name: 0, reads: 0 }
    fc.assert(
      fc.property(draws, (draw) => {
        const drawn = caseOf({ ...draw, isOfToken: true })
        const { shrink } = reachOf(drawn)
        const before = drawn.account.openedTo(drawn.session)
        if (shrink === undefined) return
        const kind = shrink.title.startsWith('Take ') ? 'name' : 'reads'
        kinds[kind] += 1
        const { account } = drawn.account.after(shrink.change)
        const after = account.openedTo(account.sessionOf(TOKEN))
        assert.deepEqual([before.size, after.size], [shrink.from, shrink.to], shrink.title)
        assert.deepEqual(namesIn(after.minus(before)), [], 'nothing else is opened')
        assert.ok(shrink.to < shrink.from)
        const everybodys = account.openedTo(sessionFor(0, '', 'setrole:null'))
        assert.ok(after.minus(everybodys).size > 0, `${shrink.title} leaves nothing that it was made for`)
      }),
      { numRuns: RUNS },
    )
    assert.ok(kinds.name >= 3 && kinds.reads > RUNS / 10, JSON.stringify(kinds))
  })

  test('of nothing but what is open to all is not to be shrunk', () => {
    const account = new AccountModel({
      tokens: [{ id: TOKEN, sessionType: 2, sessionUserId: '', sessionPrivileges: 'setrole:null' }],
    })
    const told = reachOf({ account })
    assert.equal(told.read + told.write + told.delete, 86)
    assert.equal(told.shrink, undefined)
  })

  test('whose role is not there is nothing, and nothing is to be shrunk', () => {
    const account = new AccountModel({
      tokens: [{ id: TOKEN, sessionType: 2, sessionUserId: '', sessionPrivileges: 'setrole:GONE' }],
    })
    const { read, write, delete: deletes, services, shrink } = reachOf({ account })
    assert.deepEqual([read, write, deletes, services, shrink], [0, 0, 0, [], undefined])
  })

  test('of an ADMIN token without a role is all 627, and takes a role of what it reads to be small', () => {
    const account = new AccountModel({ tokens: [{ id: TOKEN, sessionType: 2, sessionUserId: '' }] })
    const { shrink, ...told } = reachOf({ account })
    assert.equal(told.read + told.write + told.delete, 627)
    assert.deepEqual([shrink?.from, shrink?.title], [627, 'Give it a role that holds only what it reads'])
  })

  test('of a role of everything is not shrunk by taking a name off it, which the API passes over', () => {
    const account = new AccountModel({
      roles: [{ id: 1_000, name: 'All', permissionNames: ['*'] }],
      tokens: [{ id: TOKEN, sessionType: 2, sessionUserId: '', sessionPrivileges: 'setrole:1000' }],
    })
    assert.equal(reachOf({ account }).shrink?.title, 'Give it a role that holds only what it reads')
  })
})

const STAFF = ['GONE', 'ADMIN_USER_ADD', 'CONTENT_MANAGE_EDIT_CATEGORIES']
const LESS = { id: 1_001, name: 'Less', permissionNames: ['CONTENT_MANAGE_EDIT_CATEGORIES'] }

describe('a role that is shrunk', () => {
  const account = new AccountModel({
    roles: [{ id: 1_000, name: 'Staff', permissionNames: STAFF }, LESS],
    tokens: [{ id: TOKEN, sessionType: 2, sessionUserId: '', sessionPrivileges: 'setrole:1000' }],
  })

  test('is sent without the names that the account no longer has', () => {
    const { shrink } = reachOf({ account })
    assert.equal(shrink?.title, 'Take CONTENT_MANAGE_EDIT_CATEGORIES off the role Staff')
    assert.equal(Object(shrink?.change[0]?.params.userRole).permissionNames, 'ADMIN_USER_ADD')
    account.after(shrink?.change ?? assert.fail())
  })

  test('loses what still counts where a restricting role takes the rest away', () => {
    const restricted = new AccountModel({
      ...account.parts(),
      tokens: [
        { id: TOKEN, sessionType: 2, sessionUserId: '', sessionPrivileges: 'setrole:1000,restrictingrole:1001' },
      ],
    })
    // What the restricting role takes away is no reason to spare a name: all that is left is what the first opens.
    assert.equal(reachOf({ account: restricted }).shrink, undefined)
    const wider = new AccountModel({
      ...restricted.parts(),
      roles: [{ id: 1_000, name: 'Staff', permissionNames: [...STAFF, 'CONTENT_MANAGE_DELETE'] }, LESS],
    })
    const { shrink } = reachOf({ account: wider })
    assert.equal(shrink?.title, 'Take CONTENT_MANAGE_DELETE off the role Staff')
  })
})

describe('a token that needs all that it has', () => {
  const plannedFor = (preset: 'get-and-list' | 'upload') => {
    const name = 'The job'
    const changes = planToken({
      index: SHARED_PERMISSIONS,
      actions: presetActions(preset, { services: ['media', 'user'] }),
      name,
      takenRoleNames: [],
    })
    const { account, ids } = new AccountModel().after(changes)
    const token = account.tokens.get(ids.at(-1) ?? '')
    assert.ok(token)
    return { account, token: { ...token, partnerId: 4242 } }
  }

  for (const preset of ['get-and-list', 'upload'] as const) {
    test(`as one of the preset ${preset}, is given an end, and no action is taken from it`, () => {
      const { account, token } = plannedFor(preset)
      const { facts, role } = askedOf(account, token)
      const { shrink = assert.fail(), ...told } = reach(facts, role, 1_795_000_000)
      assert.equal(shrink.title, 'Let it expire in a year, on 2027-11-18')
      assert.deepEqual([shrink.from, shrink.to], [told.read + told.write + told.delete, shrink.from])
      assert.deepEqual(shrink.change, [
        {
          service: 'appToken',
          action: 'update',
          params: { id: token.id, appToken: { objectType: 'KalturaAppToken', expiry: 1_826_536_000 } },
        },
      ])
    })

    test(`as one of the preset ${preset}, with an end of its own, is left as it is`, () => {
      const { account, token } = plannedFor(preset)
      const { facts, role } = askedOf(account, { ...token, expiresAt: 1_795_000_060 })
      assert.equal(reach(facts, role, 1_795_000_000).shrink, undefined)
    })
  }

  test('as one whose role has a single name that writes, keeps that name', () => {
    const account = new AccountModel({
      roles: [{ id: 1_000, name: 'Uploads', permissionNames: ['CONTENT_INGEST_UPLOAD'] }],
      tokens: [{ id: TOKEN, sessionType: 2, sessionUserId: '', sessionPrivileges: 'setrole:1000' }],
    })
    assert.equal(reachOf({ account }).shrink, undefined)
  })

  test('as one with a permission of its own beside others, keeps the former', () => {
    const own = [{ name: 'JOB', dependsOn: [], actions: [...(presetActions('get-and-list', {}) ?? [])] }]
    const account = new AccountModel({
      own,
      roles: [{ id: 1_000, name: 'Mixed', permissionNames: ['JOB', 'ADMIN_USER_ADD'] }],
      tokens: [{ id: TOKEN, sessionType: 2, sessionUserId: '', sessionPrivileges: 'setrole:1000' }],
    })
    const { shrink } = reachOf({ account })
    assert.equal(shrink?.title, 'Take ADMIN_USER_ADD off the role Mixed')
    assert.equal(shrink.to, shrink.from - 1)
  })
})

describe('the reach of a token tells', () => {
  const asked = (more: Partial<TokenRecord>) => {
    const token: TokenRecord = { id: TOKEN, partnerId: 4242, sessionType: 0, sessionUserId: 'ada', ...more }
    return reach(askedOf(new AccountModel({ features: ALL_FEATURES }), token).facts)
  }

  const users: readonly (readonly [Partial<TokenRecord>, actsAs: string, entries: string, text: string])[] = [
    [{}, 'one-user', 'own', 'as ada; with the entries of that user only'],
    [{ sessionType: 2 }, 'one-user', 'all', "as ada; with everybody's entries"],
    [{ sessionPrivileges: 'list:*' }, 'one-user', 'all', "as ada; with everybody's entries"],
    [{ sessionPrivileges: 'list:0_a' }, 'one-user', 'own', 'as ada; with the entries of that user only'],
    [{ sessionUserId: '' }, 'nobody', 'own', 'as nobody; with no entries, since nobody has any'],
    [{ sessionUserId: '', sessionType: 2 }, 'nobody', 'all', "as nobody; with everybody's entries"],
    [
      { sessionUserId: undefined },
      'holder-chooses',
      'own',
      'as any user that its holder names, with whatever the roles of that user open besides; with the entries of that user only',
    ],
    [
      { sessionUserId: undefined, sessionType: undefined },
      'holder-chooses',
      'all',
      "as any user that its holder names, with whatever the roles of that user open besides; with everybody's entries",
    ],
  ]
  for (const [token, actsAs, entries, text] of users) {
    test(`for whom: ${text} (${JSON.stringify(token)})`, () => {
      const told = asked(token).users
      assert.deepEqual([told.actsAs, told.entries, told.text], [actsAs, entries, text])
      assert.equal('userId' in told, actsAs === 'one-user')
    })
  }

  const lifetimes: readonly (readonly [Partial<TokenRecord>, text: string])[] = [
    [{}, 'each session lives as long as the account allows; the token itself does not expire'],
    [{ sessionSeconds: 86_400 }, 'each session lives up to 1 day; the token itself does not expire'],
    [{ sessionSeconds: 7_200 }, 'each session lives up to 2 hours; the token itself does not expire'],
    [{ sessionSeconds: 300 }, 'each session lives up to 5 minutes; the token itself does not expire'],
    [{ sessionSeconds: 61 }, 'each session lives up to 1 minute 1 second; the token itself does not expire'],
    [{ expiresAt: 1_900_000_000 }, 'each session lives as long as the account allows; the token expires at 1900000000'],
  ]
  for (const [token, text] of lifetimes) {
    test(`for how long: ${text}`, () => {
      const told = asked(token).lifetime
      assert.deepEqual(told, { sessionSeconds: token.sessionSeconds, tokenExpiresAt: token.expiresAt, text })
    })
  }

  const addresses: readonly (readonly [Partial<TokenRecord>, allowed: readonly string[], text: string])[] = [
    [{}, [], 'from anywhere'],
    [{ addresses: ['10.0.0.0/8'] }, ['10.0.0.0/8'], 'from 10.0.0.0/8 only'],
    [{ sessionPrivileges: 'iprestrict:10.0.0.1/10.0.0.2' }, ['10.0.0.1', '10.0.0.2'], 'from 10.0.0.1, 10.0.0.2 only'],
    [
      { addresses: ['10.0.0.0/8'], sessionPrivileges: 'iprestrict:10.0.0.1' },
      ['10.0.0.0/8', '10.0.0.1'],
      'from 10.0.0.0/8 only, and among those from 10.0.0.1 only',
    ],
  ]
  for (const [token, allowed, text] of addresses) {
    test(`from where: ${text}`, () => assert.deepEqual(asked(token).addresses, { allowed, text }))
  }
})

describe('a comparison', () => {
  const places = fc.uniqueArray(fc.nat(ACTIONS.length - 1), { maxLength: 80 })

  test('parts all that the two can do into what only one can and what both can', () => {
    fc.assert(
      fc.property(places, places, (left, right) => {
        const namesOf = (chosen: readonly number[]) => chosen.map((place) => nameOf(ACTIONS[place] ?? assert.fail()))
        const setOf = (chosen: readonly number[]) =>
          ActionSet.of(chosen.map((place) => ACTIONS[place] ?? assert.fail()))
        const { onlyA, onlyB, both } = compareReach(setOf(left), setOf(right))
        assert.deepEqual([...onlyA, ...both].sort(), namesOf(left).sort())
        assert.deepEqual([...onlyB, ...both].sort(), namesOf(right).sort())
        assert.equal(new Set([...onlyA, ...onlyB, ...both]).size, onlyA.length + onlyB.length + both.length)
        const turned = compareReach(setOf(right), setOf(left))
        assert.deepEqual(turned, { onlyA: onlyB, onlyB: onlyA, both })
      }),
      { numRuns: 100 },
    )
  })

  test('of USER and ADMIN sessions: the first can nothing that the second cannot', () => {
    const account = new AccountModel({
      tokens: [
        { id: '0_user0000', sessionType: 0, sessionUserId: '' },
        { id: '0_admin000', sessionType: 2, sessionUserId: '' },
      ],
    })
    const [user, admin] = ['0_user0000', '0_admin000'].map((id) => account.openedTo(account.sessionOf(id)))
    assert.ok(user && admin)
    const { onlyA, onlyB, both } = compareReach(user, admin)
    assert.deepEqual([onlyA.length, onlyB.length, both.length], [0, 627 - 387, 387])
    assert.ok(onlyB.includes('user.list') && both.includes('media.list'))
  })
})
