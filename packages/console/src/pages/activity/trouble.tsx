import { isLatchkey } from '../../connection/connection.ts'
import { Empty } from '../../parts/layout.tsx'
import { Trouble as TroubleView } from '../../parts/refusal.tsx'
import type { Trouble } from './load.ts'

/** Why nothing could be read. */
export function TroubleOf({ trouble: { made, refusal } }: { readonly trouble: Trouble }) {
  const outcome = refusal === undefined ? made.outcome : ({ kind: 'refused', refusal } as const)
  if (outcome.kind === 'refused' && isWithoutJournal(outcome.refusal.code)) return <NoJournal />
  if (outcome.kind === 'result') {
    return (
      <TroubleView
        service="latchkey_journal"
        action="list"
        outcome={{ kind: 'unreadable', why: 'The answer is not what a journal answers.' }}
      />
    )
  }
  return <TroubleView service="latchkey_journal" action="list" outcome={outcome} />
}

/** A foreign endpoint knows no such service, or opens to nobody what it does not know. */
export function isWithoutJournal(code: string): boolean {
  return code === 'SERVICE_DOES_NOT_EXISTS' || (isLatchkey.peek() === false && code === 'SERVICE_FORBIDDEN')
}

function NoJournal() {
  return (
    <Empty title="This endpoint keeps no journal that can be asked">
      <p>
        What was issued and refused is an extra of Latchkey servers (latchkey_journal.list). Elsewhere there is no way
        to ask for it: not when a token was last used, nor by whom, nor why others were refused.
      </p>
      <p>The doctor, the workflow and the access grid work here all the same.</p>
    </Empty>
  )
}
