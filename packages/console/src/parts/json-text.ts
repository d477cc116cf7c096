/** Deeper than any answer; a hostile one must not grow by its indentation. */
const DEEPEST = 40
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/**
 * JSON with a line for each value. Read as a text, so that every number, name and escape stays as it was sent: a parser would
 * round long numbers and drop names that come twice.
 *
 * @returns the text as it is where it is not JSON
 */
export function indentJson(text: string): string {
  try {
    JSON.parse(text)
  } catch {
    return text
  }
  const tokens = text.match(TOKEN) ?? []
  const pieces: string[] = []
  let depth = 0
  const line = () => pieces.push('\n', '  '.repeat(Math.min(depth, DEEPEST)))
  tokens.forEach((token, at) => {
    const isOpening = token === '{' || token === '['
    const isClosing = token === '}' || token === ']'
    const before = tokens[at - 1]
    if (isClosing) depth -= 1
    // What is empty stays on its line.
    if (isClosing && before !== '{' && before !== '[') line()
    pieces.push(token)
    if (isOpening) depth += 1
    const next = tokens[at + 1]
    if (token === ':') pieces.push(' ')
    if (token === ',' || (isOpening && next !== '}' && next !== ']')) line()
  })
  return pieces.join('')
}
