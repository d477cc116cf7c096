import type { ComponentChildren } from 'preact'
import { linkTo } from '../app/router.ts'
import { Chip } from './layout.tsx'

export interface FindingLike {
  readonly cause: string
  readonly severity: string
  readonly title: string
  readonly saw: string
  readonly remedy: readonly string[]
}

const WORDS: Readonly<Record<string, { readonly word: string; readonly tone: 'bad' | 'warn' | undefined }>> = {
  error: { word: 'does not work', tone: 'bad' },
  warning: { word: 'works, but', tone: 'warn' },
  note: { word: 'good to know', tone: undefined },
}

/** One thing that was noticed: what, how it shows, and what to do. */
export function FindingView({
  finding,
  children,
  hasHelp = true,
}: {
  readonly finding: FindingLike
  readonly children?: ComponentChildren
  /** A page with the help beside it has links to its causes. */
  readonly hasHelp?: boolean
}) {
  const { word, tone } = WORDS[finding.severity] ?? { word: finding.severity, tone: undefined }
  return (
    <article class="finding" data-severity={finding.severity}>
      <div class="row">
        <Chip tone={tone}>{word}</Chip>
        <strong>{finding.title}</strong>
      </div>
      {finding.saw !== '' && <p class="small">{finding.saw}</p>}
      {finding.remedy.length === 1 && <p>{finding.remedy[0]}</p>}
      {finding.remedy.length > 1 && (
        <ol>
          {finding.remedy.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      {children}
      <p class="small">
        {hasHelp ? (
          <a href={linkTo('help', ['causes', finding.cause])}>{finding.cause}</a>
        ) : (
          <code class="muted">{finding.cause}</code>
        )}
      </p>
    </article>
  )
}
