import { formatTime } from '../../connection/clock.ts'
import { isObject, numberOf, objectsOf, textOf } from '../../connection/json.ts'
import { isSecretName, mask, redact } from '../../connection/secrets.ts'
import { Disclosure, Empty, KeyValue, Note, Pair } from '../../parts/layout.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { countOf } from '../../parts/words.ts'
import { columnsOf, type Row } from './result-columns.ts'

/** What came back: a list as a table, an object as names and values, anything else as it is. */
export function ResultView({ value }: { readonly value: unknown }) {
  if (isObject(value) && Array.isArray(value.objects)) return <ListView value={value} />
  const simple = isObject(value) ? simpleOf(value) : []
  return (
    <div class="stack-tight">
      <Note tone="good">
        <strong>It worked.</strong> {isObject(value) ? textOf(value.objectType) : ''}
      </Note>
      {simple.length > 0 && (
        <KeyValue>
          {simple.map(([name, text]) => (
            <Pair key={name} name={name}>
              <span dir="auto">{text}</span>
            </Pair>
          ))}
        </KeyValue>
      )}
      <Raw value={value} />
    </div>
  )
}

function ListView({ value }: { readonly value: Readonly<Record<string, unknown>> }) {
  const rows: readonly Row[] = objectsOf(value.objects).map((row, index) => ({ index, fields: row }))
  const total = numberOf(value.totalCount) ?? rows.length
  if (rows.length === 0) {
    return (
      <Empty title="It worked, and there is nothing">
        <p>
          {total === 0
            ? 'The call was let through; the list is empty for this session. A USER session lists only what its user owns, unless it holds list:*.'
            : `${countOf(total, 'object')} in all, none on this page.`}
        </p>
      </Empty>
    )
  }
  const columns: readonly Column<Row>[] = columnsOf(rows).map((name) => ({
    id: name,
    title: name,
    cell: ({ fields }) => <span dir="auto">{cellText(name, fields[name])}</span>,
  }))
  return (
    <div class="stack-tight">
      <Note tone="good">
        <strong>It worked.</strong> {rows.length.toLocaleString('en')} of {countOf(total, 'object')}.
      </Note>
      <Table label="Objects" columns={columns} rows={rows} keyOf={({ index }) => String(index)} />
      <Raw value={value} />
    </div>
  )
}

function Raw({ value }: { readonly value: unknown }) {
  return (
    <Disclosure summary="As JSON">
      <pre class="well" tabIndex={0} aria-label="Result as JSON">
        {rawText(value)}
      </pre>
    </Disclosure>
  )
}

const LONGEST_SHOWN = 200_000

function rawText(value: unknown): string {
  try {
    const text = redact(JSON.stringify(value, undefined, 2) ?? '')
    return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}\n… all of it stands in the answer.`
  } catch {
    // Deeper than a serializer goes.
    return 'It is nested too deep to be written out here. It stands in the answer, as it was sent.'
  }
}

const MOST_SIMPLE = 14

function simpleOf(value: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.entries(value)
    .filter(([name]) => name !== 'objectType')
    .map(([name, item]) => [name, cellText(name, item)] as const)
    .filter(([, text]) => text !== '')
    .slice(0, MOST_SIMPLE)
}

function cellText(name: string, item: unknown): string {
  const number = numberOf(item)
  if (number !== undefined && /(At|Date)$/.test(name) && number > 100_000_000) return formatTime(number)
  return isSecretName(name) ? mask(textOf(item)) : redact(textOf(item))
}
