import { findAction, PERMISSIONS } from '@latchkey/core'
import type { ErrorExplanation } from '@latchkey/doctor'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { linkTo } from '../app/router.ts'
import type { Refusal } from '../connection/outcome.ts'
import { Ladder } from './ladder.tsx'
import { Chip, KeyValue, Pair, Skeleton } from './layout.tsx'
import { NotLoaded } from './not-loaded.tsx'

export interface LocalExplanationProps {
  readonly service: string
  readonly action: string
  readonly refusal: Refusal
  /** Causes that whoever shows it knows not to be. */
  readonly ruledOut?: readonly string[]
}

const MOST_CAUSES = 4

/** For a server that says no more than a code: what the code and the order of checks tell by themselves. */
export function LocalExplanation({ service, action, refusal, ruledOut = [] }: LocalExplanationProps) {
  const explained = useSignal<ErrorExplanation | undefined>(undefined)
  const isDone = useSignal(false)
  const hasFailed = useSignal(false)
  useEffect(() => {
    let isCurrent = true
    hasFailed.value = false
    void import('./explain-refusal.ts').then(
      ({ explainRefusal }) => {
        if (!isCurrent) return
        explained.value = explainRefusal(service, action, refusal)
        isDone.value = true
      },
      () => {
        hasFailed.value = isCurrent
      },
    )
    return () => {
      isCurrent = false
    }
  }, [service, action, refusal.code, refusal.message])
  const found = explained.value
  if (hasFailed.value) return <NotLoaded what="The explanation" />
  if (found === undefined) return isDone.value ? null : <Skeleton lines={3} />
  const causes = found.causes.filter(({ id }) => !ruledOut.includes(id)).slice(0, MOST_CAUSES)
  const needed = found.stage === 'permission' ? openers(service, action) : []
  return (
    <div class="stack-tight">
      <Ladder service={service} action={action} passed={found.proven} failed={found.stage} />
      {needed.length > 0 && (
        <KeyValue>
          <Pair name="needs one of">
            <span class="chips">
              {needed.map((name) => (
                <Chip key={name} tone="bad">
                  {name}
                </Chip>
              ))}
            </span>
          </Pair>
        </KeyValue>
      )}
      <p class="small muted">
        This server says no more than its code. By the order in which such a server checks, it is{' '}
        {causes.length === 1 ? 'this' : 'one of these, the likeliest first'}:
      </p>
      <ol class="stack-tight">
        {causes.map(({ id, title, remedy }) => (
          <li key={id} class="finding">
            <strong>{title}</strong>
            <span class="small">{remedy[0]}</span>
            <a class="small" href={linkTo('help', ['causes', id])}>
              {id}
            </a>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** The stock permissions that open an action, as every such server has them; one of the account's own may, too. */
function openers(service: string, action: string): readonly string[] {
  const indices = findAction(service, action)?.permissions ?? []
  return indices.flatMap((index) => PERMISSIONS[index]?.name ?? [])
}
