import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { targetOf } from '../src/connect/target.ts'
import { merge } from '../src/run/call.ts'

const SECRET = '0123456789abcdef'

describe('whom a command calls', () => {
  test('a flag that names a store keeps what the environment holds for a service from being sent to it', () => {
    const target = targetOf(
      { data: './elsewhere' },
      { LATCHKEY_SERVICE_URL: 'https://a.example', LATCHKEY_ADMIN_SECRET: SECRET, LATCHKEY_SESSION: 'ks' },
    )
    assert.deepEqual([target.kind, target.adminSecret, target.session], ['local', undefined, undefined])
  })

  test('an app token that a flag names signs in, not the admin secret of the environment', () => {
    const target = targetOf(
      { serviceUrl: 'https://a.example', tokenId: '0_abcd1234' },
      { LATCHKEY_ADMIN_SECRET: SECRET, LATCHKEY_SESSION: 'ks' },
    )
    assert.deepEqual([target.adminSecret, target.session, typeof target.login], [undefined, undefined, 'function'])
  })

  test('a session of the environment is used where no flag says otherwise', () => {
    const target = targetOf({ serviceUrl: 'https://a.example' }, { LATCHKEY_SESSION: 'ks', LATCHKEY_PARTNER_ID: '7' })
    assert.deepEqual([target.session?.expose(), target.partnerId], ['ks', 7])
  })

  test('the address that the examples read is taken where no other is set, and gives way to one', () => {
    const env = { LATCHKEY_URL: 'https://b.example/', LATCHKEY_ADMIN_SECRET: SECRET }
    const target = targetOf({}, env)
    assert.deepEqual(
      [target.kind, target.kind === 'http' && target.serviceUrl, target.adminSecret?.expose()],
      ['http', 'https://b.example', SECRET],
    )
    const other = targetOf({}, { ...env, LATCHKEY_SERVICE_URL: 'https://a.example' })
    assert.equal(other.kind === 'http' && other.serviceUrl, 'https://a.example')
    const local = targetOf({ data: './elsewhere' }, env)
    assert.deepEqual([local.kind, local.adminSecret], ['local', undefined])
  })
})

describe('parameters of a call', () => {
  test('nest by colons, and leave what was there beside them', () => {
    assert.deepEqual(merge({ filter: { a: 1 } }, ['filter:b=x=y', 'pager:pageSize=5', 'empty=']), {
      filter: { a: 1, b: 'x=y' },
      pager: { pageSize: '5' },
      empty: '',
    })
  })

  test('hold no secret and reach no prototype', () => {
    for (const text of ['secret=x', 'user:password=x', 'ks=x', '__proto__:a=x', 'a:__proto__:b=x', '=x', 'x']) {
      assert.throws(() => merge({}, [text]), { name: 'CommandFailure' }, text)
    }
  })
})
