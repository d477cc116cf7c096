import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import {
  ACTIONS,
  chooseRole,
  type DecisionContext,
  decide,
  findAction,
  type HeldQuestion,
  PERMISSIONS,
  resolveHeld,
  type Session,
  type SessionKind,
} from '@latchkey/core'
import fc from 'fast-check'

const KINDS = ['none', 'widget', 'user', 'admin'] as const

function session(kind: SessionKind, more: Partial<Session> = {}): Session | undefined {
  if (kind === 'none') return undefined
  return {
    version: 2,
    partnerId: 4242,
    expiresAt: 2_000_000_000,
    type: kind === 'admin' ? 2 : 0,
    privileges: kind === 'widget' ? 'view:*,widget:1' : '',
    fingerprint: '0'.repeat(40),
    ...more,
  }
}

function context(
  kind: SessionKind,
  more: Partial<DecisionContext> = {},
  held: Partial<HeldQuestion> = {},
): DecisionContext {
  const features = held.features ?? []
  return {
    session: session(kind),
    kind,
    validity: kind === 'none' ? undefined : { effect: 'allow' },
    partner: { id: 4242, status: 1, isHttpsOnly: false, features },
    role: { kind: 'use' },
    held: resolveHeld({ kind, features, ...held }),
    isHttps: false,
    ...more,
  }
}

function action(name: string) {
  const [service = '', rest = ''] = name.split('.')
  const found = findAction(service, rest)
  assert.ok(found, name)
  return found
}

/** The permission gate let it through, whatever comes after it. */
function isOpened(decision: ReturnType<typeof decide>): boolean {
  return decision.effect === 'allow' ? decision.openedBy !== 'public' : decision.reason.code === 'feature-off'
}

interface Row {
  readonly name: string
  readonly columns: string
  readonly features: readonly string[]
}
const DEFAULTS: readonly Row[] = readFileSync(new URL('./catalogue-defaults.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const [name = '', columns = '', features] = line.split(' ')
    return { name, columns, features: features?.split(',') ?? [] }
  })

describe('a decision', () => {
  test('opens to each kind of session just what the original opens to a stock account', () => {
    const opened = { none: 0, widget: 0, user: 0, admin: 0, conditional: 0 }
    for (const { name, columns, features } of DEFAULTS) {
      const [none, net, widget, user, admin] = columns
      const expected = { none, widget, user, admin }
      for (const kind of KINDS) {
        // Judged below: what is public is let through by no permission.
        if (kind === 'none' && net === 'y') continue
        const decision = decide(action(name), context(kind))
        assert.equal(isOpened(decision), expected[kind] === 'y', `${name} for ${kind}`)
        if (isOpened(decision)) opened[kind] += 1
      }
      if (net === 'y') {
        const decision = decide(action(name), context('none'))
        // Whose an object is, nobody who is nobody can say.
        const isGated = action(name).ownership !== undefined
        const isLetThrough = decision.effect === 'allow' || decision.reason.code === 'feature-off'
        assert.equal(isLetThrough, !isGated, `${name} without a session`)
        if (none === 'y') opened.none += 1
      }
      if (admin !== 'c') continue
      opened.conditional += 1
      assert.ok(
        features.some((feature) => isOpened(decide(action(name), context('admin', {}, { features: [feature] })))),
        `${name} with one of ${features.join()}`,
      )
    }
    assert.deepEqual(opened, { none: 86, widget: 184, user: 387, admin: 627, conditional: 97 })
  })

  test('is shut by the first gate in the original’s order', () => {
    const call = action('media.update')
    const shut: Partial<DecisionContext>[] = [
      { validity: { effect: 'deny', reason: { code: 'expired', expiredAt: 1 } } },
      { requestedPartner: { id: 7 } },
      { partner: { id: 4242, status: 3, isHttpsOnly: true, features: [] } },
      { user: { id: 'u', status: 0 } },
      { role: { kind: 'refuse', role: 'x', isInvalid: false } },
      { resource: { id: '0_a', ownerId: 'somebody', coEditors: [] } },
      {
        requestedPartner: { id: 7, status: 1 },
        held: resolveHeld({ kind: 'user', features: [], role: { from: 'role:1', permissionNames: [] } }),
      },
      { held: resolveHeld({ kind: 'user', features: [], role: { from: 'role:1', permissionNames: [] } }) },
      { partner: { id: 4242, status: 1, isHttpsOnly: true, features: [] } },
    ]
    const codes = [
      'expired',
      'partner-blocked',
      'partner-blocked',
      'user-blocked',
      'role-unknown',
      'entry-not-owned',
      'wrong-partner',
      'permission-missing',
      'transport-refused',
    ]
    for (const [from, code] of codes.entries()) {
      // All later gates are shut as well; each gate's own state goes over theirs.
      const all = Object.assign({}, ...shut.slice(from).reverse())
      const decision = decide(call, context('user', { session: session('user', { userId: 'me' }), ...all }))
      assert.equal(decision.effect === 'deny' && decision.reason.code, code)
    }
  })

  test('lets an owner, a co-editor and a holder of edit for that entry through the ownership gate, and nobody else', () => {
    const call = action('media.update')
    const resource = { id: '0_ab', ownerId: 'owner', coEditors: ['helper'] }
    const as = (userId: string | undefined, privileges = '') =>
      decide(call, context('user', { session: session('user', { userId, privileges }), resource })).effect
    assert.equal(as('owner'), 'allow')
    assert.equal(as('helper'), 'allow')
    assert.equal(as('other', 'edit:0_ab'), 'allow')
    assert.equal(as('other', 'edit:0_x/0_ab'), 'allow')
    assert.equal(as('other', 'edit:*'), 'allow')
    assert.equal(as('other', '*'), 'allow')
    for (const privileges of ['edit:0_abc', 'xedit:*', 'edit', '*,x'])
      assert.equal(as('other', privileges), 'deny', privileges)
    assert.equal(as(undefined), 'deny')
    assert.equal(
      decide(action('baseEntry.delete'), context('user', { session: session('user', { userId: 'helper' }), resource }))
        .effect,
      'deny',
      'deleting is for owners',
    )
    assert.equal(decide(call, context('admin', { resource })).effect, 'allow')
  })

  test('lets a public action through without a session, and not with a session that lacks its permission', () => {
    const nothing = { role: { from: 'role:1', permissionNames: [] } } as const
    assert.deepEqual(decide(action('media.get'), context('none')), { effect: 'allow', openedBy: 'public' })
    assert.equal(decide(action('media.get'), context('user', {}, nothing)).effect, 'deny')
  })

  test('is never turned against a call by holding more, whoever calls what', () => {
    const names = PERMISSIONS.map(({ name }) => name)
    const some = fc.subarray(names, { maxLength: 12 })
    const gates: readonly Partial<DecisionContext>[] = [
      {},
      { requestedPartner: { id: 4242, status: 1 } },
      { requestedPartner: { id: 7, status: 1 } },
      { resource: { id: '0_a', ownerId: 'somebody', coEditors: [] } },
      { partner: { id: 4242, status: 1, isHttpsOnly: true, features: [] } },
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...ACTIONS),
        fc.constantFrom(...KINDS),
        fc.constantFrom(...gates),
        some,
        some,
        (call, kind, gate, few, more) => {
          const holding = (permissionNames: readonly string[]) =>
            decide(call, context(kind, gate, { role: { from: 'role:1', permissionNames } }))
          // Some that open it and what those depend on, so that a permission decides often enough.
          const opening = call.permissions.slice(0, 1).flatMap((index) => {
            const permission = PERMISSIONS[index]
            return permission === undefined ? [] : [permission.name, ...permission.dependsOn]
          })
          const less = holding([...few, ...(few.length % 2 === 0 ? opening : [])])
          const much = holding([...few, ...opening, ...more])
          if (less.effect === 'allow') assert.equal(much.effect, 'allow')
          if (much.effect === 'deny' && much.reason.code === 'permission-missing')
            assert.ok(less.effect === 'deny' && less.reason.code === 'permission-missing')
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('follows the role in place of the kind, in both directions', () => {
    const everything = { from: 'role:2', permissionNames: ['*'] } as const
    const small = { from: 'user', permissionNames: ['CONTENT_MANAGE_BASE'] } as const
    assert.equal(decide(action('user.list'), context('user')).effect, 'deny')
    assert.equal(decide(action('user.list'), context('user', {}, { role: everything })).effect, 'allow')
    assert.equal(decide(action('user.list'), context('admin')).effect, 'allow')
    assert.equal(decide(action('user.list'), context('admin', {}, { role: small })).effect, 'deny')
    assert.equal(decide(action('appToken.startSession'), context('widget')).effect, 'allow')
    assert.equal(decide(action('appToken.startSession'), context('user', {}, { role: small })).effect, 'deny')
  })

  test('names of what is held only that which was needed and lost', () => {
    const role = { from: 'role:7', permissionNames: ['KMC_READ_ONLY', 'LIVE_STREAM_ADD'] } as const
    const decision = decide(action('appToken.list'), context('user', {}, { role }))
    assert.ok(decision.effect === 'deny' && decision.reason.code === 'permission-missing')
    assert.deepEqual(decision.reason.held, [{ permission: 'ALWAYS_ALLOWED_ACTIONS', from: 'always' }])
    assert.deepEqual(decision.reason.dropped, [{ permission: 'KMC_READ_ONLY', missing: 'KMC_ACCESS' }])
  })
})

describe('what is held', () => {
  test('loses what lacks a dependency, and says what was missing', () => {
    const held = resolveHeld({
      kind: 'user',
      features: [],
      role: { from: 'role:7', permissionNames: ['KMC_READ_ONLY', 'LIVE_STREAM_ADD', 'ADMIN_BASE'] },
    })
    assert.deepEqual([...held.names()].sort(), ['ADMIN_BASE', 'ALWAYS_ALLOWED_ACTIONS'])
    assert.deepEqual(held.dropped, [
      { permission: 'KMC_READ_ONLY', missing: 'KMC_ACCESS' },
      { permission: 'LIVE_STREAM_ADD', missing: 'FEATURE_LIVE_STREAM' },
    ])
    assert.ok(
      resolveHeld({
        kind: 'user',
        features: ['FEATURE_LIVE_STREAM'],
        role: { from: 'role:7', permissionNames: ['LIVE_STREAM_ADD'] },
      }).hasName('LIVE_STREAM_ADD'),
    )
    assert.deepEqual([held.from('ADMIN_BASE'), held.from('ALWAYS_ALLOWED_ACTIONS')], ['role:7', 'always'])
  })

  test('loses along a chain of dependencies, in whatever order the role lists them', () => {
    const chain = [
      'eventNotification.EVENT_NOTIFICATIONS_TEMPLATE_DELETE',
      'eventNotification.EVENT_NOTIFICATIONS_TEMPLATE_MANAGE',
      'eventNotification.EVENT_NOTIFICATIONS_TEMPLATE_BASE',
    ]
    for (const permissionNames of [chain, [...chain].reverse()]) {
      assert.deepEqual(resolveHeld({ kind: 'user', features: [], role: { from: 'role:1', permissionNames } }).names(), [
        'ALWAYS_ALLOWED_ACTIONS',
      ])
    }
  })

  test('is what the restricting role leaves', () => {
    const held = resolveHeld({ kind: 'user', features: [], restricting: ['BASE_USER_SESSION_PERMISSION'] })
    assert.deepEqual(held.names(), ['ALWAYS_ALLOWED_ACTIONS'])
  })

  test('of a restricting role also takes from what setrole gives, and from ADMIN', () => {
    const restricting = ['ADMIN_BASE', 'NOT_A_PERMISSION']
    const role = { from: 'role:7', permissionNames: ['ADMIN_BASE', 'ACCOUNT_BASE'] } as const
    assert.deepEqual([...resolveHeld({ kind: 'user', role, features: [], restricting }).names()].sort(), [
      'ACCOUNT_BASE',
      'ALWAYS_ALLOWED_ACTIONS',
    ])
    const admin = resolveHeld({ kind: 'admin', features: [], restricting })
    assert.deepEqual([admin.hasName('ADMIN_BASE'), admin.hasName('ACCOUNT_BASE')], [false, true])
    assert.ok(resolveHeld({ kind: 'admin', features: [] }).hasName('ADMIN_BASE'), 'and from nobody else')
  })

  test('does not depend on how often it was asked, with whatever features in between', () => {
    const role = { from: 'role:7', permissionNames: ['LIVE_STREAM_ADD'] } as const
    for (let round = 0; round < 600; round += 1) {
      const features = round % 2 === 0 ? [`F${round}`] : [`F${round}`, 'FEATURE_LIVE_STREAM']
      assert.equal(resolveHeld({ kind: 'user', features, role }).hasName('LIVE_STREAM_ADD'), round % 2 === 1)
    }
  })

  test('is not mixed up between roles that are compiled one after the other', () => {
    const of = (permissionNames: readonly string[]) =>
      resolveHeld({ kind: 'user', features: [], role: { from: 'role:1', permissionNames } })
    const [one, other] = [of(['ADMIN_BASE']), of(['ACCOUNT_BASE'])]
    assert.deepEqual(
      [one.hasName('ADMIN_BASE'), one.hasName('ACCOUNT_BASE'), other.hasName('ACCOUNT_BASE')],
      [true, false, true],
    )
  })
})

describe('the role that counts', () => {
  const found = { id: 5, permissionNames: ['ADMIN_BASE'] }
  const choose = (privileges: string, setRole: typeof found | undefined, userRoles: readonly (typeof found)[] = []) =>
    chooseRole({ session: session('user', { privileges }), setRole, userRoles })

  test('is setrole’s before the user’s before the kind’s', () => {
    assert.deepEqual(choose('setrole:5', found, [{ id: 9, permissionNames: [] }]), {
      kind: 'use',
      role: { from: 'role:5', permissionNames: ['ADMIN_BASE'] },
    })
    assert.deepEqual(choose('', undefined, [found, { id: 6, permissionNames: ['ADMIN_BASE', 'X'] }]), {
      kind: 'use',
      role: { from: 'user', permissionNames: ['ADMIN_BASE', 'X'] },
    })
    assert.deepEqual(choose('setrole:0', undefined), { kind: 'use' })
  })

  test('is none at all for setrole:null, and refuses every call where setrole names none', () => {
    const chosen = choose('setrole:null', undefined, [found])
    assert.ok(chosen.kind === 'use' && chosen.role?.permissionNames.length === 0)
    assert.deepEqual(resolveHeld({ kind: 'admin', role: chosen.role, features: [] }).names(), [
      'ALWAYS_ALLOWED_ACTIONS',
    ])
    assert.deepEqual(choose('setrole:nobody', undefined, [found]), { kind: 'refuse', role: 'nobody', isInvalid: false })
    assert.deepEqual(choose('setrole:77', undefined), { kind: 'refuse', role: '77', isInvalid: false })
    assert.deepEqual(choose('setrole:1/2', undefined), { kind: 'refuse', role: '1/2', isInvalid: false })
    assert.deepEqual(choose('setrole:-3', undefined), { kind: 'refuse', role: '-3', isInvalid: true })
  })
})

test('every action can be asked about without a fault', () => {
  for (const call of ACTIONS) for (const kind of KINDS) assert.ok(decide(call, context(kind)).effect)
})
