import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HashType, Secret, tokenHash, tokenHashMatches } from '@latchkey/core'
import { loadVectors, type Vector } from '@latchkey/testkit'
import { describeBoth } from './both-primitives.ts'

interface Input {
  readonly hashType: HashType
  readonly session: string
  readonly value: string
  readonly claimed?: string
}

describeBoth('the token hash', (primitives) => {
  for (const { name, input, expect } of loadVectors<Vector<Input, object>>('token-hash')) {
    test(name, () => {
      const { hashType, session, claimed } = input
      const value = new Secret(input.value)
      if (claimed === undefined) {
        const hash = tokenHash(primitives, hashType, session, value)
        assert.deepEqual({ hash }, expect)
        assert.equal(tokenHashMatches(primitives, hashType, session, value, hash), true)
      } else assert.deepEqual({ matches: tokenHashMatches(primitives, hashType, session, value, claimed) }, expect)
    })
  }
})
