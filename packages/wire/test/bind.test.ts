import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadVectors, mustEnd, type Vector } from '@latchkey/testkit'
import {
  type ActionSpec,
  type BoundObject,
  bindParameters,
  findActionSpec,
  type ParamTree,
  REGISTRY,
  readOnlyViolation,
  readRequest,
} from '@latchkey/wire'
import fc from 'fast-check'

type Coercion = Vector<
  { readonly type: string; readonly value: unknown },
  { readonly value: unknown } | { readonly code: string; readonly args: Readonly<Record<string, string>> }
>
/** Where a value of each type can be sent: action, parameter, property. */
const PLACES: Readonly<Record<string, readonly [string, string, string]>> = {
  int: ['appToken.add', 'appToken', 'sessionDuration'],
  float: ['media.add', 'entry', 'rank'],
  time: ['appToken.add', 'appToken', 'expiry'],
  string: ['appToken.add', 'appToken', 'description'],
  bool: ['user.add', 'user', 'isAdmin'],
  KalturaSessionType: ['appToken.add', 'appToken', 'sessionType'],
  KalturaNullableBoolean: ['user.list', 'filter', 'isAdminEqual'],
  KalturaAppTokenHashType: ['appToken.add', 'appToken', 'hashType'],
}
const NOW = 1_700_000_000

function tree(params: object): ParamTree {
  const found = readRequest({ path: '/', query: '', contentType: 'application/json', body: JSON.stringify(params) })
  assert.ok(found)
  return found.params
}
function spec(name: string): ActionSpec {
  const [service = '', action = ''] = name.split('.')
  const found = findActionSpec(service, action)
  assert.ok(found)
  return found
}
function bind(name: string, params: object): BoundObject {
  const bound = bindParameters(spec(name), tree(params), { now: NOW })
  assert.ok(bound.ok, bound.ok ? '' : bound.error.message)
  return bound.values
}
function refusal(name: string, params: object): string {
  const bound = bindParameters(spec(name), tree(params), { now: NOW })
  assert.ok(!bound.ok)
  return `${bound.error.code} ${Object.values(bound.error.args).join(' ')}`.trim()
}
const token = (fields: object) => bind('appToken.add', { appToken: fields }).object('appToken')
const login = { id: '0_a', tokenHash: 'x' }

describe('binding', () => {
  for (const { name, input, expect } of loadVectors<Coercion>('wire-coercion')) {
    test(`reads ${name}`, () => {
      const place = PLACES[input.type]
      assert.ok(place, input.type)
      const [action, parameter, property] = place
      const sent = { [parameter]: { [property]: input.value } }
      if ('code' in expect) {
        const bound = bindParameters(spec(action), tree(sent), { now: NOW })
        assert.ok(!bound.ok)
        assert.deepEqual({ code: bound.error.code, args: bound.error.args }, expect)
      } else {
        assert.deepEqual(bind(action, sent).object(parameter)?.value(property), expect.value)
      }
    })
  }

  test('reads a parameter of an action by the same rules as a property', () => {
    assert.equal(bind('appToken.startSession', { ...login, expiry: '7x' }).number('expiry'), 7)
    assert.equal(bind('appToken.startSession', { ...login, type: '2.0' }).number('type'), 2)
    assert.equal(
      refusal('appToken.startSession', { ...login, type: 1 }),
      'INVALID_ENUM_VALUE 1 type KalturaSessionType',
    )
    assert.equal(refusal('appToken.startSession', { ...login, userId: '\u0000' }), 'INVALID_PARAMETER_CHAR userId')
  })

  test('names the first property that does not fit in the order in which they were sent', () => {
    for (const [appToken, expected] of [
      [{ hashType: 'x', sessionType: 9 }, 'hashType'],
      [{ sessionType: 9, hashType: 'x' }, 'sessionType'],
    ] as const)
      assert.match(refusal('appToken.add', { appToken }), new RegExp(` ${expected} `))
  })

  test('takes __null for a property as cleared, and leaves a top-level parameter alone', () => {
    const fields = token({ expiry__null: '', sessionUserId__null: 'anything', description: 'd' })
    assert.deepEqual(
      [fields?.number('expiry'), fields?.text('sessionUserId'), fields?.text('description'), fields?.text('hashType')],
      [null, null, 'd', undefined],
    )
    assert.equal(bind('appToken.startSession', { ...login, userId__null: '' }).text('userId'), '')
  })

  test('refuses the first parameter that does not fit, in the order of declaration', () => {
    assert.equal(refusal('appToken.startSession', {}), 'MISSING_MANDATORY_PARAMETER id')
    assert.equal(refusal('appToken.startSession', { id: 'x' }), 'MISSING_MANDATORY_PARAMETER tokenHash')
    assert.equal(refusal('appToken.startSession', { type: 9, tokenHash: 'x' }), 'MISSING_MANDATORY_PARAMETER id')
    assert.equal(refusal('appToken.add', {}), 'MISSING_MANDATORY_PARAMETER appToken')
    assert.equal(refusal('appToken.add', { appToken: null }), 'MISSING_MANDATORY_PARAMETER appToken')
    assert.equal(refusal('appToken.add', { appToken: 'x' }), 'PROPERTY_VALIDATION_WRONG_FORMAT appToken array')
  })

  test('gives a parameter that is left out its default, and tells that it was not given', () => {
    const values = bind('appToken.startSession', login)
    assert.deepEqual(
      [values.text('userId'), values.number('type'), values.number('expiry'), values.isGiven('type')],
      ['', 0, 0, false],
    )
    assert.equal(bind('session.startWidgetSession', { widgetId: '_1' }).number('expiry'), 86_400)
    assert.equal(bind('appToken.list', {}).object('filter'), undefined)
    assert.ok(bind('appToken.add', { appToken: {} }).object('appToken'))
  })

  test('takes the subclass that objectType names, and passes over any other name', () => {
    const entry = (objectType: string) => bind('baseEntry.add', { entry: { objectType, mediaType: 5 } }).object('entry')
    assert.deepEqual(
      [entry('kalturamediaentry')?.className, entry('KalturaMediaEntry')?.number('mediaType')],
      ['KalturaMediaEntry', 5],
    )
    for (const other of ['KalturaUser', 'nonsense', '__proto__', ''])
      assert.equal(entry(other)?.className, 'KalturaBaseEntry')
  })

  test('refuses a plain value or a list item where an object belongs, at any depth', () => {
    for (const filter of ['x', '', 7, true])
      assert.equal(refusal('appToken.list', { filter }), 'PROPERTY_VALIDATION_WRONG_FORMAT filter array')
    assert.equal(
      refusal('appToken.list', { filter: { advancedSearch: 'x' } }),
      'PROPERTY_VALIDATION_WRONG_FORMAT advancedSearch array',
    )
    assert.equal(bind('appToken.list', { filter: null }).object('filter'), undefined)
    assert.equal(bind('appToken.list', { filter: { advancedSearch: null } }).isGiven('filter'), true)
  })

  test('passes over the name of an abstract class above the declared one, and refuses one that is declared', () => {
    const filter = (objectType: string) => bind('appToken.list', { filter: { objectType } }).object('filter')?.className
    for (const above of ['KalturaFilter', 'KalturaAppTokenBaseFilter'])
      assert.equal(filter(above), 'KalturaAppTokenFilter')
    const abstract: ActionSpec = {
      service: 's',
      action: 'a',
      parameters: [{ name: 'filter', type: { object: 'KalturaRelatedFilter' }, about: '' }],
      about: '',
    }
    const read = (objectType?: string) => {
      const bound = bindParameters(abstract, tree({ filter: { objectType } }), { now: NOW })
      return bound.ok ? bound.values.object('filter')?.className : `${bound.error.code} ${bound.error.args.OBJ_TYPE}`
    }
    assert.equal(read(), 'OBJECT_TYPE_ABSTRACT KalturaRelatedFilter')
    assert.equal(read('KalturaUser'), 'OBJECT_TYPE_ABSTRACT KalturaRelatedFilter')
    assert.equal(read('KALTURAUSERFILTER'), 'KalturaUserFilter')
  })

  test('reads a list in the order of its numbers, from objects and arrays, and an empty one by its mark', () => {
    const listed: ActionSpec = {
      service: 's',
      action: 'a',
      parameters: [{ name: 'items', type: { array: 'int' }, about: '' }],
      about: '',
    }
    const items = (value: unknown) => {
      const bound = bindParameters(listed, tree({ items: value }), { now: NOW })
      return bound.ok ? bound.values.value('items') : bound.error.code
    }
    assert.deepEqual(items({ 10: '3', 9: '2', 1: '1' }), [1, 2, 3])
    assert.deepEqual(
      [items([4, '5x', null]), items({ '-': '' }), items({}), items(null)],
      [[4, 5, 0], [], [], undefined],
    )
    assert.equal(items('4'), 'PROPERTY_VALIDATION_WRONG_FORMAT')
  })

  test('finds the read-only property that is set, by the class of the object, and lets an unchanged one pass on update', () => {
    const violation = (fields: object, current?: Record<string, unknown>) => {
      const bound = token(fields)
      assert.ok(bound)
      return readOnlyViolation(bound, current)?.message
    }
    assert.equal(violation({ status: 2, id: 'x' }), 'The property "KalturaAppToken::id" cannot be updated')
    assert.equal(violation({ description: 'd' }), undefined)
    assert.equal(
      violation({ id: '0_a', createdAt: NOW }, { id: '0_a', createdAt: NOW }),
      'The property "KalturaAppToken::createdAt" cannot be updated',
    )
    assert.equal(violation({ id: '0_a' }, { id: '0_a' }), undefined)
    const entry = bind('media.add', { entry: { plays: 5 } }).object('entry')
    assert.equal(entry && readOnlyViolation(entry)?.args.PROP_NAME, 'KalturaMediaEntry::plays')
  })

  test('takes a property that is set and cleared as cleared, in either order', () => {
    for (const fields of [
      { description: 'd', description__null: '' },
      { description__null: '', description: 'd' },
    ])
      assert.equal(token(fields)?.text('description'), null)
  })

  test('takes an object with properties that nobody declared, and none of them', () => {
    const fields = token({ nothing: 1, __proto__: { description: 'p' }, Description: 'case matters', constructor: 'c' })
    assert.deepEqual([fields?.text('description'), fields?.value('constructor')], [undefined, undefined])
  })

  // Quadratic work would not end within the limit; a slow machine would.
  test('reads or refuses a mebibyte of digits, blanks or signs, whatever type it is for', () => {
    for (const text of ['1', ' ', '+', '1.', 'e', '1e', '<'].map((part) => part.repeat(2 ** 20 / part.length)))
      for (const end of ['', 'x'])
        for (const [action, parameter, property] of Object.values(PLACES)) {
          const sent = tree({ [parameter]: { [property]: text + end } })
          assert.ok('ok' in mustEnd(() => bindParameters(spec(action), sent, { now: NOW })))
        }
  })

  test('never throws, for any action and any parameters', () => {
    const names = fc.constantFrom(
      'id',
      'filter',
      'pager',
      'appToken',
      'user',
      'entry',
      'baseEntry',
      'mediaEntry',
      'category',
      'objectType',
      'expiry',
      'type',
      'idIn',
      'pageSize',
      '__proto__',
      'x__null',
    )
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'binary' }),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(names, tie('any'), { maxKeys: 5 }),
      ),
    })).any
    const ownNames = ({ parameters }: ActionSpec) =>
      fc.oneof(names, fc.constantFrom('id', ...parameters.map(({ name }) => name)))
    for (const action of REGISTRY)
      fc.assert(
        fc.property(fc.dictionary(ownNames(action), value, { maxKeys: 6 }), (params) => {
          const found = readRequest({
            path: '/',
            query: '',
            contentType: 'application/json',
            body: JSON.stringify(params),
          })
          if (found !== undefined) assert.ok('ok' in bindParameters(action, found.params, { now: NOW }))
        }),
        { numRuns: 40 },
      )
  })
})
