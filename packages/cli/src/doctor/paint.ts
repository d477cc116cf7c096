/** Text for a terminal: 80 columns, and colour only where somebody sees it and has not asked for none. */
export const WIDTH = 80

export interface Paint {
  red(text: string): string
  yellow(text: string): string
  green(text: string): string
  dim(text: string): string
  bold(text: string): string
}

export function paintFor(stream: { readonly isTTY?: boolean | undefined }): Paint {
  const hasColour = stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
  const paint = (code: number) => (text: string) => (hasColour ? `\u001b[${code}m${text}\u001b[0m` : text)
  return { red: paint(31), yellow: paint(33), green: paint(32), dim: paint(2), bold: paint(1) }
}

/**
 * What a server or a file says, without what a terminal would act on or nobody would see: controls, halves of characters, and what
 * has no width or turns the direction of writing round, so that one name cannot look like another.
 */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '?')
}

/** Two columns, by the ranges of East Asian Width that are wide, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) {
    if (WIDE.test(character)) width += 2
    // Accents of their own stand over the character before.
    else if (!/\p{M}/u.test(character)) width += 1
  }
  return width
}

/** As much of it as has room, whole characters only. */
export function cutTo(text: string, columns: number): string {
  let [cut, width] = ['', 0]
  for (const character of text) {
    width += widthOf(character)
    if (width > columns) break
    cut += character
  }
  return cut
}

/** Breaks at blanks; what has none and is longer than a line is cut into lines. */
export function wrap(text: string, indent: string, first: string = indent): string {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of text.split(/\s+/)) {
    let rest = plain(word)
    if (!isEmpty && widthOf(line) + 1 + widthOf(rest) > WIDTH) {
      lines.push(line)
      line = indent
      isEmpty = true
    }
    while (widthOf(line) + widthOf(rest) + (isEmpty ? 0 : 1) > WIDTH) {
      const part = cutTo(rest, WIDTH - widthOf(line))
      if (part === '') break
      lines.push(line + part)
      rest = rest.slice(part.length)
      line = indent
    }
    line += isEmpty ? rest : ` ${rest}`
    isEmpty = false
  }
  lines.push(line)
  return `${lines.join('\n')}\n`
}

/** Breaks at blanks only: an id, a path or a value that is cut in two cannot be copied. */
export function wrapWords(text: string, indent: string, first: string = indent): string {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of plain(text).split(/ +/)) {
    if (!isEmpty && widthOf(line) + 1 + widthOf(word) > WIDTH) {
      lines.push(line)
      line = indent
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return `${[...lines, line].join('\n')}\n`
}
