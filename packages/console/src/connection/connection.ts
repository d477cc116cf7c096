import { batch, computed, signal } from '@preact/signals'
import { clockSkew } from './clock.ts'
import { parseServed, type Served } from './served.ts'
import { parseServiceUrl, type ServiceUrl } from './service-url.ts'

const hasPage = typeof document !== 'undefined'

/** What the server that served this page says about itself; undefined for a static copy. */
export const served: Served | undefined = hasPage
  ? parseServed(document.querySelector<HTMLMetaElement>('meta[name="latchkey-server"]')?.content)
  : undefined

/** Of a page that was opened from a file there is none. */
export const ownOrigin: string = hasPage && location.protocol.startsWith('http') ? location.origin : ''

/** Without a slash at its end and without `/api_v3`. Empty for a static copy until somebody types one. */
export const serviceUrl = signal(served === undefined ? '' : ownOrigin)

/** Whether the endpoint has our extras: it says so itself in every answer. `undefined` until it has answered. */
export const isLatchkey = signal<boolean | undefined>(
  served === undefined ? undefined : served.fidelity === 'vendor' ? false : true,
)

/** The part of the URL that a person reads. */
export const serviceHost = computed(() => {
  try {
    return new URL(serviceUrl.value).host
  } catch {
    return ''
  }
})

/** Changes the endpoint, or says why not; nothing changes then. */
export function changeServiceUrl(text: string): ServiceUrl {
  const parsed = parseServiceUrl(text, ownOrigin, served)
  if (parsed.ok && parsed.url !== serviceUrl.value) {
    batch(() => {
      serviceUrl.value = parsed.url
      isLatchkey.value =
        served !== undefined && parsed.url === ownOrigin ? (served.fidelity === 'vendor' ? false : true) : undefined
      // Of another machine.
      clockSkew.value = undefined
    })
  }
  return parsed
}
