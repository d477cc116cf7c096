/** How such things begin: JSON, XML, a `curl` line, a line `NAME=value`. None of them belongs into a field of one line. */
const BEGINNINGS = [/^\s*[{[<]/, /^\s*curl\s/i, /^\s*(export\s+)?[A-Z][A-Z0-9_]*\s*=/, /\n.*[=:{<]/]

/**
 * Whether a paste is to be read rather than to go where the cursor is. Outside fields there is no other place for it; into a field
 * of one line nobody pastes a record on purpose; a field for longer texts takes whatever comes.
 *
 * @param field what the cursor was in
 */
export function isWorthReading(text: string, field: 'none' | 'line' | 'text'): boolean {
  if (text.trim() === '' || field === 'text') return false
  return field === 'none' || BEGINNINGS.some((beginning) => beginning.test(text))
}
