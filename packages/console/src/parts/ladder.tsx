import { ladderOf } from '@latchkey/core'
import { useSignal } from '@preact/signals'
import { RUNG_MEANING } from './rungs.ts'

export interface LadderProps {
  /** Of the call whose ladder it is. */
  readonly service: string
  readonly action: string
  /** Rungs proven good. */
  readonly passed: readonly string[]
  /** Where it stopped; absent where it did not. */
  readonly failed?: string | undefined
}

/** How far a call got. The rung under the pointer or the focus is told in words; without one, that where it stopped. */
export function Ladder({ service, action, passed, failed }: LadderProps) {
  const focused = useSignal<string | undefined>(undefined)
  // A click keeps a rung's words there: a finger neither hovers nor leaves.
  const kept = useSignal<string | undefined>(undefined)
  const known: readonly string[] = ladderOf(service, action)
  const rungs = known.filter(
    (rung) => passed.includes(rung) || rung === failed || !isSkipped(known, rung, passed, failed),
  )
  if (failed !== undefined && !rungs.includes(failed)) rungs.push(failed)
  const state = (rung: string) => (rung === failed ? 'failed' : passed.includes(rung) ? 'passed' : 'beyond')
  const told = focused.value ?? kept.value ?? failed
  return (
    <div>
      <ol class="ladder" aria-label="How far the call got">
        {rungs.map((rung) => (
          <li key={rung} data-rung={state(rung)}>
            <button
              type="button"
              aria-label={`${RUNG_MEANING[rung]?.title ?? rung}: ${words(rung, state(rung))}`}
              onMouseEnter={() => (focused.value = rung)}
              onMouseLeave={() => (focused.value = undefined)}
              onFocus={() => (focused.value = rung)}
              onBlur={() => (focused.value = undefined)}
              aria-pressed={kept.value === rung}
              onClick={() => (kept.value = kept.value === rung ? undefined : rung)}
            >
              <span />
            </button>
          </li>
        ))}
      </ol>
      <p class="ladder-names">
        {told === undefined ? '' : `${RUNG_MEANING[told]?.title ?? told}: ${words(told, state(told))}`}
      </p>
    </div>
  )
}

function words(rung: string, state: 'failed' | 'passed' | 'beyond'): string {
  const meaning = RUNG_MEANING[rung]
  if (state === 'beyond') return 'not reached'
  if (meaning === undefined) return state
  return state === 'passed' ? meaning.passed : meaning.failed
}

/** A rung below the one that failed which was not proven had nothing to judge in this call. */
function isSkipped(
  known: readonly string[],
  rung: string,
  passed: readonly string[],
  failed: string | undefined,
): boolean {
  const end = failed === undefined ? known.length : known.indexOf(failed)
  return known.indexOf(rung) < end && !passed.includes(rung)
}
