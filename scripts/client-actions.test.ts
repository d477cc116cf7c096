import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { REGISTRY } from '../packages/wire/src/index.ts'
import { CLIENT_ACTIONS, clientActions } from './client-actions.ts'

test('the types of the SDK are those of the registry, action by action', () => {
  const committed = readFileSync(CLIENT_ACTIONS, 'utf8')
  assert.equal(committed, clientActions(), 'run node --conditions=source scripts/client-actions.ts')
  assert.equal([...committed.matchAll(/^ {6}readonly result: /gm)].length, REGISTRY.length)
  for (const { about } of REGISTRY) assert.ok(committed.includes(`/** ${about} */`), about)
})
