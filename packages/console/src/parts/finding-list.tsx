import { type FindingLike, FindingView } from './finding.tsx'
import { Note } from './layout.tsx'

export interface FindingListProps {
  readonly findings: readonly (FindingLike & { readonly evidence?: string })[]
  readonly hasHelp?: boolean
  /** What it means that there are none. */
  readonly none?: string | undefined
}

/** Findings, the gravest first, as they come; each with how it is known, where that was told. */
export function FindingList({ findings, hasHelp = true, none }: FindingListProps) {
  if (findings.length === 0) {
    return none === undefined ? null : (
      <Note tone="good">
        <strong>Nothing found that is wrong.</strong> {none}
      </Note>
    )
  }
  return (
    <ul class="stack-tight" aria-label="Findings">
      {findings.map((finding, at) => (
        <li key={`${finding.cause} ${at}`}>
          <FindingView finding={asSentences(finding)} hasHelp={hasHelp}>
            {finding.evidence !== undefined && <p class="small muted">Known from: {finding.evidence}</p>}
          </FindingView>
        </li>
      ))}
    </ul>
  )
}

/** What was seen begins in lower case and has no full stop, since it stands inside sentences elsewhere. */
function asSentences<F extends FindingLike>(finding: F): F {
  return { ...finding, saw: sentence(finding.saw) }
}

/** With a capital and a full stop; a name of the API, such as `media.list`, keeps its letters. */
export function sentence(text: string): string {
  if (text === '') return ''
  const isWord = /^[a-z]+(?:[\s,:;-]|$)/.test(text)
  const begun = isWord ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`
}
