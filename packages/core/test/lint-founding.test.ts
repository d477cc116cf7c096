import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ACTION_COUNT, findAction, type LintQuestion, lint, SHARED_PERMISSIONS } from '../src/index.ts'

const CREATED = 1627298165

function question(token: Partial<LintQuestion['token']>, more: Partial<LintQuestion> = {}): LintQuestion {
  return {
    token: {
      id: '0_k3v9qz1m',
      partnerId: 102,
      status: 'active',
      sessionType: 0,
      sessionSeconds: 3600,
      hashType: 'SHA256',
      sessionUserId: 'svc',
      ...token,
    },
    features: [],
    index: SHARED_PERMISSIONS,
    userRoles: [],
    knowsRoles: false,
    now: CREATED,
    ...more,
  }
}

/** The app token that this project began with. */
const FOUNDING = { sessionUserId: undefined, sessionSeconds: 300, expiresAt: 1629972884 } as const

function action(service: string, name: string) {
  const found = findAction(service, name)
  assert.ok(found)
  return found
}

const causes = (asked: LintQuestion) =>
  lint(asked)
    .findings.filter((f) => f.severity !== 'note')
    .map((f) => f.cause)

describe('lint', () => {
  test('of the founding token says first what it does', () => {
    const { summary } = lint(question(FOUNDING))
    assert.match(
      summary,
      /^This token starts a USER session of 300 s, for a user whom the caller may name; no privileges needed; opens 387 of 772 actions, not user\.list, /,
    )
    assert.equal(ACTION_COUNT, 772)
  })

  test('of the founding token finds three things, the shortest life first', () => {
    assert.deepEqual(causes(question(FOUNDING)), [
      'session-duration-too-short',
      'token-expires-soon',
      'holder-chooses-identity',
    ])
  })

  test('finds first of all that an action is wanted which stays closed', () => {
    const wanted = [action('user', 'list')]
    assert.deepEqual(causes(question(FOUNDING, { wanted })), [
      'user-session-lacks-permission',
      'session-duration-too-short',
      'token-expires-soon',
      'holder-chooses-identity',
    ])
  })

  test('finds nothing about permissions where what is wanted is open', () => {
    const found = causes(question(FOUNDING, { wanted: [action('media', 'list')] }))
    assert.ok(!found.includes('user-session-lacks-permission'))
  })

  test('names what is wanted before other actions that stay closed', () => {
    const { summary } = lint(question(FOUNDING, { wanted: [action('appToken', 'add')] }))
    assert.match(summary, /not appToken\.add, user\.list, /)
  })

  test('counts the actions of an ADMIN token without a role without those of plugins', () => {
    const { summary } = lint(question({ sessionType: 2 }))
    const count = Number(/opens (\d+) of 772 actions/.exec(summary)?.[1])
    assert.ok(count > 600, summary)
    assert.ok(!summary.includes('not user.list'))
  })

  test('leaves what a role opens to the role, where nobody could look it up', () => {
    const { summary } = lint(question({ sessionPrivileges: 'setrole:77' }))
    assert.match(summary, /with the privileges setrole:77; what it opens is told by the role 77\./)
  })

  test('says of a user that is set that userId does not count', () => {
    assert.match(lint(question({})).details.join(' '), /; type and userId do not count\./)
  })

  test('tells tokens that start nothing', () => {
    assert.match(lint(question({ status: 'deleted' })).summary, /^This token is deleted/)
    assert.match(lint(question({ status: 'disabled' })).summary, /^This token is paused/)
    assert.match(
      lint(question({ expiresAt: CREATED - 1 })).summary,
      /^This token expired on 2021-07-26, 11:16 UTC; before that /,
    )
  })
})
