import assert from 'node:assert/strict'
import {
  ACTIONS,
  type AccessSubject,
  ActionSet,
  actionOfItem,
  type CatalogueAction,
  type Change,
  type Decision,
  type DecisionContext,
  decide,
  FEATURE_NAMES,
  type FoundRole,
  findAction,
  findPermissionItem,
  mergePrivileges,
  type OwnPermission,
  PermissionIndex,
  readRolePrivilege,
  resolveAccess,
  type Session,
  type SessionKind,
  STOCK_ROLES,
  type SubjectRole,
  sessionKind,
} from '@latchkey/core'

export const ALL_FEATURES: readonly string[] = [...FEATURE_NAMES]

export interface ModelRole extends FoundRole {
  readonly name: string
  readonly systemName?: string | undefined
}

export interface ModelToken {
  readonly id: string
  readonly sessionType: number
  readonly sessionUserId: string
  readonly sessionPrivileges?: string | undefined
}

export interface AccountParts {
  readonly features?: readonly string[] | undefined
  readonly own?: readonly OwnPermission[] | undefined
  readonly roles?: readonly ModelRole[] | undefined
  readonly users?: Readonly<Record<string, readonly number[]>> | undefined
  readonly tokens?: readonly ModelToken[] | undefined
}

const PARTNER = 4242
const NONE_OWN: readonly OwnPermission[] = []
/** Of the first role that is made: above those that all accounts share. */
const FIRST_ROLE = 1_000
const NORMAL = 1

export function action(name: string): CatalogueAction {
  const [service = '', rest = ''] = name.split('.')
  const found = findAction(service, rest)
  assert.ok(found, `there is no ${name}`)
  return found
}

/**
 * An account in memory. It takes the calls that proposals are made of under the conditions of the real ones, and decides
 * what its sessions may do: what is proposed is judged by what becomes of it.
 */
export class AccountModel {
  readonly features: readonly string[]
  readonly own: readonly OwnPermission[]
  readonly roles: readonly ModelRole[]
  readonly users: ReadonlyMap<string, readonly number[]>
  readonly tokens: ReadonlyMap<string, ModelToken>
  readonly index: PermissionIndex

  constructor({ features = [], own = NONE_OWN, roles = [], users = {}, tokens = [] }: AccountParts = {}) {
    this.features = features
    this.own = own
    this.roles = roles
    this.users = new Map(Object.entries(users))
    this.tokens = new Map(tokens.map((token) => [token.id, token]))
    this.index = indexOf(own)
  }

  get permissions(): { readonly index: PermissionIndex; readonly features: readonly string[] } {
    return { index: this.index, features: this.features }
  }

  /** The account after these calls, one after the other; throws as soon as one would be refused. */
  after(changes: readonly Change[]): { readonly account: AccountModel; readonly ids: readonly string[] } {
    let account: AccountModel = this
    const ids: string[] = []
    for (const change of changes) {
      const done = account.#call(change, ids)
      account = done.account
      ids.push(done.id)
    }
    return { account, ids }
  }

  /**
   * The same where one step is refused, for whatever reason, and the others are sent all the same: what would refer to its
   * result is empty, and refused too where that is not taken.
   *
   * @param refused counted from 0
   */
  afterRefusal(changes: readonly Change[], refused: number): AccountModel {
    let account: AccountModel = this
    const ids: string[] = []
    for (const [at, change] of changes.entries()) {
      try {
        if (at === refused) throw new assert.AssertionError({ message: 'refused' })
        const done = account.#call(change, ids)
        account = done.account
        ids.push(done.id)
      } catch (error) {
        if (!(error instanceof assert.AssertionError)) throw error
        ids.push('')
      }
    }
    return account
  }

  #call({ service, action: name, params }: Change, ids: readonly string[]) {
    const filledIn: Params = JSON.parse(
      JSON.stringify(params).replaceAll(/\{(\d+):result:id\}/g, (_, step) => {
        const id = ids[Number(step) - 1]
        assert.ok(id !== undefined, `step ${step} has no result yet`)
        return id
      }),
    )
    const call = CALLS[`${service}.${name}`]
    assert.ok(call, `no proposal calls ${service}.${name}`)
    const { id, parts } = call(this, filledIn)
    return { id, account: new AccountModel({ ...this.parts(), ...parts }) }
  }

  parts(): Required<AccountParts> {
    const { features, own, roles, users, tokens } = this
    return { features, own, roles, users: Object.fromEntries(users), tokens: [...tokens.values()] }
  }

  roleNamed(named: ReturnType<typeof readRolePrivilege>): ModelRole | undefined {
    const all: readonly ModelRole[] = [...this.roles, ...STOCK_ROLES]
    if (named.kind === 'id') return all.find(({ id }) => id === named.id)
    return named.kind === 'name' ? all.find(({ systemName }) => systemName === named.name) : undefined
  }

  /** A session that a token starts today. */
  sessionOf(tokenId: string): Session {
    const token = this.tokens.get(tokenId)
    assert.ok(token, `there is no token ${tokenId}`)
    const { privileges } = mergePrivileges({ tokenId, token: token.sessionPrivileges })
    return sessionFor(token.sessionType, token.sessionUserId, privileges)
  }

  contextOf(session: Session): DecisionContext & { readonly kind: SessionKind } {
    const kind = sessionKind(session)
    const { features, index } = this
    const userRoles = (this.users.get(session.userId ?? '') ?? []).map((id) => {
      const role = this.roleNamed({ kind: 'id', id })
      assert.ok(role)
      return role
    })
    const found = {
      setRole: this.roleNamed(readRolePrivilege(session)),
      restrictingRole: this.roleNamed(readRolePrivilege(session, 'restrictingrole')),
      userRoles: kind === 'widget' ? [] : userRoles,
    }
    return {
      ...{ session, kind, isHttps: true, validity: { effect: 'allow' } },
      partner: { id: PARTNER, status: 1, isHttpsOnly: false, features },
      ...resolveAccess({ session, kind, features, index, ...found }),
    }
  }

  decide(session: Session, asked: CatalogueAction, resource?: DecisionContext['resource']): Decision {
    return decide(asked, { ...this.contextOf(session), resource })
  }

  /** What the gate of permissions lets through, over the whole catalogue. */
  openedTo(session: Session): ActionSet {
    const context = this.contextOf(session)
    return ActionSet.of(ACTIONS.filter((asked) => isPermitted(decide(asked, context))))
  }

  /** What a role that holds just these names opens, over the whole catalogue. */
  openedByNames(permissionNames: readonly string[]): ActionSet {
    const role: ModelRole = { id: FIRST_ROLE - 1, name: 'tried', permissionNames }
    const account = new AccountModel({ ...this.parts(), roles: [...this.roles, role] })
    return account.openedTo(sessionFor(0, 'ada', `setrole:${role.id}`))
  }

  /** What a fix is told about whose session it is. */
  subjectOf(session: Session, tokenId?: string): AccessSubject {
    const { held, kind } = this.contextOf(session)
    const role = this.#subjectRole(this.roleNamed(readRolePrivilege(session)))
    const token = tokenId === undefined ? undefined : this.tokens.get(tokenId)
    const roleIds = kind === 'widget' ? [] : (this.users.get(session.userId ?? '') ?? [])
    const isByUser = role === undefined && held.source === 'user'
    return {
      role,
      token: token && { id: token.id, sessionPrivileges: token.sessionPrivileges },
      user: isByUser
        ? {
            id: session.userId ?? '',
            roles: roleIds.flatMap((id) => this.#subjectRole(this.roleNamed({ kind: 'id', id })) ?? []),
          }
        : undefined,
    }
  }

  #subjectRole(role: ModelRole | undefined): SubjectRole | undefined {
    if (role === undefined) return undefined
    return { id: role.id, name: role.name, permissionNames: role.permissionNames, isShared: !this.roles.includes(role) }
  }
}

/** Made once for each list: most accounts that are tried differ in their roles only. */
const indexes = new WeakMap<readonly OwnPermission[], PermissionIndex>()

function indexOf(own: readonly OwnPermission[]): PermissionIndex {
  const index = indexes.get(own) ?? new PermissionIndex(own)
  indexes.set(own, index)
  return index
}

export function sessionFor(type: number, userId: string, privileges: string): Session {
  return { version: 2, partnerId: PARTNER, expiresAt: 2_000_000_000, type, userId, privileges, fingerprint: '' }
}

/** The permissions do not stand in the way; a plugin that is off may. */
export function isPermitted(decision: Decision): boolean {
  return decision.effect === 'allow' || decision.reason.code === 'feature-off'
}

type Params = Readonly<Record<string, unknown>>
interface Done {
  readonly id: string
  readonly parts: AccountParts
}

function objectIn(params: Params, name: string): Readonly<Record<string, unknown>> {
  const value = params[name]
  assert.ok(typeof value === 'object' && value !== null, `${name} is no object`)
  return Object.fromEntries(Object.entries(value))
}

function textIn(params: Params, name: string): string {
  const value = params[name]
  assert.ok(typeof value === 'string', `${name} is no text`)
  return value
}

function optionalTextIn(params: Params, name: string): string | undefined {
  return params[name] === undefined ? undefined : textIn(params, name)
}

const listOf = (text: string) => text.split(',').filter((item) => item !== '')

/** As `userRole.add` and `update` check them. */
function permissionNamesIn(params: Params, { index }: AccountModel): readonly string[] {
  const names = listOf(textIn(params, 'permissionNames'))
  if (names.join() === '*') return names
  for (const name of names) assert.equal(index.find(name)?.type, NORMAL, `there is no permission ${name}`)
  return names
}

const CALLS: Readonly<Record<string, (account: AccountModel, params: Params) => Done>> = {
  'permission.add': (account, params) => {
    const permission = objectIn(params, 'permission')
    const name = textIn(permission, 'name')
    assert.match(name, /^[^,]{1,100}$/)
    assert.equal(account.index.find(name), undefined, `the name ${name} is taken`)
    const ids = listOf(textIn(permission, 'permissionItemsIds')).map(Number)
    for (const id of ids) assert.ok(findPermissionItem(id), `there is no permission item ${id}`)
    const actions = ids.flatMap((id) => actionOfItem(id) ?? [])
    return { id: String(account.own.length + 1), parts: { own: [...account.own, { name, dependsOn: [], actions }] } }
  },

  'userRole.add': (account, params) => {
    const role = objectIn(params, 'userRole')
    const id = FIRST_ROLE + account.roles.length
    const made: ModelRole = {
      id,
      name: textIn(role, 'name'),
      systemName: optionalTextIn(role, 'systemName'),
      permissionNames: permissionNamesIn(role, account),
    }
    assert.match(made.name, /^.{1,100}$/)
    for (const other of [...account.roles, ...STOCK_ROLES]) {
      assert.notEqual(other.name, made.name)
      if (made.systemName !== undefined) assert.notEqual(other.systemName, made.systemName)
    }
    return { id: String(id), parts: { roles: [...account.roles, made] } }
  },

  'userRole.update': (account, params) => {
    const id = Number(params.userRoleId)
    const role = account.roles.find((known) => known.id === id)
    assert.ok(role, `there is no role ${id} of the account's own`)
    // A role of everything keeps it, whatever is sent.
    const isEverything = role.permissionNames.join() === '*'
    const sent = permissionNamesIn(objectIn(params, 'userRole'), account)
    const changed = { ...role, permissionNames: isEverything ? role.permissionNames : sent }
    return { id: String(id), parts: { roles: account.roles.map((known) => (known === role ? changed : known)) } }
  },

  'user.update': (account, params) => {
    const userId = textIn(params, 'userId')
    assert.ok(account.users.has(userId), `there is no user ${userId}`)
    const roleIds = listOf(textIn(objectIn(params, 'user'), 'roleIds')).map(Number)
    for (const id of roleIds) assert.ok(account.roleNamed({ kind: 'id', id }), `there is no role ${id}`)
    return { id: userId, parts: { users: { ...Object.fromEntries(account.users), [userId]: roleIds } } }
  },

  'appToken.add': (account, params) => {
    const token = objectIn(params, 'appToken')
    assert.equal(typeof token.sessionType, 'number')
    const id = `0_made${String(account.tokens.size).padStart(4, '0')}`
    const made: ModelToken = {
      id,
      sessionType: Number(token.sessionType),
      sessionUserId: optionalTextIn(token, 'sessionUserId') ?? '',
      sessionPrivileges: optionalTextIn(token, 'sessionPrivileges'),
    }
    return { id, parts: { tokens: [...account.tokens.values(), made] } }
  },

  'appToken.update': (account, params) => {
    const id = textIn(params, 'id')
    const token = account.tokens.get(id)
    assert.ok(token, `there is no token ${id}`)
    const sessionPrivileges = textIn(objectIn(params, 'appToken'), 'sessionPrivileges')
    const tokens = [...account.tokens.values()]
    return { id, parts: { tokens: tokens.map((known) => (known === token ? { ...token, sessionPrivileges } : known)) } }
  },
}
