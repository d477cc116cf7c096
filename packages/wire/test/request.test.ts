import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadVectors, mustEnd, type Vector } from '@latchkey/testkit'
import {
  type BodyNote,
  type HttpRequest,
  isTree,
  type ParamTree,
  type ParamValue,
  readRequest,
  textAt,
} from '@latchkey/wire'
import fc from 'fast-check'

type RequestVector = Vector<
  Partial<HttpRequest>,
  { readonly params: Readonly<Record<string, unknown>>; readonly notes: readonly BodyNote[] }
>

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
  for (const { name, input, expect } of loadVectors<RequestVector>('wire-request')) {
    test(`goes by the rule: ${name}`, () => {
      const found = read(input)
      assert.deepEqual({ params: plain(found?.params ?? {}), notes: found?.bodyNotes }, expect)
    })
  }

  test('reads JSON with a charset or a byte order mark, unless it is to be bare', () => {
    const body = '{"a":1}'
    const others = [
      { contentType: 'application/json; charset=utf-8', body },
      { contentType: JSON_TYPE, body: `\ufeff${body}` },
    ]
    for (const request of others) {
      assert.deepEqual(params(request), { a: 1 })
      assert.deepEqual({ ...readRequest({ path: '/api_v3/', query: '', ...request }, 'bare')?.params }, {})
    }
    const bare = readRequest(
      { path: '/api_v3/', query: '', contentType: 'Application/JSON', body: `\r\n${body} ` },
      'bare',
    )
    assert.deepEqual({ ...bare?.params }, { a: 1 })
  })

  test('takes names of the prototype as names, also in JSON', () => {
    assert.deepEqual(params({ contentType: JSON_TYPE, body: '{"__proto__":{"polluted":1},"constructor":"c"}' }), {
      ['__proto__']: { polluted: 1 },
      constructor: 'c',
    })
  })

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

  test('refuses what only several notations together nest deeper than 32 levels', () => {
    const nested = `${'{"a":'.repeat(20)}1${'}'.repeat(20)}`
    const mixed = (colons: number) => [
      read({ contentType: JSON_TYPE, body: `{"${'a:'.repeat(colons - 1)}a":${nested}}` }),
      read({ contentType: FORM, body: `${'a:'.repeat(colons)}a${'[a]'.repeat(19)}=1` }),
    ]
    assert.ok(mixed(12).every((found) => found !== undefined))
    assert.deepEqual(mixed(13), [undefined, undefined])
  })

  test('counts the values of path, query and body together', () => {
    const form = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${prefix}${index}`).join('&')
    const both = (count: number) =>
      read({ query: form('q', 5_000), contentType: FORM, body: form('b', count) }) !== undefined
    assert.deepEqual([both(5_000), both(5_001)], [true, false])
  })

  test('lets the path win over the query and the query over the body, in whatever notation each is', () => {
    const inBody: readonly Partial<HttpRequest>[] = [
      { contentType: FORM, body: 'filter:idIn=body&filter:more=1' },
      { contentType: FORM, body: 'filter[idIn]=body&filter[more]=1' },
      { contentType: JSON_TYPE, body: '{"filter":{"idIn":"body","more":"1"}}' },
      { contentType: JSON_TYPE, body: '{"filter:idIn":"body","filter:more":"1"}' },
      { multipart: { fields: [['json', '{"filter":{"idIn":"body","more":"1"}}']] } },
    ]
    for (const body of inBody) {
      for (const query of ['filter:idIn=query', 'filter[idIn]=query', 'filter%3AidIn=query'])
        assert.deepEqual(params({ query, ...body }), { filter: { idIn: 'query', more: '1' } })
      assert.deepEqual(params({ path: '/api_v3/filter:idIn/path', query: 'filter[idIn]=query', ...body }), {
        filter: { idIn: 'path', more: '1' },
      })
      assert.deepEqual(params({ query: 'filter=plain', ...body }), { filter: 'plain' })
    }
  })

  test('refuses more than 10,000 values, in every notation, and reads as many', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => index)
    const list = (count: number) => read({ contentType: JSON_TYPE, body: JSON.stringify({ a: many(count) }) })
    const form = (count: number) => read({ contentType: FORM, body: many(count).join('&') })
    const query = (count: number) => read({ query: many(count).join('&') })
    const multipart = (count: number) => read({ multipart: { fields: many(count).map((name) => [`${name}`, '']) } })
    for (const request of [form, query, multipart])
      assert.deepEqual([!!request(10_000), request(10_001)], [true, undefined])
    // The list is a value too.
    assert.deepEqual([!!list(9_999), list(10_000)], [true, undefined])
  })

  test('reads a mebibyte of anything that could grow to its end', () => {
    const size = 2 ** 20
    const numbered = (field: (index: number) => string) => Array.from({ length: 10_000 }, (_, index) => field(index))
    for (const [contentType, body] of [
      [FORM, 'a=1&'.repeat(size / 4)],
      [FORM, numbered((index) => `a${index}:b=1`).join('&')],
      [FORM, numbered((index) => `a:b${index}=1`).join('&')],
      [FORM, numbered((index) => `a[${index}]=1`).join('&')],
      [FORM, numbered((index) => `${index}=1`).join('&')],
      [FORM, 'a:'.repeat(size / 2)],
      [FORM, '['.repeat(size)],
      [FORM, `a${'[]'.repeat(size / 2)}`],
      [FORM, `a${'[x]'.repeat(size / 3)}`],
      [FORM, 'a[]=&'.repeat(size / 5)],
      [FORM, 'a[][]=&'.repeat(size / 7)],
      [FORM, ' '.repeat(size)],
      [FORM, '+.'.repeat(size / 2)],
      [FORM, '%'.repeat(size)],
      [FORM, '%41%'.repeat(size / 4)],
      [JSON_TYPE, '['.repeat(size)],
      [JSON_TYPE, '{"a":'.repeat(size / 5)],
      [JSON_TYPE, `{"a":[${'1,'.repeat(size / 2 - 8)}1]}`],
      [JSON_TYPE, `{${numbered((index) => `"a:${index}":1`).join(',')}}`],
    ] as const) {
      assert.doesNotThrow(() => mustEnd(() => read({ contentType, body })), body.slice(0, 20))
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
