import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
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

describe('errors', () => {
  for (const [code, args, message] of [
    ['APP_TOKEN_ID_NOT_FOUND', { ID: '0_none' }, 'Application token id "0_none" not found'],
    ['INVALID_APP_TOKEN_HASH', {}, 'Invalid application token hash'],
    [
      'PROPERTY_VALIDATION_NOT_UPDATABLE',
      { PROP_NAME: 'KalturaAppToken::status' },
      'The property "KalturaAppToken::status" cannot be updated',
    ],
    [
      'INVALID_ENUM_VALUE',
      { ENUM_VAL: 1, PARAM_NAME: 'type', ENUM_TYPE: 'KalturaSessionType' },
      'Invalid enumeration value "1" for parameter "type", expecting enumeration type "KalturaSessionType"',
    ],
    ['MISSING_MANDATORY_PARAMETER', { PARAM_NAME: 'tokenHash' }, 'Missing parameter "tokenHash"'],
    ['SERVICE_FORBIDDEN', { SERVICE: 'appToken->add' }, 'The access to service [appToken->add] is forbidden'],
    ['INVALID_KS', { KSID: 'EXPIRED', ERR_CODE: -5, ERR_DESC: 'EXPIRED' }, 'Invalid KS "EXPIRED", Error "-5,EXPIRED"'],
    ['START_SESSION_ERROR', { PID: 102 }, 'Error while starting session for partner [102]'],
    ['INVALID_WIDGET_ID', { WIDGET_ID: '_999' }, 'Unknown widget [_999]'],
    ['INVALID_OBJECT_ID', {}, 'Invalid object id [N/A]'],
    ['SERVICE_DOES_NOT_EXISTS', { SRV_NAME: '<script>alert(1)</script>x' }, 'Service "alert(1)x" does not exists'],
    ['INVALID_USER_ID', { X: 'ignored' }, 'Invalid user id'],
  ] as const) {
    test(`${code} says ${JSON.stringify(message)}`, () => {
      assert.equal(apiError(code, args as Record<string, string>).message, message)
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

  test('writes an error with its arguments as an object, or as an empty list, and the diagnosis beside the code', () => {
    const error = JSON.parse(
      write('json', { ok: false, error: apiError('APP_TOKEN_EXPIRED', { ID: '0_a' }), diagnosis: { stage: 'x' } }),
    )
    assert.deepEqual(error, {
      code: 'APP_TOKEN_EXPIRED',
      message: 'Application token id "0_a" expired',
      args: { ID: '0_a' },
      diagnosis: { stage: 'x' },
      objectType: 'KalturaAPIException',
    })
    assert.deepEqual(JSON.parse(write('json', { ok: false, error: apiError('INVALID_APP_TOKEN_HASH') })).args, [])
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
    [{ objectType: 'T', '5': 'x', n: null }, 'a:2:{i:5;s:1:"x";s:10:"objectType";s:1:"T";}'],
    [2 ** 60, 'd:1152921504606847000;'],
  ] as const) {
    test(`writes ${JSON.stringify(value)} as ${text}`, () => {
      assert.equal(writePhp(value), text)
    })
  }

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
