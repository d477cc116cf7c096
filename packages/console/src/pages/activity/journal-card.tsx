import { useSignal } from '@preact/signals'
import { refine, route } from '../../app/router.ts'
import { Button } from '../../parts/controls.tsx'
import { Card, Chip, Empty, Skeleton } from '../../parts/layout.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { countOf } from '../../parts/words.ts'
import { filteredBy, hasFilter, LineFilters, OutcomeChoice, withoutFilter } from './filters.tsx'
import { LineDialog } from './line-dialog.tsx'
import { causeOfLine, type Line, lineHolds } from './lines.ts'
import type { Activity } from './load.ts'
import { TroubleOf } from './trouble.tsx'
import { causeTitle, lineTime, lineWords, outcomeWords } from './words.ts'

/** A line with its place: two lines may say the same. */
interface Row {
  readonly line: Line
  readonly place: number
}

/** Line by line, the newest first. */
export function JournalCard({ activity }: { readonly activity: Activity }) {
  const chosen = useSignal<Line | undefined>(undefined)
  const { lines, total, isReading, stopped } = activity.journal.value
  const { q = '' } = route.value.query
  const rows: readonly Row[] = lines.map((line, place) => ({ line, place })).filter(({ line }) => lineHolds(line, q))
  const isFirst = total === undefined && stopped === undefined
  const isAll = total !== undefined && lines.length >= total
  return (
    <Card
      title="Journal"
      summary={total === undefined ? undefined : countOf(total, 'line')}
      actions={<OutcomeChoice />}
    >
      <div class="stack">
        <LineFilters />
        {isFirst && <Skeleton lines={8} label="Reading the journal" />}
        {stopped !== undefined && <TroubleOf trouble={stopped} />}
        {total === 0 && <Nothing />}
        {lines.length > 0 && (
          <>
            <div class="activity-search">
              <SearchField
                label="Search the lines that were read"
                value={q}
                placeholder="an address, a client, a word"
                onInput={(text) => refine({ q: text })}
              />
            </div>
            {rows.length > 0 && (
              <div class="activity-journal">
                <Table
                  label="Lines of the journal"
                  columns={columnsFor((line) => (chosen.value = line))}
                  rows={rows}
                  keyOf={({ place }) => String(place)}
                  rowHeight={39}
                  cardHeight={213}
                />
              </div>
            )}
            <div class="row small" aria-live="polite">
              <span class="muted">
                {q.trim() !== '' && `${countOf(rows.length, 'line')} with “${q.trim()}”, of the `}
                {isAll
                  ? `${q.trim() === '' ? 'All ' : ''}${countOf(lines.length, 'line')} of this time`
                  : `${q.trim() === '' ? 'The newest ' : 'newest '}${lines.length.toLocaleString('en')} of ${countOf(total ?? 0, 'line')}`}
                .
              </span>
              {!isAll && (
                <Button busy={isReading} onClick={activity.loadOlder}>
                  Load older
                </Button>
              )}
            </div>
          </>
        )}
      </div>
      {chosen.value !== undefined && <LineDialog line={chosen.value} onClose={() => (chosen.value = undefined)} />}
    </Card>
  )
}

function Nothing() {
  return hasFilter() ? (
    <Empty title="No line matches">
      <p>Nothing of that kind was written in this time. Names and ids must be whole and exact.</p>
      <a href={withoutFilter()}>Clear all filters</a>
    </Empty>
  ) : (
    <Empty title="Nothing was written in this time">
      <p>A line appears whenever a session is issued or refused, and when tokens, roles or users change.</p>
    </Empty>
  )
}

function columnsFor(choose: (line: Line) => void): readonly Column<Row>[] {
  return [
    {
      id: 'when',
      title: 'When',
      isTitle: true,
      width: '10.5rem',
      cell: ({ line }) => <span class="nowrap">{lineTime(line.at)}</span>,
    },
    {
      id: 'outcome',
      title: 'Outcome',
      width: '6.25rem',
      cell: ({ line }) => {
        const { title, tone } = outcomeWords(line.outcome)
        return <Chip tone={tone}>{title}</Chip>
      },
    },
    {
      id: 'action',
      title: 'Action',
      width: '14.75rem',
      cell: ({ line }) => <FilterLink name="action" value={line.action} />,
    },
    {
      id: 'what',
      title: 'What',
      cell: ({ line }) => (
        <Button kind="link" label={`Details: ${whatOf(line)}, ${lineTime(line.at)}`} onClick={() => choose(line)}>
          {whatOf(line)}
        </Button>
      ),
    },
    {
      id: 'token',
      title: 'App token',
      width: '6.75rem',
      isNothing: ({ line }) => line.tokenId === '',
      cell: ({ line }) => <FilterLink name="token" value={line.tokenId} />,
    },
    {
      id: 'actor',
      title: 'Who',
      width: '9.5rem',
      isNothing: ({ line }) => line.actor === '',
      cell: ({ line }) => <FilterLink name="actor" value={line.actor} />,
    },
    {
      id: 'from',
      title: 'From',
      width: '9rem',
      isAside: true,
      cell: ({ line }) => {
        const from = [line.address, line.client].filter((text) => text !== '').join(' · ')
        return from === '' ? <None /> : <bdi title={from}>{from}</bdi>
      },
    },
  ]
}

function whatOf(line: Line): string {
  return line.outcome === 'refused' ? causeTitle(causeOfLine(line)) : lineWords(line) || 'Details'
}

function FilterLink({ name, value }: { readonly name: 'action' | 'token' | 'actor'; readonly value: string }) {
  if (value === '') return <None />
  if (route.value.query[name] === value) return <span class="mono">{value}</span>
  return (
    <a class="mono activity-link" href={filteredBy(name, value)} title={`Only lines with ${value}`}>
      {value}
    </a>
  )
}

function None() {
  return <span class="muted">–</span>
}
