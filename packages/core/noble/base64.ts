const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`

/** Six bits for each character code of either alphabet; 255 for the rest. */
const SIX_BITS = new Uint8Array(128).fill(255)
for (let value = 0; value < 64; value += 1) {
  SIX_BITS[STANDARD.charCodeAt(value)] = value
  SIX_BITS[URL_SAFE.charCodeAt(value)] = value
}

/** Padded base64 in the standard or the URL alphabet. */
export function encodeBase64(bytes: Uint8Array, alphabet: 'standard' | 'url'): string {
  const letters = alphabet === 'url' ? URL_SAFE : STANDARD
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += letters.charAt(group >> 18) + letters.charAt((group >> 12) & 63)
    text += left > 1 ? letters.charAt((group >> 6) & 63) : '='
    text += left > 2 ? letters.charAt(group & 63) : '='
  }
  return text
}

/** Either alphabet; padding right or missing altogether; `undefined` for anything else. */
export function decodeBase64(text: string): Uint8Array | undefined {
  let length = text.length
  while (length > 0 && text.charCodeAt(length - 1) === 0x3d) length -= 1
  const padding = text.length - length
  if (length % 4 === 1 || (padding > 0 && (padding > 2 || text.length % 4 !== 0))) return undefined
  const bytes = new Uint8Array(Math.floor((length * 3) / 4))
  let bits = 0
  let held = 0
  let written = 0
  for (let at = 0; at < length; at += 1) {
    const value = SIX_BITS[text.charCodeAt(at)] ?? 255
    if (value === 255) return undefined
    bits = ((bits << 6) | value) & 0x3fff
    held += 6
    if (held >= 8) {
      held -= 8
      bytes[written] = (bits >> held) & 255
      written += 1
    }
  }
  return bytes
}
