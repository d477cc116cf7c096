import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CAUSES } from '@latchkey/core'
import { causeGroups, causeOf, codesOf } from '../src/pages/help/causes.ts'
import { codeOf, explainError, messagePieces, WIRE_CODES } from '../src/pages/help/errors.ts'

describe('causes', () => {
  test('every cause stands in one group, and only once', () => {
    const listed = causeGroups().flatMap(({ causes }) => causes.map(({ id }) => id))
    assert.deepEqual([...listed].sort(), Object.keys(CAUSES).sort())
  })
  test('a name that every object has is no cause', () => {
    assert.equal(causeOf('constructor'), undefined)
    assert.equal(causeOf('hash-upper-case')?.class, 'hash')
  })
  test('the codes of a cause are those whose explanation names it', () => {
    assert.ok(codesOf('token-expired').includes('APP_TOKEN_EXPIRED'))
    assert.ok(!codesOf('token-expired').includes('INVALID_APP_TOKEN_HASH'))
  })
})

describe('codes', () => {
  test('every code of the wire is explained', () => {
    for (const { code } of WIRE_CODES) {
      const explanation = explainError(code)
      assert.ok(explanation !== undefined, code)
      assert.ok(explanation.causes.length > 0, code)
    }
  })
  test('a code is found in small letters, and one that is none is not', () => {
    assert.equal(codeOf(' invalid_ks ')?.status, 401)
    assert.equal(codeOf('toString'), undefined)
    assert.match(codeOf('store_unavailable')?.summary ?? '', /store/)
  })
  test('the places of arguments are told from the words', () => {
    assert.deepEqual(messagePieces('The "@PARAM_NAME@" is [@ID@]'), [
      { text: 'The "', isArgument: false },
      { text: 'param name', isArgument: true },
      { text: '" is [', isArgument: false },
      { text: 'id', isArgument: true },
      { text: ']', isArgument: false },
    ])
  })
})
