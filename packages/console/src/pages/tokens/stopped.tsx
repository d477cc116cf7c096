import type { ChangeEnd } from '../../connection/run-change.ts'
import { Trouble } from '../../parts/refusal.tsx'
import { countOf } from '../../parts/words.ts'

/** Where it stopped half way: what is there now, and what is not. */
export function Stopped({ end: { done, failed, left } }: { readonly end: ChangeEnd }) {
  if (failed === undefined) return null
  const { service, action } = failed.call
  return (
    <div class="stack-tight" role="alert">
      <p>
        <strong>{done === 0 ? 'Nothing was made.' : `${countOf(done, 'call')} went through, then it stopped.`}</strong>{' '}
        {done > 0 && 'What they made gives nothing to anybody by itself.'}{' '}
        {left.length > 0 && `Not called: ${left.map((call) => `${call.service}.${call.action}`).join(', ')}.`}
      </p>
      <Trouble service={service} action={action} outcome={failed.made.outcome} />
    </div>
  )
}
