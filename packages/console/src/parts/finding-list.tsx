import { type FindingLike, FindingView } from './finding.tsx'
import { Disclosure, Note } from './layout.tsx'

export interface ListedFinding extends FindingLike {
  /** How it is known. */
  readonly evidence?: string
}

export interface FindingListProps {
  readonly findings: readonly ListedFinding[]
  readonly hasHelp?: boolean
  /** What it means that there are none. */
  readonly none?: string | undefined
}

/** Findings, the gravest first, as they come; what has the same cause stands together. */
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
      {groupsOf(findings).map(([first, ...others]) => (
        <li key={`${first.cause} ${first.severity}`}>
          <FindingView finding={asSentences(first)} hasHelp={hasHelp}>
            {first.evidence !== undefined && <p class="small muted">Known from: {first.evidence}</p>}
            {others.length > 0 && (
              <Disclosure summary="Where else">
                <ul class="stack-tight small">
                  {others.map(({ saw, evidence }, at) => (
                    <li key={at}>
                      {sentence(saw)} {evidence !== undefined && <span class="muted">Known from: {evidence}</span>}
                    </li>
                  ))}
                </ul>
              </Disclosure>
            )}
          </FindingView>
        </li>
      ))}
    </ul>
  )
}

function groupsOf(findings: readonly ListedFinding[]): readonly (readonly [ListedFinding, ...ListedFinding[]])[] {
  const groups = new Map<string, [ListedFinding, ...ListedFinding[]]>()
  for (const finding of findings) {
    const key = `${finding.cause} ${finding.severity}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [finding])
    else group.push(finding)
  }
  return [...groups.values()]
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
