import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { summaryText } from '../src/parts/summary-text.ts'

const LONG =
  'This token starts a USER session of 86400 s, for the user ana@example.org; with the privileges list:*; opens 387 of 772 actions, not user.list, report.getTable, … Of the actions, 181 read, 178 change and 28 delete. A session lives up to 1 day.'

describe('what is told of a token', () => {
  test('is cut behind its first sentence, not behind a dot of a name', () => {
    const { first, rest } = summaryText(LONG)
    assert.ok(first.endsWith('not user.list, report.getTable, …'), first)
    assert.equal(rest, 'Of the actions, 181 read, 178 change and 28 delete. A session lives up to 1 day.')
  })

  test('stays whole where it is short', () => {
    const text = 'This token is deleted. Of it nothing is left.'
    assert.deepEqual(summaryText(text), { first: text, rest: '' })
  })

  test('has its seconds as a person says them', () => {
    assert.match(summaryText(LONG).first, /a USER session of 1 d, for/)
    const { first } = summaryText('This token expired at 1627298165; before that it started a session of 90 s')
    assert.match(first, /^This token expired on .*2021.*; before that it started a session of 1 min 30 s$/)
  })
})
