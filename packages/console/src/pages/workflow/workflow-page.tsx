import { useSignal } from '@preact/signals'
import { Button } from '../../parts/controls.tsx'
import { PageHead, Rail } from '../../parts/layout.tsx'
import { CallStep } from './call-step.tsx'
import { runAll, states, whatIsMissingForAll } from './flow.ts'
import { HashStep } from './hash-step.tsx'
import { PasteBox } from './paste-box.tsx'
import { SessionStep } from './session-step.tsx'
import { WidgetStep } from './widget-step.tsx'
import './workflow.css'

export function WorkflowPage() {
  const isRunning = useSignal(false)
  const all = async () => {
    isRunning.value = true
    await runAll()
    isRunning.value = false
  }
  const isReady = whatIsMissingForAll.value === undefined
  return (
    <>
      <div class="spread workflow-head">
        <PageHead title="App token workflow">
          From token to data in four steps. Each fills the next; run any of them again at any time.
        </PageHead>
        <div class="workflow-do">
          <div class="row">
            <PasteBox />
            <Button
              kind={isReady && states.call.value === 'waiting' ? 'primary' : 'plain'}
              busy={isRunning.value}
              blocked={whatIsMissingForAll.value}
              onClick={all}
            >
              Run all four
            </Button>
          </div>
          <p class="small muted">{whatIsMissingForAll.value}</p>
        </div>
      </div>
      <Rail>
        <WidgetStep />
        <HashStep />
        <SessionStep />
        <CallStep />
      </Rail>
    </>
  )
}
