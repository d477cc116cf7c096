import type { ComponentChildren } from 'preact'
import { Breakable } from './breakable.tsx'
import type { StepState } from './step-state.ts'

const STATE_WORDS: Readonly<Record<StepState, string>> = {
  waiting: 'not run yet',
  running: 'running',
  done: 'done',
  refused: 'refused',
  stale: 'out of date',
}

export interface CardProps {
  readonly title: string
  /** One line in the head: what it produced. */
  readonly summary?: ComponentChildren
  /** Quiet links in the head. */
  readonly actions?: ComponentChildren
  readonly foot?: ComponentChildren
  readonly state?: StepState | undefined
  readonly children?: ComponentChildren
  readonly level?: 2 | 3
  readonly id?: string
}

export function Card({ title, summary, actions, foot, state, children, level = 2, id }: CardProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section class="card" data-state={state} id={id}>
      <header class="card-head">
        <div class="title">
          <Heading>{title}</Heading>
          {summary !== undefined && <span class="summary">{summary}</span>}
        </div>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </header>
      {children}
      {foot !== undefined && <footer class="card-foot">{foot}</footer>}
    </section>
  )
}

/** The line down the page; its children are `Step`s. */
export function Rail({ children }: { readonly children: ComponentChildren }) {
  return <ol class="rail">{children}</ol>
}

export interface StepProps extends CardProps {
  readonly number: number
  readonly state: StepState
}

export function Step({ number, state, ...card }: StepProps) {
  const sign = state === 'done' ? '✓' : state === 'stale' ? '↻' : String(number)
  return (
    <li data-state={state}>
      <span class="dot" aria-hidden="true">
        {state === 'running' ? <span class="spinner" /> : sign}
      </span>
      <div>
        <span class="unseen" role="status">
          {`Step ${number}, ${card.title}: ${STATE_WORDS[state]}`}
        </span>
        <Card {...card} state={state} />
      </div>
    </li>
  )
}

export interface PageHeadProps {
  readonly title: string
  readonly children?: ComponentChildren
}

export function PageHead({ title, children }: PageHeadProps) {
  return (
    <header class="page-head">
      <h1 tabIndex={-1}>{title}</h1>
      {children !== undefined && <p>{children}</p>}
    </header>
  )
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  )
}

export type Tone = 'good' | 'warn' | 'bad' | 'plain'

/** Start with a `<strong>`: it is coloured, and says in words what the colour says. */
export function Note({
  tone = 'plain',
  children,
  alert = false,
}: {
  readonly tone?: Tone
  readonly children: ComponentChildren
  readonly alert?: boolean
}) {
  return (
    <div class="note" data-tone={tone} role={alert ? 'alert' : undefined}>
      {children}
    </div>
  )
}

/** Grey bars where text will be, so that nothing moves when it comes. */
export function Skeleton({ lines = 4, label = 'Loading' }: { readonly lines?: number; readonly label?: string }) {
  return (
    <div class="skeleton" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, at) => (
        <span key={at} style={{ width: `${[92, 64, 78, 51][at % 4]}%` }} />
      ))}
    </div>
  )
}

export function Progress({
  done,
  of,
  children,
}: {
  readonly done: number
  readonly of: number
  readonly children: ComponentChildren
}) {
  return (
    <div class="progress">
      <span role="status">{children}</span>
      <progress value={done} max={of} aria-label="Progress" />
    </div>
  )
}

export interface DisclosureProps {
  readonly summary: ComponentChildren
  readonly children: ComponentChildren
  readonly open?: boolean
}

export function Disclosure({ summary, children, open }: DisclosureProps) {
  return (
    <details class="disclosure" open={open}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}

export function KeyValue({ children }: { readonly children: ComponentChildren }) {
  return <dl class="key-value">{children}</dl>
}

export function Pair({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

export interface ChipProps {
  readonly tone?: 'good' | 'warn' | 'bad' | 'session' | 'token' | undefined
  readonly title?: string | undefined
  readonly children: ComponentChildren
}

export function Chip({ tone, title, children }: ChipProps) {
  return (
    <span class="chip" data-tone={tone} title={title}>
      {typeof children === 'string' ? <Breakable text={children} /> : children}
    </span>
  )
}
