import { effect } from '@preact/signals'
import { changeServiceUrl, serviceUrl } from '../connection/connection.ts'
import { draft, secretDraft } from './kept.ts'

/** Sessions, and what is known of them: they are of the server that gave them, and no other is shown them. */
const OF_ONE_SERVER = [
  secretDraft('workflow.widgetSession'),
  draft('workflow.widgetUntil'),
  secretDraft('workflow.session'),
  secretDraft('workflow.sessionAnswer'),
  secretDraft('access.session'),
]

/** Brings back the endpoint that was chosen before a reload, where this page may call it; a change of it leaves its sessions behind. */
export function keepServiceUrl(): void {
  const chosen = draft('service-url', serviceUrl.value)
  if (chosen.value !== serviceUrl.value) changeServiceUrl(chosen.value)
  effect(() => {
    const url = serviceUrl.value
    // A copy that knew no server yet has nothing of another one.
    if (chosen.peek() !== url && chosen.peek() !== '') for (const kept of OF_ONE_SERVER) kept.value = ''
    chosen.value = url
  })
}
