const LONGEST = 64

/**
 * What a client sent, as a diagnosis may repeat it: cut, in visible ASCII, and with long hex runs taken out, since people
 * paste secrets where names belong.
 */
export function showable(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  const plain = cut
    .replaceAll(/[^\x20-\x7e…]/g, '?')
    .replaceAll(/[0-9a-f]{16,}/gi, (run) => `[${run.length} hex characters]`)
  // Session strings and Base64 are as good as secrets, percent-encoded too.
  return `"${plain.replaceAll(/[A-Za-z0-9+/_=%-]{33,}/g, (run) => `[${run.length} characters]`)}"`
}

/** The name that one or two slips of the finger make of another, in a short name fewer; case alone counts as none. */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  let best: string | undefined
  // Two slips turn any name of two letters into any other: `ks` is not near `id`.
  let least = Math.min(2, Math.floor(wanted.length / 3)) + 1
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) > 2 || name.length > LONGEST) continue
    const distance = editDistance(wanted.toLowerCase(), name.toLowerCase())
    if (distance < least && name !== wanted) {
      best = name
      least = distance
    }
  }
  return best
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
