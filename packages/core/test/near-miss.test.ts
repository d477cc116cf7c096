import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CAUSES, type HashType, nearMiss, type OtherSession, type SessionKind } from '@latchkey/core'
import { loadVectors, type Vector } from '@latchkey/testkit'
import { describeBoth } from './both-primitives.ts'

interface Input {
  readonly session: string
  readonly sessionKind?: SessionKind
  readonly token: string
  readonly tokenId: string
  readonly previousValue?: { readonly value: string; readonly isTaken: boolean }
  readonly hashType: HashType
  readonly formerHashType?: HashType
  readonly received: string
  readonly otherSessions?: readonly (string | OtherSession)[]
}
interface Expect {
  readonly kind: 'found' | 'right' | 'none'
  readonly causes?: readonly string[]
  readonly confidence?: 'certain' | 'likely'
}

describeBoth('a near miss', (primitives) => {
  for (const { name, input, expect } of loadVectors<Vector<Input, Expect>>('near-miss')) {
    test(name, () => {
      const { session, token, ...more } = input
      const answer = nearMiss(primitives, { sessionString: session, tokenValue: token, ...more })
      if (answer.kind !== 'found') {
        assert.deepEqual({ kind: answer.kind }, expect)
        return
      }
      const { kind, mistakes, confidence, steps } = answer
      assert.deepEqual({ kind, causes: mistakes.map(({ cause }) => cause), confidence }, expect)
      assert.equal(steps.length, mistakes.length + 1)
      for (const { cause, remedy } of mistakes) assert.equal(remedy, CAUSES[cause].remedy)
    })
  }
})
