import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import {
  forgetSecrets,
  isSecretName,
  isSessionString,
  looksSecret,
  mask,
  noteSecret,
  redact,
} from '../src/connection/secrets.ts'

const VALUE = '0123456789abcdef0123456789abcdef'
const SESSION = 'djJ8NDI0Mnx+/eXo9PQ=='

afterEach(forgetSecrets)

describe('a masked secret', () => {
  test('shows its edges only', () => assert.equal(mask(VALUE), '0123••••••••cdef'))
  test('shows nothing where its edges would be most of it', () => assert.equal(mask('short'), '•••••'))
  test('of nothing is nothing', () => assert.equal(mask(''), ''))
})

describe('a redacted text', () => {
  test('holds no secret that passed through the page, wherever it stands', () => {
    noteSecret(VALUE)
    noteSecret(SESSION)
    const text = `{"token":"${VALUE}","again":"${VALUE}","ks":"${SESSION}"} ?ks=${encodeURIComponent(SESSION)}`
    const redacted = redact(text)
    for (const secret of [VALUE, SESSION, encodeURIComponent(SESSION)]) assert.ok(!redacted.includes(secret), redacted)
    assert.equal(redacted.match(/0123•+cdef/g)?.length, 2)
  })

  test('is not left with half of a longer secret that holds a shorter one', () => {
    noteSecret(VALUE)
    noteSecret(`${VALUE}-and-more-of-it`)
    assert.ok(!redact(`${VALUE}-and-more-of-it`).includes('-and-more-of'))
  })

  test('keeps ordinary words, which a short secret could be', () => {
    noteSecret('list')
    noteSecret('')
    noteSecret(undefined)
    assert.equal(redact('media.list'), 'media.list')
  })

  test('holds none of its forms: percent-encoded either way, in a form, escaped in JSON and in JSON within JSON', () => {
    const secret = 'a"b\\c/d é\n0123456789=='
    noteSecret(secret)
    const encoded = encodeURIComponent(secret)
    const json = JSON.stringify(secret)
    const forms = [
      secret,
      encoded,
      encoded.replaceAll(/%../g, (byte) => byte.toLowerCase()),
      encoded.replaceAll('%20', '+'),
      json,
      json.replaceAll('/', '\\/'),
      JSON.stringify(json),
    ]
    for (const form of forms) assert.ok(!redact(`<${form}>`).includes('0123456789'), form)
  })

  test('holds no value of a secret name in JSON, however short it is', () => {
    const text = JSON.stringify({
      token: 'short',
      '1:ks': 'tiny',
      id: '0_abcdefgh',
      adminSecret: 'hunter2',
      name: 'token',
    })
    const redacted = redact(text)
    for (const secret of ['short', 'tiny', 'hunter2']) assert.ok(!redacted.includes(secret), redacted)
    assert.ok(redacted.includes('"id":"0_abcdefgh"') && redacted.includes('"name":"token"'), redacted)
    assert.deepEqual(Object.keys(JSON.parse(redacted)), ['token', '1:ks', 'id', 'adminSecret', 'name'])
  })

  test('is also had for a secret that no percent-encoding has', () => {
    noteSecret(`${VALUE}\ud800`)
    assert.ok(!redact(`x${VALUE}\ud800`).includes(VALUE))
  })

  test('leaves out a secret that was copied with a line end, and sent without', () => {
    noteSecret(`${VALUE}\r\n`)
    assert.ok(!redact(VALUE).includes(VALUE))
  })
})

describe('by its looks', () => {
  const sessions = [
    'djJ8MTAyfBYUA2jy0OEaUN59IDEJ3iLayp9d1WXJVaEsqDsfYg67CBj0Et3aA2BOZNvrpApO5muX_6PdkXrUwuj1AudKgwCtE2y7UyMvWkuPPpJvzg1MmuDg4Xj5zi10te1mM7S7ng==',
    'Njk2OGU0MDk3ZDBlMjEyYmE3ZDYxNDliODI1ZTdmYzEwZjdkYjI2YnwxMDI7MTAyOzE3MDAwMDAwMDA7MjsxNjk5OTkwMDAwLjEyMzQ7amFuZTtlZGl0Oiosc2V0cm9sZTo3Nzs7',
  ]
  for (const text of sessions) {
    test(`${text.slice(0, 8)}… is a session string`, () => assert.ok(isSessionString(text)))
  }
  for (const text of ['', VALUE, 'djJ8', 'x'.repeat(80), 'hello there, this is a sentence and no session']) {
    test(`“${text.slice(0, 12)}” is none`, () => assert.ok(!isSessionString(text)))
  }

  for (const text of [
    '{"ks":"x"}',
    '{"user":{"newPassword":"x"}}',
    '{"adminSecret" : "x"}',
    'curl https://x.example/api_v3/service/media/action/list -d ks=abc',
    'APP_TOKEN=0123',
    '{"a":"djJ8'.padEnd(60, 'A'),
  ]) {
    test(`${text.slice(0, 24)} should not be written down unasked`, () => assert.ok(looksSecret(text)))
  }
  for (const text of ['', '{"pager":{"pageSize":5}}', '{"filter":{"statusEqual":2}}', '{"tokens":1}', 'media.list']) {
    test(`“${text}” may be`, () => assert.ok(!looksSecret(text)))
  }

  test('a name is a secret’s in any case, and behind the number of a step', () => {
    for (const name of ['ks', 'KS', 'tokenHash', '2:ks', 'userSecret', 'appToken:secret'])
      assert.ok(isSecretName(name), name)
    for (const name of ['id', 'tokenId', 'tasks', 'secretary', '__proto__']) assert.ok(!isSecretName(name), name)
  })
})
