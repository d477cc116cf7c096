import { type CauseId, createSigningKey, formatSession, Secret } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import {
  type Examined,
  examine,
  type Ground,
  type GroundAccount,
  logIn,
  makeRole,
  makeToken,
  type Token,
  widget,
} from './doctor-ground.ts'
import { call, sha256 } from './v3.ts'

/** A mistake that is really made at a server, and what the doctor is then told. */
export interface Fixture {
  readonly cause: CauseId
  readonly how: string
  readonly ground?: 'vendor' | 'mended' | 'caches' | 'throttled' | undefined
  run(ground: Ground): Promise<Examined>
}

const now = () => Math.floor(Date.now() / 1_000)
const record = (token: Token) => JSON.stringify(token)

/** A session by the account's own secret, of any fields: how an old or a mangled one is had without waiting for it. */
function sealed(
  at: GroundAccount,
  fields: { expiresAt?: number; userId?: string; privileges?: string; type?: number },
  version: 1 | 2 = 2,
) {
  const key = createSigningKey(nodePrimitives, new Secret(at.adminSecret))
  const whole = { partnerId: at.partnerId, expiresAt: now() + 3_600, type: 0, userId: 'ana', privileges: '', ...fields }
  return formatSession(nodePrimitives, whole, key, version)
}

async function refused(at: GroundAccount, action: string, params: object, code: string): Promise<void> {
  const answer = await call(at.url, action, { ...params })
  if (answer?.code !== code) throw new Error(`${action} was to answer ${code}: ${JSON.stringify(answer)}`)
}

export const ONLINE_FIXTURES: readonly Fixture[] = [
  {
    cause: 'user-session-lacks-permission',
    how: 'a USER token for a job that lists users',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      await refused(at, 'user.list', { ks: await logIn(at, token) }, 'SERVICE_FORBIDDEN')
      return examine(at, { token, wanted: ['user.list'] })
    },
  },
  {
    cause: 'list-shows-own-entries-only',
    how: 'a USER token of a user who owns nothing',
    async run(ground) {
      const at = await ground.account()
      return examine(at, { token: await makeToken(at, { sessionUserId: 'etl-job' }), wanted: ['media.list'] })
    },
  },
  {
    cause: 'entitlement-hides-entries',
    how: 'a context that no category has',
    async run(ground) {
      const at = await ground.account({ features: ['FEATURE_ENTITLEMENT'] })
      for (const name of ['everything']) {
        const all = await call(at.url, 'baseEntry.list', { ks: at.admin, pager: { pageSize: 500 } })
        await call(at.url, 'category.add', { ks: at.admin, category: { name, privacyContext: 'elsewhere' } })
        for (const { id } of all.objects)
          await call(at.url, 'baseEntry.update', { ks: at.admin, entryId: id, baseEntry: { categories: name } })
      }
      const role = await makeRole(at, 'KMC_ACCESS,KMC_READ_ONLY,CONTENT_MANAGE_BASE,BASE_USER_SESSION_PERMISSION')
      const token = await makeToken(at, { sessionType: 2, sessionPrivileges: `setrole:${role},privacycontext:here` })
      return examine(at, { token, wanted: ['media.list'] })
    },
  },
  {
    cause: 'reserved-privilege-dropped',
    how: 'list:* asked of startSession',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at, { sessionUserId: 'etl-job' })
      return examine(at, { token, privileges: 'setrole:PARTNER_ADMIN_ROLE,list:*', wanted: ['user.list'] })
    },
  },
  {
    cause: 'list-privilege-misread',
    how: 'list:* so that users can be listed',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at, { sessionPrivileges: 'list:*' })
      await refused(at, 'user.list', { ks: await logIn(at, token) }, 'SERVICE_FORBIDDEN')
      return examine(at, { token, wanted: ['user.list'] })
    },
  },
  {
    cause: 'session-expired',
    how: 'a session kept longer than it lives',
    async run(ground) {
      const at = await ground.account()
      const sentSession = sealed(at, { expiresAt: now() - 60 })
      await refused(at, 'media.list', { ks: sentSession }, 'INVALID_KS')
      return examine(at, { token: await makeToken(at), sentSession })
    },
  },
  {
    cause: 'hash-other-session',
    how: 'the widget session fetched twice',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      const [first, second] = [await widget(at), await widget(at)]
      const receivedHash = sha256(first + token.token)
      await refused(
        at,
        'appToken.startSession',
        { ks: second, id: token.id, tokenHash: receivedHash },
        'INVALID_APP_TOKEN_HASH',
      )
      return examine(at, { token, receivedHash, sentSession: second, otherSessions: [first] })
    },
  },
  {
    cause: 'hash-session-of-other-kind',
    how: 'a console that sends its ADMIN session',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      const ks = await widget(at)
      const receivedHash = sha256(ks + token.token)
      await refused(
        at,
        'appToken.startSession',
        { ks: at.admin, id: token.id, tokenHash: receivedHash },
        'INVALID_APP_TOKEN_HASH',
      )
      return examine(at, { token, receivedHash, sentSession: at.admin, otherSessions: [ks] })
    },
  },
  {
    cause: 'session-is-whole-response',
    how: 'the answer of startWidgetSession as the session',
    async run(ground) {
      const at = await ground.account()
      const answer = await call(at.url, 'session.startWidgetSession', { widgetId: `_${at.partnerId}` })
      const sentSession = JSON.stringify(answer)
      await refused(at, 'media.list', { ks: sentSession }, 'INVALID_KS')
      return examine(at, { token: await makeToken(at), sentSession })
    },
  },
  {
    cause: 'widget-session-still-used',
    how: 'the job calls with the widget session',
    async run(ground) {
      const at = await ground.account()
      return examine(at, { token: await makeToken(at), sentSession: await widget(at) })
    },
  },
  {
    cause: 'token-expired',
    how: 'an expiry that is past',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at, { expiry: now() - 86_400 })
      return examine(at, { token })
    },
  },
  {
    cause: 'token-expiry-unit',
    how: 'an empty expiry',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at, { expiry: '' })
      return examine(at, { token, paste: record(token) })
    },
  },
  {
    cause: 'session-duration-too-short',
    how: 'sessions of five minutes',
    async run(ground) {
      const at = await ground.account()
      return examine(at, { token: await makeToken(at, { sessionDuration: 300 }) })
    },
  },
  {
    cause: 'session-expiry-unit',
    how: 'expiry=60, meant in minutes',
    async run(ground) {
      const at = await ground.account()
      return examine(at, { token: await makeToken(at), expiry: 60 })
    },
  },
  {
    cause: 'role-unknown',
    how: 'the id of a role of another installation',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at, { sessionPrivileges: 'setrole:987654' })
      await refused(at, 'media.list', { ks: await logIn(at, token) }, 'INVALID_OBJECT_ID')
      return examine(at, { token, wanted: ['media.list'] })
    },
  },
  {
    cause: 'role-too-small',
    how: 'a role without what lists users',
    async run(ground) {
      const at = await ground.account()
      const role = await makeRole(at, 'BASE_USER_SESSION_PERMISSION')
      const token = await makeToken(at, { sessionType: 2, sessionPrivileges: `setrole:${role}` })
      return examine(at, { token, wanted: ['user.list'] })
    },
  },
  {
    cause: 'user-role-wins',
    how: 'an ADMIN token of a user with a small role',
    async run(ground) {
      const at = await ground.account()
      const role = await makeRole(at, 'BASE_USER_SESSION_PERMISSION')
      await call(at.url, 'user.add', {
        ks: at.admin,
        user: { id: 'kim', isAdmin: true, email: 'kim@example.org', roleIds: String(role) },
      })
      const token = await makeToken(at, { sessionType: 2, sessionUserId: 'kim' })
      return examine(at, { token, wanted: ['user.list'] })
    },
  },
  {
    cause: 'permission-name-as-privilege',
    how: 'ADMIN_BASE among the privileges',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at, { sessionPrivileges: 'ADMIN_BASE' })
      return examine(at, { token, wanted: ['user.list'] })
    },
  },
  {
    cause: 'wrong-endpoint',
    how: 'an account that another installation has',
    async run(ground) {
      const at = await ground.account()
      return examine({ ...at, partnerId: 999_999 }, { token: await makeToken(at) })
    },
  },
  {
    cause: 'widget-id-without-underscore',
    how: 'the id of the account as widgetId',
    async run(ground) {
      const at = await ground.account()
      return examine(at, { token: await makeToken(at), widgetId: String(at.partnerId) })
    },
  },
  {
    cause: 'token-deleted',
    how: 'a token that somebody deleted',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      const sentSession = await logIn(at, token)
      await call(at.url, 'appToken.delete', { ks: at.admin, id: token.id })
      return examine(at, { token, sentSession })
    },
  },
  {
    cause: 'token-of-other-partner',
    how: 'the token of the test account',
    async run(ground) {
      const [at, other] = [await ground.account(), await ground.account()]
      const token = await makeToken(other)
      return examine(at, { token, paste: record(token) })
    },
  },
  {
    cause: 'token-id-mangled',
    how: 'an id whose beginning a spreadsheet cut off',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      return examine(at, { token: { ...token, id: token.id.slice(2) } })
    },
  },
  {
    cause: 'token-disabled',
    how: 'a paused token; the original has no call for it',
    ground: 'mended',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      await call(at.url, 'latchkey_token.pause', { ks: at.admin, id: token.id })
      return examine(at, { token })
    },
  },
  {
    cause: 'session-url-mangled',
    how: 'a session of version 1 in a URL, its + a blank',
    async run(ground) {
      const at = await ground.account({ sessionVersion: 1 })
      let text = ''
      while (!text.includes('+')) text = sealed(at, { userId: `ana>${Math.random()}~?` }, 1)
      const sentSession = text.replaceAll('+', ' ')
      await refused(at, 'media.list', { ks: sentSession }, 'INVALID_KS')
      return examine(at, { token: await makeToken(at), sentSession })
    },
  },
  {
    cause: 'widget-session-expired',
    how: 'a widget session of yesterday',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      const sentSession = sealed(at, { expiresAt: now() - 60, userId: '0', privileges: 'widget:1,view:*' })
      const receivedHash = sha256(sentSession + token.token)
      await refused(
        at,
        'appToken.startSession',
        { ks: sentSession, id: token.id, tokenHash: receivedHash },
        'INVALID_KS',
      )
      return examine(at, { token, sentSession, receivedHash })
    },
  },
  {
    cause: 'error-cached',
    how: 'the token is mended, and the error is still there',
    ground: 'caches',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at, { expiry: now() - 86_400 })
      await logIn(at, token)
      await call(at.url, 'appToken.update', { ks: at.admin, id: token.id, appToken: { expiry: now() + 90 * 86_400 } })
      return examine(at, { token, hashType: 'SHA256' })
    },
  },
  {
    cause: 'ip-restriction',
    how: 'iprestrict with the range of an office',
    async run(ground) {
      const at = await ground.account()
      return examine(at, { token: await makeToken(at, { sessionPrivileges: 'iprestrict:10.1.2.0/24' }) })
    },
  },
  {
    cause: 'uri-restriction',
    how: 'urirestrict that leaves the API out',
    async run(ground) {
      const at = await ground.account()
      return examine(at, { token: await makeToken(at, { sessionPrivileges: 'urirestrict:/p/102/*' }) })
    },
  },
  {
    cause: 'actions-limit-used-up',
    how: 'actionslimit:1 for a job of two calls',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at, { sessionPrivileges: 'actionslimit:1' })
      return examine(at, { token, wanted: ['media.list'] })
    },
  },
  {
    cause: 'https-required',
    how: 'http:// for an account that takes HTTPS only',
    async run(ground) {
      const at = await ground.account({ isHttpsOnly: true })
      return examine(at, { token: { id: '0_k3v9qz1m', token: '0'.repeat(32) }, sentSession: at.admin })
    },
  },
  {
    cause: 'partner-blocked',
    how: 'an account that was blocked',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      await at.deps.store.partners.update(at.partnerId, { status: 3 })
      return examine(at, { token })
    },
  },
  {
    cause: 'privilege-blank',
    how: 'a blank behind the comma',
    async run(ground) {
      const at = await ground.account({ sessionVersion: 1 })
      const token = await makeToken(at, { sessionPrivileges: 'list:*, disableentitlement' })
      return examine(at, { token, paste: record(token) })
    },
  },
  {
    cause: 'session-get-needs-permission',
    how: 'session.get to look at a USER session',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      await refused(at, 'session.get', { ks: await logIn(at, token) }, 'SERVICE_FORBIDDEN')
      return examine(at, { token, wanted: ['session.get'] })
    },
  },
  {
    cause: 'plugin-service-prefix',
    how: 'scheduleEvent without its prefix',
    async run(ground) {
      const at = await ground.account()
      return examine(at, { token: await makeToken(at), wanted: ['scheduleEvent.list'] })
    },
  },
  {
    cause: 'too-many-starts',
    how: 'more calls a minute than are answered',
    ground: 'throttled',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      for (let count = 0; count < 4; count += 1) await logIn(at, token)
      return examine(at, { token })
    },
  },
  {
    cause: 'clock-skew',
    how: 'a clock that is ten minutes slow',
    async run(ground) {
      const at = await ground.account()
      return examine(at, { token: await makeToken(at), clock: () => Date.now() - 600_000 })
    },
  },
  {
    cause: 'hash-type-unchanged',
    how: 'the hash type changed, and the tool was not told',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      await call(at.url, 'appToken.update', { ks: at.admin, id: token.id, appToken: { hashType: 'SHA512' } })
      return examine(at, { token, hashType: 'SHA256', paste: record(token) })
    },
  },
  {
    cause: 'user-blocked',
    how: 'the user of the token was blocked',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at, { sessionUserId: 'soon-blocked' })
      await call(at.url, 'user.update', { ks: at.admin, userId: 'soon-blocked', user: { status: 0 } })
      return examine(at, { token, wanted: ['media.list'] })
    },
  },
  {
    cause: 'session-ended',
    how: 'session.end with a session that others use',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      const sentSession = await logIn(at, token)
      await call(at.url, 'session.end', { ks: sentSession })
      return examine(at, { token, sentSession })
    },
  },
  {
    cause: 'permission-dependency-missing',
    how: 'a role with KMC_READ_ONLY and without KMC_ACCESS',
    async run(ground) {
      const at = await ground.account()
      const role = await makeRole(at, 'KMC_READ_ONLY,BASE_USER_SESSION_PERMISSION')
      const token = await makeToken(at, { sessionType: 2, sessionPrivileges: `setrole:${role}` })
      const rolePermissions = ['KMC_READ_ONLY', 'BASE_USER_SESSION_PERMISSION']
      return examine(at, { token, wanted: ['appToken.list'], rolePermissions })
    },
  },
  {
    cause: 'feature-off',
    how: 'metadata in an account without the plugin',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at, { sessionType: 2 })
      return examine(at, { token, wanted: ['metadata_metadata.list'] })
    },
  },
  {
    cause: 'role-lacks-start-session',
    how: 'the login made with a session that has a role',
    async run(ground) {
      const at = await ground.account()
      const role = await makeRole(at, 'KMC_ACCESS')
      const token = await makeToken(at)
      const sentSession = sealed(at, { privileges: `setrole:${role}`, type: 2 })
      const receivedHash = sha256(sentSession + token.token)
      await refused(
        at,
        'appToken.startSession',
        { ks: sentSession, id: token.id, tokenHash: receivedHash },
        'SERVICE_FORBIDDEN',
      )
      return examine(at, { token, sentSession, receivedHash })
    },
  },
  {
    cause: 'admin-without-role',
    how: 'an ADMIN token and nothing else',
    async run(ground) {
      const at = await ground.account()
      return examine(at, { token: await makeToken(at, { sessionType: 2 }) })
    },
  },
  {
    cause: 'hash-type-weak',
    how: 'a token with the default hash type',
    async run(ground) {
      const at = await ground.account()
      return examine(at, { token: await makeToken(at, { hashType: 'SHA1' }) })
    },
  },
  {
    cause: 'privilege-duplicate',
    how: 'edit given twice',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at, { sessionPrivileges: 'edit:0_aaaaaaaa,edit:0_bbbbbbbb' })
      return examine(at, { token, paste: record(token) })
    },
  },
  {
    cause: 'token-expires-soon',
    how: 'a token made for five days',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at, {
        expiry: now() + 5 * 86_400,
      })
      return examine(at, { token, paste: record(token) })
    },
  },
  {
    cause: 'holder-chooses-identity',
    how: 'a token without type and user',
    ground: 'mended',
    async run(ground) {
      const at = await ground.account()
      const token = await call(at.url, 'appToken.add', {
        ks: at.admin,
        appToken: { hashType: 'SHA256', sessionDuration: 7200 },
      })
      return examine(at, { token, paste: record(token), type: 0, userId: 'anybody' })
    },
  },
  {
    cause: 'user-argument-ignored',
    how: 'userId asked for, and the token has its own',
    async run(ground) {
      const at = await ground.account()
      return examine(at, { token: await makeToken(at), userId: 'somebody-else' })
    },
  },
]
