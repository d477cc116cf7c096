import { isObject, type JsonObject, numberOf } from '../../connection/json.ts'
import { type Refusal, refusalIn } from '../../connection/outcome.ts'
import { causeOfLine, filterParams, type Line, type LineFilter, type LineOutcome, OUTCOMES } from './lines.ts'
import { type Bucket, bucketAt, type Span } from './range.ts'

/** What happened in each bucket; every number is the server's own count. */
export interface Counts {
  readonly buckets: readonly Bucket[]
  readonly issued: readonly number[]
  readonly refused: readonly number[]
  readonly totals: Readonly<Record<LineOutcome, number>>
}

/** A step of a multirequest is one count. */
export interface Question {
  readonly outcome: LineOutcome
  /** Absent for the whole span. */
  readonly bucket?: number | undefined
  readonly step: JsonObject
}

/** As many as a server takes in one request. */
export const MOST_STEPS = 50

/** One question a bar and outcome, and one for each of the rarer outcomes: a page of no lines tells how many there are. */
export function questionsOf(filter: LineFilter, span: Span, buckets: readonly Bucket[]): readonly Question[] {
  const ask = (outcome: LineOutcome, within: Pick<Bucket, 'from' | 'to'>, bucket?: number): Question => ({
    outcome,
    bucket,
    step: {
      service: 'latchkey_journal',
      action: 'list',
      filter: filterParams({ ...filter, outcomes: [outcome] }, within),
      pager: { pageSize: 0, pageIndex: 1 },
    },
  })
  return [
    ask('revoked', span),
    ask('changed', span),
    ...buckets.flatMap((bucket, at) => [ask('issued', bucket, at), ask('refused', bucket, at)]),
  ]
}

/** Questions in parts, each of which fits into one request: numbered as its steps are. */
export function requestsOf(questions: readonly Question[]): readonly {
  readonly questions: readonly Question[]
  readonly params: JsonObject
}[] {
  const parts: { questions: readonly Question[]; params: JsonObject }[] = []
  for (let at = 0; at < questions.length; at += MOST_STEPS) {
    const part = questions.slice(at, at + MOST_STEPS)
    parts.push({
      questions: part,
      params: Object.fromEntries(part.map(({ step }, index) => [String(index + 1), step])),
    })
  }
  return parts
}

export type Answers =
  | { readonly ok: true; readonly counts: readonly number[] }
  | { readonly ok: false; readonly refusal?: Refusal | undefined }

/** The counts in the answer to one request, in the order of its questions. */
export function readAnswers(value: unknown, wanted: number): Answers {
  const steps: unknown = isObject(value) ? Object.values(value) : value
  if (!Array.isArray(steps)) return { ok: false }
  const counts: number[] = []
  for (const step of steps) {
    const refusal = refusalIn(step)
    if (refusal !== undefined) return { ok: false, refusal }
    const total = isObject(step) ? numberOf(step.totalCount) : undefined
    if (total === undefined) return { ok: false }
    counts.push(total)
  }
  return counts.length === wanted ? { ok: true, counts } : { ok: false }
}

export function countsFrom(buckets: readonly Bucket[], answered: readonly (readonly [Question, number])[]): Counts {
  const issued = buckets.map(() => 0)
  const refused = buckets.map(() => 0)
  const totals: Record<LineOutcome, number> = { issued: 0, refused: 0, revoked: 0, changed: 0 }
  for (const [{ outcome, bucket }, count] of answered) {
    totals[outcome] += count
    if (bucket === undefined) continue
    if (outcome === 'issued') issued[bucket] = count
    if (outcome === 'refused') refused[bucket] = count
  }
  return { buckets, issued, refused, totals }
}

export interface CauseTally {
  readonly cause: string
  readonly total: number
  /** A number for each bucket. */
  readonly perBucket: readonly number[]
}

/** Refusals by cause, the most frequent first. Lines outside of the buckets do not count. */
export function tallyCauses(lines: readonly Line[], buckets: readonly Bucket[]): readonly CauseTally[] {
  const tallies = new Map<string, number[]>()
  for (const line of lines) {
    const at = bucketAt(buckets, line.at)
    if (at < 0) continue
    const cause = causeOfLine(line)
    const perBucket = tallies.get(cause) ?? buckets.map(() => 0)
    perBucket[at] = (perBucket[at] ?? 0) + 1
    tallies.set(cause, perBucket)
  }
  return [...tallies]
    .map(([cause, perBucket]) => ({ cause, perBucket, total: perBucket.reduce((sum, count) => sum + count, 0) }))
    .sort((a, b) => b.total - a.total || (a.cause < b.cause ? -1 : 1))
}

export function isNothing({ totals }: Counts): boolean {
  return OUTCOMES.every((outcome) => totals[outcome] === 0)
}

/** A round number at or above the largest value: the top of a plot. */
export function topOf(values: readonly number[]): number {
  const most = Math.max(1, ...values)
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= most) ?? 10
  return step * power
}
