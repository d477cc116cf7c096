import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type DocumentGroup, helpIndex, highlighted, linkToDocument, searchHelp } from '../src/pages/help/search.ts'

const GROUPS: readonly DocumentGroup[] = [
  {
    title: 'How to',
    documents: [
      {
        path: 'how-to/look-after',
        title: 'Look after app tokens',
        about: 'pause, rotate',
        headings: [{ id: 'rotate-its-value', text: 'Rotate its value', level: 2 }],
      },
    ],
  },
]
const index = helpIndex(GROUPS)
const shown = (text: string, words: readonly string[]) =>
  highlighted(text, words)
    .map((piece) => (piece.isHit ? `[${piece.text}]` : piece.text))
    .join('')

describe('searchHelp', () => {
  test('a code stands first for its own name', () => {
    assert.equal(searchHelp(index, 'invalid_ks')[0]?.href, '#/help/errors/INVALID_KS')
  })
  test('a cause is found by its id, though that is not shown', () => {
    assert.deepEqual(
      searchHelp(index, 'hash-upper-case').map(({ href }) => href),
      ['#/help/causes/hash-upper-case'],
    )
  })
  test('a heading leads to its place in the document', () => {
    const hit = searchHelp(index, 'ROTATE value').find(({ kind }) => kind === 'guide')
    assert.equal(hit?.href, '#/help/docs/how-to/look-after?at=rotate-its-value')
  })
  test('every word must be there', () => {
    assert.deepEqual(searchHelp(index, 'rotate zebra'), [])
    assert.deepEqual(searchHelp(index, '   '), [])
  })
  test('what has all words in its title goes before what has them elsewhere', () => {
    const hits = searchHelp(index, 'expired')
    const inTitle = hits.map(({ title }) => title.toLowerCase().includes('expired'))
    assert.ok(inTitle.includes(true) && inTitle.includes(false))
    assert.equal(inTitle.lastIndexOf(true) < inTitle.indexOf(false), true)
  })
})

describe('highlighted', () => {
  test('all places of all words are marked, also where they overlap', () => {
    assert.equal(shown('The hash, rehashed', ['hash']), 'The [hash], re[hash]ed')
    assert.equal(shown('token', ['tok', 'oken']), '[token]')
  })
  test('nothing is lost of a text, whatever is searched', () => {
    for (const word of ['', 'a', '[', 'ı', 'zz']) {
      for (const text of ['İstanbul', 'plain', '']) {
        assert.equal(
          highlighted(text, [word])
            .map((piece) => piece.text)
            .join(''),
          text,
        )
      }
    }
  })
})

test('an address of a heading holds the path part by part', () => {
  assert.equal(linkToDocument('a b/c'), '#/help/docs/a%20b/c')
})
