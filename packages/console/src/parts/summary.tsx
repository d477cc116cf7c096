import { Breakable } from './breakable.tsx'
import { Disclosure } from './layout.tsx'

export interface SummaryProps {
  readonly told: { readonly summary: string; readonly details: readonly string[] }
}

/** What a token will do: the one sentence that matters, and the others behind a click. */
export function Summary({ told: { summary, details } }: SummaryProps) {
  return (
    <div class="small summary-text">
      <p dir="auto" aria-live="polite">
        <Breakable text={summary} />
      </p>
      <Details sentences={details} />
    </div>
  )
}

/** What else there is to say of a token; nothing where there is no more. */
export function Details({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null
  return (
    <Disclosure summary="What its actions do, and what a login may add">
      <p class="small muted summary-text" dir="auto">
        <Breakable text={sentences.join(' ')} />
      </p>
    </Disclosure>
  )
}
