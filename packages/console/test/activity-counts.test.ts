import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  countsFrom,
  isNothing,
  MOST_STEPS,
  questionsOf,
  readAnswers,
  requestsOf,
  tallyCauses,
  topOf,
} from '../src/pages/activity/counts.ts'
import { type Line, parseFilter, parsePage } from '../src/pages/activity/lines.ts'
import { bucketsOf, parseSpan } from '../src/pages/activity/range.ts'

const span = parseSpan({ from: '1000', to: '4600' }, 5_000, 0)
const buckets = bucketsOf(span, 0)
const refusal = (at: number, cause: string, code = ''): Line => {
  const found = parsePage({ totalCount: 1, objects: [{ at, outcome: 'refused', cause, code }] })?.lines[0]
  assert.ok(found !== undefined)
  return found
}

describe('counting', () => {
  const questions = questionsOf(parseFilter({ token: '0_a', outcome: 'changed' }), span, buckets)

  test('each bar is asked about by outcome, within its own seconds, and no line is fetched', () => {
    assert.equal(questions.length, 2 + 2 * buckets.length)
    for (const { step } of questions) assert.deepEqual(step.pager, { pageSize: 0, pageIndex: 1 })
    const last = questions.at(-1)
    assert.deepEqual(last?.step.filter, {
      objectType: 'LatchkeyJournalFilter',
      tokenIdEqual: '0_a',
      outcomeIn: 'refused',
      atGreaterThanOrEqual: buckets.at(-1)?.from,
      atLessThanOrEqual: (buckets.at(-1)?.to ?? 0) - 1,
    })
  })
  test('no request has more steps than a server takes, and none is left out', () => {
    const many = Array.from({ length: 3 }, () => questions).flat()
    const requests = requestsOf(many)
    assert.ok(requests.length > 1)
    for (const { questions: part, params } of requests) {
      assert.ok(part.length <= MOST_STEPS)
      assert.deepEqual(
        Object.keys(params).map(Number),
        part.map((_, at) => at + 1),
      )
    }
    assert.equal(requests.flatMap(({ questions: part }) => part).length, many.length)
  })
  test('answers come back to their bars', () => {
    const counts = countsFrom(
      buckets,
      questions.map((question, at) => [question, at] as const),
    )
    assert.equal(counts.issued[0], 2)
    assert.equal(counts.refused[0], 3)
    assert.equal(counts.totals.revoked, 0)
    assert.equal(counts.totals.changed, 1)
    assert.equal(
      counts.totals.issued,
      counts.issued.reduce((sum, count) => sum + count, 0),
    )
    assert.equal(isNothing(counts), false)
  })
  test('one refused step makes no number of the rest', () => {
    const refused = { code: 'SERVICE_FORBIDDEN', message: 'no' }
    const answers = readAnswers([{ totalCount: 3 }, refused], 2)
    assert.deepEqual(answers, { ok: false, refusal: { ...refused, told: undefined } })
  })
  test('an answer of another length or shape is none', () => {
    assert.deepEqual(readAnswers([{ totalCount: 3 }], 2), { ok: false })
    assert.deepEqual(readAnswers([{ objects: [] }], 1), { ok: false })
    assert.deepEqual(readAnswers('nothing', 1), { ok: false })
    assert.deepEqual(readAnswers({ 0: { totalCount: '4' } }, 1), { ok: true, counts: [4] })
  })
})

describe('causes', () => {
  test('refusals count under their cause, else their code, the most frequent first', () => {
    const first = buckets[0]?.from ?? 0
    const tallies = tallyCauses(
      [
        refusal(first, 'hash-bom'),
        refusal(first, '', 'INVALID_KS'),
        refusal(first + 1, 'hash-bom'),
        refusal(first, ''),
      ],
      buckets,
    )
    assert.deepEqual(
      tallies.map(({ cause, total }) => [cause, total]),
      [
        ['hash-bom', 2],
        ['INVALID_KS', 1],
        ['unknown', 1],
      ],
    )
    assert.equal(tallies[0]?.perBucket[0], 2)
  })
  test('a line outside of the span counts nowhere', () => {
    assert.deepEqual(tallyCauses([refusal(span.to, 'hash-bom'), refusal(0, 'hash-bom')], buckets), [])
  })
})

test('the top of a plot is round, and above all bars', () => {
  for (const [values, top] of [
    [[], 1],
    [[0, 0], 1],
    [[3], 3],
    [[7], 8],
    [[10], 10],
    [[11], 20],
    [[501], 600],
    [[901], 1_000],
  ] as const) {
    assert.equal(topOf(values), top)
  }
})
