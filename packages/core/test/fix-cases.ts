import assert from 'node:assert/strict'
import {
  ACTIONS,
  type CatalogueAction,
  type Decision,
  type DecisionContext,
  type Fix,
  fixesFor,
  nameOf,
  type OwnPermission,
  PERMISSIONS,
  type Session,
  STOCK_ROLES,
} from '@latchkey/core'
import fc from 'fast-check'
import { AccountModel, ALL_FEATURES, action, type ModelRole, sessionFor } from './account-model.ts'

export const TOKEN = '0_fixedtok'

/** What a role may name: the normal kind, but for those that no role is given. */
const NAMES = PERMISSIONS.filter(({ type, name }) => type === 1 && !name.startsWith('ALWAYS_')).map(({ name }) => name)

export interface Case {
  readonly account: AccountModel
  readonly session: Session
  readonly tokenId?: string | undefined
}

/** How a session comes to its permissions. */
const SOURCES = [
  'kind',
  'own-role',
  'stock-role',
  'null-role',
  'user-role',
  'user-shared',
  'user-roles',
  'both',
] as const

const NO_EVERYTHING = STOCK_ROLES.filter(({ permissionNames }) => !permissionNames.includes('*'))
export const actionNames = ACTIONS.map(nameOf)

/** An account and one of its sessions. */
export const draws = fc.record({
  features: fc.oneof(
    fc.constantFrom([], ALL_FEATURES),
    fc.subarray([...ALL_FEATURES], { maxLength: ALL_FEATURES.length }),
  ),
  own: fc.array(
    fc.record({
      actions: fc.subarray(actionNames, { minLength: 1, maxLength: 4 }),
      dependsOn: fc.oneof(fc.constant([]), fc.subarray(['KMC_ACCESS', 'OWN_1', 'FEATURE_LIVE_STREAM'])),
    }),
    { maxLength: 2 },
  ),
  first: fc.subarray(NAMES, { maxLength: 12 }),
  second: fc.subarray(NAMES, { maxLength: 6 }),
  restricting: fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.subarray(['*', ...NAMES], { maxLength: 40 }) },
  ),
  // The first is what most sessions have.
  source: fc.constantFrom('kind', 'kind', 'kind', ...SOURCES),
  type: fc.constantFrom(0, 0, 2),
  isOfToken: fc.boolean(),
  stock: fc.nat(NO_EVERYTHING.length - 1),
  extra: fc.constantFrom('', 'list:*', ' setrole:1001', 'edit:0_a/0_b,view:*'),
})

export type Draw = typeof draws extends fc.Arbitrary<infer Drawn> ? Drawn : never

export function caseOf(drawn: Draw): Case {
  const own: readonly OwnPermission[] = drawn.own.map(({ actions, dependsOn }, at) => ({
    name: `OWN_${at + 1}`,
    dependsOn,
    actions: actions.map(action),
  }))
  const stock = NO_EVERYTHING[drawn.stock]
  assert.ok(stock)
  const roles: ModelRole[] = [
    { id: 1_000, name: 'First', systemName: 'FIRST', permissionNames: drawn.first },
    { id: 1_001, name: 'Second', permissionNames: [...drawn.second, ...own.slice(0, 1).map(({ name }) => name)] },
    { id: 1_002, name: 'Restricting', permissionNames: drawn.restricting ?? [] },
  ]
  const { source } = drawn
  const items: Record<(typeof SOURCES)[number], string> = {
    kind: '',
    'own-role': 'setrole:1000',
    'stock-role': `setrole:${stock.systemName}`,
    'null-role': 'setrole:null',
    'user-role': '',
    'user-shared': '',
    'user-roles': '',
    both: 'setrole:FIRST',
  }
  const restricted = drawn.restricting === undefined ? '' : 'restrictingrole:1002'
  // A blank before the name is what people write; twice the same would name one role of an odd name.
  const extra = drawn.extra.includes('setrole') && items[source] !== '' ? '' : drawn.extra
  const sessionPrivileges = [items[source], restricted, extra].filter((item) => item !== '').join(',')
  const userRoles: Partial<Record<(typeof SOURCES)[number], readonly number[]>> = {
    'user-role': [1_000],
    'user-shared': [stock.id],
    'user-roles': [1_001, stock.id],
    both: [1_001],
  }
  const account = new AccountModel({
    features: drawn.features,
    own,
    roles,
    users: { ada: userRoles[source] ?? [] },
    tokens: [{ id: TOKEN, sessionType: drawn.type, sessionUserId: 'ada', sessionPrivileges }],
  })
  if (drawn.isOfToken) return { account, session: account.sessionOf(TOKEN), tokenId: TOKEN }
  return { account, session: sessionFor(drawn.type, 'ada', sessionPrivileges) }
}

export function answerTo(
  { account, session, tokenId }: Case,
  asked: CatalogueAction,
  resource?: DecisionContext['resource'],
) {
  const context = { ...account.contextOf(session), resource }
  const decision = account.decide(session, asked, resource)
  return { decision, ...fixesFor(asked, decision, context, account.subjectOf(session, tokenId)) }
}

/** The account and a session started afterwards. A session that no token made is started with the role that was added. */
export function applied({ account, session, tokenId }: Case, { change }: Fix): Pick<Case, 'account' | 'session'> {
  const { account: after, ids } = account.after(change)
  if (tokenId !== undefined) return { account: after, session: after.sessionOf(tokenId) }
  const added = change.findIndex(({ service, action: name }) => `${service}.${name}` === 'userRole.add')
  const isForUser = change.some(({ service }) => service === 'user')
  if (added === -1 || isForUser) return { account: after, session }
  const others = session.privileges.split(',').filter((item) => item !== '' && !/^\s*setrole\b/.test(item))
  return { account: after, session: { ...session, privileges: [...others, `setrole:${ids[added]}`].join(',') } }
}

export const isDenied = (decision: Decision, code: string) =>
  decision.effect === 'deny' && decision.reason.code === code

export function updateOf(sessionPrivileges: string) {
  return {
    service: 'appToken',
    action: 'update',
    params: { id: TOKEN, appToken: { objectType: 'KalturaAppToken', sessionPrivileges } },
  }
}
