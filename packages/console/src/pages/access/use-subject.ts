import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { isSignedIn } from '../../connection/sign-in.ts'
import { workflowSession } from './reading.ts'
import { loadAccount } from './state.ts'
import { parseSubject, type Subject } from './subject.ts'

const USER: Subject = { kind: 'type', type: 'user' }
const WORKFLOW: Subject = { kind: 'session', of: 'workflow' }

/**
 * The one of the address; without one, the most likely: the workflow's session, the account's newest token, or what every USER
 * session may. Undefined while the tokens are being asked for.
 */
export function useSubject(text: string | undefined): Subject | undefined {
  const named = parseSubject(text ?? '')
  const newest = useSignal<Subject | 'none' | undefined>(undefined)
  const hasWorkflow = workflowSession.value !== ''
  const mustAsk = named === undefined && !hasWorkflow && isSignedIn.value
  useEffect(() => {
    if (!mustAsk) return
    void loadAccount().then((account) => {
      const id = account?.tokens[0]?.id
      newest.value = id === undefined ? 'none' : { kind: 'token', id }
    })
  }, [mustAsk])
  if (named !== undefined) return named
  if (hasWorkflow) return WORKFLOW
  if (!isSignedIn.value || newest.value === 'none') return USER
  return newest.value
}
