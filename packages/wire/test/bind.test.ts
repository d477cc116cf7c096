import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type ActionSpec,
  type BoundObject,
  bindParameters,
  findActionSpec,
  isTree,
  type ParamTree,
  REGISTRY,
  readOnlyViolation,
  readRequest,
} from '@latchkey/wire'
import fc from 'fast-check'

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
  for (const [received, expected] of [
    [7, 7],
    ['7', 7],
    [' 7', 7],
    ['-7x', -7],
    ['7.9', 7],
    [7.9, 7],
    ['x7', 0],
    ['', 0],
    [null, 0],
    [true, 1],
    [false, 0],
    [{}, 0],
    ['1e3', 1],
    ['99999999999999999999', Number.MAX_SAFE_INTEGER],
    [-1e300, Number.MIN_SAFE_INTEGER],
  ] as const) {
    test(`reads ${JSON.stringify(received)} as the integer ${expected}`, () => {
      assert.equal(bind('appToken.startSession', { ...login, expiry: received }).number('expiry'), expected)
    })
  }

  for (const [received, expected] of [
    [0, NOW],
    [86_400, NOW + 86_400],
    ['86400', NOW + 86_400],
    [-60, NOW - 60],
    [-1, -1],
    [315_360_000, NOW + 315_360_000],
    [315_360_001, 315_360_001],
    [1_800_000_000, 1_800_000_000],
    [null, 0],
    ['', 0],
  ] as const) {
    test(`reads ${JSON.stringify(received)} as the time ${expected}`, () => {
      assert.equal(token({ expiry: received })?.number('expiry'), expected)
    })
  }

  for (const [received, expected] of [
    [2, 2],
    ['2', 2],
    [2.0, 2],
    ['2.0', 2],
    [0, 0],
    [null, 0],
    [false, 0],
  ] as const) {
    test(`reads ${JSON.stringify(received)} as the session type ${expected}`, () => {
      assert.equal(token({ sessionType: received })?.number('sessionType'), expected)
    })
  }
  for (const received of [1, '1', '', 'admin', 3, true, '2x']) {
    test(`refuses ${JSON.stringify(received)} as a session type`, () => {
      const shown = received === true ? '1' : String(received)
      assert.equal(
        refusal('appToken.startSession', { ...login, type: received }),
        `INVALID_ENUM_VALUE ${shown} type KalturaSessionType`.replace('  ', '  '),
      )
    })
  }
  for (const received of ['sha256', '', null, 'SHA-256', 1]) {
    test(`refuses ${JSON.stringify(received)} as a hash type`, () => {
      assert.match(
        refusal('appToken.add', { appToken: { hashType: received } }),
        /^INVALID_ENUM_VALUE .*hashType KalturaAppTokenHashType$/,
      )
    })
  }

  for (const [received, expected] of [
    ['a', 'a'],
    [5, '5'],
    [null, ''],
    [true, '1'],
    [false, ''],
    ['\ud800x', ''],
    ['tab\tline\n', 'tab\tline\n'],
    ['💥', '💥'],
    [{}, ''],
  ] as const) {
    test(`reads ${JSON.stringify(received)} as the text ${JSON.stringify(expected)}`, () => {
      assert.equal(token({ description: received })?.text('description'), expected)
    })
  }
  for (const character of ['\u0000', '\u0008', '\u001f', '\ufffe']) {
    test(`refuses a text with ${JSON.stringify(character)}`, () => {
      assert.equal(
        refusal('appToken.add', { appToken: { description: `a${character}` } }),
        'INVALID_PARAMETER_CHAR description',
      )
      assert.equal(refusal('appToken.startSession', { ...login, userId: character }), 'INVALID_PARAMETER_CHAR userId')
    })
  }

  test('reads booleans as the original does', () => {
    for (const [received, expected] of [
      ['false', false],
      ['FALSE', false],
      ['0', false],
      ['', false],
      [null, false],
      [0, false],
      ['no', true],
      [1, true],
      [true, true],
    ] as const) {
      assert.equal(
        bind('user.add', { user: { isAdmin: received } })
          .object('user')
          ?.flag('isAdmin'),
        expected,
      )
    }
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

  test('finds the read-only property that is set, by its declaring class, and lets an unchanged one pass on update', () => {
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
    assert.equal(entry && readOnlyViolation(entry)?.args.PROP_NAME, 'KalturaPlayableEntry::plays')
  })

  test('never throws, for any action and any parameters', () => {
    const names = fc.constantFrom(
      'id',
      'filter',
      'pager',
      'appToken',
      'user',
      'entry',
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
    fc.assert(
      fc.property(fc.constantFrom(...REGISTRY), fc.dictionary(names, value, { maxKeys: 6 }), (action, params) => {
        const found = readRequest({
          path: '/',
          query: '',
          contentType: 'application/json',
          body: JSON.stringify(params),
        })
        if (found !== undefined && isTree(found.params))
          assert.ok('ok' in bindParameters(action, found.params, { now: NOW }))
      }),
    )
  })
})
