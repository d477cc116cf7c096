import {
  type CauseId,
  type FoundRole,
  findAction,
  type Lint,
  type LintQuestion,
  lint,
  mergePrivileges,
  PermissionIndex,
  readRolePrivilege,
  type Severity,
  type TokenRecord,
} from '@latchkey/core'

export const NOW = 1_800_000_000
const DAY = 86_400

const MAILERS: FoundRole = { id: 1_000, permissionNames: ['EP_BASE'] }
const LAME: FoundRole = { id: 1_001, permissionNames: ['KMC_READ_ONLY', 'BULK_LOG_DELETE', 'LIVE_STREAM_ADD'] }
const RESTRICTING: FoundRole = { id: 1_002, permissionNames: ['EP_BASE'] }

/** Nothing is wrong with it: ADMIN, for nobody, a role, a day, SHA256, no end. */
const CLEAN: TokenRecord = {
  id: '0_cleantok',
  partnerId: 4242,
  status: 'active',
  sessionType: 2,
  sessionUserId: '',
  sessionSeconds: DAY,
  hashType: 'SHA256',
  sessionPrivileges: 'setrole:1000',
}

/** What differs from that token, and what is known about it. */
export interface LintCase extends Partial<TokenRecord> {
  readonly role?: FoundRole | undefined
  readonly restricting?: FoundRole | undefined
  readonly userRoles?: readonly FoundRole[] | undefined
  readonly lostUserRole?: number | undefined
  readonly features?: readonly string[] | undefined
  readonly own?: PermissionIndex | undefined
  readonly knowsRoles?: boolean | undefined
  /** `service.action`, separated by blanks. */
  readonly wanted?: string | undefined
}

export function questionOf(lintCase: LintCase): LintQuestion {
  const { role = MAILERS, restricting, userRoles = [], lostUserRole, features = [], ...rest } = lintCase
  const { own, knowsRoles, wanted, ...token } = rest
  const record = { ...CLEAN, ...token }
  const named = readRolePrivilege(mergedOf(record))
  return {
    token: record,
    features,
    index: own ?? new PermissionIndex([]),
    // As the account would be asked for it.
    setRole: named.kind === 'id' && named.id === role.id ? role : undefined,
    restrictingRole: restricting,
    userRoles,
    lostUserRole,
    now: NOW,
    knowsRoles,
    wanted: wanted?.split(' ').flatMap((name) => {
      const [service = '', action = ''] = name.split('.')
      return findAction(service, action) ?? []
    }),
  }
}

function mergedOf({ id, sessionPrivileges }: TokenRecord) {
  return mergePrivileges({ tokenId: id, token: sessionPrivileges })
}

export function lintOf(lintCase: LintCase): Lint {
  return lint(questionOf(lintCase))
}

/** Everything that is found, and a part of what was seen of the first. */
export type LintRow = readonly [what: string, token: LintCase, found: readonly `${CauseId} ${Severity}`[], saw?: RegExp]

const user = (sessionPrivileges = 'list:*', more: LintCase = {}): LintCase => ({
  sessionType: 0,
  sessionUserId: 'ada',
  sessionPrivileges,
  ...more,
})

export const LINT_ROWS: Readonly<Record<string, readonly LintRow[]>> = {
  'the token itself': [
    ['an ADMIN token with a role, a day and SHA256', {}, []],
    ['a USER token with list:*, for one user', user(), []],
    ['a paused token', { status: 'disabled' }, ['token-disabled error'], /starts no session until it is resumed/],
    ['sessions of 300 seconds', { sessionSeconds: 300 }, ['session-duration-too-short warning'], /is 300 seconds/],
    ['sessions of ten minutes', { sessionSeconds: 600 }, []],
    ['sessions of no time', { sessionSeconds: 0 }, ['session-duration-too-short error']],
    ['sessions that end before they begin', { sessionSeconds: -1 }, ['session-duration-too-short error']],
    ['sessions as long as the account allows', { sessionSeconds: undefined }, []],
    ['a hash type of SHA1', { hashType: 'SHA1' }, ['hash-type-weak warning'], /hashType is SHA1/],
    ['no hash type, which is SHA1', { hashType: undefined }, ['hash-type-weak warning'], /hashType is SHA1/],
    ['a hash type of MD5', { hashType: 'MD5' }, ['hash-type-weak warning'], /hashType is MD5/],
    ['a hash type of SHA512', { hashType: 'SHA512' }, []],
  ],
  'its expiry': [
    ['none', { expiresAt: undefined }, []],
    ['in 36 days', { expiresAt: NOW + 36 * DAY }, []],
    ['in 35 days', { expiresAt: NOW + 35 * DAY }, []],
    ['in 34 days', { expiresAt: NOW + 34 * DAY }, ['token-expires-soon warning'], /in 34 days$/],
    ['in a day', { expiresAt: NOW + DAY }, ['token-expires-soon warning'], /in 1 day$/],
    ['in a second', { expiresAt: NOW + 1 }, ['token-expires-soon warning'], /in less than a day$/],
    [
      'past',
      { expiresAt: NOW - 1 },
      ['token-expired error'],
      /1799999999 is past: it was 2027-01-15, 07:59 UTC, 1 second ago$/,
    ],
    ['in milliseconds', { expiresAt: NOW * 1_000 }, ['token-expiry-unit error'], /in seconds it is 1800000000$/],
    ['a number of seconds from now', { expiresAt: 30 * DAY }, ['token-expiry-unit error'], /not a time/],
    ['nothing at all', { expiresAt: 0 }, ['token-expiry-unit error']],
  ],
  'who its sessions are': [
    ['an ADMIN token without a role', { sessionPrivileges: '' }, ['admin-without-role warning'], /can do 627 things/],
    [
      'an ADMIN token without a role, in an account with more features',
      { sessionPrivileges: undefined, features: ['FEATURE_LIVE_STREAM'] },
      ['admin-without-role warning'],
      /can do 63\d things/,
    ],
    ['an ADMIN token with no role by name', { sessionPrivileges: 'setrole:null' }, []],
    [
      'a token that leaves the type to its holder',
      { sessionType: undefined },
      ['holder-chooses-identity warning'],
      /no sessionType: a request may ask for ADMIN/,
    ],
    [
      'a token that leaves type and user to its holder, without a role',
      { sessionType: undefined, sessionUserId: undefined, sessionPrivileges: '' },
      ['holder-chooses-identity warning', 'admin-without-role warning'],
      /no sessionType and no sessionUserId/,
    ],
    [
      'a USER token that leaves the user to its holder',
      user('list:*', { sessionUserId: undefined }),
      ['holder-chooses-identity warning'],
      /may name a user who has a larger role/,
    ],
    ['a token that leaves the user to its holder and names a role', { sessionUserId: undefined }, []],
    [
      'an ADMIN token whose user has a role',
      { sessionUserId: 'ada', sessionPrivileges: '', userRoles: [MAILERS] },
      ['user-role-wins warning'],
      /user ada has the role 1000/,
    ],
    ['the same with setrole, which goes before', { sessionUserId: 'ada', userRoles: [LAME] }, []],
    [
      'the same where nobody can tell what roles the user has',
      { sessionUserId: 'ada', sessionPrivileges: '', knowsRoles: false },
      [],
    ],
  ],
  'its role': [
    [
      'one that is not there',
      { sessionPrivileges: 'setrole:4711' },
      ['role-unknown error'],
      /setrole names the role 4711, which the account does not have: every call will fail/,
    ],
    ['one that is not there, by name', { sessionPrivileges: 'setrole:VIEWER' }, ['role-unknown error'], /VIEWER/],
    ['one that nobody can look up', { sessionPrivileges: 'setrole:4711', knowsRoles: false }, []],
    ['two, which are one name', { sessionPrivileges: 'setrole:1/2' }, ['role-unknown error'], /looked up as one name/],
    ['a number below zero', { sessionPrivileges: 'setrole:-5' }, ['role-unknown error']],
    [
      'the same, where no role can be looked up',
      { sessionPrivileges: 'setrole:-5', knowsRoles: false },
      ['role-unknown error'],
    ],
    [
      'setrole without a value',
      user('list:*,setrole:'),
      ['role-unknown error'],
      /names no role \(""\): it is passed over/,
    ],
    ['setrole:0', user('list:*,setrole:0'), ['role-unknown error'], /names no role \("0"\)/],
    [
      'a restricting one that is not there',
      { sessionPrivileges: 'setrole:1000,restrictingrole:4711' },
      ['role-unknown error'],
      /restrictingrole names the role 4711/,
    ],
    [
      'a restricting one that is there',
      { sessionPrivileges: 'setrole:1000,restrictingrole:1002', restricting: RESTRICTING },
      [],
    ],
    [
      'one of the user that is gone',
      { ...user(), lostUserRole: 77 },
      ['role-unknown error'],
      /its user has the role 77, which the account does not have/,
    ],
    [
      'one that lacks what its permissions depend on',
      { sessionPrivileges: 'setrole:1001', role: LAME },
      ['permission-dependency-missing warning', 'permission-dependency-missing warning', 'feature-off note'],
      /KMC_READ_ONLY but not KMC_ACCESS, which that depends on: it is dropped/,
    ],
  ],
  'what it is wanted for': [
    ['what its role opens', { wanted: 'user.list' }, []],
    ['what its role does not open', { wanted: 'media.list' }, ['role-too-small error'], /media.list needs/],
    [
      'what only administrators may, with a USER token',
      user('list:*', { wanted: 'category.add' }),
      ['user-session-lacks-permission error'],
      /category.add needs .*; this is a USER session/,
    ],
    [
      'the same, of a user with a role that is too small',
      user('list:*', { wanted: 'category.add', userRoles: [MAILERS] }),
      ['role-too-small error'],
    ],
    ['the same, of a user with a role that will do', user('list:*', { wanted: 'user.list', userRoles: [MAILERS] }), []],
    ['what no app token may', { wanted: 'batch.getExclusiveJobs' }, ['internal-only error']],
    [
      'what belongs to a plugin that is off',
      { sessionPrivileges: 'setrole:null', wanted: 'cuePoint_cuePoint.list' },
      ['role-too-small error'],
    ],
    [
      'what belongs to a plugin that is off, with a role that opens it',
      user('list:*', { wanted: 'cuePoint_cuePoint.list' }),
      ['feature-off error'],
      /plugin cuePoint/,
    ],
    [
      'what hangs on a feature that the account lacks',
      { sessionPrivileges: '', wanted: 'liveStream.add' },
      ['feature-off error', 'admin-without-role warning'],
      /LIVE_STREAM_ADD is there, but FEATURE_LIVE_STREAM, which it depends on, is not/,
    ],
    [
      'what its role lacks a dependency for',
      { sessionPrivileges: 'setrole:1001', role: LAME, wanted: 'bulkUpload.abort' },
      [
        'permission-dependency-missing error',
        'permission-dependency-missing warning',
        'permission-dependency-missing warning',
        'feature-off note',
      ],
      /BULK_LOG_DELETE is there, but BULK_LOG_BASE/,
    ],
    [
      'what a restricting role takes away',
      { sessionPrivileges: 'setrole:1000,restrictingrole:1002', restricting: RESTRICTING, wanted: 'user.list' },
      ['restricted-by-role error'],
      /restrictingrole took EP_BASE away/,
    ],
    [
      'what a role of its ADMIN user does not open',
      { sessionUserId: 'ada', sessionPrivileges: '', userRoles: [MAILERS], wanted: 'media.list' },
      ['user-role-wins error', 'user-role-wins warning'],
    ],
    [
      'what a role that nobody can look up may open',
      { sessionPrivileges: 'setrole:4711', knowsRoles: false, wanted: 'user.list' },
      [],
    ],
    ['what is open to all', { wanted: 'system.ping' }, []],
    ['what this server adds for every session', { wanted: 'latchkey_access.explain' }, []],
  ],
  'what its lists show': [
    ['a USER token without list:*', user(''), ['list-shows-own-entries-only note'], /the entries of ada only/],
    [
      'a USER token without list:*, wanted for a list of entries',
      user('', { wanted: 'media.list' }),
      ['list-shows-own-entries-only warning'],
      /media.list will show the entries of ada only/,
    ],
    [
      'the same for nobody',
      user('', { sessionUserId: '', wanted: 'media.list' }),
      ['list-shows-own-entries-only warning'],
      /the entries of nobody only/,
    ],
    ['a USER token without list:*, wanted for something else', user('', { wanted: 'media.get' }), []],
    ['an ADMIN token without list:*', { wanted: 'user.list' }, []],
    [
      'list:*, and a list that stays closed',
      user('list:*', { wanted: 'user.list' }),
      ['user-session-lacks-permission error', 'list-privilege-misread error'],
    ],
    ['list:*, and a list that a role opens', { sessionPrivileges: 'setrole:1000,list:*', wanted: 'user.list' }, []],
    ['an account with entitlement', { features: ['FEATURE_ENTITLEMENT'] }, ['entitlement-hides-entries note']],
    [
      'an account with entitlement, lifted',
      { sessionPrivileges: 'setrole:1000,disableentitlement', features: ['FEATURE_ENTITLEMENT'] },
      [],
    ],
    [
      'an account with entitlement, in a context',
      { sessionPrivileges: 'setrole:1000,privacycontext:site', features: ['FEATURE_ENTITLEMENT'] },
      [],
    ],
    [
      'an account with entitlement, lifted with a value, which does not count',
      { sessionPrivileges: 'setrole:1000,disableentitlement:*', features: ['FEATURE_ENTITLEMENT'] },
      ['entitlement-hides-entries note'],
    ],
    [
      'an account with entitlement, lifted and switched on, which goes before',
      { sessionPrivileges: 'setrole:1000,disableentitlement,enableentitlement', features: ['FEATURE_ENTITLEMENT'] },
      ['entitlement-hides-entries note'],
      /enableentitlement/,
    ],
    ['an account without entitlement that lifts it', { sessionPrivileges: 'setrole:1000,disableentitlement' }, []],
  ],
  'its privileges': [
    [
      'the name of a permission',
      { sessionPrivileges: 'setrole:1000,KMC_READ_ONLY' },
      ['permission-name-as-privilege error'],
      /has KMC_READ_ONLY$/,
    ],
    [
      'what looks like the name of a permission',
      { sessionPrivileges: 'setrole:1000,MY_OWN_THING:*' },
      ['permission-name-as-privilege error'],
    ],
    [
      'the name of a permission in small letters',
      { sessionPrivileges: 'setrole:1000,cuePoint.MANAGE' },
      ['permission-name-as-privilege error'],
    ],
    [
      'the name of a permission of the account’s own',
      {
        sessionPrivileges: 'setrole:1000,reading',
        own: new PermissionIndex([{ name: 'reading', dependsOn: [], actions: [] }]),
      },
      ['permission-name-as-privilege error'],
    ],
    ['a name of the application’s own', { sessionPrivileges: 'setrole:1000,myApp:7' }, []],
    [
      'a blank behind a comma',
      { sessionPrivileges: 'setrole:1000, list:*' },
      ['privilege-blank warning'],
      /blanks in " list:\*"$/,
    ],
    ['a blank in a value', { sessionPrivileges: 'setrole:1000,view:a b' }, ['privilege-blank warning']],
    [
      'the same name twice',
      { sessionPrivileges: 'setrole:1000,edit:0_a,edit:0_b' },
      ['privilege-duplicate warning'],
      /^edit is there more than once/,
    ],
    [
      'setrole twice',
      { sessionPrivileges: 'setrole:1000,setrole:1001' },
      ['role-unknown error', 'privilege-duplicate error'],
      /two values, 1000\/1001/,
    ],
    ['two names that begin alike', { sessionPrivileges: 'setrole:1000,edit:0_a,edituser:ada' }, []],
    [
      'a range for iprestrict',
      { sessionPrivileges: 'setrole:1000,iprestrict:10.0.0.0/24' },
      ['ip-restriction error'],
      /iprestrict:10.0.0.0\/24 is a range/,
    ],
    ['single addresses for iprestrict', { sessionPrivileges: 'setrole:1000,iprestrict:10.0.0.1/10.0.0.2' }, []],
    ['an address of version 6', { sessionPrivileges: 'setrole:1000,iprestrict:2001:db8::1' }, []],
    [
      'what is no address',
      { sessionPrivileges: 'setrole:1000,iprestrict:10.0.0.1-10.0.0.9' },
      ['ip-restriction error'],
      /10.0.0.1-10.0.0.9 .* is no address/,
    ],
    ['a host', { sessionPrivileges: 'setrole:1000,iprestrict:etl.example' }, ['ip-restriction error']],
    [
      'iprestrict without an address, which lets nobody in',
      { sessionPrivileges: 'setrole:1000,iprestrict' },
      ['ip-restriction error'],
      /iprestrict names no address/,
    ],
    ['ranges in the field that knows them', { addresses: ['10.0.0.0/24'] }, []],
    [
      'a number of calls',
      { sessionPrivileges: 'setrole:1000,actionslimit:100' },
      ['actions-limit-used-up warning'],
      /good for 100 calls only/,
    ],
    [
      'a number of calls that is none',
      { sessionPrivileges: 'setrole:1000,actionslimit:many' },
      ['actions-limit-used-up error'],
      /"many": every call will be refused/,
    ],
    ['no calls at all', { sessionPrivileges: 'setrole:1000,actionslimit:0' }, ['actions-limit-used-up error']],
    [
      'paths that the API is not at',
      { sessionPrivileges: 'setrole:1000,urirestrict:/api/*' },
      ['uri-restriction warning'],
    ],
    ['paths that the API is at', { sessionPrivileges: 'setrole:1000,urirestrict:/p/*|/api_v3/*' }, []],
    ['all paths', { sessionPrivileges: 'setrole:1000,urirestrict:*' }, []],
  ],
}
