import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyResponseProfile, readRequest } from '@latchkey/wire'

const profiled = (value: unknown, query: string) => {
  const request = readRequest({ path: '/', query })
  assert.ok(request)
  return applyResponseProfile(value, request.params)
}
const entry = { objectType: 'E', id: '0_a', name: 'n', tags: 't' }

test('a profile of type 1 keeps the fields that it names, and the type', () => {
  assert.deepEqual(profiled(entry, 'responseProfile:type=1&responseProfile:fields=id, tags'), {
    objectType: 'E',
    id: '0_a',
    tags: 't',
  })
})

test('a profile of type 2 leaves them out, of a list in each of its objects', () => {
  const list = { objectType: 'L', objects: [entry], totalCount: 1 }
  assert.deepEqual(profiled(list, 'responseProfile:type=2&responseProfile:fields=name,totalCount'), {
    objectType: 'L',
    objects: [{ objectType: 'E', id: '0_a', tags: 't' }],
    totalCount: 1,
  })
})

test('a profile of no known type, or on what is no object, changes nothing', () => {
  assert.equal(profiled(entry, 'responseProfile:type=3&responseProfile:fields=id'), entry)
  assert.equal(profiled('text', 'responseProfile:type=1&responseProfile:fields=id'), 'text')
  assert.equal(profiled(entry, 'responseProfile=x'), entry)
})
