import { isObject, numberOf, textOf, textsOf } from './json.ts'

/** What the server says about itself in the page that it serves. */
export interface Served {
  /** Origins besides its own that its page may call. */
  readonly connect: readonly string[]
  readonly version: string
  readonly fidelity: 'mended' | 'vendor'
  /** Where it has only one. */
  readonly partnerId?: number | undefined
}

/** @returns undefined where nothing is filled in: a copy on a static web server, which has no limits and knows no server */
export function parseServed(content: string | undefined): Served | undefined {
  if (content === undefined || content.trim() === '') return undefined
  try {
    const value: unknown = JSON.parse(content)
    if (!isObject(value)) return undefined
    return {
      connect: textsOf(value.connect),
      version: textOf(value.version),
      fidelity: value.fidelity === 'vendor' ? 'vendor' : 'mended',
      partnerId: numberOf(value.partnerId),
    }
  } catch {
    return undefined
  }
}
