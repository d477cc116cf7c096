/** A command line taken apart, and where in the text it ended. */
export interface ShellWords {
  readonly words: readonly string[]
  readonly end: number
}

const MOST_WORDS = 2_000

/**
 * Splits a command line as shells do: quotes of both kinds, `$'…'`, and lines that go on behind `\`, `^` or a backtick. What
 * is not quoted ends at the end of the line. Nothing is run or looked up: `$name` stays as it is.
 */
export function splitShellWords(text: string, start = 0): ShellWords {
  const words: string[] = []
  let word: string | undefined
  let at = start
  for (; at < text.length && words.length < MOST_WORDS; at += 1) {
    const character = text[at] ?? ''
    const next = text[at + 1]
    if (character === '\n') {
      if (word !== undefined) words.push(word)
      word = undefined
      // What begins with an option can only go on what was before: somebody lost the backslash.
      if (!/^\s*-{1,2}[A-Za-z]/.test(text.slice(at + 1, at + 40))) break
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if ((character === '\\' || character === '^' || character === '`') && isLineEnd(text, at + 1)) {
      at = text.indexOf('\n', at)
    } else if (character === '\\' && next !== undefined) {
      word = (word ?? '') + next
      at += 1
    } else if (character === '$' && next === "'") {
      const quoted = readQuoted(text, at + 1, true)
      word = (word ?? '') + quoted.text
      at = quoted.end
    } else if (character === '"' || character === "'") {
      const quoted = readQuoted(text, at, character === '"')
      word = (word ?? '') + quoted.text
      at = quoted.end
    } else word = (word ?? '') + character
  }
  if (word !== undefined) words.push(word)
  return { words, end: at }
}

function isLineEnd(text: string, at: number): boolean {
  const code = text[at] === '\r' ? text[at + 1] : text[at]
  return code === '\n'
}

/** @param start of the opening quote. Never closed, it takes the rest. */
function readQuoted(text: string, start: number, hasEscapes: boolean): { readonly text: string; readonly end: number } {
  const quote = text[start]
  const parts: string[] = []
  let at = start + 1
  for (; at < text.length && text[at] !== quote; at += 1) {
    const next = text[at + 1]
    if (hasEscapes && text[at] === '\\' && next !== undefined) {
      parts.push(
        next === '"' || next === '\\' || next === '$' || next === '`' || next === "'"
          ? next
          : next === '\n'
            ? ''
            : `\\${next}`,
      )
      at += 1
    } else parts.push(text[at] ?? '')
  }
  return { text: parts.join(''), end: at }
}
