const MOST_INT = 2 ** 53

/**
 * PHP's `serialize()` of a value. Objects are written as arrays with `objectType` among their keys, so that reading one
 * makes no object of any class in whoever reads it.
 */
export function writePhp(value: unknown): string {
  if (value === null || value === undefined) return 'N;'
  if (typeof value === 'boolean') return `b:${value ? 1 : 0};`
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) <= MOST_INT ? `i:${value};` : `d:${phpFloat(value)};`
  if (typeof value === 'string') return phpText(value)
  if (Array.isArray(value)) return phpArray(value.map((item, index) => [index, item]))
  return phpArray(Object.entries(Object(value)).filter(([, child]) => child !== undefined && child !== null))
}

function phpArray(entries: readonly (readonly [string | number, unknown])[]): string {
  const written = entries.map(([key, value]) => phpKey(key) + writePhp(value))
  return `a:${written.length}:{${written.join('')}}`
}

/** Keys that look like integers are integers in PHP. */
function phpKey(key: string | number): string {
  const isInteger = typeof key === 'number' || /^(?:0|-?[1-9]\d{0,14})$/.test(key)
  return isInteger ? `i:${key};` : phpText(key)
}

function phpText(value: string): string {
  const text = value.toWellFormed()
  return `s:${utf8Length(text)}:"${text}";`
}

function phpFloat(value: number): string {
  if (Number.isNaN(value)) return 'NAN'
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF'
  return String(value)
}

/** Lengths count bytes. */
function utf8Length(text: string): number {
  let length = text.length
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    // Half of a pair makes two of the four bytes, so that each half adds one.
    if (code >= 0x80) length += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2
  }
  return length
}
