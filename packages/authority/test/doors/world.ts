import { type Deps, type Partner, parseRanges } from '@latchkey/authority'
import { type AppToken, type HashType, Secret, stockRoleByName } from '@latchkey/core'
import { type NaiveAccount, namesIn, randomRoleNames, readTables, SeededRandom } from '@latchkey/testkit'

/** An account with roles and users, one app token of it, and what somebody asks for who holds that. */
export interface World {
  readonly partner: Partner
  /** The same in plain values, for a second opinion. */
  readonly account: NaiveAccount
  readonly token: AppToken
  readonly asked: AskedSession
  readonly random: SeededRandom
}

/** What a request asks for, in the words of every door. */
export interface AskedSession {
  readonly userId: string | undefined
  readonly type: number | undefined
  readonly expirySeconds: number
  readonly privileges: string
  /** Names of actions; empty is no limit. */
  readonly actions: readonly string[]
}

export const tables = readTables()
const names = namesIn(tables)
/** From where calls come, and where tokens are bound to. */
export const PLACES = ['127.0.0.1', '10.0.0.1', '10.0.0.2', '192.0.2.1'] as const
export const USERS = ['ada', 'eve', ''] as const

/** Whether the token's addresses have this one, told apart from how the code does it. */
export function isInside(address: string, range: string): boolean {
  return range === '10.0.0.0/30' ? address.startsWith('10.0.0.') : address === range
}

/** @param deps the account of which is made over for each world */
export async function makeWorld(deps: Deps, partnerId: number, seed: number): Promise<World> {
  const random = new SeededRandom(seed)
  const { store } = deps
  const features = names.features.filter(() => random.percent(50))
  await store.partners.update(partnerId, {
    features,
    isHttpsOnly: random.percent(10),
    sessionVersion: random.one([1, 2]),
  })
  const partner = await store.partners.find(partnerId)
  if (partner === undefined) throw new Error('the account is gone')
  const now = deps.clock()
  const roles = []
  for (const name of ['reader', 'writer', 'restricting']) {
    const permissionNames = [...new Set(randomRoleNames(random, names).filter((each) => /^[A-Z_0-9*]+$/.test(each)))]
    const role = {
      partnerId,
      name: `${name} ${seed}`,
      status: 1,
      permissionNames,
      createdAt: now,
      updatedAt: now,
    } as const
    const { id } = await store.roles.create(role)
    roles.push({ id, systemName: '', permissionNames })
  }
  const [first, second] = roles.map(({ id }) => id)
  const users = USERS.filter((id) => id !== '').map((id) => ({
    id,
    status: 'active' as const,
    roleIds: random.one([[], [], [first ?? 0], [second ?? 0]]),
  }))
  for (const { id, roleIds } of users) {
    const user = { partnerId, id, status: 1, isAdmin: false, roleIds, createdAt: now, updatedAt: now } as const
    if (!(await store.users.create(user))) await store.users.update(partnerId, id, { roleIds })
  }
  const token = randomToken(
    random,
    partnerId,
    roles.map(({ id }) => id),
    now,
    seed,
  )
  await store.appTokens.create(token)
  const account: NaiveAccount = {
    id: partnerId,
    features,
    roles,
    sharedRoles: ['PLAYBACK_BASE_ROLE'].flatMap((systemName) => {
      const role = stockRoleByName(systemName)
      return role === undefined ? [] : [{ id: role.id, systemName, permissionNames: role.permissionNames }]
    }),
    users,
    ownPermissions: [],
    alwaysAllowed: ['ALWAYS_ALLOWED_ACTIONS'],
    kindRoles: {},
    isReadOnly: false,
    httpsOnly: partner.isHttpsOnly,
  }
  return {
    partner,
    account,
    token,
    asked: randomAsk(
      random,
      roles.map(({ id }) => id),
    ),
    random,
  }
}

function randomToken(
  random: SeededRandom,
  partnerId: number,
  roleIds: readonly number[],
  now: number,
  seed: number,
): AppToken {
  const privileges = [
    random.one([
      '',
      '',
      `setrole:${roleIds[0]}`,
      `setrole:${roleIds[1]}`,
      'setrole:PLAYBACK_BASE_ROLE',
      'setrole:null',
    ]),
    random.percent(20) ? `restrictingrole:${roleIds[2]}` : '',
    random.one(['', 'edit:0_a', 'edit:*', 'edit:0_a/0_b']),
    random.one(['', 'list:*', 'sview:0_a']),
    random.percent(25) ? 'iprestrict:10.0.0.1/10.0.0.2' : '',
    random.percent(25) ? `actionslimit:${3 + random.whole(4)}` : '',
    random.percent(15) ? 'urirestrict:/api_v3/|/oauth2/token' : '',
    random.percent(15) ? 'privacycontext:own' : '',
    random.percent(15) ? 'downloadasset:*' : '',
    random.percent(40) ? 'tenant:own' : '',
    random.percent(30) ? random.one(['sessionid:*', 'apptoken:*']) : '',
  ]
  return {
    id: `0_${seed.toString(36).padStart(8, '0')}`,
    partnerId,
    value: new Secret(`${seed}`.padStart(32, 'a')),
    status: 'active',
    sessionSeconds: random.one([60, 3_600]),
    hashType: random.one<HashType>(['SHA1', 'SHA256']),
    createdAt: now,
    updatedAt: now,
    ...(random.percent(40) && { expiresAt: now + random.one([30, 1_000]) }),
    ...(random.percent(70) && { sessionType: random.one([0, 2]) }),
    ...(random.percent(70) && { sessionUserId: random.one(['ada', 'ada', '']) }),
    ...(random.percent(85) && { sessionPrivileges: privileges.filter((each) => each !== '').join(',') }),
    ...(random.percent(25) && { addresses: parseRanges(['10.0.0.0/30', '127.0.0.1']) }),
    ...(random.percent(15) && { startsPerMinute: 2 }),
  }
}

/** Often more than any token gives. */
function randomAsk(random: SeededRandom, roleIds: readonly number[]): AskedSession {
  const wanted = [
    `setrole:${random.one(roleIds)}`,
    'setrole:PLAYBACK_BASE_ROLE',
    'edit:*',
    'edit:0_a',
    'edit:0_z',
    'list:*',
    'sview:*',
    'iprestrict:192.0.2.1',
    'iprestrict:10.0.0.1/192.0.2.1',
    'actionslimit:1000',
    'urirestrict:/*',
    'privacycontext:other',
    'restrictingrole:null',
    'sessionid:0_other',
    'tenant:other',
    'apptoken:0_other',
    'latchkey_addresses:192.0.2.1',
    'latchkey_actions:user.list',
    'latchkey_parents:x',
    '*',
    'all:*',
    'view:*',
  ]
  // By chance few would ask for just what a token has already.
  const often = ['tenant:other', 'sessionid:0_other', 'apptoken:0_other'].filter(() => random.percent(40))
  return {
    userId: random.percent(25) ? undefined : random.one(['ada', 'eve', '']),
    type: random.percent(30) ? undefined : random.one([0, 2]),
    expirySeconds: random.one([0, 10, 50, 86_400, 10_000_000]),
    privileges: [...new Set([...random.some(wanted, random.whole(7)), ...often])].join(','),
    actions: random.percent(50) ? [] : [...new Set(random.some(names.actions, 1 + random.whole(30)))],
  }
}
