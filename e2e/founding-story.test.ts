import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { applyAtOnce, applyStepByStep, type Change } from './lib/change.ts'
import { attempt, kaltura, officialClient, request } from './lib/official-client.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { type Answer, adminSession, call, sha256 } from './lib/v3.ts'

const MOST_FIXES = 4
const ANA = 'ana@example.org'

/** Somebody was given an app token to read users with, got SERVICE_FORBIDDEN, and nobody could say why. */
describe('the founding story, by the official client', () => {
  let server: RunningServer
  let admin: string

  before(async () => {
    server = await startServer()
    admin = await adminSession(server)
  })
  after(async () => server?.[Symbol.asyncDispose]())

  const by = (ks: string | undefined, service: string, action: string, ...args: readonly unknown[]) =>
    attempt(request(service, action, ...args), officialClient(server.url, ks))

  function addUserToken(): Promise<Answer> {
    const fields = { hashType: 'SHA256', sessionType: 0, sessionUserId: ANA, description: 'for the ETL job' }
    return by(admin, 'appToken', 'add', new (kaltura.objects.AppToken ?? Object)(fields))
  }

  async function logIn(token: Answer): Promise<string> {
    const { ks } = await by(undefined, 'session', 'startWidgetSession', `_${server.partnerId}`)
    const grant = await by(ks, 'appToken', 'startSession', token.id, sha256(ks + token.token))
    assert.equal(grant.objectType, 'KalturaSessionInfo', JSON.stringify(grant))
    return grant.ks
  }

  test('from the first refusal to rows', async () => {
    const token = await addUserToken()

    // The login is tried without a session, with the right hash for none.
    const first = await by(undefined, 'appToken', 'startSession', token.id, sha256(token.token))
    assert.deepEqual(
      [first.code, first.message],
      ['SERVICE_FORBIDDEN', 'The access to service [appToken->startSession] is forbidden'],
    )
    assert.deepEqual([first.diagnosis.stage, first.diagnosis.cause.id], ['permission', 'session-not-sent'])
    assert.match(first.diagnosis.cause.saw, /the hash has not been looked at/)
    assert.ok(!first.diagnosis.passed.includes('hash'))
    assert.deepEqual(first.diagnosis.needed, ['BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION'])
    assert.ok(first.diagnosis.cause.remedy.some((step: string) => step.includes('widget session')))

    // Then as it is meant to be done; what a USER session may do works.
    const ks = await logIn(token)
    const own = await by(ks, 'media', 'listAction')
    assert.ok(own.totalCount > 0 && own.objects.every(({ userId }: Answer) => userId === ANA))

    // What it was made for does not, and the answer says why.
    const refused = await by(ks, 'user', 'listAction')
    assert.deepEqual(
      [refused.code, refused.message],
      ['SERVICE_FORBIDDEN', 'The access to service [user->list] is forbidden'],
    )
    const { stage, passed, cause, needed, held, fixes } = refused.diagnosis
    assert.deepEqual([stage, cause.id], ['permission', 'user-session-lacks-permission'])
    assert.ok(passed.includes('session-alive') && !passed.includes('permission'))
    assert.match(cause.saw, /this is a USER session/)
    assert.ok(needed.includes('ADMIN_BASE') && needed.includes('EP_BASE'))
    assert.deepEqual(held, [
      { permission: 'BASE_USER_SESSION_PERMISSION', from: 'session-kind' },
      { permission: 'ALWAYS_ALLOWED_ACTIONS', from: 'always' },
    ])
    assert.equal(fixes.length, MOST_FIXES)

    // The smallest of the fixes is sent back as it is, and the next session can do both.
    const answers = await applyAtOnce(server.url, admin, fixes[0].change)
    assert.deepEqual(
      answers.map(({ objectType }) => objectType),
      ['KalturaUserRole', 'KalturaAppToken'],
    )
    const next = await logIn(token)
    const users = await by(next, 'user', 'listAction')
    assert.deepEqual([users.totalCount, users.objects.length], [2, 2])
    assert.deepEqual(await by(next, 'media', 'listAction'), own)
    // A running session keeps what it was started with.
    assert.equal((await by(ks, 'user', 'listAction')).code, 'SERVICE_FORBIDDEN')
  })

  /** What the second session can call that the first cannot, and the other way round. */
  async function compare(a: string, b: string): Promise<{ onlyA: readonly string[]; onlyB: readonly string[] }> {
    return call(server.url, 'latchkey_access.compare', { ks: admin, a, b })
  }

  for (const [how, apply] of [
    ['as one multirequest', applyAtOnce],
    ['step by step', applyStepByStep],
  ] as const) {
    test(`every fix that is offered opens what it says and takes nothing away, sent ${how}`, async () => {
      const offered: { token: Answer; before: string; fix: Answer }[] = []
      for (let place = 0; place < MOST_FIXES; place += 1) {
        const token = await addUserToken()
        const before = await logIn(token)
        const { fixes } = (await by(before, 'user', 'listAction')).diagnosis
        const opens = fixes.map((fix: Answer) => fix.opens)
        assert.deepEqual(
          opens,
          opens.toSorted((a: number, b: number) => a - b),
        )
        assert.equal(fixes.length, MOST_FIXES)
        offered.push({ token, before, fix: fixes[place] })
      }
      assert.equal(new Set(offered.map(({ fix }) => fix.id)).size, MOST_FIXES)
      for (const { token, before, fix } of offered) {
        for (const answer of await apply(server.url, admin, fix.change)) {
          assert.equal(answer.code, undefined, `${fix.id}: ${JSON.stringify(answer)}`)
        }
        const after = await logIn(token)
        assert.equal((await by(after, 'user', 'listAction')).totalCount, 2, fix.id)
        assert.ok((await by(after, 'media', 'listAction')).totalCount > 0, fix.id)
        const { onlyA, onlyB } = await compare(before, after)
        assert.deepEqual([onlyA.length, onlyB.length], [0, fix.opens + 1], fix.id)
      }
    })
  }

  test('a fix that is sent twice does what it does once', async () => {
    const token = await addUserToken()
    const ks = await logIn(token)
    const { fixes } = (await by(ks, 'user', 'listAction')).diagnosis
    for (const fix of fixes.slice(0, 2)) {
      await applyAtOnce(server.url, admin, fix.change)
      const once = await logIn(token)
      await applyAtOnce(server.url, admin, fix.change)
      assert.deepEqual(pick(await compare(once, await logIn(token))), [[], []])
    }
  })

  test('a fix whose role could not be made opens nothing', async () => {
    const token = await addUserToken()
    const { fixes } = (await by(await logIn(token), 'user', 'listAction')).diagnosis
    const withoutRole = fixes[0].change.filter(({ service }: Change) => service === 'appToken')
    const before = await logIn(token)
    await applyAtOnce(server.url, admin, withoutRole)
    const { onlyB } = await compare(before, await logIn(token))
    assert.deepEqual(onlyB, [])
  })

  const pick = ({ onlyA, onlyB }: Answer) => [onlyA, onlyB]
})
