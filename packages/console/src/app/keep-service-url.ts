import { effect } from '@preact/signals'
import { changeServiceUrl, serviceUrl } from '../connection/connection.ts'
import { draft } from './kept.ts'

/** Brings back the endpoint that was chosen before a reload, where this page may call it. */
export function keepServiceUrl(): void {
  const chosen = draft('service-url', serviceUrl.value)
  if (chosen.value !== serviceUrl.value) changeServiceUrl(chosen.value)
  effect(() => {
    chosen.value = serviceUrl.value
  })
}
