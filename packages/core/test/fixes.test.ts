/** What would let a refused call through, judged by applying it: each change to an account in memory, then the call again. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ACTIONS,
  ActionSet,
  type CatalogueAction,
  type Decision,
  type DecisionContext,
  decide,
  type Fix,
  fixesFor,
  nameOf,
  type OwnPermission,
  PERMISSIONS,
  resolveHeld,
  type Session,
  STOCK_ROLES,
  sensitivityOf,
} from '@latchkey/core'
import fc from 'fast-check'
import { AccountModel, ALL_FEATURES, action, type ModelRole, sessionFor } from './account-model.ts'

const RUNS = Number(process.env.LATCHKEY_FUZZ_RUNS ?? 150)
const TOKEN = '0_fixedtok'

/** What a role may name: the normal kind, but for those that no role is given. */
const NAMES = PERMISSIONS.filter(({ type, name }) => type === 1 && !name.startsWith('ALWAYS_')).map(({ name }) => name)

interface Case {
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
const actionNames = ACTIONS.map(nameOf)

const draws = fc.record({
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

type Draw = typeof draws extends fc.Arbitrary<infer Drawn> ? Drawn : never

function caseOf(drawn: Draw): Case {
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

function answerTo({ account, session, tokenId }: Case, asked: CatalogueAction, resource?: DecisionContext['resource']) {
  const context = { ...account.contextOf(session), resource }
  const decision = account.decide(session, asked, resource)
  return { decision, ...fixesFor(asked, decision, context, account.subjectOf(session, tokenId)) }
}

/** The account and a session started afterwards. A session that no token made is started with the role that was added. */
function applied({ account, session, tokenId }: Case, { change }: Fix): Pick<Case, 'account' | 'session'> {
  const { account: after, ids } = account.after(change)
  if (tokenId !== undefined) return { account: after, session: after.sessionOf(tokenId) }
  const added = change.findIndex(({ service, action: name }) => `${service}.${name}` === 'userRole.add')
  const isForUser = change.some(({ service }) => service === 'user')
  if (added === -1 || isForUser) return { account: after, session }
  const others = session.privileges.split(',').filter((item) => item !== '' && !/^\s*setrole\b/.test(item))
  return { account: after, session: { ...session, privileges: [...others, `setrole:${ids[added]}`].join(',') } }
}

const opensOf = ({ fixes }: { readonly fixes: readonly Fix[] }) => fixes.map(({ opens }) => opens)
const isDenied = (decision: Decision, code: string) => decision.effect === 'deny' && decision.reason.code === code

describe('a fix, applied', () => {
  test('lets the call through, opens just as many others as it says, and takes nothing away', () => {
    const seen = new Map<string, number>()
    const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
    fc.assert(
      fc.property(draws, fc.array(fc.constantFrom(...actionNames), { minLength: 4, maxLength: 4 }), (draw, wanted) => {
        const drawn = caseOf(draw)
        const before = drawn.account.openedTo(drawn.session)
        for (const asked of wanted.map(action)) {
          const answer = answerTo(drawn, asked)
          count(answer.verdict)
          assert.equal(answer.verdict === 'allowed', answer.decision.effect === 'allow')
          assert.deepEqual(
            opensOf(answer),
            opensOf(answer).toSorted((a, b) => a - b),
            'smallest first',
          )
          assert.equal(new Set(answer.fixes.map(({ id }) => id)).size, answer.fixes.length)
          for (const fix of answer.fixes) {
            const told = `${nameOf(asked)}: ${fix.id} ${JSON.stringify(fix.change)}`
            count(fix.id.replace(/^grant-[A-Z].*|^grant-\w+\..*/, 'grant'))
            const { account, session } = applied(drawn, fix)
            assert.equal(account.decide(session, asked).effect, 'allow', told)
            const after = account.openedTo(session)
            assert.equal(after.minus(before).minus(ActionSet.of([asked])).size, fix.opens, told)
            assert.equal(before.minus(after).size, 0, told)
          }
        }
      }),
      { numRuns: RUNS },
    )
    for (const what of ['permission', 'session-type', 'never-open', 'grant', 'grant-this-action-only']) {
      assert.ok((seen.get(what) ?? 0) >= RUNS / 30, `${what} too seldom: ${JSON.stringify([...seen])}`)
    }
  })
})

describe('a fix of what belongs to somebody else', () => {
  const owned = ACTIONS.filter(({ ownership }) => ownership !== undefined)
  const theirs = { id: '0_theirs00', ownerId: 'grace', coEditors: [] }

  test('applied, lets the call through, also where a permission is missing besides', () => {
    const seen = { alone: 0, both: 0, none: 0 }
    fc.assert(
      fc.property(draws, fc.nat(owned.length - 1), (draw, at) => {
        const drawn = { ...caseOf({ ...draw, type: 0, isOfToken: true }) }
        const asked = owned[at]
        assert.ok(asked)
        const { decision, verdict, fixes } = answerTo(drawn, asked, theirs)
        if (!isDenied(decision, 'entry-not-owned')) return
        const before = drawn.account.openedTo(drawn.session)
        if (fixes.length === 0) seen.none += 1
        else assert.equal(verdict, 'privilege')
        for (const fix of fixes) {
          const told = `${nameOf(asked)}: ${fix.id} ${JSON.stringify(fix.change)}`
          seen[fix.id.includes('-and-') ? 'both' : 'alone'] += 1
          const { account, session } = applied(drawn, fix)
          assert.equal(account.decide(session, asked, theirs).effect, 'allow', told)
          const after = account.openedTo(session)
          assert.equal(after.minus(before).minus(ActionSet.of([asked])).size, fix.opens, told)
          assert.equal(before.minus(after).size, 0, told)
        }
      }),
      { numRuns: RUNS * 2 },
    )
    for (const [what, count] of Object.entries(seen)) assert.ok(count > RUNS / 15, `${what}: ${count}`)
  })

  test('is the privilege for that entry first, then for all, and keeps what the token has', () => {
    const account = new AccountModel({
      tokens: [{ id: TOKEN, sessionType: 0, sessionUserId: 'ada', sessionPrivileges: 'list:*,edit:0_mine0000' }],
    })
    const drawn = { account, session: account.sessionOf(TOKEN), tokenId: TOKEN }
    const { fixes } = answerTo(drawn, action('media.update'), theirs)
    assert.deepEqual(
      fixes.map(({ id, change }) => [id, change]),
      [
        ['privilege-edit-this', [updateOf('list:*,edit:0_mine0000/0_theirs00')]],
        ['privilege-edit-all', [updateOf('list:*,edit:0_mine0000/*')]],
      ],
    )
  })

  test('is none where no token could take the privilege', () => {
    const answer = answerTo(
      { account: new AccountModel(), session: sessionFor(0, 'ada', '') },
      action('media.update'),
      theirs,
    )
    assert.deepEqual([answer.verdict, answer.fixes], ['privilege', []])
  })
})

function updateOf(sessionPrivileges: string) {
  return {
    service: 'appToken',
    action: 'update',
    params: { id: TOKEN, appToken: { objectType: 'KalturaAppToken', sessionPrivileges } },
  }
}

describe('the verdict on a refusal', () => {
  const roles: readonly ModelRole[] = [
    { id: 1_000, name: 'Own', systemName: 'OWN', permissionNames: ['CONTENT_MANAGE_BASE'] },
    { id: 1_001, name: 'Taken', permissionNames: ['BASE_USER_SESSION_PERMISSION', 'ADMIN_BASE'] },
    { id: 1_002, name: 'Everything', permissionNames: ['*'] },
  ]
  const account = new AccountModel({ roles, users: { ada: [], grace: [1_000] } })
  const all = new AccountModel({ ...account.parts(), features: ALL_FEATURES })
  const user = (privileges = '') => sessionFor(0, 'ada', privileges)
  const admin = (privileges = '') => sessionFor(2, 'ada', privileges)
  const widget = sessionFor(0, '', 'view:*,widget:1')
  const off = { ...account.contextOf(user()), isHttps: false }

  const rows: readonly (readonly [
    what: string,
    AccountModel,
    Session,
    asked: string,
    verdict: string,
    text: RegExp,
  ])[] = [
    ['what is let through', account, user(), 'baseEntry.get', 'allowed', /let through/],
    ['a USER session', account, user(), 'user.list', 'session-type', /type of the session .* USER/],
    ['a role without it', account, user('setrole:OWN'), 'user.list', 'permission', /permission is missing/],
    ['an ADMIN session with a role', account, admin('setrole:OWN'), 'user.list', 'permission', /permission is missing/],
    ['no role at all', account, user('setrole:null'), 'media.list', 'permission', /permission is missing/],
    ['a user with a role', account, sessionFor(0, 'grace', ''), 'user.list', 'permission', /permission is missing/],
    ['a widget session', account, widget, 'media.add', 'session-kind', /that startSession answered/],
    ['a login with a role', account, user('setrole:OWN'), 'appToken.startSession', 'session-kind', /a widget session/],
    [
      'an internal action',
      account,
      admin(),
      'batch.getExclusiveJobs',
      'never-open',
      /no permission is missing.* no app token/,
    ],
    ['a plugin', account, admin(), 'cuePoint_cuePoint.list', 'feature', /cuePoint is not switched on/],
    [
      'a plugin and a permission besides',
      account,
      user('setrole:null'),
      'cuePoint_cuePoint.list',
      'feature',
      /cuePoint is not switched on/,
    ],
    ['a feature', account, admin(), 'serverNode.add', 'feature', /lacks FEATURE_SERVER_NODE/],
    ['a feature, for a role', account, user('setrole:OWN'), 'serverNode.add', 'feature', /lacks FEATURE_SERVER_NODE/],
    ['the same with the feature', all, user('setrole:OWN'), 'serverNode.add', 'permission', /permission is missing/],
    ['a restricting role', account, user('restrictingrole:1001'), 'baseEntry.get', 'privilege', /takes BASE_USER/],
    ['a role that restricts all', account, user('restrictingrole:1002'), 'user.list', 'privilege', /takes everything/],
    ['a role that is not there', account, user('setrole:4711'), 'media.list', 'not-permission', /no permission/],
  ]
  for (const [what, where, session, asked, verdict, text] of rows) {
    test(`is ${verdict} for ${what}`, () => {
      const answer = answerTo({ account: where, session }, action(asked))
      assert.equal(answer.verdict, verdict)
      assert.match(answer.text, text)
      if (!['session-type', 'permission', 'privilege'].includes(verdict)) assert.deepEqual(answer.fixes, [])
    })
  }

  const held = resolveHeld({ kind: 'none', features: [] })
  const NOBODY: Partial<DecisionContext> = { session: undefined, kind: 'none', held }
  const others: readonly (readonly [what: string, Partial<DecisionContext>, code: string])[] = [
    ['a call without a session', NOBODY, 'no-session'],
    ['an expired session', { validity: { effect: 'deny', reason: { code: 'expired', expiredAt: 1 } } }, 'expired'],
    ['a text that is none', { unreadable: 'malformed' }, 'malformed'],
    ['another account', { requestedPartner: { id: 7, status: 1 } }, 'wrong-partner'],
    ['a blocked user', { user: { id: 'ada', status: 0 } }, 'user-blocked'],
    ['too many calls', { isThrottled: true }, 'rate'],
    ['plain HTTP', { partner: { id: 4242, status: 1, isHttpsOnly: true, features: [] } }, 'transport-refused'],
    [
      'what cannot be seen',
      { resource: { id: '0_a', ownerId: 'ada', coEditors: [], isVisible: false } },
      'entry-not-visible',
    ],
  ]
  for (const [what, circumstances, code] of others) {
    test(`is not-permission for ${what}`, () => {
      const context = { ...off, ...circumstances }
      const asked = action(code === 'no-session' ? 'media.add' : 'baseEntry.get')
      const decision = decide(asked, context)
      assert.ok(isDenied(decision, code), JSON.stringify(decision))
      const answer = fixesFor(asked, decision, context, {})
      assert.equal(answer.verdict, 'not-permission')
      assert.match(answer.text, /^no permission is (?:missing yet|the cause)/)
      assert.deepEqual(answer.fixes, [])
    })
  }
})

describe('the fixes of a refusal', () => {
  test('are the founding story: user.list for a USER token', () => {
    const account = new AccountModel({
      tokens: [{ id: TOKEN, sessionType: 0, sessionUserId: '', sessionPrivileges: 'list:*' }],
    })
    const drawn = { account, session: account.sessionOf(TOKEN), tokenId: TOKEN }
    const [least, ...others] = answerTo(drawn, action('user.list')).fixes
    // It opens that action only, so that nothing has to be made.
    assert.deepEqual([least?.id, least?.opens], ['grant-EP_BASE', 0])
    assert.equal(least?.title, `Give the app token ${TOKEN} a role with EP_BASE`)
    const [role, token] = least?.change ?? []
    assert.match(JSON.stringify(role?.params), /"permissionNames":"BASE_USER_SESSION_PERMISSION,EP_BASE"/)
    assert.match(JSON.stringify(token?.params), /"sessionPrivileges":"list:\*,setrole:LATCHKEY_[A-Z0-9_]+"/)
    assert.deepEqual([role?.service, token?.service, least?.change.length], ['userRole', 'appToken', 2])
    assert.ok(others.length > 0 && others.every(({ opens }) => opens > 0))
  })

  test('are a permission of its own first, where every other one opens more', () => {
    const { fixes } = answerTo(
      { account: new AccountModel(), session: sessionFor(0, 'ada', '') },
      action('category.delete'),
    )
    assert.deepEqual([fixes[0]?.id, fixes[0]?.opens], ['grant-this-action-only', 0])
    assert.deepEqual(
      fixes[0]?.change.map(({ service, action: name }) => `${service}.${name}`),
      ['permission.add', 'userRole.add'],
    )
  })

  test('never show secrets nor change tokens or roles, unless that is what was asked for', () => {
    const given = (asked: string, session: Session) => {
      const answer = answerTo({ account: new AccountModel({ features: ALL_FEATURES }), session }, action(asked))
      return answer.fixes.map(({ id }) => id)
    }
    const session = sessionFor(0, 'ada', 'setrole:null')
    // KMC_READ_ONLY opens it too, and app tokens with their values as well.
    assert.ok(!given('partner.getInfo', session).includes('grant-KMC_READ_ONLY'))
    assert.ok(!given('partner.getInfo', session).includes('grant-INTEGRATION_BASE'))
    assert.ok(given('partner.getInfo', session).includes('grant-ACCOUNT_BASE'))
    assert.ok(given('appToken.list', session).includes('grant-APP_TOKEN_BASE'))
    for (const asked of ACTIONS.filter((known) => sensitivityOf(known) === undefined)) {
      const answer = answerTo({ account: new AccountModel({ features: ALL_FEATURES }), session }, asked)
      for (const fix of answer.fixes) {
        const { account, session: later } = applied(
          { account: new AccountModel({ features: ALL_FEATURES }), session },
          fix,
        )
        const opened = account.openedTo(later).actions().filter(sensitivityOf)
        assert.deepEqual(opened.map(nameOf), [], `${nameOf(asked)}: ${fix.id}`)
      }
    }
  })

  test('put in what a permission depends on', () => {
    const account = new AccountModel({ features: ALL_FEATURES })
    const { fixes } = answerTo({ account, session: sessionFor(0, 'ada', 'setrole:null') }, action('bulkUpload.abort'))
    const fix = fixes.find(({ id }) => id === 'grant-BULK_LOG_DELETE')
    assert.match(fix?.title ?? '', /BULK_LOG_DELETE, with BULK_LOG_BASE that it depends on$/)
  })

  test('name only what a permission depends on where the role lacks nothing else', () => {
    const role: ModelRole = { id: 1_000, name: 'Viewers', permissionNames: ['BULK_LOG_DOWNLOAD'] }
    const account = new AccountModel({ roles: [role] })
    const { fixes } = answerTo({ account, session: sessionFor(0, 'ada', 'setrole:1000') }, action('bulkUpload.serve'))
    const fix = fixes.find(({ id }) => id === 'grant-BULK_LOG_DOWNLOAD')
    assert.equal(fix?.title, 'Give the role Viewers BULK_LOG_BASE, which BULK_LOG_DOWNLOAD depends on')
    assert.deepEqual(fix?.change.at(-1)?.params, {
      userRoleId: 1_000,
      userRole: { objectType: 'KalturaUserRole', permissionNames: 'BULK_LOG_DOWNLOAD,BULK_LOG_BASE' },
    })
  })

  test('change no role that all accounts share, but make one like it', () => {
    const account = new AccountModel({ tokens: [{ id: TOKEN, sessionType: 2, sessionUserId: '' }] })
    const viewer = new AccountModel({
      ...account.parts(),
      tokens: [{ id: TOKEN, sessionType: 2, sessionUserId: '', sessionPrivileges: 'setrole:BULK_LOG_VIEWER' }],
    })
    const drawn = { account: viewer, session: viewer.sessionOf(TOKEN), tokenId: TOKEN }
    for (const { change } of answerTo(drawn, action('user.list')).fixes) {
      assert.ok(change.every(({ service, action: name }) => `${service}.${name}` !== 'userRole.update'))
    }
  })

  test('of a restricting role take it off the app token, and nothing else', () => {
    const account = new AccountModel({
      roles: [{ id: 1_000, name: 'Less', permissionNames: ['BASE_USER_SESSION_PERMISSION'] }],
      tokens: [
        { id: TOKEN, sessionType: 0, sessionUserId: 'ada', sessionPrivileges: 'list:*, restrictingrole:1000,view:*' },
      ],
    })
    const drawn = { account, session: account.sessionOf(TOKEN), tokenId: TOKEN }
    const { fixes } = answerTo(drawn, action('baseEntry.get'))
    assert.deepEqual(
      fixes.map(({ change }) => change),
      [[updateOf('list:*,view:*')]],
    )
    const { account: after, session } = applied(drawn, fixes[0] ?? assert.fail())
    const opened = after.openedTo(session)
    assert.equal(opened.minus(account.openedTo(drawn.session)).size - 1, fixes[0]?.opens)
    assert.equal(opened.size, 387)
  })
})
