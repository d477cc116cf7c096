import { ladderOf } from '@latchkey/core'
import type { ErrorExplanation } from '@latchkey/doctor'
import { linkTo } from '../app/router.ts'
import { sentence } from './finding-list.tsx'
import { Ladder } from './ladder.tsx'
import { Disclosure } from './layout.tsx'
import { RUNG_MEANING } from './rungs.ts'

export interface ExplanationProps {
  readonly explanation: ErrorExplanation
  /** Causes that are told beside it already. */
  readonly told?: readonly string[]
  readonly hasHelp?: boolean
}

/** What an error proves, where it stopped the call, and what it comes from, the likeliest first. */
export function Explanation({ explanation, told = [], hasHelp = true }: ExplanationProps) {
  const { code, action, stage, proven, saw, causes } = explanation
  const [service, name] = callOf(action, stage)
  const untold = causes.filter(({ id }) => !told.includes(id))
  return (
    <div class="stack-tight" role="group" aria-label={`The error ${code}`}>
      <Ladder service={service} action={name} passed={proven} failed={stage} />
      <p class="lead" data-tone="bad">
        <strong>{code}.</strong> {RUNG_MEANING[stage]?.failed} <span class="muted">{sentence(saw)}</span>
      </p>
      {untold.length > 0 && (
        <>
          <h3>{told.length > 0 ? 'Or it comes from this' : 'Likely causes, the likeliest first'}</h3>
          <ol class="stack-tight">
            {untold.map(({ id, title, check, remedy }, at) => (
              <li key={id} class="finding" data-severity={at === 0 && told.length === 0 ? 'error' : undefined}>
                <strong>{sentence(title)}</strong>
                <p class="small">
                  <span class="muted">How to tell:</span> {check}
                </p>
                <Disclosure summary="What to do" open={at === 0 && told.length === 0}>
                  <ol>
                    {remedy.map((step) => (
                      <li key={step}>{step}</li>
                    ))}
                  </ol>
                </Disclosure>
                <p class="small">
                  {hasHelp ? <a href={linkTo('help', ['causes', id])}>{id}</a> : <code class="muted">{id}</code>}
                </p>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
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
