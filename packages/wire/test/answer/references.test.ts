import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fillReferences } from '@latchkey/wire/answer'

describe('fillReferences', () => {
  test('references are followed into lists and objects, several in one text', () => {
    const results = [{ objects: [{ id: 7 }, { id: 8 }] }, 'text']
    const params = { ids: ['{1:result:objects:0:id},{1:result:objects:1:id}'], deep: { x: 'of {2:result}' } }
    assert.deepEqual(fillReferences(params, results), { ok: true, params: { ids: ['7,8'], deep: { x: 'of text' } } })
  })

  test('one that leads nowhere leaves no hole: the first of them is named', () => {
    const params = { a: '{1:result:id}', b: '{2:result:id}', c: '{3:result:id}' }
    assert.deepEqual(fillReferences(params, [{ id: 1 }, {}]), { ok: false, missing: '{2:result:id}' })
  })

  test('a whole object has no place in a text', () => {
    assert.deepEqual(fillReferences({ x: '{1:result}' }, [{ id: 1 }]), { ok: false, missing: '{1:result}' })
  })

  test('names of what every object has are no path', () => {
    assert.deepEqual(fillReferences({ x: '{1:result:constructor:name}' }, [{}]), {
      ok: false,
      missing: '{1:result:constructor:name}',
    })
  })

  test('text that only looks like a reference stays as it is, and absent values stay absent', () => {
    assert.deepEqual(fillReferences({ a: '{x:result:id} {1:other}', b: undefined, c: null, d: false }, []), {
      ok: true,
      params: { a: '{x:result:id} {1:other}', c: null, d: false },
    })
  })

  test('what a result says is not read for references again', () => {
    const results = ['{2:result}', 'second']
    assert.deepEqual(fillReferences({ x: '{1:result}' }, results), { ok: true, params: { x: '{2:result}' } })
  })
})
