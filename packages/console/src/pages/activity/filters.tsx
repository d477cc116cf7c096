import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { linkTo, route } from '../../app/router.ts'
import { Button, Segmented, TextField } from '../../parts/controls.tsx'
import { Disclosure } from '../../parts/layout.tsx'
import { type LineOutcome, OUTCOMES, parseFilter } from './lines.ts'
import { offsetAt, SPANS, type Span, type SpanId } from './range.ts'
import { show } from './visit.ts'
import { CAUSE_IDS } from './words.ts'

const OUTCOME_CHOICES = [
  { id: 'issued', title: 'Issued' },
  { id: 'refused', title: 'Refused' },
  { id: 'revoked', title: 'Revoked' },
  { id: 'changed', title: 'Changed' },
] as const satisfies readonly { readonly id: LineOutcome; readonly title: string }[]

const FIELDS = [
  { id: 'token', label: 'App token id', placeholder: '0_k3v9x2mq' },
  { id: 'action', label: 'Action', placeholder: 'appToken.startSession' },
  { id: 'cause', label: 'Cause', placeholder: 'hash-upper-case' },
  { id: 'actor', label: 'Who', placeholder: 'user or token id' },
  { id: 'request', label: 'Request id', placeholder: 'of a diagnosis' },
] as const

const NO_FILTER = { outcome: '', token: '', action: '', cause: '', actor: '', request: '', q: '' }

export function hasFilter(): boolean {
  const { outcomes, ...texts } = parseFilter(route.value.query)
  return outcomes.length > 0 || Object.values(texts).some((text) => text !== '')
}

/** The same place without any filter. */
export function withoutFilter(): string {
  return linkTo('activity', [], { ...route.value.query, ...NO_FILTER })
}

/** The same place, with one more condition. */
export function filteredBy(name: string, value: string): string {
  return linkTo('activity', [], { ...route.value.query, [name]: value })
}

export function SpanChoice({ span }: { readonly span: Span }) {
  const isOwnOpen = useSignal(span.id === 'own')
  useEffect(() => {
    isOwnOpen.value = span.id === 'own'
  }, [span.id, span.from])
  const choose = (id: SpanId) => {
    isOwnOpen.value = id === 'own'
    if (id !== 'own') show({ from: id === '24h' ? '' : id, to: '' })
  }
  return (
    <div class="stack-tight">
      <Segmented label="Time" choices={SPANS} chosen={[isOwnOpen.value ? 'own' : span.id]} onChoose={choose} />
      {isOwnOpen.value && <OwnSpan key={span.from} span={span} />}
    </div>
  )
}

/** `2026-11-24T18:00`, in this machine's zone, as the control has it. */
function asLocal(at: number): string {
  return new Date((at + offsetAt(at)) * 1_000).toISOString().slice(0, 16)
}

function OwnSpan({ span }: { readonly span: Span }) {
  const from = useSignal(asLocal(span.from))
  const to = useSignal(asLocal(span.to))
  const wrong = useSignal<string | undefined>(undefined)
  const apply = () => {
    const [start, end] = [Date.parse(from.value), Date.parse(to.value)]
    if (Number.isNaN(start) || Number.isNaN(end)) wrong.value = 'Fill in both times'
    else if (end <= start) wrong.value = 'The second time must be after the first'
    else {
      wrong.value = undefined
      show({ from: String(start / 1_000), to: String(end / 1_000) })
    }
  }
  return (
    <div class="activity-own">
      <TextField label="From" type="datetime-local" value={from} onEnter={apply} />
      <TextField label="To" type="datetime-local" value={to} onEnter={apply} wrong={wrong.value} />
      <Button onClick={apply}>Show</Button>
    </div>
  )
}

export function OutcomeChoice() {
  const { outcomes } = parseFilter(route.value.query)
  const choose = (id: LineOutcome) => {
    const next = OUTCOMES.filter((outcome) => (outcome === id ? !outcomes.includes(id) : outcomes.includes(outcome)))
    show({ outcome: next.join(',') })
  }
  return <Segmented label="Outcome" choices={OUTCOME_CHOICES} chosen={outcomes} onChoose={choose} />
}

/** What the server looks for. Applied at once, and not letter by letter: each change is a new search. */
export function LineFilters() {
  const { query } = route.value
  const current = FIELDS.map(({ id }) => query[id] ?? '')
  const isOpen = current.some((text) => text !== '')
  const values = {
    token: useSignal(''),
    action: useSignal(''),
    cause: useSignal(''),
    actor: useSignal(''),
    request: useSignal(''),
  }
  useEffect(() => {
    for (const { id } of FIELDS) values[id].value = query[id] ?? ''
  }, [current.join('\n')])
  const apply = () => show(Object.fromEntries(FIELDS.map(({ id }) => [id, values[id].value.trim()])))
  return (
    <Disclosure summary="Filter by token, action, cause, person or request" open={isOpen}>
      <div class="stack-tight">
        <div class="fields">
          {FIELDS.map(({ id, label, placeholder }) => (
            <TextField
              key={id}
              label={label}
              value={values[id]}
              placeholder={placeholder}
              mono
              onEnter={apply}
              {...(id === 'cause' && { list: CAUSE_IDS })}
            />
          ))}
        </div>
        <div class="row">
          <Button onClick={apply}>Apply</Button>
          {isOpen && <a href={withoutFilter()}>Clear all filters</a>}
        </div>
      </div>
    </Disclosure>
  )
}
