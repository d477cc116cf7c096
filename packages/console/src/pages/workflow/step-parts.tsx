import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { Button } from '../../parts/controls.tsx'
import { Exchange } from '../../parts/exchange.tsx'
import { runs, type StepName, stop } from './flow.ts'

export interface StepActionsProps {
  readonly step: StepName
  readonly isRunning: boolean
  readonly blocked: string | undefined
  readonly onRun: () => unknown
  readonly isExchangeShown: Signal<boolean>
}

/** The quiet links in the head of a step that has been run. */
export function StepActions({ step, isRunning, blocked, onRun, isExchangeShown }: StepActionsProps) {
  const run = runs[step].value
  return (
    <>
      {run !== undefined && (
        <Button
          kind="link"
          expanded={isExchangeShown.value}
          onClick={() => (isExchangeShown.value = !isExchangeShown.value)}
        >
          Request &amp; response
        </Button>
      )}
      {isRunning ? (
        // It stands where `Run again` stood: the second click of a double one is not meant for it.
        <Button kind="link" onClick={({ detail }) => detail < 2 && stop(step)}>
          Stop
        </Button>
      ) : (
        run !== undefined && (
          <Button kind="link" blocked={blocked} onClick={onRun}>
            Run again
          </Button>
        )
      )}
    </>
  )
}

/** The call as it went over the wire, where it was asked for. */
export function StepExchange({ step, isShown }: { readonly step: StepName; readonly isShown: boolean }) {
  const run = runs[step].value
  return isShown && run !== undefined ? <Exchange made={run.made} /> : null
}

export function useExchangeShown(): Signal<boolean> {
  return useSignal(false)
}

/** The one primary button of a step, with what it still needs; where something else is better done first, it steps back. */
export function RunRow(props: {
  readonly isPrimary?: boolean
  readonly isRunning: boolean
  readonly blocked: string | undefined
  readonly onRun: () => unknown
  readonly children: ComponentChildren
}) {
  const { isPrimary = true, isRunning, blocked, onRun, children } = props
  const run = async (button: HTMLElement) => {
    const card = button.closest<HTMLElement>('.card')
    await onRun()
    keepFocusIn(card)
  }
  return (
    <div class="row">
      <Button
        kind={isPrimary ? 'primary' : 'plain'}
        busy={isRunning}
        blocked={blocked}
        onClick={({ currentTarget }) => run(currentTarget)}
      >
        {children}
      </Button>
      {blocked !== undefined && <span class="small muted">{blocked}.</span>}
    </div>
  )
}

/**
 * Once drawn anew: where the button that had the focus went with what it did, the same step's way to do it again takes it over,
 * so that the keyboard goes on from there.
 */
export function keepFocusIn(card: HTMLElement | null): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body || card === null) return
    const again = card.querySelector<HTMLElement>('.card-head .actions button:last-of-type:not(:disabled)')
    again?.focus({ preventScroll: true })
  })
}
