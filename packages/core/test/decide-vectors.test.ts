import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type AccountRules,
  type DecisionContext,
  type DenyReason,
  type DroppedPermission,
  decide,
  decideValidity,
  explain,
  type FoundRole,
  findAction,
  type NamedRoles,
  PermissionIndex,
  readRolePrivilege,
  resolveAccess,
  resolveHeld,
  type Session,
  type SessionKind,
  type ValidityContext,
} from '@latchkey/core'
import { loadVectors } from '@latchkey/testkit'

interface Input {
  readonly action: string
  readonly kind: SessionKind
  /** What the session says beside its kind. */
  readonly session?: { readonly userId?: string; readonly privileges?: string }
  /** The account's. */
  readonly roles?: readonly (FoundRole & { readonly systemName?: string })[]
  /** Ids of the roles of the session's user. */
  readonly userRoles?: readonly number[]
  readonly ownPermissions?: readonly {
    readonly name: string
    readonly dependsOn: readonly string[]
    readonly actions: readonly string[]
  }[]
  readonly features?: readonly string[]
  /** What is known about the call; with it the session is judged for itself. */
  readonly call?: Partial<ValidityContext>
  /** What the account has of its own; roles are among `roles`. */
  readonly rules?: AccountRules
  /** 4 is read-only. */
  readonly accountStatus?: number
  readonly isInternal?: boolean
  /** Facts that are given instead of being worked out. */
  readonly context?: Partial<DecisionContext>
  /** Names in a role that counts, wherever it came from. */
  readonly role?: readonly string[]
}

interface Expect {
  readonly openedBy?: string
  readonly reason?: DenyReason['code']
  /** In the sentence that explains it. */
  readonly says?: string
  readonly needed?: readonly string[]
  readonly from?: string
  readonly isForAction?: boolean
  readonly namedBy?: string
  readonly dropped?: readonly DroppedPermission[]
}

interface Vector {
  readonly name: string
  readonly source: string
  readonly input: Input
  readonly expect: Expect
}

const PRIVILEGES = { none: '', widget: 'view:*,widget:1', user: '', admin: '' }

function contextOf({
  kind,
  session: said,
  roles = [],
  userRoles = [],
  features = [],
  ...more
}: Input): DecisionContext {
  const session: Session | undefined =
    kind === 'none'
      ? undefined
      : {
          version: 2,
          partnerId: 4242,
          expiresAt: 2_000_000_000,
          type: kind === 'admin' ? 2 : 0,
          privileges: PRIVILEGES[kind],
          fingerprint: '0'.repeat(40),
          ...said,
        }
  const named = (privilege: 'setrole' | 'restrictingrole') => {
    const role = session && readRolePrivilege(session, privilege)
    if (role?.kind === 'id') return roles.find(({ id }) => id === role.id)
    return role?.kind === 'name' ? roles.find(({ systemName }) => systemName === role.name) : undefined
  }
  const { rules, isInternal } = more
  const byId = (ids: readonly (number | undefined)[]): NamedRoles | undefined =>
    ids.every((id) => id === undefined)
      ? undefined
      : {
          roles: roles.filter(({ id }) => ids.includes(id)),
          lost: ids.find((lost) => !roles.some(({ id }) => id === lost)),
        }
  const given = more.role && ({ from: 'role:1', permissionNames: more.role } as const)
  const own = (more.ownPermissions ?? []).map((permission) => ({
    ...permission,
    actions: permission.actions.map((name) => ({
      service: name.split('.')[0] ?? '',
      action: name.split('.')[1] ?? '',
    })),
  }))
  const index = new PermissionIndex(own)
  const resolved = resolveAccess({
    session,
    kind,
    features,
    index,
    setRole: named('setrole'),
    restrictingRole: named('restrictingrole'),
    userRoles: roles.filter(({ id }) => userRoles.includes(id)),
    lostUserRole: userRoles.find((lost) => !roles.some(({ id }) => id === lost)),
    accountRoles: {
      secondary: byId([rules?.secondaryRoleId]),
      widget: byId([rules?.widgetRoleId]),
      user: byId(rules?.userRoleIds ?? []),
      admin: byId([rules?.adminRoleId]),
    },
    rules,
    isInternal,
  })
  return {
    session,
    kind,
    validity: session && (more.call ? judged(session, more.call) : { effect: 'allow' }),
    partner: { id: 4242, status: more.accountStatus ?? 1, isHttpsOnly: false, features, rules },
    ...resolved,
    held: given === undefined ? resolved.held : resolveHeld({ kind, features, role: given, permissions: index }),
    isHttps: false,
    ...more.context,
  }
}

const judged = (session: Session, call: Partial<ValidityContext>) =>
  decideValidity(session, { now: 1_900_000_000, isRevoked: false, ...call })

function action(name: string) {
  const [service = '', rest = ''] = name.split('.')
  const found = findAction(service, rest)
  assert.ok(found, name)
  return found
}

describe('decision vectors', () => {
  const vectors = loadVectors<Vector>('decide')

  for (const { name, input, expect } of vectors) {
    test(name, () => {
      const decision = decide(action(input.action), contextOf(input))
      if (decision.effect === 'allow') {
        assert.deepEqual({ openedBy: decision.openedBy }, expect)
        return
      }
      const { reason } = decision
      assert.equal(reason.code, expect.reason)
      assert.match(explain(reason, action(input.action)), new RegExp(expect.says ?? '.'))
      if (expect.needed !== undefined) assert.deepEqual('needed' in reason && reason.needed, expect.needed)
      if (expect.isForAction !== undefined) {
        assert.equal('isForAction' in reason && reason.isForAction, expect.isForAction)
      }
      if (expect.namedBy !== undefined) assert.equal('namedBy' in reason && reason.namedBy, expect.namedBy)
      if (expect.from !== undefined) assert.equal('source' in reason && reason.source, expect.from)
      if (expect.dropped !== undefined) assert.deepEqual('dropped' in reason && reason.dropped, expect.dropped)
    })
  }

  test('there is one at least for each reason that there is, and none twice', () => {
    const given = new Set(vectors.map(({ expect }) => expect.reason))
    // Typed so that a reason which is added has to be added here.
    const reasons: Readonly<Record<DenyReason['code'], true>> = {
      'no-session': true,
      malformed: true,
      'bad-signature': true,
      expired: true,
      revoked: true,
      'address-not-allowed': true,
      'uri-not-allowed': true,
      'actions-limit-used-up': true,
      'wrong-partner': true,
      'partner-blocked': true,
      'user-blocked': true,
      'role-unknown': true,
      'permission-missing': true,
      'feature-off': true,
      'never-open': true,
      'out-of-scope': true,
      'entry-not-owned': true,
      'entry-not-visible': true,
      'transport-refused': true,
      rate: true,
    }
    assert.deepEqual([...given].filter((code) => code !== undefined).sort(), Object.keys(reasons).sort())
    assert.equal(new Set(vectors.map(({ name }) => name)).size, vectors.length)
  })
})
