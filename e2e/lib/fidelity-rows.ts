import { stockRoleByName } from '@latchkey/core'
import {
  type AccountWishes,
  codeOf,
  type GroundAccount,
  type Switches,
  sessionOf,
  widgetSession,
} from './fidelity-ground.ts'
import { type Answer, addToken, call, logIn, post, sha256 } from './v3.ts'

/** What one row of the page on compatibility does, seen from outside. */
export interface FidelityRow {
  /** As the row is called on the page. */
  readonly name: string
  /** The beginning of a sentence, which `does` ends. */
  readonly when: string
  readonly account?: AccountWishes
  readonly switches?: Switches
  readonly act: (account: GroundAccount) => Promise<unknown>
  readonly mended: Expected
  readonly vendor: Expected
}

export interface Expected {
  readonly does: string
  readonly gives: unknown
}

const ANA = { sessionUserId: 'ana' }
const DISTRIBUTION = 'CONTENTDISTRIBUTION_PLUGIN_PERMISSION'
const ADMINISTRATOR = stockRoleByName('Publisher Administrator')?.id ?? 0

/** Whether a session is let through to what every session may do. */
const useOf = async (url: string, ks: string) => codeOf(await call(url, 'media.list', { ks }))
const messageOf = async (url: string, ks: string): Promise<string> => (await call(url, 'media.list', { ks })).message
const get = (url: string, query: string, init: RequestInit = {}) => fetch(`${url}/api_v3/?format=1&${query}`, init)

/** The faults that are mended. */
export const FAULT_ROWS: readonly FidelityRow[] = [
  {
    name: 'json-charset',
    when: 'a JSON body whose type names a charset, or that begins with a byte order mark,',
    async act({ url, admin }) {
      const send = async (type: string, body: string) => {
        const query = `service=media&action=get&ks=${encodeURIComponent(admin)}`
        return (await get(url, query, { method: 'POST', headers: { 'content-type': type }, body })).json()
      }
      const body = '{"entryId":"0_none"}'
      return [
        codeOf(await send('application/json', body)),
        codeOf(await send('application/json; charset=utf-8', body)),
        codeOf(await send('application/json', `\ufeff${body}`)),
      ]
    },
    mended: { does: 'is read', gives: ['ENTRY_ID_NOT_FOUND', 'ENTRY_ID_NOT_FOUND', 'ENTRY_ID_NOT_FOUND'] },
    vendor: {
      does: 'is passed over',
      gives: ['ENTRY_ID_NOT_FOUND', 'MISSING_MANDATORY_PARAMETER', 'MISSING_MANDATORY_PARAMETER'],
    },
  },
  {
    name: 'session-number',
    when: 'a session that expired or was ended, or that comes from elsewhere,',
    async act(account) {
      const { url } = account
      const elsewhere = await messageOf(url, await sessionOf(account, { privileges: 'iprestrict:192.0.2.1' }))
      const ended = await sessionOf(account)
      await call(url, 'session.end', { ks: ended })
      const short = await sessionOf(account, { expiry: 10 })
      const logout = await messageOf(url, ended)
      account.advance(10)
      return [elsewhere, logout, await messageOf(url, short)]
    },
    mended: {
      does: 'is refused by the number of its word',
      gives: [
        'Invalid KS "EXCEEDED_RESTRICTED_IP", Error "-9,EXCEEDED_RESTRICTED_IP"',
        'Invalid KS "LOGOUT", Error "-6,LOGOUT"',
        'Invalid KS "EXPIRED", Error "-5,EXPIRED"',
      ],
    },
    vendor: {
      does: 'is refused by the number of one that cannot be read',
      gives: [
        'Invalid KS "EXCEEDED_RESTRICTED_IP", Error "-1,INVALID_STR"',
        'Invalid KS "LOGOUT", Error "-1,INVALID_STR"',
        'Invalid KS "EXPIRED", Error "-1,INVALID_STR"',
      ],
    },
  },
  {
    name: 'session-echoed',
    when: 'a session string that cannot be read',
    async act({ url, admin }) {
      const damaged = `${admin.slice(0, -8)}AAAAAAA=`
      const { message, code, args } = await call(url, 'media.list', { ks: damaged })
      return [code, args.ERR_CODE, message.includes(damaged.slice(20, 60))]
    },
    mended: { does: 'is not repeated in the message', gives: ['INVALID_KS', '-1', false] },
    vendor: { does: 'is not repeated in the message', gives: ['INVALID_KS', '-1', false] },
  },
  {
    name: 'privileges-dropped',
    when: 'a requested privilege that may not be added',
    async act(account) {
      const token = await addToken(account, account.admin, ANA)
      const { dropped, warnings, privileges } = await logIn(account, token, {
        sessionPrivileges: 'setrole:5',
        userId: 'ben',
      })
      return [dropped?.map(({ privilege }: Answer) => privilege), warnings?.length, privileges.includes('setrole')]
    },
    mended: { does: 'is told', gives: [['setrole:5'], 1, false] },
    vendor: { does: 'is dropped without a word', gives: [undefined, undefined, false] },
  },
  {
    name: 'end-ends-token',
    when: 'the end of one session of an app token',
    async act(account) {
      const { url } = account
      const token = await addToken(account, account.admin, { ...ANA, sessionDuration: 864_000 })
      const [one, other] = [await logIn(account, token), await logIn(account, token)]
      await call(url, 'session.end', { ks: one.ks })
      const minted = await logIn(account, token)
      const uses = [await useOf(url, one.ks), await useOf(url, other.ks), await useOf(url, minted.ks)]
      account.advance(86_400 + 600)
      return [...uses, await useOf(url, one.ks), await useOf(url, other.ks)]
    },
    mended: { does: 'ends no other', gives: ['INVALID_KS', 'ok', 'ok', 'INVALID_KS', 'ok'] },
    vendor: {
      does: 'shuts out all of the token for 24 hours and ten minutes',
      gives: ['INVALID_KS', 'INVALID_KS', 'INVALID_KS', 'INVALID_KS', 'ok'],
    },
  },
  {
    name: 'widget-unrevocable',
    when: 'a widget session that was ended, or has used up its calls,',
    async act(account) {
      const { url } = account
      const ks = await widgetSession(account)
      await call(url, 'session.end', { ks })
      const counted = await sessionOf(account, { userId: '', privileges: 'widget:1,actionslimit:1' })
      return [await useOf(url, ks), await useOf(url, counted), await useOf(url, counted)]
    },
    mended: { does: 'is refused', gives: ['INVALID_KS', 'ok', 'INVALID_KS'] },
    vendor: { does: 'goes on', gives: ['ok', 'ok', 'ok'] },
  },
  {
    name: 'user-deleted',
    when: 'a session of an app token whose user was deleted',
    async act(account) {
      const { url, admin } = account
      const { ks } = await logIn(account, await addToken(account, admin, { sessionUserId: 'leaver' }))
      await call(url, 'user.delete', { ks: admin, userId: 'leaver' })
      return useOf(url, ks)
    },
    mended: { does: 'has ended', gives: 'INVALID_KS' },
    vendor: { does: 'goes on', gives: 'ok' },
  },
  {
    name: 'partner-secrets',
    when: 'partner.getInfo',
    async act({ url, admin, adminSecret }) {
      const info = await call(url, 'partner.getInfo', { ks: admin })
      return [codeOf(info), JSON.stringify(info).includes(adminSecret), 'secret' in info]
    },
    mended: { does: 'tells no secret', gives: ['ok', false, false] },
    vendor: { does: 'tells no secret', gives: ['ok', false, false] },
  },
  {
    name: 'token-values',
    when: 'a role that may only read',
    async act(account) {
      const { url, admin } = account
      const { id } = await addToken(account, admin, ANA)
      const userRole = { name: 'reader', permissionNames: 'KMC_ACCESS,KMC_READ_ONLY' }
      const role = await call(url, 'userRole.add', { ks: admin, userRole })
      const reader = await sessionOf(account, { type: 2, privileges: `setrole:${role.id}` })
      const [read, managed] = [
        await call(url, 'appToken.get', { ks: reader, id }),
        await call(url, 'appToken.get', { ks: admin, id }),
      ]
      return [read.id === id, 'token' in read, 'token' in managed]
    },
    mended: { does: 'is shown no value of an app token', gives: [true, false, true] },
    vendor: { does: 'is shown no value of an app token', gives: [true, false, true] },
  },
  {
    name: 'token-without-user',
    when: 'an app token without a user',
    async act(account) {
      const { url, admin, deps, partnerId } = account
      const add = async (fields: object) => codeOf(await call(url, 'appToken.add', { ks: admin, appToken: fields }))
      const before = [await add({}), await add({ sessionUserId: '' })]
      await deps.store.partners.update(partnerId, { features: ['FEATURE_END_USER_REPORTS'] })
      return [...before, await add({})]
    },
    mended: { does: 'is taken', gives: ['ok', 'ok', 'ok'] },
    vendor: {
      does: 'is refused where the account has no row for nobody',
      gives: ['INVALID_FIELD_VALUE', 'ok', 'ok'],
    },
  },
  {
    name: 'privileges-as-text',
    when: 'a privilege that merely resembles another',
    async act(account) {
      const { url, admin } = account
      const entry = { name: 'not hers', mediaType: 1 }
      const { id } = await call(url, 'media.add', { ks: admin, entry })
      const edits = await sessionOf(account, { privileges: `edit:${id}x` })
      const lists = await sessionOf(account, { userId: 'nobody', privileges: 'xlist:*' })
      const widget = await sessionOf(account, { userId: '', privileges: 'widget:10' })
      return [
        codeOf(await call(url, 'baseEntry.update', { ks: edits, entryId: id, baseEntry: { name: 'hers' } })),
        (await call(url, 'media.count', { ks: lists })) > 0,
        (await call(url, 'permission.getCurrentPermissions', { ks: widget })).split(',')[0],
      ]
    },
    mended: { does: 'grants nothing', gives: ['INVALID_KS', false, 'BASE_USER_SESSION_PERMISSION'] },
    vendor: { does: 'is taken for it', gives: ['ok', true, 'WIDGET_SESSION_PERMISSION'] },
  },
  {
    name: 'privilege-names',
    when: 'a privilege whose name would not be read back as it was written',
    async act(account) {
      const { url, admin } = account
      const [dotted, bracketed] = [
        await sessionOf(account, { privileges: 'a.b:1' }),
        await sessionOf(account, { privileges: 'a[b]:1' }),
      ]
      const token = await addToken(account, admin, ANA)
      const exchanged = await logIn(account, token, { sessionPrivileges: 'c.d:1' })
      const { privileges } = await call(url, 'session.get', { ks: admin, session: exchanged.ks })
      return [
        codeOf(dotted),
        typeof bracketed === 'string' ? await useOf(url, bracketed) : codeOf(bracketed),
        privileges.replaceAll(token.id, 'ID'),
      ]
    },
    mended: {
      does: 'is refused or dropped',
      gives: ['INVALID_PARAMETER_CHAR', 'INVALID_PARAMETER_CHAR', 'sessionid:ID,apptoken:ID'],
    },
    vendor: {
      does: 'comes back as another or breaks the session',
      gives: ['ok', 'INTERNAL_SERVERL_ERROR', 'sessionid:ID,apptoken:ID,c_d:1'],
    },
  },
  {
    name: 'semicolon',
    when: 'a semicolon in the user of a version 1 session',
    account: { sessionVersion: 1 },
    async act(account) {
      const ks: Answer = await sessionOf(account, { userId: 'x;list:*' })
      if (typeof ks !== 'string') return codeOf(ks)
      const { userId, privileges } = await call(account.url, 'session.get', { ks: account.admin, session: ks })
      return [userId, privileges]
    },
    mended: { does: 'is refused', gives: 'INVALID_PARAMETER_CHAR' },
    vendor: { does: 'shifts what is behind it', gives: ['x', 'list:*'] },
  },
  {
    name: 'group-escape',
    when: 'a request that names another group, where the app token says sessionid:*,',
    async act(account) {
      const token = await addToken(account, account.admin, { ...ANA, sessionPrivileges: 'sessionid:*' })
      const { ks } = await logIn(account, token, { sessionPrivileges: 'sessionid:elsewhere' })
      await call(account.url, 'appToken.delete', { ks: account.admin, id: token.id })
      return useOf(account.url, ks)
    },
    mended: { does: 'does not get it', gives: 'INVALID_KS' },
    vendor: { does: 'gets it, and outlives the token', gives: 'ok' },
  },
  {
    name: 'revocation-forgets',
    when: 'a session that was to outlive its app token, which was then shortened and deleted,',
    async act(account) {
      const { url, admin, deps } = account
      const expiry = deps.clock() + 400_000_000
      const token = await addToken(account, admin, { ...ANA, expiry, sessionDuration: 10_000 })
      const { ks } = await logIn(account, token)
      await call(url, 'appToken.update', { ks: admin, id: token.id, appToken: { expiry: 100 } })
      await call(url, 'appToken.delete', { ks: admin, id: token.id })
      const atOnce = await useOf(url, ks)
      account.advance(100 + 600)
      return [atOnce, await useOf(url, ks)]
    },
    mended: { does: 'stays revoked', gives: ['INVALID_KS', 'INVALID_KS'] },
    vendor: { does: 'comes back ten minutes after the token would have expired', gives: ['INVALID_KS', 'ok'] },
  },
  {
    name: 'inspect-unreadable',
    when: 'session.get of a string that cannot be read',
    act: async ({ url, admin }) => codeOf(await call(url, 'session.get', { ks: admin, session: 'no session' })),
    mended: { does: 'is refused for the string', gives: 'INVALID_KS' },
    vendor: { does: 'is a fault of the server', gives: 'INTERNAL_SERVERL_ERROR' },
  },
  {
    name: 'ownership-without-session',
    when: 'a call without a session on what has an owner',
    async act({ url, partnerId }) {
      const params = { partnerId, entryId: '0_none', baseEntry: { name: 'x' } }
      const { code, args } = await call(url, 'baseEntry.update', params)
      return [code, args.ERR_CODE]
    },
    mended: { does: 'is forbidden', gives: ['SERVICE_FORBIDDEN', undefined] },
    vendor: { does: 'is told of a wrong session', gives: ['INVALID_KS', '-4'] },
  },
  {
    name: 'role-lost',
    when: 'a role of a user, or a restricting one, that is gone',
    async act(account) {
      const { url, admin, deps, partnerId } = account
      await call(url, 'user.add', { ks: admin, user: { id: 'lost' } })
      // No call takes away a role that somebody has, so that the row loses it here.
      await deps.store.users.update(partnerId, 'lost', { roleIds: [987_654_321] })
      return [
        await useOf(url, await sessionOf(account, { userId: 'lost' })),
        await useOf(url, await sessionOf(account, { privileges: 'restrictingrole:987654321' })),
      ]
    },
    mended: { does: 'is an object that is not there', gives: ['INVALID_OBJECT_ID', 'INVALID_OBJECT_ID'] },
    vendor: { does: 'is a fault of the server', gives: ['INTERNAL_SERVERL_ERROR', 'INTERNAL_SERVERL_ERROR'] },
  },
  {
    name: 'items-without-pager',
    when: 'permissionItem.list without a pager',
    async act({ url, admin: ks }) {
      const pager = { pageSize: 1 }
      return [
        codeOf(await call(url, 'permissionItem.list', { ks })),
        codeOf(await call(url, 'permissionItem.list', { ks, pager })),
      ]
    },
    mended: { does: 'lists the first page', gives: ['ok', 'ok'] },
    vendor: { does: 'is a fault of the server', gives: ['INTERNAL_SERVERL_ERROR', 'ok'] },
  },
  {
    name: 'widget-widens',
    when: 'a widget that gives more than its maker holds',
    async act(account) {
      const { url } = account
      const ks = await sessionOf(account)
      const add = (widget: object) => call(url, 'widget.add', { ks, widget })
      const made = await add({ roles: String(ADMINISTRATOR) })
      const rest = [codeOf(await add({ enforceEntitlement: false })), codeOf(await add({ privacyContext: 'a,list:*' }))]
      if (codeOf(made) !== 'ok') return [codeOf(made), ...rest]
      const session = await call(url, 'session.startWidgetSession', { widgetId: made.id })
      return [codeOf(await call(url, 'user.list', { ks: session.ks })), ...rest]
    },
    mended: {
      does: 'is refused',
      gives: [
        'PROPERTY_VALIDATION_NO_INSERT_PERMISSION',
        'PROPERTY_VALIDATION_NO_INSERT_PERMISSION',
        'INVALID_FIELD_VALUE',
      ],
    },
    vendor: { does: 'makes administrators of everybody', gives: ['ok', 'ok', 'ok'] },
  },
  {
    name: 'permission-of-feature',
    when: 'an own permission by the name of a feature',
    async act({ url, admin, deps, partnerId }) {
      const add = async (name: string) => codeOf(await call(url, 'permission.add', { ks: admin, permission: { name } }))
      const absent = await add('METADATA_PLUGIN_PERMISSION')
      await deps.store.partners.update(partnerId, { features: [DISTRIBUTION] })
      return [absent, await add(DISTRIBUTION)]
    },
    mended: { does: 'is refused', gives: ['PERMISSION_ALREADY_EXISTS', 'PERMISSION_ALREADY_EXISTS'] },
    vendor: { does: 'is taken where the account lacks it', gives: ['ok', 'PERMISSION_ALREADY_EXISTS'] },
  },
  {
    name: 'permission-unlistable',
    when: 'an own permission by a name that no role can list',
    async act({ url, admin: ks }) {
      const codes: string[] = []
      for (const name of ['*', '', ' x ', 'a,b']) {
        codes.push(codeOf(await call(url, 'permission.add', { ks, permission: { name } })))
      }
      return codes
    },
    mended: {
      does: 'is refused',
      gives: ['INVALID_FIELD_VALUE', 'INVALID_FIELD_VALUE', 'INVALID_FIELD_VALUE', 'INVALID_FIELD_VALUE'],
    },
    vendor: { does: 'is taken unless it has a comma', gives: ['ok', 'ok', 'ok', 'INVALID_FIELD_VALUE'] },
  },
  {
    name: 'content-type',
    when: 'the parameter content-type',
    async act({ url }) {
      const typeOf = async (type: string) => {
        const response = await get(url, `service=system&action=ping&content-type=${encodeURIComponent(type)}`)
        return [
          response.headers.get('content-type'),
          response.headers.get('content-security-policy')?.includes('sandbox'),
        ]
      }
      return [await typeOf('text/html'), await typeOf('text/html\r\nx: y')]
    },
    mended: {
      does: 'is passed over',
      gives: [
        ['application/json', undefined],
        ['application/json', undefined],
      ],
    },
    vendor: {
      does: 'sets the type of the answer, of which no script runs',
      gives: [
        ['text/html', true],
        ['application/json', undefined],
      ],
    },
  },
  {
    name: 'secrets-repeated',
    when: 'a value that was pasted where an id belongs',
    async act(account) {
      const { token } = await addToken(account, account.admin, ANA)
      const answer = await call(account.url, 'appToken.get', { ks: account.admin, id: token })
      return [answer.code, JSON.stringify(answer).includes(token)]
    },
    mended: { does: 'is not repeated', gives: ['APP_TOKEN_ID_NOT_FOUND', false] },
    vendor: { does: 'is not repeated', gives: ['APP_TOKEN_ID_NOT_FOUND', false] },
  },
  {
    name: 'token-pause',
    when: 'latchkey_token.pause',
    async act(account) {
      const token = await addToken(account, account.admin, ANA)
      const paused = codeOf(await call(account.url, 'latchkey_token.pause', { ks: account.admin, id: token.id }))
      return [paused, codeOf(await logIn(account, token))]
    },
    mended: { does: 'stops an app token', gives: ['ok', 'APP_TOKEN_NOT_ACTIVE'] },
    vendor: { does: 'is not there', gives: ['SERVICE_DOES_NOT_EXISTS', 'ok'] },
  },
  {
    name: 'answers-cached',
    when: 'the same call by nobody in particular, a remedy in between,',
    switches: { caches: true },
    async act(account) {
      const { url, admin, deps } = account
      const token = await addToken(account, admin, { ...ANA, expiry: deps.clock() - 400_000_000 })
      const ks = await widgetSession(account)
      const exchange = async (more: object = {}) => {
        const params = { ks, id: token.id, tokenHash: sha256(ks + token.token), ...more }
        return codeOf(await call(url, 'appToken.startSession', params))
      }
      const refused = await exchange()
      await call(url, 'appToken.update', { ks: admin, id: token.id, appToken: { expiry: 1_000_000 } })
      const again = await exchange()
      const anew = await exchange({ nocache: 1 })
      account.advance(120)
      const later = await exchange()
      const isSame = ks === (await widgetSession(account))
      account.advance(600)
      return [refused, again, anew, later, isSame, ks === (await widgetSession(account))]
    },
    mended: { does: 'is answered anew', gives: ['APP_TOKEN_EXPIRED', 'ok', 'ok', 'ok', false, false] },
    vendor: {
      does: 'is answered as before, errors for two minutes and widget sessions for ten',
      gives: ['APP_TOKEN_EXPIRED', 'APP_TOKEN_EXPIRED', 'ok', 'ok', true, false],
    },
  },
  {
    name: 'rate-limited',
    when: 'the fourth call of an account within a minute, where three are answered,',
    switches: { callsPerMinute: 3 },
    async act({ url, admin }) {
      const codes: string[] = []
      // The ADMIN session was the first call.
      for (const ks of [admin, admin, admin, undefined]) codes.push(codeOf(await call(url, 'system.ping', { ks })))
      const { message } = await call(url, 'system.getTime', { ks: admin })
      return [...codes, message]
    },
    mended: { does: 'is answered', gives: ['ok', 'ok', 'ok', 'ok', undefined] },
    vendor: {
      does: 'is refused',
      gives: ['ok', 'ok', 'ACTION_BLOCKED', 'ok', 'Action "getTime" in service "system" is blocked'],
    },
  },
]

/** What only ours has. */
export const ADDITION_ROWS: readonly FidelityRow[] = [
  {
    name: 'diagnosis',
    when: 'an error, in JSON, XML and PHP,',
    async act({ url }) {
      const told: boolean[] = []
      for (const format of [1, 2, 3]) {
        const response = await fetch(`${url}/api_v3/?service=nothing&action=get&format=${format}`)
        told.push((await response.text()).includes('diagnosis'))
      }
      return told
    },
    mended: { does: 'carries a diagnosis', gives: [true, true, true] },
    vendor: { does: 'carries none', gives: [false, false, false] },
  },
  {
    name: 'headers',
    when: 'answers, of whatever kind,',
    async act(account) {
      const { url, admin: ks } = account
      const responses = [
        await get(url, `service=media&action=list&ks=${encodeURIComponent(ks)}`),
        await get(url, 'service=user&action=list'),
        await get(url, 'service=appToken&action=add', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ks, appToken: ANA }),
        }),
        await fetch(`${url}/api_v3/`, { method: 'OPTIONS' }),
        await fetch(`${url}/nothing-here`),
      ]
      return responses.map(({ headers }) => [...headers.keys()].filter((name) => name.startsWith('x-latchkey')))
    },
    mended: {
      does: 'have headers of ours',
      gives: [
        ['x-latchkey-accepted-permissions', 'x-latchkey-request', 'x-latchkey-warnings'],
        ['x-latchkey-accepted-permissions', 'x-latchkey-request'],
        ['x-latchkey-accepted-permissions', 'x-latchkey-request', 'x-latchkey-warnings'],
        ['x-latchkey-request'],
        ['x-latchkey-request'],
      ],
    },
    vendor: { does: 'have none', gives: [[], [], [], [], []] },
  },
  {
    name: 'services',
    when: 'a call of a service of ours',
    async act({ url, admin: ks }) {
      return [
        codeOf(await call(url, 'latchkey_access.explain', { ks, actions: 'media.list' })),
        codeOf(await call(url, 'latchkey_token.usage', { ks, id: '0_none' })),
        codeOf(await call(url, 'LATCHKEY_JOURNAL.list', { ks })),
      ]
    },
    mended: { does: 'is answered', gives: ['ok', 'APP_TOKEN_ID_NOT_FOUND', 'ok'] },
    vendor: {
      does: 'is of a service that is not there',
      gives: ['SERVICE_DOES_NOT_EXISTS', 'SERVICE_DOES_NOT_EXISTS', 'SERVICE_DOES_NOT_EXISTS'],
    },
  },
  {
    name: 'oauth2',
    when: 'a client that asks for a session by OAuth2',
    async act({ url }) {
      const [document, token] = [
        await fetch(`${url}/.well-known/oauth-authorization-server`),
        await fetch(`${url}/oauth2/token`, { method: 'POST' }),
      ]
      return [document.status, token.status]
    },
    mended: { does: 'is answered', gives: [200, 400] },
    vendor: { does: 'finds nothing', gives: [404, 404] },
  },
  {
    name: 'bearer',
    when: 'a session in the Authorization header',
    async act({ url, admin }) {
      const headers = { authorization: `Bearer ${admin}` }
      return [
        codeOf(await call(url, 'user.list', {}, headers)),
        codeOf(await call(url, 'user.list', { ks: admin }, { authorization: 'Bearer nonsense' })),
        (await post(url, 'user.list', {}, { authorization: 'Bearer nonsense' })).headers.has('www-authenticate'),
      ]
    },
    mended: { does: 'counts', gives: ['ok', 'INVALID_KS', true] },
    vendor: { does: 'is passed over', gives: ['SERVICE_FORBIDDEN', 'ok', false] },
  },
  {
    name: 'fields',
    when: 'a client that takes fields of ours',
    async act(account) {
      const { id } = await addToken(account, account.admin, ANA)
      const shown = await call(account.url, 'appToken.get', { ks: account.admin, id }, { 'x-latchkey-fields': '1' })
      return 'labels' in shown
    },
    mended: { does: 'gets some', gives: true },
    vendor: { does: 'gets none', gives: false },
  },
  {
    name: 'status-http',
    when: 'a client that asks for the status of a refusal',
    async act({ url }) {
      return (await get(url, 'service=user&action=list', { headers: { 'x-latchkey-status': 'http' } })).status
    },
    mended: { does: 'gets one', gives: 403 },
    vendor: { does: 'gets 200', gives: 200 },
  },
  {
    name: 'preflight',
    when: 'a page on another origin',
    async act({ url }) {
      const { headers } = await fetch(`${url}/api_v3/`, { method: 'OPTIONS' })
      const answered = await get(url, 'service=system&action=ping')
      return [
        headers.get('access-control-allow-headers'),
        answered.headers.get('access-control-expose-headers')?.includes('X-Latchkey'),
      ]
    },
    mended: {
      does: 'may send our headers and read them',
      gives: [
        'Origin, X-Requested-With, Content-Type, Accept, Range, Cache-Control, Authorization, X-Latchkey-Status, X-Latchkey-Fields',
        true,
      ],
    },
    vendor: {
      does: 'may send and read the original’s only',
      gives: ['Origin, X-Requested-With, Content-Type, Accept, Range, Cache-Control', false],
    },
  },
]
