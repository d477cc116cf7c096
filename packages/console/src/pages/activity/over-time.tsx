import { linkTo, refine, route } from '../../app/router.ts'
import { Button, Segmented } from '../../parts/controls.tsx'
import { Card, Disclosure, Progress, Skeleton } from '../../parts/layout.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { countOf } from '../../parts/words.ts'
import { type CauseTally, type Counts, tallyCauses, topOf } from './counts.ts'
import { type Activity, REFUSALS_AT_ONCE } from './load.ts'
import { Plot } from './plot.tsx'
import { type Bucket, bucketInWords, bucketTitle } from './range.ts'
import { TroubleOf } from './trouble.tsx'
import { show } from './visit.ts'
import { causeText, causeTitle, lineTime } from './words.ts'

const MOST_CAUSES = 6
const VIEWS = [
  { id: 'plots', title: 'Plots' },
  { id: 'table', title: 'Table' },
] as const

/** Sessions issued and refusals over time, and the refusals by cause: as plots, and with the same numbers as a table. */
export function OverTime({ activity }: { readonly activity: Activity }) {
  const counts = activity.counts.value
  const { done, of, stopped } = activity.counted.value
  const view = route.value.query.view === 'table' ? 'table' : 'plots'
  const { span } = activity
  return (
    <Card
      title="Over time"
      summary={`counted by the server, a bar for each ${bucketInWords(span.bucket).replace(/^(\d+) (\w+)s$/, '$1 $2s')}`}
      actions={
        <Segmented
          label="Show as"
          choices={VIEWS}
          chosen={[view]}
          onChoose={(id) => refine({ view: id === 'table' ? 'table' : '' })}
        />
      }
    >
      <div class="stack" aria-live="polite" aria-busy={counts === undefined && stopped === undefined}>
        {stopped !== undefined && <TroubleOf trouble={stopped} />}
        {counts === undefined && stopped === undefined && (
          <>
            <Progress done={done} of={of}>
              Counting
            </Progress>
            <Skeleton lines={4} label="Counting" />
          </>
        )}
        {counts !== undefined && (
          <>
            <Totals counts={counts} />
            {view === 'plots' ? (
              <Plots activity={activity} counts={counts} />
            ) : (
              <Numbers activity={activity} counts={counts} />
            )}
            <ByCauseNote activity={activity} />
          </>
        )}
      </div>
    </Card>
  )
}

function Totals({ counts: { totals } }: { readonly counts: Counts }) {
  return (
    <dl class="activity-totals">
      {(
        [
          ['sessions issued', totals.issued],
          ['refusals', totals.refused],
          ['ended or deleted', totals.revoked],
          ['changes', totals.changed],
        ] as const
      ).map(([title, count]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{count.toLocaleString('en')}</dd>
        </div>
      ))}
    </dl>
  )
}

function pick(bucket: Bucket): void {
  show({ from: String(bucket.from), to: String(bucket.to) })
}

interface Shown {
  readonly activity: Activity
  readonly counts: Counts
}

function Plots({ activity, counts }: Shown) {
  const { span, buckets } = activity
  const tallies = tallyCauses(activity.refusals.value.lines, buckets)
  const shown = tallies.slice(0, MOST_CAUSES)
  const rest = tallies.slice(MOST_CAUSES)
  const top = topOf(shown.flatMap(({ perBucket }) => perBucket))
  const shared = { buckets, size: span.bucket, onPick: pick } as const
  return (
    <div class="stack">
      <div class="activity-pair">
        <div>
          <h3>Sessions issued</h3>
          <Plot {...shared} label="Sessions issued" values={counts.issued} top={topOf(counts.issued)} tone="good" />
        </div>
        <div>
          <h3>Refusals</h3>
          <Plot {...shared} label="Refusals" values={counts.refused} top={topOf(counts.refused)} tone="bad" />
        </div>
      </div>
      {shown.length > 0 && (
        <>
          <h3>Refusals by cause</h3>
          <ul class="activity-causes">
            {shown.map((tally) => (
              <li key={tally.cause}>
                <p class="small">
                  <b>{tally.total.toLocaleString('en')}</b> <CauseLink cause={tally.cause} />
                </p>
                <Plot
                  {...shared}
                  isSmall
                  label={causeTitle(tally.cause)}
                  values={tally.perBucket}
                  top={top}
                  tone="bad"
                />
              </li>
            ))}
          </ul>
        </>
      )}
      {rest.length > 0 && <Rest tallies={rest} />}
    </div>
  )
}

function Rest({ tallies }: { readonly tallies: readonly CauseTally[] }) {
  return (
    <Disclosure summary={countOf(tallies.length, 'rarer cause')}>
      <ul class="stack-tight small">
        {tallies.map(({ cause, total }) => (
          <li key={cause}>
            <b>{total.toLocaleString('en')}</b> <CauseLink cause={cause} />
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

/** To what is known of the cause; a code where no cause was told. */
export function CauseLink({ cause }: { readonly cause: string }) {
  if (causeText(cause) !== undefined) return <a href={linkTo('help', ['causes', cause])}>{causeTitle(cause)}</a>
  if (/^[A-Z_]+$/.test(cause)) return <a href={linkTo('help', ['errors', cause])}>{cause}</a>
  return <>{causeTitle(cause)}</>
}

interface NumberRow {
  readonly bucket: Bucket
  readonly issued: number
  readonly refused: number
  readonly byCause: readonly number[]
}

function Numbers({ activity, counts }: Shown) {
  const { span, buckets } = activity
  const tallies = tallyCauses(activity.refusals.value.lines, buckets)
  const all: readonly NumberRow[] = buckets.map((bucket, at) => ({
    bucket,
    issued: counts.issued[at] ?? 0,
    refused: counts.refused[at] ?? 0,
    byCause: tallies.map(({ perBucket }) => perBucket[at] ?? 0),
  }))
  const rows = all.filter(({ issued, refused }) => issued > 0 || refused > 0)
  const columns: readonly Column<NumberRow>[] = [
    {
      id: 'when',
      title: 'From',
      isTitle: true,
      cell: ({ bucket }) => (
        <a
          class="nowrap"
          href={linkTo('activity', [], { ...route.value.query, from: String(bucket.from), to: String(bucket.to) })}
        >
          {bucketTitle(bucket, span.bucket)}
        </a>
      ),
    },
    numbers('issued', 'Issued', ({ issued }) => issued),
    numbers('refused', 'Refused', ({ refused }) => refused),
    ...tallies.map(({ cause }, at) => numbers(cause, cause, ({ byCause }) => byCause[at] ?? 0)),
  ]
  const left = all.length - rows.length
  return (
    <div class="stack-tight">
      {rows.length > 0 && (
        <Table
          label="Sessions and refusals over time"
          columns={columns}
          rows={rows}
          keyOf={({ bucket }) => String(bucket.from)}
        />
      )}
      {left > 0 && (
        <p class="small muted">
          {rows.length === 0
            ? 'No session was issued and none refused in this time.'
            : `Left out: ${countOf(left, 'row')} in which no session was issued and nothing refused.`}
        </p>
      )}
    </div>
  )
}

function numbers(id: string, title: string, of: (row: NumberRow) => number): Column<NumberRow> {
  return { id, title, isNumber: true, isNothing: (row) => of(row) === 0, cell: (row) => amount(of(row)) }
}

function amount(count: number) {
  return count === 0 ? <span class="muted">0</span> : count.toLocaleString('en')
}

/** How many of the refusals the causes were counted of, where that is not all. */
function ByCauseNote({ activity }: { readonly activity: Activity }) {
  const { lines, total, isReading, stopped } = activity.refusals.value
  if (stopped !== undefined) return <TroubleOf trouble={stopped} />
  const oldest = lines.at(-1)
  if (isReading && total !== undefined) {
    return (
      <Progress done={lines.length} of={Math.max(1, Math.min(total, lines.length + REFUSALS_AT_ONCE))}>
        Reading refusals for their causes: {lines.length.toLocaleString('en')} of {total.toLocaleString('en')}
      </Progress>
    )
  }
  if (total === undefined || oldest === undefined || lines.length >= total) return null
  return (
    <p class="small muted row">
      <span>
        By cause: the newest {lines.length.toLocaleString('en')} of {countOf(total, 'refusal')}, back to{' '}
        {lineTime(oldest.at)}. All else here is counted in full.
      </span>
      <Button kind="link" onClick={() => activity.readRefusals(lines.length + REFUSALS_AT_ONCE)}>
        Read {Math.min(REFUSALS_AT_ONCE, total - lines.length).toLocaleString('en')} more
      </Button>
    </p>
  )
}
