import { useId } from 'preact/hooks'
import { linkTo } from '../../app/router.ts'
import { recentActions, recentCalls } from '../../connection/recent-calls.ts'
import { ReachBar } from '../../parts/reach-bar.tsx'
import { account } from '../access/state.ts'
import { countsInWords, countsOfChoice, KINDS, type Kind, type KindChoice } from './presets.ts'

export interface KindChoiceProps {
  readonly choice: KindChoice
  readonly onChoose: (kind: Kind) => void
}

/** What it is for, with how many actions each choice opens. */
export function KindOptions({ choice, onChoose }: KindChoiceProps) {
  // Read, so that a call made meanwhile counts.
  void recentCalls.value
  const recent = recentActions()
  const prefix = useId()
  return (
    <fieldset>
      <legend class="unseen">What it may do</legend>
      <div class="tok-options">
        {KINDS.map(({ id, title, about }) => {
          const isChosen = id === choice.kind
          const hasNone = id === 'recent-calls' && recent.length === 0
          const counts = countsOfChoice(
            isChosen ? choice : { kind: id, services: [], actions: id === 'recent-calls' ? recent : [] },
            account.value,
          )
          const isOpen = id === 'exact' && !isChosen
          return (
            <label key={id} class="tok-option" data-chosen={isChosen || undefined}>
              <input
                type="radio"
                name="kind"
                aria-label={title}
                aria-describedby={`${prefix}-${id}`}
                checked={isChosen}
                disabled={hasNone && !isChosen}
                onChange={() => onChoose(id)}
              />
              <span>
                <strong>{title}</strong>
                <span class="small muted" id={`${prefix}-${id}`}>
                  {about}
                </span>
                {hasNone ? (
                  <span class="small">
                    You made no call here yet. Make some in the <a href={linkTo('')}>workflow</a> or under{' '}
                    <a href={linkTo('api')}>API</a>, then come back.
                  </span>
                ) : (
                  !isOpen && (
                    <span class="small tok-counts">
                      <ReachBar {...counts} isBare />
                      {countsInWords(counts)}
                    </span>
                  )
                )}
              </span>
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
