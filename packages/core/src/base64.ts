import type { Primitives } from './primitives.ts'

const WHITE_SPACE = /[ \t\r\n]+/g

/**
 * Base64 with the tolerance that session strings are read with: either alphabet, also mixed; white space (space, tab,
 * CR, LF) anywhere; padding right or missing altogether. `undefined` for anything else.
 */
export function decodeTolerantBase64(primitives: Primitives, text: string): Uint8Array | undefined {
  // Nearly every session string is clean, so white space is only looked for in those that do not decode as they are.
  const bytes = primitives.decodeBase64Url(text)
  if (bytes !== undefined) return bytes
  const compact = text.replace(WHITE_SPACE, '')
  return compact.length === text.length ? undefined : primitives.decodeBase64Url(compact)
}
