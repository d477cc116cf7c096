import type { ErrorExplanation } from '@latchkey/doctor'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { linkTo } from '../app/router.ts'
import type { Refusal } from '../connection/outcome.ts'
import { Ladder } from './ladder.tsx'
import { Skeleton } from './layout.tsx'

export interface LocalExplanationProps {
  readonly service: string
  readonly action: string
  readonly refusal: Refusal
}

/** For a server that says no more than a code: what the code and the order of checks tell by themselves. */
export function LocalExplanation({ service, action, refusal }: LocalExplanationProps) {
  const explained = useSignal<ErrorExplanation | undefined>(undefined)
  const isDone = useSignal(false)
  useEffect(() => {
    let isCurrent = true
    void import('./explain-refusal.ts').then(({ explainRefusal }) => {
      if (!isCurrent) return
      explained.value = explainRefusal(service, action, refusal)
      isDone.value = true
    })
    return () => {
      isCurrent = false
    }
  }, [service, action, refusal.code, refusal.message])
  const found = explained.value
  if (found === undefined) return isDone.value ? null : <Skeleton lines={3} />
  return (
    <div class="stack-tight">
      <Ladder service={service} action={action} passed={found.proven} failed={found.stage} />
      <p class="small muted">
        This server says no more than its code. By the order in which such a server checks, it is one of:
      </p>
      <ol class="stack-tight">
        {found.causes.slice(0, 4).map(({ id, title, remedy }) => (
          <li key={id} class="finding">
            <strong>{title}</strong>
            <span>{remedy[0]}</span>
            <a class="small" href={linkTo('help', ['causes', id])}>
              {id}
            </a>
          </li>
        ))}
      </ol>
    </div>
  )
}
