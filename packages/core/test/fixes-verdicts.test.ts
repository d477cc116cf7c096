/** What lies behind a refusal, and what is proposed against it, case by case. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ACTIONS,
  type DecisionContext,
  decide,
  fixesFor,
  nameOf,
  resolveHeld,
  type Session,
  sensitivityOf,
} from '@latchkey/core'
import { AccountModel, ALL_FEATURES, action, type ModelRole, sessionFor } from './account-model.ts'
import { answerTo, applied, isDenied, TOKEN, updateOf } from './fix-cases.ts'

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

  test('of what this server adds are the permissions of app tokens', () => {
    const account = new AccountModel()
    for (const [asked, granted] of [
      ['latchkey_token.pause', 'APP_TOKEN_UPDATE'],
      ['latchkey_token.usage', 'APP_TOKEN_BASE'],
    ] as const) {
      const drawn = { account, session: sessionFor(0, 'ada', '') }
      const { fixes } = answerTo(drawn, action(asked))
      assert.deepEqual(
        fixes.map(({ id }) => id),
        [`grant-${granted}`],
      )
      const { account: after, session } = applied(drawn, fixes[0] ?? assert.fail())
      assert.equal(after.decide(session, action(asked)).effect, 'allow')
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
