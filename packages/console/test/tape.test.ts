import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { strayEdges, tapeOf } from '../src/parts/tape.ts'

const shown = (text: string, isMasked = false) =>
  tapeOf(text, isMasked)
    .map((piece) => (piece.kind === 'plain' ? piece.text : piece.sign))
    .join('')

describe('tapeOf', () => {
  test('a line end, a tab, a blank and a byte order mark have signs', () => {
    assert.equal(shown('\ufeffab\tc d\r\n'), '⟨byte order mark⟩ab⇥c␣d␍↵')
  })
  test('an unseen character without a sign of its own shows its number', () => {
    assert.deepEqual(tapeOf('\u2060'), [{ kind: 'unseen', sign: '⟨U+2060⟩', name: 'unseen character U+2060' }])
  })
  test('masked, only the edges of a long text show', () => {
    assert.equal(shown('0123456789abcdef', true), '0123••••••••cdef')
    assert.equal(shown('short', true), '•••••')
  })
  test('masked, a line end in the middle and at the end shows all the same', () => {
    assert.equal(shown('0123456\n89abcdef\n', true), '0123•••↵•••••def↵')
  })
  test('what needs two units of UTF-16 is one character', () => {
    assert.equal(shown('😀'), '😀')
  })
})

describe('strayEdges', () => {
  test('blanks and line ends around a text are named and taken away', () => {
    assert.deepEqual(strayEdges(' abc\r\n'), { what: 'blanks or a line end around it', without: 'abc' })
  })
  test('quotes around a text are named and taken away', () => {
    assert.equal(strayEdges('"abc"')?.without, 'abc')
  })
  test('a clean text has none', () => {
    assert.equal(strayEdges('abc'), undefined)
  })
})
