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

/** What a server or a file says, without what a terminal would act on. */
export function plain(text: string): string {
  return text.replaceAll(/[^\x20-\x7e\u00a0-\u2fff]/g, '?')
}

/** Breaks at blanks; what has none and is longer than a line is cut into lines. */
export function wrap(text: string, indent: string, first: string = indent): string {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of text.split(/\s+/)) {
    let rest = plain(word)
    if (!isEmpty && line.length + 1 + rest.length > WIDTH) {
      lines.push(line)
      line = indent
      isEmpty = true
    }
    while (line.length + rest.length + (isEmpty ? 0 : 1) > WIDTH) {
      const room = WIDTH - line.length
      lines.push(line + rest.slice(0, room))
      rest = rest.slice(room)
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
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = indent
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return `${[...lines, line].join('\n')}\n`
}
