import { ladderOf } from '@latchkey/core'
import type { ErrorExplanation, LikelyCause } from '@latchkey/doctor'
import { linkTo } from '../app/router.ts'
import type { FindingLike } from './finding.tsx'
import { FindingList, sentence } from './finding-list.tsx'
import { Ladder } from './ladder.tsx'
import { Disclosure } from './layout.tsx'
import { RUNG_MEANING } from './rungs.ts'

export interface ExplanationProps {
  readonly explanation: ErrorExplanation
  /** What is told already; it stands before the other causes. */
  readonly findings?: readonly FindingLike[]
  readonly hasHelp?: boolean
}

/** What a dictionary says where it saw nothing but the code. */
const HOLLOW: ReadonlySet<string> = new Set(['the code alone', 'the message has no more to tell'])

/** What an error proves, where it stopped the call, and what it comes from, the likeliest first. */
export function Explanation({ explanation, findings = [], hasHelp = true }: ExplanationProps) {
  const { code, action, stage, proven, saw, causes } = explanation
  const [service, name] = callOf(action, stage)
  const told = findings.map(({ cause }) => cause)
  const untold = causes.filter(({ id }) => !told.includes(id))
  return (
    <div class="stack-tight" role="group" aria-label={`The error ${code}`}>
      <Ladder service={service} action={name} passed={proven} failed={stage} />
      <p class="lead" data-tone="bad">
        <strong>{code}.</strong> {RUNG_MEANING[stage]?.failed}{' '}
        {!HOLLOW.has(saw) && <span class="muted">{sentence(saw)}</span>}
      </p>
      <FindingList findings={findings} hasHelp={hasHelp} />
      {untold.length > 0 && findings.length > 0 && (
        <Disclosure
          summary={
            untold.length === 1
              ? 'Or it comes from another cause'
              : `Or it comes from one of ${untold.length} other causes`
          }
        >
          <Causes causes={untold} hasHelp={hasHelp} />
        </Disclosure>
      )}
      {untold.length > 0 && findings.length === 0 && (
        <>
          <h3>Likely causes, the likeliest first</h3>
          <Causes causes={untold} hasHelp={hasHelp} isFirstOpen />
        </>
      )}
    </div>
  )
}

interface CausesProps {
  readonly causes: readonly LikelyCause[]
  readonly hasHelp: boolean
  readonly isFirstOpen?: boolean
}

function Causes({ causes, hasHelp, isFirstOpen = false }: CausesProps) {
  return (
    <ol class="stack-tight">
      {causes.map(({ id, title, check, remedy }, at) => (
        <li key={id} class="finding" data-severity={at === 0 && isFirstOpen ? 'error' : undefined}>
          <strong>{sentence(title)}</strong>
          <p class="small">
            <span class="muted">How to tell:</span> {check}
          </p>
          <Disclosure summary="What to do" open={at === 0 && isFirstOpen}>
            <ol>
              {remedy.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            <p class="small">
              {hasHelp ? <a href={linkTo('help', ['causes', id])}>{id}</a> : <code class="muted">{id}</code>}
            </p>
          </Disclosure>
        </li>
      ))}
    </ol>
  )
}

/** Errors of the login name no action; only the login has their rungs. */
function callOf(action: string | undefined, stage: string): readonly [string, string] {
  const [service, name] = action?.split('.') ?? []
  if (service !== undefined && name !== undefined) return [service, name]
  const isOf = (ladder: readonly string[]) => ladder.includes(stage)
  if (isOf(ladderOf('', ''))) return ['', '']
  return isOf(ladderOf('appToken', 'startSession')) ? ['appToken', 'startSession'] : ['session', 'start']
}
