import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findAction } from '@latchkey/core'
import { REGISTRY } from '@latchkey/wire'
import { unmatchedActions } from '../src/services/services.ts'

test('every declared action has code, and no code is without a declaration', () => {
  assert.deepEqual(unmatchedActions(), [])
})

test('every declared action is in the catalogue under the same spelling', () => {
  for (const { service, action } of REGISTRY) {
    const found = findAction(service, action)
    assert.deepEqual([found?.service, found?.action], [service, action])
  }
})
