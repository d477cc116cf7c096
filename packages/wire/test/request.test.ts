import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type HttpRequest, isTree, type ParamTree, type ParamValue, readRequest, textAt } from '@latchkey/wire'
import fc from 'fast-check'

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'

function read(request: Partial<HttpRequest>) {
  return readRequest({ path: '/api_v3/', query: '', ...request })
}

/** As plain objects, to compare. */
function plain(value: ParamValue): unknown {
  return isTree(value) ? Object.fromEntries(Object.entries(value).map(([name, child]) => [name, plain(child)])) : value
}
function params(request: Partial<HttpRequest>): unknown {
  const found = read(request)
  assert.ok(found)
  return plain(found.params)
}

describe('reading a request', () => {
  for (const [name, request, expected] of [
    ['pairs in the path', { path: '/api_v3/service/media/action/list' }, { service: 'media', action: 'list' }],
    [
      'pairs behind index.php',
      { path: '/api_v3/index.php/service/session/action/get/format/1' },
      { service: 'session', action: 'get', format: '1' },
    ],
    ['the short prefix', { path: '/api/service/system/action/ping' }, { service: 'system', action: 'ping' }],
    ['doubled slashes', { path: '//api_v3//service/a//action/b/' }, { service: 'a', action: 'b' }],
    ['a name without a value at the end', { path: '/api_v3/service/a/action' }, { service: 'a', action: '' }],
    ['a path that ends at a 0', { path: '/api_v3/service/a/0/x/action/b' }, { service: 'a' }],
    ['the first of equal names in a path', { path: '/api_v3/service/a/service/b' }, { service: 'a' }],
    ['percent signs in a path, where plus is plus', { path: '/api_v3/a%20b/c+d%2Fe' }, { 'a b': 'c+d/e' }],
    ['a query', { query: 'service=a&x=1&x=2&empty=&bare' }, { service: 'a', x: '2', empty: '', bare: '' }],
    [
      'path before query before body',
      { path: '/api_v3/a/path', query: 'a=query&b=query', contentType: FORM, body: 'a=body&b=body&c=body' },
      { a: 'path', b: 'query', c: 'body' },
    ],
    [
      'parts of one object from several places',
      { query: 'filter:idIn=q', contentType: FORM, body: 'filter:idIn=b&filter:orderBy=b' },
      { filter: { idIn: 'q', orderBy: 'b' } },
    ],
    [
      'colons as paths',
      { contentType: FORM, body: 'appToken:sessionType=2&appToken:objectType=KalturaAppToken' },
      { appToken: { sessionType: '2', objectType: 'KalturaAppToken' } },
    ],
    [
      'brackets as paths, dots and blanks as underscores',
      { contentType: FORM, body: 'a.b=1&c+d=2&e[f][g]=3&h[]=4&h[]=5' },
      { a_b: '1', c_d: '2', e: { f: { g: '3' } }, h: { '0': '4', '1': '5' } },
    ],
    ['blanks for plus signs in a form', { contentType: FORM, body: 'a=1+2%2B3' }, { a: '1 2+3' }],
    [
      'percent signs that begin nothing',
      { contentType: FORM, body: 'a=100%&b=%zz&c=%E9' },
      { a: '100%', b: '%zz', c: '' },
    ],
    [
      'a JSON body',
      { contentType: JSON_TYPE, body: '{"a":{"b":[1,"x"]},"c":null,"d":true}' },
      { a: { b: { '0': 1, '1': 'x' } }, c: null, d: true },
    ],
    ['a JSON body with a charset', { contentType: 'Application/JSON; charset=utf-8', body: '{"a":1}' }, { a: 1 }],
    [
      'a JSON body behind a byte order mark and blanks',
      { contentType: JSON_TYPE, body: '\ufeff \n{"a":1}\n' },
      { a: 1 },
    ],
    [
      'colons in JSON, at the top only',
      { contentType: JSON_TYPE, body: '{"filter":{"idIn":"x","a:b":1},"filter:orderBy":"+id"}' },
      { filter: { idIn: 'x', 'a:b': 1, orderBy: '+id' } },
    ],
    [
      'multipart fields',
      {
        multipart: {
          fields: [
            ['a:b', '1'],
            ['c', '2'],
          ],
        },
      },
      { a: { b: '1' }, c: '2' },
    ],
    [
      'a JSON part, and then no other field',
      {
        multipart: {
          fields: [
            ['x', '1'],
            ['json', '{"a":1}'],
          ],
        },
      },
      { a: 1 },
    ],
    [
      'names of the prototype',
      { contentType: JSON_TYPE, body: '{"__proto__":{"polluted":1},"constructor":"c","toString":"t"}' },
      { ['__proto__']: { polluted: 1 }, constructor: 'c', toString: 't' },
    ],
  ] as const) {
    test(`takes ${name}`, () => {
      const wanted: unknown = expected
      assert.deepEqual(params(request), wanted)
    })
  }

  test('pollutes no prototype', () => {
    for (const body of [
      '{"__proto__":{"polluted":1}}',
      '{"__proto__:polluted":1}',
      '{"constructor:prototype:polluted":1}',
    ])
      read({ contentType: JSON_TYPE, body })
    read({ contentType: FORM, body: '__proto__[polluted]=1&constructor:prototype:polluted=1' })
    assert.equal(Reflect.get({}, 'polluted'), undefined)
  })

  for (const [name, request, note] of [
    ['JSON that cannot be decoded', { contentType: JSON_TYPE, body: '{"a":' }, 'json-unreadable'],
    ['a list', { contentType: JSON_TYPE, body: '[{"a":1}]' }, 'json-no-object'],
    ['a text', { contentType: JSON_TYPE, body: '"a"' }, 'json-no-object'],
    ['a body of another type', { contentType: 'text/plain', body: 'a=1' }, 'content-type-unread'],
    ['a body of no type', { body: 'a=1' }, 'content-type-missing'],
  ] as const) {
    test(`does not read ${name}, and notes why`, () => {
      const found = read(request)
      assert.deepEqual([plain(found?.params ?? {}), found?.bodyNotes], [{}, [note]])
    })
  }

  test('takes the callback from the query only', () => {
    assert.equal(read({ query: 'callback=f' })?.callback, 'f')
    assert.equal(read({ contentType: FORM, body: 'callback=f' })?.callback, undefined)
  })

  test('knows a multirequest in any case', () => {
    assert.ok(read({ path: '/api_v3/service/MultiRequest' })?.isMulti)
    assert.ok(!read({ path: '/api_v3/service/multi' })?.isMulti)
  })

  test('refuses what is nested deeper than 32 levels, in every notation', () => {
    const deep = 40
    assert.equal(read({ contentType: JSON_TYPE, body: `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}` }), undefined)
    assert.equal(read({ contentType: FORM, body: `${'a:'.repeat(deep)}a=1` }), undefined)
    assert.equal(read({ contentType: FORM, body: `a${'[a]'.repeat(deep)}=1` }), undefined)
    assert.ok(read({ contentType: JSON_TYPE, body: `${'{"a":'.repeat(30)}1${'}'.repeat(30)}` }))
  })

  test('survives a mebibyte of anything that could grow', () => {
    const size = 2 ** 20
    for (const [contentType, body] of [
      [FORM, 'a=1&'.repeat(size / 4)],
      [FORM, Array.from({ length: 80_000 }, (_, index) => `a${index}:b=1`).join('&')],
      [FORM, 'a:'.repeat(size / 2)],
      [FORM, '['.repeat(size)],
      [FORM, 'a[]=&'.repeat(size / 5)],
      [FORM, '%'.repeat(size)],
      [JSON_TYPE, '['.repeat(size)],
      [JSON_TYPE, `{"a":[${'1,'.repeat(size / 2 - 8)}1]}`],
    ] as const) {
      assert.doesNotThrow(() => read({ contentType, body }))
    }
  })

  test('never throws, whatever comes', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '%', '=', '&', ':', '[', ']', '{', '"', '\ufeff'),
    )
    const texts = fc.array(text, { maxLength: 12 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        texts,
        texts,
        texts,
        fc.constantFrom(FORM, JSON_TYPE, 'x', undefined),
        (path, query, body, contentType) => {
          const found = read({ path, query, body, contentType })
          if (found !== undefined) walk(found.params)
        },
      ),
    )
    fc.assert(fc.property(fc.json(), (body) => void read({ contentType: JSON_TYPE, body })))
  })
})

function walk(tree: ParamTree): void {
  for (const name of Object.keys(tree)) {
    textAt(tree, name)
    const child = tree[name]
    if (isTree(child)) walk(child)
  }
}
