import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cursorAfter, type Line, lineHolds, pageParams, parseFilter, parsePage } from '../src/pages/activity/lines.ts'

const NO_FILTER = parseFilter({})
const EVERYTHING = { from: 0, to: 1_000_000 }
const line = (at: number, rest: Partial<Line> = {}): Line => ({
  at,
  requestId: '',
  actor: '',
  door: 'v3',
  action: 'media.list',
  tokenId: '',
  outcome: 'issued',
  cause: '',
  code: '',
  object: '',
  address: '',
  client: '',
  value: '',
  ...rest,
})

/** A journal as the server pages it: the newest first, from a time down. */
function ask(journal: readonly Line[], params: ReturnType<typeof pageParams>['params']): readonly Line[] {
  const { filter, pager } = JSON.parse(JSON.stringify(params))
  const matching = journal.filter(({ at }) => at >= filter.atGreaterThanOrEqual && at <= filter.atLessThanOrEqual)
  return matching.slice((pager.pageIndex - 1) * pager.pageSize, pager.pageIndex * pager.pageSize)
}

function readAll(size: number, journalAt: (page: number) => readonly Line[]): readonly Line[] {
  let lines: readonly Line[] = []
  for (let page = 0; page < 200; page += 1) {
    const { params, pageSize, skip } = pageParams(NO_FILTER, EVERYTHING, cursorAfter(lines), size)
    const answer = ask(journalAt(page), params)
    lines = [...lines, ...answer.slice(skip)]
    if (answer.length < pageSize && answer.slice(skip).length === 0) return lines
  }
  throw new Error('it has no end')
}

describe('reading on', () => {
  test('no line is lost or read twice where many were written in one second', () => {
    for (const size of [1, 3, 7, 100]) {
      const journal = Array.from({ length: 40 }, (_, at) => line(900 - Math.floor(at / 11), { requestId: String(at) }))
      const read = readAll(size, () => journal)
      assert.deepEqual(
        read.map(({ requestId }) => requestId),
        journal.map(({ requestId }) => requestId),
        `pages of ${size}`,
      )
    }
  })
  test('a second with more lines than the server gives at once is read to its end', () => {
    const journal = Array.from({ length: 1_700 }, (_, at) => line(7, { requestId: String(at) }))
    const read = readAll(100, () => journal)
    assert.equal(new Set(read.map(({ requestId }) => requestId)).size, journal.length)
    assert.equal(read.length, journal.length)
  })
  test('lines that are written meanwhile do not push others into the next page', () => {
    const old = Array.from({ length: 20 }, (_, at) => line(500 - at, { requestId: `old ${at}` }))
    const read = readAll(6, (page) => [
      ...Array.from({ length: page * 4 }, (_, at) => line(900 - at, { requestId: `new ${page} ${at}` })),
      ...old,
    ])
    assert.deepEqual(
      read.map(({ requestId }) => requestId),
      old.map(({ requestId }) => requestId),
    )
  })
  test('an empty field is no condition, and the end of a span is not in it', () => {
    const { params } = pageParams(
      parseFilter({ token: ' 0_a ', outcome: 'refused,nonsense' }),
      { from: 5, to: 9 },
      undefined,
      10,
    )
    assert.deepEqual(params.filter, {
      objectType: 'LatchkeyJournalFilter',
      tokenIdEqual: '0_a',
      outcomeIn: 'refused',
      atGreaterThanOrEqual: 5,
      atLessThanOrEqual: 8,
    })
  })
})

describe('a page of the journal', () => {
  test('what a line does not say is empty, and what is no line is passed over', () => {
    const page = parsePage({
      totalCount: 3,
      objects: [{ at: 7, action: 'a.b', outcome: 'issued' }, { action: 'no time' }, 5],
    })
    assert.equal(page?.total, 3)
    assert.deepEqual(page?.lines, [line(7, { action: 'a.b', door: '' })])
  })
  test('an answer of another kind is no page', () => {
    assert.equal(parsePage('text'), undefined)
    assert.equal(parsePage({ objects: [] }), undefined)
    assert.equal(parsePage({ totalCount: 1, objects: {} }), undefined)
  })
})

test('a search among lines looks at all that they say', () => {
  const one = line(1, { address: '203.0.113.7', client: 'ETL nightly' })
  assert.equal(lineHolds(one, ' etl '), true)
  assert.equal(lineHolds(one, '203.0.113'), true)
  assert.equal(lineHolds(one, 'weekly'), false)
})
