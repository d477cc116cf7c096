import { signal } from '@preact/signals'

/** What a person typed. In the memory of this page, and nowhere else. */
export const typed = {
  session: signal(''),
  value: signal(''),
  tokenId: signal(''),
  hashType: signal('SHA256'),
  received: signal(''),
  record: signal(''),
  wanted: signal(''),
  inspected: signal(''),
  error: signal(''),
} as const

export const isValueShown = signal(false)
