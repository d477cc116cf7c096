import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { type CauseId, fingerprints, HASH_TYPES, type HashType, nearMiss, TEST_VECTORS } from '@latchkey/core'
import { noblePrimitives } from '@latchkey/core/noble'
import { nodePrimitives } from '@latchkey/core/node'
import { loadVectors, type Vector } from '@latchkey/testkit'
import { fingerprintsPage } from '../../../scripts/fingerprints-page.ts'

interface Input {
  readonly session: string
  readonly token: string
  readonly tokenId: string
}
const VECTORS = loadVectors<Vector<Input, Readonly<Record<HashType, string>>>>('fingerprints')
const isHashType = (name: string): name is HashType => Object.hasOwn(HASH_TYPES, name)
const HASHES = Object.keys(HASH_TYPES).filter(isHashType)
const vectorsOf = (hashType: HashType) => TEST_VECTORS.map((vector) => ({ ...vector, hashType }))

describe('the test vectors', () => {
  test('are those that anybody can read', () => {
    assert.deepEqual(
      TEST_VECTORS.map(({ name, sessionString, tokenValue, tokenId }) => [name, sessionString, tokenValue, tokenId]),
      VECTORS.map(({ name, input }) => [name, input.session, input.token, input.tokenId]),
    )
  })

  test('are of both versions, with one and with two = at the end, and with + and /', () => {
    const [one = '', two = '', three = ''] = TEST_VECTORS.map(({ sessionString }) => sessionString)
    assert.match(one, /^djJ8.*[^=]=$/)
    assert.match(two, /^djJ8.*==$/)
    assert.match(three, /^(?!djJ8)(?=.*\+)(?=.*\/)/)
  })

  for (const { name, input, expect } of VECTORS) {
    test(`${name}: the right digests are those of another program`, () => {
      for (const hashType of HASHES) {
        const vector = { sessionString: input.session, tokenValue: input.token, tokenId: input.tokenId, hashType }
        const [right] = fingerprints(nodePrimitives, vector)
        assert.deepEqual([right?.cause, right?.digest], ['right', expect[hashType]])
      }
    })
  }
})

describe('fingerprints', () => {
  test('each tell one mistake: no two are the same', () => {
    for (const vector of HASHES.flatMap(vectorsOf)) {
      const rows = fingerprints(nodePrimitives, vector)
      assert.equal(new Set(rows.map(({ digest }) => digest)).size, rows.length)
      assert.equal(new Set(rows.map(({ did }) => did)).size, rows.length)
      assert.ok(rows.length > 100, String(rows.length))
    }
  })

  test('are named by the search as the mistake that they show, and by nothing besides', () => {
    const isVisible = (cause: CauseId) => cause === 'hash-upper-case'
    for (const vector of HASHES.flatMap(vectorsOf)) {
      for (const { cause, did, digest } of fingerprints(nodePrimitives, vector)) {
        const answer = nearMiss(nodePrimitives, { ...vector, received: digest })
        if (cause === 'right') assert.equal(answer.kind, 'right')
        else {
          assert.ok(answer.kind === 'found', `${did}: ${answer.kind}`)
          const [first, ...others] = answer.mistakes.map((mistake) => mistake.cause)
          assert.equal(first, cause, did)
          assert.ok(others.every(isVisible), did)
        }
      }
    }
  })

  test('are the same by both primitives', () => {
    for (const vector of vectorsOf('SHA256')) {
      assert.deepEqual(fingerprints(noblePrimitives, vector), fingerprints(nodePrimitives, vector))
    }
  })

  test('are on the page as the code has them', () => {
    const page = readFileSync(new URL('../../../docs/reference/fingerprints.md', import.meta.url), 'utf8')
    assert.equal(page, fingerprintsPage())
  })
})
