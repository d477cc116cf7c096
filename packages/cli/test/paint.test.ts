import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cutTo, plain, WIDTH, widthOf, wrap, wrapWords } from '../src/doctor/paint.ts'
import { table } from '../src/view/table.ts'

describe('what comes from elsewhere', () => {
  test('is shown in any script', () => {
    for (const text of ['日本語', 'ünï', 'Ελληνικά', 'עברית', '한국어', '🎉', '𠮷']) assert.equal(plain(text), text)
  })

  for (const [what, text] of [
    ['an escape sequence', '\u001b[31m'],
    ['a control of eight bits', '\u009b31m'],
    ['a line end', 'a\nb'],
    ['a turn of the direction of writing', 'a\u202eb'],
    ['an isolate', 'a\u2066b'],
    ['a character without width', 'a\u200bb'],
    ['a mark of the byte order', '\ufeffa'],
    ['a separator of lines', 'a\u2028b'],
    ['half a character', 'a\ud83d'],
    ['a character of nobody', '\ue000'],
  ] as const) {
    test(`shows ${what} as a question mark`, () => {
      assert.match(plain(text), /^[\x20-\x7e]+$/)
      assert.ok(plain(text).includes('?'))
    })
  }
})

describe('columns', () => {
  test('are two of a wide character, and none of an accent of its own', () => {
    assert.equal(widthOf('日本'), 4)
    assert.equal(widthOf('🎉'), 2)
    assert.equal(widthOf('e\u0301'), 1)
    assert.equal(cutTo('a日本', 4), 'a日')
  })

  test('bound every line of a text and of a table', () => {
    const words = '漢字かな交じり文 '.repeat(30)
    const long = '漢'.repeat(100)
    for (const text of [
      wrap(words, '  '),
      wrap(long, '  '),
      wrapWords(words, '  '),
      table(['A', 'B'], [['漢', long]]),
    ]) {
      for (const line of text.split('\n')) assert.ok(widthOf(line) <= WIDTH, line)
    }
    assert.equal(wrap(long, '').replaceAll('\n', ''), long)
  })

  test('of a table begin under each other whatever the script', () => {
    const lines = table(
      ['NAME', 'STATUS'],
      [
        ['日本', 'active'],
        ['abc', 'paused'],
      ],
    )
      .trimEnd()
      .split('\n')
    assert.deepEqual(lines, ['NAME  STATUS', '日本  active', 'abc   paused'])
  })
})
