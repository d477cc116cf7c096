import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadVectors, type Vector } from '@latchkey/testkit'
import { apiError, CLASSES, type Outcome, propertyNames } from '@latchkey/wire'
import fc from 'fast-check'
import { ok, write } from './answers.ts'

type TextVector = Vector<{ readonly value: unknown; readonly ignoreNull?: boolean }, { readonly text: string }>

const DOCUMENT =
  /^<\?xml version="1\.0" encoding="utf-8"\?><xml><result>(.*)<\/result><executionTime>0\.0123<\/executionTime><\/xml>$/s

function xml(answer: Outcome | readonly Outcome[], ignoreNull?: boolean): string {
  const body = write('xml', answer, ignoreNull)
  const content = DOCUMENT.exec(body)?.[1]
  assert.ok(content !== undefined, body)
  return content
}

describe('XML', () => {
  for (const { name, input, expect } of loadVectors<TextVector>('wire-xml')) {
    test(`goes by the rule: ${name}`, () => {
      assert.equal(xml(ok(input.value), input.ignoreNull), expect.text)
    })
  }

  test('puts what is ours behind the declared properties', () => {
    assert.equal(
      xml(ok({ extra: [{ a: 1 }], objectType: 'KalturaFilterPager', pageSize: 5 })),
      '<objectType>KalturaFilterPager</objectType><pageSize>5</pageSize><pageIndex></pageIndex><extra><item><a>1</a></item></extra>',
    )
  })

  test('has the properties of a class behind those of the class above it, for every class', () => {
    for (const { name, base, properties } of CLASSES) {
      const inherited = base === undefined ? [] : propertyNames(base)
      assert.ok(inherited, name)
      assert.deepEqual(propertyNames(name), [...inherited, ...properties.map((property) => property.name)])
    }
  })

  test('has the steps of a multirequest in items, refusals in their places', () => {
    assert.equal(
      xml([ok(1), { ok: false, error: apiError('INVALID_USER_ID') }, ok(null)]),
      '<item>1</item><item><error><code>INVALID_USER_ID</code><message>Invalid user id</message><objectType>KalturaAPIException</objectType><args></args></error></item><item></item>',
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
  })

  test('is well-formed, whatever the texts and names', () => {
    const text = fc.string({ unit: 'binary' })
    const fields = fc.dictionary(text, fc.oneof(text, fc.array(text), fc.dictionary(text, text)))
    fc.assert(
      fc.property(fields, text, fc.boolean(), (value, userId, ignoreNull) => {
        const error = apiError('INVALID_WIDGET_ID', { WIDGET_ID: userId })
        assertWellFormed(write('xml', ok({ objectType: 'KalturaSessionInfo', ...value, userId }), ignoreNull))
        assertWellFormed(write('xml', [ok(userId), { ok: false, error, diagnosis: value }]))
      }),
    )
  })

  test('gives a text back to whoever undoes the escapes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const read = xml(ok(text)).replaceAll(/&(\w+);/g, (_escape, name: string) => ESCAPES[name] ?? '')
        assert.equal(read, text)
      }),
    )
  })

  test('of a checker that finds nothing this file would say nothing', () => {
    for (const broken of ['<a>', '<a></b>', '<a>&</a>', '<a>></a>', '<a>\u0000</a>', '<a b></a b>', '<1></1>', '</a>'])
      assert.throws(() => assertWellFormed(broken), broken)
    assertWellFormed('<a><b>x&amp;</b></a>')
  })
})

const ESCAPES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

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
