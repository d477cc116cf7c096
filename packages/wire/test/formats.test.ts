import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadVectors, type Vector } from '@latchkey/testkit'
import {
  apiError,
  ERRORS,
  HTTP_STATUS,
  isCallback,
  type Outcome,
  parseFormat,
  propertyNames,
  type ResponseFormat,
  type WireErrorCode,
  writeJson,
  writePhp,
  writeResponse,
} from '@latchkey/wire'
import fc from 'fast-check'

const ok = (value: unknown): Outcome => ({ ok: true, value })
const write = (format: ResponseFormat, result: Outcome | readonly Outcome[], ignoreNull = false) =>
  writeResponse({
    format,
    callback: 'cb',
    ...(Array.isArray(result) ? { results: result } : { result: result as Outcome }),
    classes: propertyNames,
    ignoreNull,
    executionSeconds: 0.01234,
  }).body
const xml = (result: Outcome | readonly Outcome[], ignoreNull = false) => {
  const body = write('xml', result, ignoreNull)
  const content =
    /^<\?xml version="1\.0" encoding="utf-8"\?><xml><result>(.*)<\/result><executionTime>0\.0123<\/executionTime><\/xml>$/s.exec(
      body,
    )?.[1]
  assert.ok(content !== undefined, body)
  return content
}

type ErrorVector = Vector<
  { readonly code: string; readonly args: Readonly<Record<string, string>> },
  { readonly message: string; readonly json: string }
>

describe('errors', () => {
  for (const { name, input, expect } of loadVectors<ErrorVector>('wire-errors')) {
    test(`are as the original sends them: ${name}`, () => {
      const code = Object.keys(ERRORS).find((known): known is WireErrorCode => known === input.code)
      assert.ok(code)
      const error = apiError(code, input.args)
      assert.equal(error.message, expect.message)
      assert.equal(write('json', { ok: false, error }), expect.json)
      assert.equal(
        write('json', { ok: false, error, diagnosis: { stage: 'x', left: undefined } }),
        `${expect.json.slice(0, -1)},"diagnosis":{"stage":"x"}}`,
      )
    })
  }

  test('show what looks like a secret by its edges only', () => {
    for (const secret of ['0123456789abcdef0123456789abcdef', 'djJ8'.repeat(40)]) {
      const { message, args } = apiError('APP_TOKEN_ID_NOT_FOUND', { ID: `x ${secret}` })
      assert.ok(!message.includes(secret) && !Object.values(args).join().includes(secret))
      assert.match(message, new RegExp(`${secret.slice(0, 4)}….*${secret.length} characters`))
    }
  })

  test('name every argument of their message, and have a status of 4xx or 5xx', () => {
    for (const code of Object.keys(ERRORS) as WireErrorCode[]) {
      const places = [...ERRORS[code].message.matchAll(/@([A-Z_]+)@/g)].map(([, name]) => name)
      assert.deepEqual([...places].sort(), [...ERRORS[code].args].sort(), code)
      assert.ok(HTTP_STATUS[code] >= 400 && HTTP_STATUS[code] < 600)
    }
  })
})

describe('JSON', () => {
  test('leaves out null, puts the type last, escapes slashes and all that is not ASCII', () => {
    assert.equal(
      writeJson({ objectType: 'T', a: null, b: undefined, c: 'é/💥', d: [null, { objectType: 'U', x: 1 }] }),
      '{"c":"\\u00e9\\/\\ud83d\\udca5","d":[null,{"x":1,"objectType":"U"}],"objectType":"T"}',
    )
  })

  test('writes scalars, nothing and lists bare', () => {
    for (const [value, text] of [
      ['a', '"a"'],
      [5, '5'],
      [true, 'true'],
      [null, 'null'],
      [undefined, 'null'],
      [[], '[]'],
      [Number.NaN, 'null'],
    ] as const)
      assert.equal(write('json', ok(value)), text)
    assert.equal(write('json', [ok(1), ok(null)]), '[1,null]')
  })

  test('is ASCII and reads back, whatever the value', () => {
    const isSame = (value: unknown) => {
      const text = writeJson(value)
      assert.match(text, /^[\x20-\x7e]*$/)
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))
    }
    fc.assert(fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean())), isSame))
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ unit: 'binary' }).filter((name) => name !== '__proto__'),
          fc.string({ unit: 'binary' }),
        ),
        isSame,
      ),
    )
  })
})

describe('XML', () => {
  test('writes every declared property in order, inherited ones first, and what is ours behind them', () => {
    assert.equal(
      xml(ok({ objectType: 'KalturaSessionInfo', ks: 'K', extra: [{ a: 1 }], expiry: 5 })),
      '<objectType>KalturaSessionInfo</objectType><ks>K</ks><sessionType></sessionType><partnerId></partnerId><userId></userId><expiry>5</expiry><privileges></privileges><extra><item><a>1</a></item></extra>',
    )
    const names = propertyNames('KalturaMediaEntry') ?? []
    assert.ok(names.indexOf('id') < names.indexOf('plays') && names.indexOf('plays') < names.indexOf('mediaType'))
  })

  test('leaves out what has no value where the request asks for that', () => {
    assert.equal(
      xml(ok({ objectType: 'KalturaSessionInfo', ks: 'K' }), true),
      '<objectType>KalturaSessionInfo</objectType><ks>K</ks>',
    )
  })

  test('writes scalars, nothing, lists and the steps of a multirequest', () => {
    for (const [value, text] of [
      ['a<b>&"\'', 'a&lt;b&gt;&amp;&quot;&apos;'],
      [true, '1'],
      [false, '0'],
      [null, ''],
      [[1, 2], '<item>1</item><item>2</item>'],
    ] as const)
      assert.equal(xml(ok(value)), text)
    assert.match(
      xml([ok(1), { ok: false, error: apiError('INVALID_USER_ID') }]),
      /^<item>1<\/item><item><error><code>INVALID_USER_ID<\/code>.*<\/error><\/item>$/,
    )
  })

  test('writes an error with its arguments, and the diagnosis behind them', () => {
    assert.equal(
      xml({
        ok: false,
        error: apiError('APP_TOKEN_EXPIRED', { ID: '0_a' }),
        diagnosis: { stage: 'x', passed: ['a', 'b'], none: undefined },
      }),
      '<error><code>APP_TOKEN_EXPIRED</code><message>Application token id &quot;0_a&quot; expired</message><objectType>KalturaAPIException</objectType><args><item><objectType>KalturaApiExceptionArg</objectType><name>ID</name><value>0_a</value></item></args><diagnosis><stage>x</stage><passed><item>a</item><item>b</item></passed></diagnosis></error>',
    )
    assert.match(xml({ ok: false, error: apiError('INVALID_APP_TOKEN_HASH') }), /<args><\/args><\/error>$/)
  })

  test('is well-formed, whatever the texts and names', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(
        fc.dictionary(text, fc.oneof(text, fc.array(text), fc.dictionary(text, text))),
        text,
        (value, userId) => {
          assertWellFormed(write('xml', ok({ objectType: 'KalturaSessionInfo', ...value, userId })))
          assertWellFormed(
            write('xml', { ok: false, error: apiError('INVALID_WIDGET_ID', { WIDGET_ID: userId }), diagnosis: value }),
          )
        },
      ),
    )
  })
})

describe('PHP', () => {
  for (const [value, text] of [
    [null, 'N;'],
    [true, 'b:1;'],
    [-7, 'i:-7;'],
    [0.5, 'd:0.5;'],
    ['é💥', 's:6:"é💥";'],
    [[1, 'a'], 'a:2:{i:0;i:1;i:1;s:1:"a";}'],
    [{ '5': 'x', n: null }, 'a:1:{i:5;s:1:"x";}'],
    [
      { objectType: 'T', id: 'x', n: null, l: [{ objectType: 'U' }] },
      'O:1:"T":2:{s:2:"id";s:1:"x";s:1:"l";a:1:{i:0;O:1:"U":0:{}}}',
    ],
    [{ objectType: 'T":0:{}', n: 1 }, 'a:2:{s:10:"objectType";s:7:"T":0:{}";s:1:"n";i:1;}'],
    [2 ** 60, 'd:1152921504606847000;'],
  ] as const) {
    test(`writes ${JSON.stringify(value)} as ${text}`, () => {
      assert.equal(writePhp(value), text)
    })
  }

  test('writes errors as arrays, also among the steps of a multirequest', () => {
    const error: Outcome = { ok: false, error: apiError('MISSING_KS'), diagnosis: { stage: 'x' } }
    const written =
      'a:5:{s:4:"code";s:10:"MISSING_KS";s:7:"message";s:35:"Missing KS, session not established";s:10:"objectType";s:19:"KalturaAPIException";s:4:"args";a:0:{}s:9:"diagnosis";a:1:{s:5:"stage";s:1:"x";}}'
    assert.equal(write('php', error), written)
    assert.equal(write('php', [ok(true), error]), `a:2:{i:0;b:1;i:1;${written}}`)
  })

  test('counts bytes, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const length = Number(/^s:(\d+):/.exec(writePhp(text))?.[1])
        assert.equal(length, Buffer.byteLength(text.toWellFormed()))
      }),
    )
  })
})

test('a format is one of four numbers, and XML where none is named', () => {
  assert.deepEqual(['1', '2', '3', '9', undefined, '4', '', 'json', '__proto__'].map(parseFormat), [
    'json',
    'xml',
    'php',
    'jsonp',
    'xml',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  assert.equal(write('jsonp', ok('/')), 'cb("\\/");')
  assert.deepEqual(['a.b_1', '', 'a()', 'a-b', '<'].map(isCallback), [true, false, false, false, false])
})

/** Enough of XML for what is written here: elements, texts, references. */
function assertWellFormed(document: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there
  assert.doesNotMatch(document, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
  const open: string[] = []
  for (const [, close, name = '', text = ''] of document
    .replace(/^<\?xml[^?]*\?>/, '')
    .matchAll(/<(\/?)([^>]*)>([^<]*)/g)) {
    assert.match(name, /^[A-Za-z_][\w.-]*$/)
    assert.doesNotMatch(text.replaceAll(/&(?:amp|lt|gt|quot|apos);/g, ''), /[&>]/)
    if (close === '') open.push(name)
    else assert.equal(open.pop(), name)
  }
  assert.deepEqual(open, [])
}
