import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type ActionSpec, findActionSpec, REGISTRY } from '@latchkey/wire'
import { fieldsOf, objectsInResult, typeText } from '../src/pages/api/fields.ts'
import { buildParams } from '../src/pages/api/values.ts'

const SPEC: ActionSpec = {
  service: 'thing',
  action: 'do',
  about: '',
  parameters: [
    { name: 'id', type: 'string', isRequired: true, about: '' },
    { name: 'count', type: 'int', fallback: 3, about: '' },
    { name: 'isOn', type: 'bool', about: '' },
    { name: 'type', type: { enum: 'KalturaSessionType' }, about: '' },
    { name: 'pager', type: { object: 'KalturaFilterPager' }, about: '' },
    { name: 'items', type: { array: 'string' }, about: '' },
    { name: 'big', type: 'bigint', about: '' },
  ],
}
const fields = fieldsOf(SPEC)
const build = (typed: Readonly<Record<string, string>>, raw = '') =>
  buildParams(fields, (path) => typed[path] ?? '', raw)

describe('buildParams', () => {
  test('what was left empty is left out, so that defaults count', () => {
    assert.deepEqual(build({ id: 'a', count: ' ' }).params, { id: 'a' })
  })
  test('each kind of field becomes what the wire expects', () => {
    const { params, problems } = build({
      id: '12',
      count: '12',
      isOn: 'false',
      type: '2',
      'pager.pageSize': '5',
      items: '["a"]',
    })
    assert.equal(problems.size, 0)
    assert.deepEqual(params, { id: '12', count: 12, isOn: false, type: 2, pager: { pageSize: 5 }, items: ['a'] })
  })
  test('a number too long for JavaScript keeps its digits', () => {
    assert.equal(build({ id: 'a', big: '9223372036854775807' }).params.big, '9223372036854775807')
  })
  test('what is missing or of another kind is named by its field', () => {
    const { problems } = build({ count: '1.5', items: '{"a": 1}', 'pager.pageSize': 'five' })
    assert.deepEqual([...problems.keys()].sort(), ['count', 'id', 'items', 'pager.pageSize'])
  })
  test('JSON beside the fields goes before them, and fills in what is required', () => {
    assert.deepEqual(build({ count: '1' }, '{"id": "raw", "count": 2, "deep": {"a": [null]}}'), {
      params: { count: 2, id: 'raw', deep: { a: [null] } },
      problems: new Map(),
    })
    assert.deepEqual([...build({ id: 'a' }, '[1]').problems.keys()], ['raw'])
    assert.deepEqual([...build({ id: 'a' }, '{').problems.keys()], ['raw'])
  })
})

describe('fieldsOf', () => {
  test('every action of the registry has a form, and no field of it is read-only', () => {
    for (const spec of REGISTRY) {
      const own = fieldsOf(spec)
      assert.equal(own.length, spec.parameters.length)
    }
    const add = findActionSpec('appToken', 'add')
    assert.ok(add !== undefined)
    const names = fieldsOf(add)[0]?.fields?.map(({ name }) => name) ?? []
    assert.ok(names.includes('sessionPrivileges') && !names.includes('token'), names.join())
  })
  test('a default is told, and so is what a number means', () => {
    assert.equal(fields[1]?.fallback, '3')
    assert.deepEqual(
      fields[3]?.choices?.map(({ title }) => title),
      ['0 · USER', '2 · ADMIN'],
    )
  })
  test('a list says what it is a list of', () => {
    const list = findActionSpec('media', 'list')
    const objects = objectsInResult(list?.result)
    assert.equal(objects === undefined ? undefined : typeText(objects), 'KalturaMediaEntry')
  })
})
