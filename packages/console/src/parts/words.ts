/** `1 action`, `41 actions`, `1,234 actions`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

/** `a`, `a or b`, `a, b or c`. */
export function listOf(words: readonly string[], last: 'or' | 'and' = 'or'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

/** Where a permission that a session holds comes from, for a person. */
export function originInWords(from: string): string {
  if (from === 'session-kind') return 'from the session type'
  if (from === 'always') return 'open to every session'
  if (from === 'user') return "from the user's role"
  return from.startsWith('role:') ? `from role ${from.slice('role:'.length)}` : from
}
