import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Secret } from '@latchkey/core'
import { nodePrimitives as primitives } from '@latchkey/core/node'
import { loadVectors, type Vector } from '@latchkey/testkit'
import { hashReport, visible } from '../../src/offline/hash-report.ts'

type HashVector = Vector<
  { readonly hashType: 'MD5' | 'SHA1' | 'SHA256' | 'SHA512'; readonly session: string; readonly value: string },
  { readonly hash?: string }
>

describe('the report on a hash', () => {
  for (const { name, input, expect } of loadVectors<HashVector>('token-hash')) {
    if (expect.hash === undefined) continue
    test(`has the digest of: ${name}`, () => {
      const { digests } = hashReport(primitives, { session: new Secret(input.session), value: new Secret(input.value) })
      assert.equal(digests[input.hashType], expect.hash)
    })
  }

  const session = new Secret('djJ8MTAyfAGY0gTnMyAFZNR0dpkcYIDn')
  const value = new Secret('00112233445566778899aabbccddeeff')
  const right = hashReport(primitives, { session, value }).digests

  test('takes the type of the hash from its length, unless it is told', () => {
    assert.equal(hashReport(primitives, { session, value, received: right.SHA512 }).nearMiss?.kind, 'right')
    const told = hashReport(primitives, { session, value, hashType: 'SHA256', received: right.SHA512 }).nearMiss
    assert.equal(told?.kind === 'found' && told.mistakes[0].cause, 'hash-wrong-algorithm')
  })

  test('names the mistake in what a tool made', () => {
    const received = primitives.digestHex('sha256', `${session.expose()}${value.expose()}\n`)
    const { nearMiss } = hashReport(primitives, { session, value, received })
    assert.equal(nearMiss?.kind === 'found' && nearMiss.mistakes[0].cause, 'hash-newline')
  })

  test('tells what no screen shows, with its place', () => {
    const odd = hashReport(primitives, {
      session: new Secret(`${session.expose()}\n`),
      value: new Secret(`\ufeff${value.expose()} `),
    })
    assert.deepEqual(odd.session.oddities, [{ at: 33, what: 'LF U+000A' }])
    assert.deepEqual(
      odd.value.oddities.map(({ what }) => what),
      ['byte order mark U+FEFF', 'blank U+0020'],
    )
    assert.equal(odd.value.bytes, 36)
    assert.equal(visible('a\r\nb \u{1f600}'), 'a<CR U+000D><LF U+000A>b<blank U+0020><U+1F600>')
  })

  test('shows of both inputs their edges only', () => {
    const said = JSON.stringify(hashReport(primitives, { session, value, received: 'x' }))
    assert.ok(!said.includes('2233445566'))
    assert.ok(!said.includes('fAGY0gTn'))
  })
})
