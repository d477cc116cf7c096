import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { type RunningServer, startServer } from './lib/server.ts'
import { type Answer, addToken, adminSession, call, post } from './lib/v3.ts'

interface Login {
  readonly ks: string
  readonly value: string
  readonly id: string
}
/** What a tool sends that makes the mistake. */
interface Sent {
  readonly hash: string
  readonly ks?: string
}

const digest = (algorithm: string, input: string | Buffer) => createHash(algorithm).update(input).digest('hex')
const sha256 = (input: string | Buffer) => digest('sha256', input)
const hmac = (key: string, input: string) => createHmac('sha256', key).update(input).digest('hex')
const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')
const right = ({ ks, value }: Login) => sha256(ks + value)

const SINGLE: readonly (readonly [cause: string, did: string, send: (login: Login) => Sent])[] = [
  ['hash-upper-case', 'capitals', (it) => ({ hash: right(it).toUpperCase() })],
  ['hash-wrong-algorithm', 'MD5', ({ ks, value }) => ({ hash: digest('md5', ks + value) })],
  ['hash-wrong-algorithm', 'SHA1', ({ ks, value }) => ({ hash: digest('sha1', ks + value) })],
  ['hash-wrong-algorithm', 'SHA512', ({ ks, value }) => ({ hash: digest('sha512', ks + value) })],
  ['hash-token-value-sent', 'the value', ({ value }) => ({ hash: value })],
  ['hash-newline', 'a line feed at the end', ({ ks, value }) => ({ hash: sha256(`${ks}${value}\n`) })],
  ['hash-newline', 'CR LF at the end', ({ ks, value }) => ({ hash: sha256(`${ks}${value}\r\n`) })],
  ['hash-newline', 'a line feed between', ({ ks, value }) => ({ hash: sha256(`${ks}\n${value}`) })],
  ['hash-token-id', 'the id', ({ ks, id }) => ({ hash: sha256(ks + id) })],
  ['hash-utf16', 'UTF-16', ({ ks, value }) => ({ hash: sha256(Buffer.from(ks + value, 'utf16le')) })],
  ['hash-hmac', 'the value as key', ({ ks, value }) => ({ hash: hmac(value, ks) })],
  ['hash-hmac', 'the session as key', ({ ks, value }) => ({ hash: hmac(ks, value) })],
  ['hash-base64', 'Base64', (it) => ({ hash: base64(right(it)) })],
  ['hash-swapped', 'the value first', ({ ks, value }) => ({ hash: sha256(value + ks) })],
  ['hash-separator', 'a colon', ({ ks, value }) => ({ hash: sha256(`${ks}:${value}`) })],
  ['hash-separator', 'a CSV row', ({ ks, value }) => ({ hash: sha256(`"${ks}","${value}"`) })],
  ['hash-quoted', 'the session', ({ ks, value }) => ({ hash: sha256(`"${ks}"${value}`) })],
  ['hash-quoted', 'both', ({ ks, value }) => ({ hash: sha256(`"${ks}""${value}"`) })],
  ['hash-url-encoded-session', 'percent signs', ({ ks, value }) => ({ hash: sha256(encodeURIComponent(ks) + value) })],
  [
    'hash-padding-stripped',
    'where it was hashed',
    ({ ks, value }) => ({ hash: sha256(ks.replace(/=+$/, '') + value) }),
  ],
  ['hash-padding-stripped', 'where it was sent', (it) => ({ hash: right(it), ks: it.ks.replace(/=+$/, '') })],
  ['hash-whitespace-in-session', 'a line end sent', (it) => ({ hash: right(it), ks: `${it.ks}\r\n` })],
  ['hash-whitespace-in-session', 'a blank hashed', ({ ks, value }) => ({ hash: sha256(` ${ks}${value}`) })],
  ['hash-bom', 'a byte order mark', ({ ks, value }) => ({ hash: sha256(`\ufeff${ks}${value}`) })],
  ['hash-decorated', '0x', (it) => ({ hash: `0x${right(it)}` })],
  ['hash-decorated', 'a file name', (it) => ({ hash: `${right(it)}  -` })],
  ['hash-double', 'the hex again', (it) => ({ hash: sha256(right(it)) })],
  ['hash-double', 'the value first', ({ ks, value }) => ({ hash: sha256(ks + sha256(value)) })],
  ['hash-half-input', 'the value alone', ({ value }) => ({ hash: sha256(value) })],
  ['hash-half-input', 'the session alone', ({ ks }) => ({ hash: sha256(ks) })],
  [
    'hash-decoded-input',
    'the session',
    ({ ks, value }) => ({ hash: sha256(Buffer.concat([Buffer.from(ks, 'base64url'), Buffer.from(value)])) }),
  ],
  [
    'hash-decoded-input',
    'the value',
    ({ ks, value }) => ({ hash: sha256(Buffer.concat([Buffer.from(ks), Buffer.from(value, 'hex')])) }),
  ],
  ['hash-case-of-input', 'the value in capitals', ({ ks, value }) => ({ hash: sha256(ks + value.toUpperCase()) })],
  [
    'hash-case-of-input',
    'the session in small letters',
    ({ ks, value }) => ({ hash: sha256(ks.toLowerCase() + value) }),
  ],
  ['session-truncated', 'to 100 characters', ({ ks, value }) => ({ hash: sha256(ks.slice(0, 100) + value) })],
  ['hash-placeholder', 'null for the value', ({ ks }) => ({ hash: sha256(`${ks}null`) })],
  ['hash-placeholder', 'sent', () => ({ hash: '{{tokenHash}}' })],
  ['hash-unexplained', 'something else', () => ({ hash: sha256('something else') })],
]

describe('a wrong hash', () => {
  let server: RunningServer
  let admin: string
  let token: { readonly id: string; readonly token: string }
  let caller = 0

  before(async () => {
    server = await startServer({ env: { LATCHKEY_TRUST_PROXY: '127.0.0.1' } })
    admin = await adminSession(server)
    token = await addToken(server, admin)
  })
  after(() => server?.[Symbol.asyncDispose]())

  /** Another client each time, since one has so many searches only. */
  const from = () => {
    caller += 1
    return { 'x-forwarded-for': `198.51.100.${caller}` }
  }
  const widget = async () =>
    (await call(server.url, 'session.startWidgetSession', { widgetId: `_${server.partnerId}` })).ks
  /** A session string with padding, so that each mistake can be made with it. */
  const padded = async () => {
    for (const userId of ['a', 'a.person@example.org', 'another.person.with.a.long.name@example.org']) {
      const { partnerId, adminSecret: secret } = server
      const ks = await call(server.url, 'session.start', { partnerId, secret, type: 0, userId, privileges: 'widget:1' })
      if (ks.endsWith('=')) return ks
    }
    throw new Error('no session string ends in =')
  }
  const startSession = (
    ks: string,
    tokenHash: string,
    headers: Record<string, string>,
    id = token.id,
  ): Promise<Answer> => call(server.url, 'appToken.startSession', { ks, id, tokenHash }, headers)

  for (const [cause, did, send] of SINGLE) {
    test(`is told as ${cause} (${did}), and neither accepted nor answered with a secret`, async () => {
      const ks = await padded()
      const login = { ks, value: token.token, id: token.id }
      const sent = send(login)
      const answer = await startSession(sent.ks ?? ks, sent.hash, from())
      const { code, diagnosis } = answer
      assert.deepEqual([code, diagnosis?.stage, diagnosis?.cause.id], ['INVALID_APP_TOKEN_HASH', 'hash', cause])
      assert.equal('mistakes' in diagnosis, false)
      assert.ok(diagnosis.cause.remedy.length > 0)
      assertTellsNone(answer, [token.token, right(login), base64(right(login)), ks.slice(12), sent.hash])
    })
  }

  test('with two mistakes is told with both, in the order in which they were made, in every format', async () => {
    const ks = await widget()
    const hash = sha256(`${ks}"${token.token}"\n`)
    const { diagnosis } = await startSession(ks, hash, from())
    assert.equal(diagnosis.cause.id, 'hash-quoted')
    assert.deepEqual(diagnosis.mistakes, ['hash-quoted', 'hash-newline'])
    assert.match(diagnosis.cause.saw, /the token in double quotes, and a line feed at the end/)
    assert.ok(diagnosis.cause.remedy.some((step: string) => /printf %s/.test(step)))
    const sent = { ks, id: token.id, tokenHash: hash, format: 2 }
    const xml = await (await post(server.url, 'appToken.startSession', sent, from())).text()
    assert.match(xml, /<mistakes><item>hash-quoted<\/item><item>hash-newline<\/item><\/mistakes>/)
  })

  test('over another session than the ADMIN session that was sent is told what to hash', async () => {
    const { diagnosis } = await startSession(admin, sha256((await widget()) + token.token), from())
    assert.equal(diagnosis.cause.id, 'hash-unexplained')
    assert.match(diagnosis.cause.saw, /an ADMIN session: hash its string/)
  })

  test('by the value before a rotation is told as that, while it is taken and after', async () => {
    const old = await addToken(server, admin)
    const rotate = (overlap: number) => call(server.url, 'latchkey_token.rotate', { ks: admin, id: old.id, overlap })
    const rotated = await rotate(1)
    const ks = await widget()
    const taken = await startSession(ks, sha256(`${ks}${old.token}\n`), from(), old.id)
    assert.equal(taken.diagnosis.cause.id, 'hash-newline')
    await new Promise((resolve) => setTimeout(resolve, 2_100))
    const late = await startSession(ks, sha256(ks + old.token), from(), old.id)
    assert.equal(late.diagnosis.cause.id, 'token-value-old')
    assertTellsNone([taken, late], [old.token, rotated.token, sha256(ks + rotated.token), ks.slice(12)])
  })

  test('is looked into thirty times at once from an address, locks nothing, and is nobody else’s burden', async () => {
    const ks = await widget()
    const lineFeed = sha256(`${ks}${token.token}\n`)
    const address = from()
    const answers: Answer[] = []
    for (let round = 0; round < 45; round += 1) answers.push(await startSession(ks, lineFeed, address))
    const causes = answers.map(({ diagnosis }) => diagnosis.cause.id)
    assert.deepEqual(causes.slice(0, 30), Array(30).fill('hash-newline'))
    const last = answers.at(-1)
    assert.deepEqual([last.code, last.diagnosis.cause.id], ['INVALID_APP_TOKEN_HASH', 'hash-unexplained'])
    assert.match(last.diagnosis.cause.saw, /too many wrong hashes came from this address/)
    assert.equal((await startSession(ks, lineFeed, from())).diagnosis.cause.id, 'hash-newline')
    assert.equal((await startSession(ks, sha256(ks + token.token), address)).objectType, 'KalturaSessionInfo')
  })

  // As much as a request may hold: trying at each blank whether all behind it are blank would not end within the limit.
  test('with a session string blown up by white space costs no search', { timeout: 60_000 }, async () => {
    const session = await widget()
    const blanks = ' '.repeat(1_000_000)
    for (const [ks, saw] of [
      [session + blanks, /far longer than a session string/],
      [`${session}${blanks}x`, /ks holds blanks/],
    ] as const) {
      const { diagnosis } = await startSession(ks, sha256('garbage'), from())
      assert.match(diagnosis.cause.saw, saw)
    }
  })
})

/** No run of twelve characters of any of them. */
function assertTellsNone(answer: Answer, secrets: readonly string[]): void {
  const told = JSON.stringify(answer)
  for (const secret of secrets) {
    for (let at = 0; at + 12 <= secret.length; at += 1) {
      assert.equal(told.includes(secret.slice(at, at + 12)), false, `${secret.slice(at, at + 12)} in ${told}`)
    }
  }
}
