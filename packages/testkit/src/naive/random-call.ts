import type { NaiveCall, NaiveObject } from './decide.ts'
import type { SeededRandom } from './random.ts'
import type { NaiveAccount, NaiveKind, NaiveRole, NaiveSession } from './session.ts'
import type { Tables } from './tables.ts'

const ACCOUNT = 4242
const ROLE: NaiveRole['id'] = 5001
const SECOND_ROLE = 5002
const RESTRICTING_ROLE = 5003
const OBJECT = '0_object'
const ME = 'ada'

/** The base sets of the kinds, and names of which roles often lack one for another. */
const TELLING = [
  'BASE_USER_SESSION_PERMISSION',
  'WIDGET_SESSION_PERMISSION',
  'ALWAYS_ALLOWED_ACTIONS',
  'CONTENT_MANAGE_BASE',
  'KMC_ACCESS',
  'KMC_READ_ONLY',
]
/** No permissions: another case, white space, nothing. */
const UNKNOWN = ['NOT_A_PERMISSION', 'content_manage_base', ' CONTENT_MANAGE_BASE', '', '__proto__', 'constructor']

/** What roles can list and accounts can have, by the tables. */
export interface Names {
  readonly permissions: readonly string[]
  /** Names that permissions depend on and that are none. */
  readonly features: readonly string[]
  readonly dependent: readonly string[]
  readonly actions: readonly string[]
}

export function namesIn({ permissions, rows }: Tables): Names {
  const names = permissions.map(({ name }) => name)
  const depended = permissions.flatMap(({ dependsOn }) => dependsOn).filter((name) => !names.includes(name))
  return {
    permissions: names,
    features: [...new Set([...depended, 'CUEPOINT_PLUGIN_PERMISSION', 'REACH_PLUGIN_PERMISSION'])],
    dependent: permissions.filter(({ dependsOn }) => dependsOn.length > 0).map(({ name }) => name),
    actions: rows.map(({ name }) => name),
  }
}

/** What a role lists: few names or many, everything, names without what they depend on, names that there are not. */
export function randomRoleNames(random: SeededRandom, names: Names): string[] {
  const listed = random.some(names.permissions, random.one([0, 1, 3, 8, 25, 80]))
  if (random.percent(50)) listed.push(...random.some(TELLING, 2))
  if (random.percent(50)) listed.push(...random.some(names.dependent, 4))
  if (random.percent(25)) listed.push(...random.some(names.features, 3))
  if (random.percent(25)) listed.push(...random.some(UNKNOWN, 2))
  if (random.percent(50)) listed.push('OWN_0', random.one(['OWN_1', 'OWN_2']))
  if (random.percent(10)) listed.push('*')
  return listed
}

/** A call of a session of one kind, in an account made for it, where the role decides, or something before or behind it. */
export function randomCall(
  random: SeededRandom,
  names: Names,
  kind: NaiveKind,
  permissionNames: readonly string[],
): NaiveCall {
  const userId = kind === 'widget' ? random.one(['', '0']) : random.one([ME, ME, ME, 'grace', ''])
  const account = randomAccount(random, names, permissionNames)
  const session: NaiveSession = { type: kind === 'admin' ? 2 : 0, userId, privileges: randomPrivileges(random, kind) }
  return {
    account,
    session: kind === 'none' ? undefined : session,
    requestedAccount: random.percent(10) ? random.one([ACCOUNT, 7]) : undefined,
    isHttps: random.percent(50),
    fromInside: random.percent(15),
    object: random.percent(30) ? undefined : randomObject(random),
  }
}

function randomAccount(random: SeededRandom, names: Names, permissionNames: readonly string[]): NaiveAccount {
  const chance = random.one([0, 0, 10, 50, 100])
  const second = random.some(names.permissions, random.one([0, 2, 10]))
  const restricting = random.percent(5)
    ? ['*']
    : random.some([...names.permissions, ...TELLING], random.one([0, 5, 60]))
  // How the role gets to the session: by its user, or by the privileges below.
  const roleIds = random.percent(5) ? [ROLE, 404] : random.one([[], [ROLE], [ROLE, SECOND_ROLE], [SECOND_ROLE]])
  return {
    id: ACCOUNT,
    features: [
      ...names.features.filter(() => random.percent(chance)),
      ...(random.percent(20) ? ['FEATURE_OTHER'] : []),
      ...(random.percent(20) ? ['FEATURE_LIMIT_ALLOWED_ACTIONS'] : []),
      ...(random.percent(10) ? ['DYNAMIC_FLAG_KMC_CHUNKED_CATEGORY_LOAD'] : []),
    ],
    roles: [
      { id: ROLE, systemName: 'READERS', permissionNames },
      { id: SECOND_ROLE, systemName: 'WRITERS', permissionNames: second },
      { id: RESTRICTING_ROLE, systemName: '', permissionNames: restricting },
    ],
    sharedRoles: [
      {
        id: 6,
        systemName: 'PLAYBACK_BASE_ROLE',
        permissionNames: ['PLAYBACK_BASE_PERMISSION', ...TELLING.slice(1, 2)],
      },
      { id: 23, systemName: 'KMS_RESTRICTED_ROLE', permissionNames: random.some(names.permissions, 20) },
    ],
    users: random.percent(30) ? [] : [{ id: ME, status: random.percent(5) ? 'blocked' : 'active', roleIds }],
    ownPermissions: randomOwnPermissions(random, names),
    alwaysAllowed: random.percent(10) ? random.some(names.permissions, 3) : ['ALWAYS_ALLOWED_ACTIONS'],
    kindRoles: {
      ...(random.percent(20) ? { widget: random.one(ACCOUNT_ROLES) } : {}),
      ...(random.percent(20) ? { user: random.some(ACCOUNT_ROLES, random.one([0, 1, 2])) } : {}),
      ...(random.percent(20) ? { admin: random.one(ACCOUNT_ROLES) } : {}),
    },
    secondaryRole: random.percent(10) ? random.one(ACCOUNT_ROLES) : undefined,
    blocked: random.percent(30) ? randomBlocks(random, names) : undefined,
    isReadOnly: random.percent(10),
    httpsOnly: random.percent(10),
  }
}

/** One of them is gone. */
const ACCOUNT_ROLES = [ROLE, ROLE, SECOND_ROLE, SECOND_ROLE, 6, 6, 405]

/** Names, whole and in part, in any case; some match a few actions, some many and some none. */
function randomBlocks(random: SeededRandom, names: Names): string[] {
  return random.some(names.actions, random.one([0, 1, 4])).map((action) => {
    const [service = '', rest = ''] = action.split('.')
    const middle = Math.floor(action.length / 2)
    const pattern = random.one([
      action,
      `${service}.*`,
      `*.${rest}`,
      `${action.slice(0, middle)}*`,
      `*${action.slice(middle)}`,
      `${action.slice(0, 2)}*${action.slice(middle, middle + 2)}*${action.slice(-2)}`,
      `${service}.*${rest}*`,
      service,
      `${action.slice(0, middle)}*${action.slice(middle - 1)}`,
    ])
    return random.percent(50) ? pattern : random.percent(50) ? pattern.toLowerCase() : pattern.toUpperCase()
  })
}

/** Some depend on each other, in a ring or through one that there is not. */
function randomOwnPermissions(random: SeededRandom, names: Names): NaiveAccount['ownPermissions'] {
  return [0, 1, 2].slice(0, random.whole(4)).map((number) => ({
    name: `OWN_${number}`,
    dependsOn: random.percent(50) ? [] : [random.one(['OWN_0', 'OWN_1', 'OWN_2', ...TELLING, ...names.features])],
    actions: random
      .some(names.actions, 1 + random.whole(20))
      .map((action) =>
        random.percent(50) ? action : random.percent(50) ? action.toLowerCase() : action.toUpperCase(),
      ),
  }))
}

function randomPrivileges(random: SeededRandom, kind: NaiveKind): string {
  const items = kind === 'widget' ? ['view:*', 'widget:1'] : []
  const found = [`${ROLE}`, `${ROLE}`, 'READERS', 'PLAYBACK_BASE_ROLE', 'null', '0', '']
  const lost = ['404', 'NOBODY', '-3', `${ROLE}/${SECOND_ROLE}`]
  if (random.percent(60)) items.push(`setrole:${random.one(random.percent(10) ? lost : found)}`)
  if (random.percent(5)) items.push('setrole')
  if (random.percent(30)) {
    items.push(
      `restrictingrole:${random.one(random.percent(15) ? ['READERS', 404] : [RESTRICTING_ROLE, 'KMS_RESTRICTED_ROLE', 0])}`,
    )
  }
  if (random.percent(30)) {
    const value = random.one(['*', OBJECT, `0_other/${OBJECT}`, `${OBJECT}2`, '0_other'])
    items.push(`${random.one(['edit', 'edit', 'editcuepoint', 'xedit', 'list'])}:${value}`)
  }
  // Everything, as long as nothing stands beside it.
  if (random.percent(5)) items.push('*')
  return items.join(random.one([',', ', ']))
}

function randomObject(random: SeededRandom): NaiveObject {
  return {
    id: OBJECT,
    owner: random.one([ME, 'grace', 'somebody', '']),
    coEditors: random.one([[], [ME], ['grace', ME], ['somebody']]),
    isHidden: random.percent(10),
  }
}
