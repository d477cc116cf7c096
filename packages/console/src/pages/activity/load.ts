import { type Signal, signal } from '@preact/signals'
import type { Made } from '../../connection/call.ts'
import type { JsonObject } from '../../connection/json.ts'
import type { Refusal } from '../../connection/outcome.ts'
import { callSignedIn } from '../../connection/sign-in.ts'
import { type Counts, countsFrom, type Question, questionsOf, readAnswers, requestsOf } from './counts.ts'
import { cursorAfter, type Line, type LineFilter, pageParams, parsePage } from './lines.ts'
import { type Bucket, bucketsOf, type Span } from './range.ts'

const PAGE = 100
const REFUSALS_PAGE = 500
/** So many refusals are read without asking; more where the person wants them. */
export const REFUSALS_AT_ONCE = 5_000

export interface Reading {
  readonly lines: readonly Line[]
  /** All that match, as the server counted them; undefined until it has. */
  readonly total: number | undefined
  readonly isReading: boolean
  /** What stopped it, if anything did. */
  readonly stopped?: Trouble | undefined
}

/** A call that brought nothing; or a refusal of one step of several. */
export interface Trouble {
  readonly made: Made
  readonly refusal?: Refusal | undefined
}

const NOTHING_READ: Reading = { lines: [], total: undefined, isReading: false }

/** What is read for one span and one filter. It ends with its page: whatever runs then is aborted. */
export interface Activity {
  readonly span: Span
  readonly filter: LineFilter
  readonly buckets: readonly Bucket[]
  readonly counts: Signal<Counts | undefined>
  /** Requests of the counting that have been answered, and all. */
  readonly counted: Signal<{ readonly done: number; readonly of: number; readonly stopped?: Trouble | undefined }>
  /** The journal, as filtered. */
  readonly journal: Signal<Reading>
  /** All refusals of the span, whatever outcome the journal is filtered by. */
  readonly refusals: Signal<Reading>
  readonly loadOlder: () => Promise<void>
  readonly readRefusals: (most: number) => Promise<void>
  readonly start: () => Promise<void>
  readonly stop: () => void
}

/** @param offset seconds that local time is ahead of UTC */
export function activity(span: Span, filter: LineFilter, offset: number): Activity {
  const abort = new AbortController()
  const buckets = bucketsOf(span, offset)
  const counts = signal<Counts | undefined>(undefined)
  const counted = signal<{ done: number; of: number; stopped?: Trouble | undefined }>({ done: 0, of: 1 })
  const journal = signal(NOTHING_READ)
  const refusals = signal(NOTHING_READ)
  const ask = (params: JsonObject) =>
    callSignedIn({ service: 'latchkey_journal', action: 'list', params, signal: abort.signal })

  async function readPage(into: Signal<Reading>, wanted: LineFilter, size: number): Promise<boolean> {
    const before = into.value
    if (before.isReading || abort.signal.aborted) return false
    into.value = { ...before, isReading: true, stopped: undefined }
    const { params, pageSize, skip } = pageParams(wanted, span, cursorAfter(before.lines), size)
    const made = await ask(params)
    if (abort.signal.aborted) return false
    const page = made.outcome.kind === 'result' ? parsePage(made.outcome.value) : undefined
    if (page === undefined) {
      into.value = { ...before, isReading: false, stopped: { made } }
      return false
    }
    const fresh = page.lines.slice(skip)
    const lines = [...before.lines, ...fresh]
    // The first page counts all; later ones only what is older.
    const total = before.total === undefined ? page.total : Math.max(before.total, lines.length)
    const isEnd = fresh.length === 0 && page.lines.length < pageSize
    into.value = { lines, total: isEnd ? lines.length : total, isReading: false }
    return !isEnd
  }

  async function count(): Promise<void> {
    const requests = requestsOf(questionsOf(filter, span, buckets))
    const answered: (readonly [Question, number])[] = []
    for (const [at, { questions, params }] of requests.entries()) {
      counted.value = { done: at, of: requests.length }
      const made = await callSignedIn({ service: 'multirequest', action: 'count', params, signal: abort.signal })
      if (abort.signal.aborted) return
      const answers = made.outcome.kind === 'result' ? readAnswers(made.outcome.value, questions.length) : undefined
      if (answers === undefined || !answers.ok) {
        counted.value = { done: at, of: requests.length, stopped: { made, refusal: answers?.refusal } }
        return
      }
      for (const [index, question] of questions.entries()) answered.push([question, answers.counts[index] ?? 0])
    }
    counted.value = { done: requests.length, of: requests.length }
    counts.value = countsFrom(buckets, answered)
  }

  const onlyRefused: LineFilter = { ...filter, outcomes: ['refused'] }
  async function readRefusals(most: number): Promise<void> {
    while (refusals.value.lines.length < most) {
      const { total } = refusals.value
      if (total !== undefined && refusals.value.lines.length >= total) return
      if (!(await readPage(refusals, onlyRefused, REFUSALS_PAGE))) return
    }
  }

  return {
    span,
    filter,
    buckets,
    counts,
    counted,
    journal,
    refusals,
    loadOlder: async () => {
      await readPage(journal, filter, PAGE)
    },
    readRefusals,
    async start() {
      // One after the other: the first may have to ask for a new session, and a server has others to serve.
      await readPage(journal, filter, PAGE)
      if (journal.value.stopped !== undefined) return
      await count()
      if (counts.value !== undefined) await readRefusals(REFUSALS_AT_ONCE)
    },
    stop: () => abort.abort(),
  }
}
