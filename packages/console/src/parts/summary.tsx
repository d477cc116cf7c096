import { Breakable } from './breakable.tsx'
import { Disclosure } from './layout.tsx'
import { summaryText } from './summary-text.ts'

/** What a token will do: the first sentence, and the others behind a click. */
export function Summary({ text }: { readonly text: string }) {
  const { first, rest } = summaryText(text)
  return (
    <div class="small summary-text">
      <p dir="auto" aria-live="polite">
        <Breakable text={first} />
      </p>
      <Rest text={rest} />
    </div>
  )
}

/** All but the first sentence of a summary; nothing where there is no more. */
export function Rest({ text }: { readonly text: string }) {
  if (text === '') return null
  return (
    <Disclosure summary="Counts, life, and what a login may add">
      <p class="small muted summary-text" dir="auto">
        <Breakable text={text} />
      </p>
    </Disclosure>
  )
}
