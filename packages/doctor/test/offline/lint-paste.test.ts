import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CauseId } from '@latchkey/core'
import { createSigningKey, findAction, formatSession, Secret, tokenHash } from '@latchkey/core'
import { nodePrimitives as primitives } from '@latchkey/core/node'
import { lintPaste } from '../../src/offline/lint-paste.ts'

const NOW = 1_700_000_000
const KEY = createSigningKey(primitives, new Secret('5f1d0c9be27a4c66a3d8b0417e92f3ad'))
const VALUE = 'c0ffee00c0ffee11c0ffee22c0ffee33'
const ID = '0_k3v9qz1m'

function session(type = 0, version: 1 | 2 = 2, privileges = 'view:*,widget:1', userId = '0'): string {
  const fields = { partnerId: 102, expiresAt: NOW + 3600, type, userId, privileges }
  return formatSession(primitives, fields, KEY, version)
}

const WIDGET = session()
const OTHER_WIDGET = session()
const V1 = session(0, 1, 'view:*,widget:1,pad:>>>???~~~')
const ADMIN_V1 = session(2, 1, '', 'owner')
const USER = session(0, 2, 'sessionid:0_k3v9qz1m,apptoken:0_k3v9qz1m', 'svc')
const HASH = tokenHash(primitives, 'SHA256', WIDGET, new Secret(VALUE))
const URL = 'https://api.example.com/api_v3/service'
const TOKEN = {
  id: ID,
  partnerId: 102,
  status: 2,
  sessionType: 0,
  sessionUserId: 'svc',
  sessionDuration: 86400,
  sessionPrivileges: 'list:*',
  hashType: 'SHA256',
  objectType: 'KalturaAppToken',
}
const record = (more: object = {}) => JSON.stringify({ ...TOKEN, ...more })
const form = (fields: Readonly<Record<string, string | number>>) =>
  new URLSearchParams(Object.entries(fields).map(([k, v]) => [k, String(v)])).toString()
const login = (more: Readonly<Record<string, string | number>> = {}) => ({
  format: 1,
  ks: WIDGET,
  id: ID,
  tokenHash: HASH,
  ...more,
})
const curl = (path: string, fields: Readonly<Record<string, string | number>>) =>
  `curl -sS '${URL}/${path}' -d '${form(fields)}'`
const curlLogin = (more: Readonly<Record<string, string | number>> = {}) =>
  curl('appToken/action/startSession', login(more))
const error = (code: string, message = code, args: object = {}) =>
  JSON.stringify({ code, message, objectType: 'KalturaAPIException', args })
const forbidden = (what: string) =>
  error('SERVICE_FORBIDDEN', `The access to service [${what}] is forbidden`, { SERVICE: what })

interface Entry {
  readonly path: string
  readonly fields: Readonly<Record<string, string | number>>
  readonly answer: unknown
  readonly headers?: readonly (readonly [string, string])[]
  readonly at?: string
  readonly host?: string
}

const answeredAt = (seconds: number) => new Date(seconds * 1000).toISOString()

function har(entries: readonly Entry[]): string {
  return JSON.stringify({
    log: {
      version: '1.2',
      entries: entries.map(({ path, fields, answer, headers = [], at, host = 'api.example.com' }) => ({
        startedDateTime: at,
        request: {
          method: 'POST',
          url: `https://${host}/api_v3/service/${path}`,
          headers: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }],
          postData: { mimeType: 'application/x-www-form-urlencoded', text: form(fields) },
        },
        response: {
          status: 200,
          headers: headers.map(([name, value]) => ({ name, value })),
          content: { text: typeof answer === 'string' ? answer : JSON.stringify(answer) },
        },
      })),
    },
  })
}

const WIDGET_ENTRY: Entry = {
  path: 'session/action/startWidgetSession',
  fields: { format: 1, widgetId: '_102' },
  answer: { partnerId: 102, ks: WIDGET, userId: 0, objectType: 'KalturaStartWidgetSessionResponse' },
}
const INFO = {
  ks: USER,
  sessionType: 0,
  partnerId: '102',
  userId: 'svc',
  expiry: NOW + 3600,
  privileges: 'sessionid:0_k3v9qz1m,apptoken:0_k3v9qz1m',
  objectType: 'KalturaSessionInfo',
}
const LOGIN_ENTRY: Entry = { path: 'appToken/action/startSession', fields: login(), answer: INFO }

/** What is pasted, and which cause is found first. */
const PASTES: readonly (readonly [cause: CauseId, about: string, paste: string])[] = [
  [
    'session-not-sent',
    'a login without ks',
    curl('appToken/action/startSession', { format: 1, id: ID, tokenHash: HASH }),
  ],
  [
    'session-not-sent',
    'a login without ks, and its answer',
    `${curl('appToken/action/startSession', { format: 1, id: ID, tokenHash: HASH })}\n${forbidden('apptoken->startsession')}`,
  ],
  ['session-not-sent', 'the value of the token as ks', curlLogin({ ks: VALUE })],
  ['session-not-sent', 'a form body alone', form({ service: 'media', action: 'list', format: 1 })],
  ['session-not-sent', 'a JSON body alone', '{"service":"media","action":"list","format":1,"ks":""}'],
  [
    'widget-id-without-underscore',
    'a widget login',
    curl('session/action/startWidgetSession', { widgetId: 102, format: 1 }),
  ],
  [
    'json-charset-ignored',
    'a curl line with JSON',
    `curl ${URL}/appToken/action/startSession -H 'Content-Type: application/json; charset=utf-8' -d '${JSON.stringify(login())}'`,
  ],
  [
    'json-charset-ignored',
    'a request on the wire',
    `POST /api_v3/service/media/action/list HTTP/1.1\nHost: api.example.com\nContent-Type: text/plain\n\n{"ks":"${WIDGET}","format":1}`,
  ],
  [
    'xml-where-json-expected',
    'an answer',
    `<?xml version="1.0" encoding="utf-8"?><xml><result><objectType>KalturaStartWidgetSessionResponse</objectType><partnerId>102</partnerId><ks>${WIDGET}</ks><userId>0</userId></result><executionTime>0.01</executionTime></xml>`,
  ],
  [
    'error-inside-http-200',
    'a job that went on',
    har([
      { ...WIDGET_ENTRY, answer: error('INVALID_WIDGET_ID', 'Unknown widget [_102]', { WIDGET_ID: '_102' }) },
      { path: 'system/action/ping', fields: { format: 1 }, answer: true },
    ]),
  ],
  [
    'session-is-whole-response',
    'JSON as ks',
    curlLogin({ ks: `{"ks":"${WIDGET}","objectType":"KalturaStartWidgetSessionResponse"}` }),
  ],
  [
    'session-is-whole-response',
    'XML as ks',
    curlLogin({ ks: `<?xml version="1.0"?><xml><result><ks>${WIDGET}</ks></result></xml>` }),
  ],
  ['session-url-mangled', 'plus signs that became blanks', `${URL}/media/action/list?format=1&ks=${V1}`],
  ['session-url-mangled', 'encoded twice', curlLogin({ ks: encodeURIComponent(V1.includes('=') ? V1 : `${V1}=`) })],
  [
    'session-truncated',
    'a column of 128 characters',
    curlLogin({ ks: `${session(0, 2, `view:*,widget:1,${'x'.repeat(80)}`).slice(0, 128)}` }),
  ],
  ['session-truncated', 'a bare session string', session(0, 2, `view:*,widget:1,${'x'.repeat(80)}`).slice(0, 101)],
  ['session-quoted', 'quotes at the edges', curlLogin({ ks: `"${WIDGET}"` })],
  [
    'hash-whitespace-in-session',
    'a line end behind ks',
    `${curl('appToken/action/startSession', login({ ks: `${WIDGET}\n` }))}`,
  ],
  ['hash-bom', 'a mark in front of ks', curlLogin({ ks: `\ufeff${WIDGET}` })],
  ['partner-mismatch', 'another account', curl('media/action/list', { format: 1, ks: USER, partnerId: 103 })],
  ['token-of-other-partner', 'a token record beside the login', `${record({ partnerId: 103 })}\n${curlLogin()}`],
  [
    'widget-session-still-used',
    'traffic',
    har([
      WIDGET_ENTRY,
      LOGIN_ENTRY,
      { path: 'user/action/list', fields: { format: 1, ks: WIDGET }, answer: forbidden('user->list') },
    ]),
  ],
  ['wrong-endpoint', 'traffic to two hosts', har([WIDGET_ENTRY, { ...LOGIN_ENTRY, host: 'other.example.com' }])],
  ['hash-upper-case', 'a login', curlLogin({ tokenHash: HASH.toUpperCase() })],
  ['hash-upper-case', 'a bare hash', HASH.toUpperCase()],
  ['hash-base64', 'a login', curlLogin({ tokenHash: Buffer.from(HASH, 'hex').toString('base64') })],
  ['hash-decorated', 'a login', curlLogin({ tokenHash: `sha256:${HASH}` })],
  ['hash-zeros-dropped', 'a login beside the token', `${record()}\n${curlLogin({ tokenHash: HASH.slice(0, 61) })}`],
  ['hash-wrong-algorithm', 'a login beside the token', `${record()}\n${curlLogin({ tokenHash: HASH.slice(0, 40) })}`],
  ['hash-token-value-sent', 'a login', curlLogin({ tokenHash: VALUE })],
  ['hash-placeholder', 'a template', curlLogin({ tokenHash: '{{tokenHash}}' })],
  [
    'hash-newline',
    'a login beside the token and its value',
    `${record({ token: VALUE })}\n${curlLogin({ tokenHash: primitives.digestHex('sha256', `${WIDGET}${VALUE}\n`) })}`,
  ],
  [
    'hash-token-id',
    'a login beside the token and its value',
    `${record({ token: VALUE })}\n${curlLogin({ tokenHash: primitives.digestHex('sha256', WIDGET + ID) })}`,
  ],
  [
    'hash-other-session',
    'traffic with two widget sessions',
    `${record({ token: VALUE })}\n${curl('session/action/startWidgetSession', { widgetId: '_102', format: 1 })}\n${JSON.stringify({ ks: OTHER_WIDGET, partnerId: 102, objectType: 'KalturaStartWidgetSessionResponse' })}\n${curlLogin({ tokenHash: primitives.digestHex('sha256', OTHER_WIDGET + VALUE) })}`,
  ],
  [
    'hash-session-of-other-kind',
    'an ADMIN session beside a widget session',
    har([
      WIDGET_ENTRY,
      {
        ...LOGIN_ENTRY,
        fields: login({ ks: ADMIN_V1 }),
        answer: error('INVALID_APP_TOKEN_HASH', 'Invalid application token hash'),
      },
    ]),
  ],
  [
    'hash-unexplained',
    'a login beside the token and its value',
    `${record({ token: VALUE })}\n${curlLogin({ tokenHash: 'ab'.repeat(32) })}`,
  ],
  ['token-id-mangled', 'a login', curlLogin({ id: 'k3v9qz1m' })],
  ['token-id-mangled', 'the value as id', curlLogin({ id: VALUE })],
  ['reserved-privilege-dropped', 'a login that asks for list', curlLogin({ sessionPrivileges: 'list:*' })],
  [
    'permission-name-as-privilege',
    'a login that asks for a permission',
    curlLogin({ sessionPrivileges: 'CONTENT_MANAGE_BASE' }),
  ],
  ['session-expiry-unit', 'a date', curlLogin({ expiry: NOW + 3600 })],
  ['session-expiry-unit', 'milliseconds', curlLogin({ expiry: 86_400_000 })],
  ['parameter-invalid', 'a type that there is not', curlLogin({ type: 1 })],
  ['user-argument-ignored', 'a login beside the token', `${record()}\n${curlLogin({ userId: 'somebody.else' })}`],
  [
    'admin-secret-instead',
    'session.start',
    curl('session/action/start', { secret: '5f1d0c9be27a4c66a3d8b0417e92f3ad', partnerId: 102, type: 2, format: 1 }),
  ],
  [
    'admin-secret-instead',
    'settings',
    'KALTURA_PARTNER_ID=102\nKALTURA_ADMIN_SECRET=5f1d0c9be27a4c66a3d8b0417e92f3ad\n',
  ],
  ['hash-token-id', 'settings', `export APP_TOKEN_ID=${ID}\nexport APP_TOKEN_VALUE=${ID}\n`],
  ['hash-quoted', 'settings', `APP_TOKEN_VALUE=“${VALUE}”\n`],
  ['plugin-service-prefix', 'a call', curl('scheduleEvent/action/list', { format: 1, ks: USER })],
  [
    'plugin-service-prefix',
    'an error',
    error('SERVICE_DOES_NOT_EXISTS', 'Service "scheduleEvent" does not exists', { SRV_NAME: 'scheduleEvent' }),
  ],
  ['service-unknown', 'a call', curl('medai/action/list', { format: 1, ks: USER })],
  ['action-unknown', 'a call', curl('media/action/lisst', { format: 1, ks: USER })],
  [
    'parameter-missing',
    'a slip in a name',
    curl('appToken/action/startSession', { format: 1, ks: WIDGET, id: ID, tokenhash: HASH }),
  ],
  [
    'field-not-writable',
    'the whole object sent back',
    `curl ${URL}/appToken/action/update -d 'format=1&ks=${encodeURIComponent(USER)}&id=${ID}&appToken:status=2&appToken:description=x'`,
  ],
  [
    'token-expiry-unit',
    'a token about to be made with an empty expiry',
    `curl ${URL}/appToken/action/add -H 'Content-Type: application/json' -d '${JSON.stringify({ ks: USER, appToken: { sessionType: 0, sessionUserId: 'svc', sessionDuration: 86400, sessionPrivileges: 'list:*', hashType: 'SHA256', expiry: '' } })}'`,
  ],
  ['token-expiry-unit', 'milliseconds', record({ expiry: 1_800_000_000_000 })],
  ['token-expiry-unit', 'a date in words', record({ expiry: '2031-01-01' })],
  ['token-expired', 'a token', record({ expiry: NOW - 1 })],
  ['token-disabled', 'a token', record({ status: 1 })],
  ['hash-type-weak', 'a token', record({ hashType: 'SHA1' })],
  ['admin-without-role', 'a token', record({ sessionType: 2, sessionPrivileges: '', sessionUserId: '' })],
  ['privilege-blank', 'a token', record({ sessionPrivileges: 'list:*, disableentitlement' })],
  ['privilege-duplicate', 'a token', record({ sessionPrivileges: 'list:*,edit:0_a,edit:0_b' })],
  ['ip-restriction', 'a token', record({ sessionPrivileges: 'list:*,iprestrict:10.0.0.0/24' })],
  [
    'session-get-needs-permission',
    'traffic',
    har([{ path: 'session/action/get', fields: { format: 1, ks: USER }, answer: forbidden('session->get') }]),
  ],
  [
    'user-session-lacks-permission',
    'traffic',
    har([
      WIDGET_ENTRY,
      LOGIN_ENTRY,
      { path: 'user/action/list', fields: { format: 1, ks: USER }, answer: forbidden('user->list') },
    ]),
  ],
  ['too-many-starts', 'traffic', har([WIDGET_ENTRY, ...Array.from({ length: 6 }, () => LOGIN_ENTRY)])],
  [
    'error-cached',
    'traffic',
    har([
      { ...LOGIN_ENTRY, answer: error('APP_TOKEN_NOT_ACTIVE'), headers: [['X-Kaltura', 'cached-dispatcher,abc,10']] },
    ]),
  ],
  [
    'clock-skew',
    'traffic',
    har([{ ...WIDGET_ENTRY, at: answeredAt(NOW + 600), headers: [['X-Kaltura-Session', `123, ${NOW}`]] }]),
  ],
  [
    'hash-type-unchanged',
    'traffic',
    har([
      {
        path: 'appToken/action/update',
        fields: { format: 1, ks: USER, id: ID, 'appToken:hashType': 'SHA256' },
        answer: { ...TOKEN, hashType: 'SHA1' },
      },
      { ...LOGIN_ENTRY, fields: login({ tokenHash: HASH.slice(0, 40) }) },
    ]),
  ],
  [
    'https-required',
    'traffic',
    `curl http://api.example.com/api_v3/service/media/action/list -d 'format=1&ks=${encodeURIComponent(USER)}'\n${error('SERVICE_ACCESS_CONTROL_RESTRICTED')}`,
  ],
  [
    'session-expired',
    'an error',
    error('INVALID_KS', 'Invalid KS "EXPIRED", Error "-1,INVALID_STR"', {
      KSID: 'EXPIRED',
      ERR_CODE: '-1',
      ERR_DESC: 'INVALID_STR',
    }),
  ],
  [
    'entry-not-owned',
    'an error',
    error('INVALID_KS', 'Invalid KS "", Error "-4,INVALID_TYPE"', {
      KSID: '',
      ERR_CODE: '-4',
      ERR_DESC: 'INVALID_TYPE',
    }),
  ],
  ['role-unknown', 'an error', error('INVALID_OBJECT_ID', 'Invalid object id [N/A]', { ID: 'N/A' })],
  ['feature-off', 'an error', error('FEATURE_FORBIDDEN')],
]

const judge = (paste: string) => lintPaste(paste, { primitives, clock: NOW })

describe('a paste', () => {
  for (const [cause, about, paste] of PASTES) {
    test(`shows ${cause}: ${about}`, () => {
      const { findings } = judge(paste)
      assert.equal(
        findings[0]?.cause,
        cause,
        JSON.stringify(
          findings.map((one) => [one.severity, one.cause, one.saw]),
          null,
          1,
        ),
      )
    })
  }

  test('of the right login has nothing wrong in it', () => {
    const good = [
      curlLogin(),
      `${record({ token: VALUE })}\n${curlLogin()}`,
      record(),
      har([
        WIDGET_ENTRY,
        LOGIN_ENTRY,
        {
          path: 'media/action/list',
          fields: { format: 1, ks: USER, 'pager:pageSize': 1 },
          answer: { totalCount: 1, objects: [], objectType: 'KalturaMediaListResponse' },
        },
      ]),
      curl('session/action/startWidgetSession', { widgetId: '_102', format: 1 }),
      WIDGET,
      HASH,
      `APP_TOKEN_ID=${ID}\nAPP_TOKEN_VALUE=${VALUE}\nKALTURA_SERVICE_URL=https://api.example.com`,
      JSON.stringify(INFO),
      `curl -sS "$server/api_v3/service/media/action/list" -d format=1 --data-urlencode "ks=$session"`,
      `curl -sS https://api.example.com/api_v3/service/multirequest -d 'format=1&1:service=session&1:action=startWidgetSession&1:widgetId=_102&2:service=permission&2:action=getCurrentPermissions&2:ks={1:result:ks}'`,
    ]
    for (const paste of good) {
      const { isReadable, findings } = judge(paste)
      assert.ok(isReadable, paste.slice(0, 100))
      assert.deepEqual(
        findings.filter(({ severity }) => severity !== 'note'),
        [],
        paste.slice(0, 100),
      )
    }
  })

  test('with masks in the place of ids and values has at most notes about those', () => {
    for (const mask of ['****', '0_xxxx', '<token id>', '…', '[redacted]', '$id']) {
      const { findings } = judge(curlLogin({ id: mask, tokenHash: mask, ks: mask }))
      assert.deepEqual(
        findings.filter(({ severity }) => severity !== 'note'),
        [],
        mask,
      )
      const told = judge(record({ id: mask, token: mask })).findings
      assert.deepEqual(
        told.filter(({ severity }) => severity !== 'note'),
        [],
        mask,
      )
    }
  })

  test('shows no secret in what is said of it', () => {
    for (const [, , paste] of PASTES) {
      const said = JSON.stringify(judge(paste))
      for (const secret of [VALUE, WIDGET, USER, V1, ADMIN_V1, HASH, '5f1d0c9be27a4c66a3d8b0417e92f3ad']) {
        assert.ok(!said.includes(secret.slice(8, 20)), `${secret.slice(0, 4)} in ${said.slice(0, 400)}`)
      }
    }
  })

  test('with a piece of program in it does not take names of variables for values', () => {
    const program = `r = requests.post("${URL}/apptoken/action/startsession", data={"format": 1, "ks": ks, "id": token_id, "tokenHash": digest})`
    const { isReadable, findings } = judge(program)
    assert.ok(isReadable)
    assert.deepEqual(findings, [])
  })

  test('with an address on one line and the parameters on the next is one call', () => {
    const { summary, findings } = judge(`${URL}/apptoken/action/startsession\n${form(login())}`)
    assert.deepEqual([summary, findings], ['1 call: appToken.startSession.', []])
  })

  test('with a whole call among words has that judged', () => {
    const { findings } = judge(`1) I call ${URL}/session/action/startWidgetSession?widgetId=102&format=1, and then?`)
    assert.equal(findings[0]?.cause, 'widget-id-without-underscore')
  })

  test('with a code among words is an error, which claims no mistake that nothing shows', () => {
    assert.equal(judge('Kaltura says INVALID_APP_TOKEN_HASH').findings[0]?.cause, 'hash-unexplained')
    assert.equal(judge('Application token id "0_k3v9qz1m" expired').findings[0]?.cause, 'token-expired')
  })

  test('with an answer that names its cause has that cause, and no other', () => {
    const diagnosis = { cause: { id: 'hash-upper-case', saw: 'the digest in capital letters' } }
    const answer = { code: 'INVALID_APP_TOKEN_HASH', message: 'Invalid application token hash', diagnosis }
    const [first, ...others] = judge(JSON.stringify(answer)).findings
    assert.deepEqual([first?.cause, first?.severity, others], ['hash-upper-case', 'error', []])
    assert.match(first?.remedy[0] ?? '', /^Lower-case the digest/)
    assert.doesNotMatch(first?.saw ?? '', /it may be as well/)
  })

  test('with an empty list says why a list is empty, as a note', () => {
    const empty = { objects: [], totalCount: 0, objectType: 'KalturaMediaListResponse' }
    const [first, ...others] = judge(JSON.stringify(empty)).findings
    assert.deepEqual([first?.cause, first?.severity, others], ['list-shows-own-entries-only', 'note', []])
    assert.deepEqual(judge(JSON.stringify({ ...empty, objects: [{ id: '0_a' }], totalCount: 1 })).findings, [])
  })

  test('is judged for what the job wants', () => {
    const wanted = [findAction('user', 'list')].flatMap((action) => action ?? [])
    const [first] = lintPaste(JSON.stringify(INFO), { primitives, clock: NOW, wanted }).findings
    assert.equal(first?.cause, 'user-session-lacks-permission')
  })

  test('of nothing, of prose or of binary is not readable', () => {
    for (const text of ['', '   \n', 'Hello, how do I log in?', '\u0000\u0001\u0002', '[]', '{}', 'null']) {
      assert.equal(judge(text).isReadable, false, JSON.stringify(text))
    }
  })
})
