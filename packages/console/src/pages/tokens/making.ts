import { useSignal } from '@preact/signals'
import { go } from '../../app/router.ts'
import type { Made } from '../../connection/call.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { isObject, textOf } from '../../connection/json.ts'
import type { ToldCall } from '../../connection/outcome.ts'
import { type ChangeEnd, endOfChange, runChange } from '../../connection/run-change.ts'
import { toast } from '../../parts/toast.tsx'
import { account, loadAccount } from '../access/state.ts'
import { fresh } from './fresh.ts'
import { keepToken } from './list-state.ts'
import { forgetDraft, planAgain } from './new-state.ts'
import { asTheServerNumbers, type Plan } from './plan.ts'
import { type Settings, withSettings } from './settings.ts'
import { parseToken } from './token.ts'

/** Makes the token and goes to its page, where its value stands. */
export function useMaking() {
  const isRunning = useSignal(false)
  const end = useSignal<ChangeEnd | undefined>(undefined)
  const why = useSignal<string | undefined>(undefined)
  const run = async (plan: Plan, settings: Settings) => {
    isRunning.value = true
    end.value = undefined
    why.value = undefined
    const numbered = await asTheServerNumbers(plan, account.peek())
    if (!numbered.ok) {
      why.value = numbered.why
      isRunning.value = false
      return
    }
    const change = withSettings(numbered.change, settings, isLatchkey.value !== false)
    const made = await runChange(change)
    isRunning.value = false
    const ended = endOfChange(change, made)
    const token = tokenIn(change, made)
    if (token === undefined) {
      end.value = ended
      // What was made already has taken its names.
      await loadAccount(true)
      planAgain()
      return
    }
    // The token is there, whatever became of its labels.
    fresh.value = { id: token.id, value: token.value, why: 'made', stopped: ended.failed && ended }
    keepToken(token.token)
    forgetDraft()
    void loadAccount(true)
    toast('Made the token.')
    go('tokens', [token.id])
  }
  return { isRunning, end, why, run }
}

function tokenIn(change: readonly ToldCall[], made: readonly Made[]) {
  const at = change.findIndex(({ service, action }) => service === 'appToken' && action === 'add')
  const outcome = made[at]?.outcome
  if (outcome?.kind !== 'result' || !isObject(outcome.value)) return undefined
  // The last answer is the whole of it, where labels were written behind.
  const last = made.at(-1)?.outcome
  const token = (last?.kind === 'result' ? parseToken(last.value) : undefined) ?? parseToken(outcome.value)
  return token === undefined ? undefined : { id: token.id, token, value: textOf(outcome.value.token) }
}
