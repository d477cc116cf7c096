import { mask } from '../connection/secrets.ts'
import type { SnippetPart } from './types.ts'

/** What a template takes in: text, parts, or lists of them. */
export type Piece = string | SnippetPart | readonly Piece[]

/** The parts of a piece, with neighbouring texts joined and empty ones gone. */
export function partsOf(piece: Piece): readonly SnippetPart[] {
  const parts: SnippetPart[] = []
  const add = (part: SnippetPart): void => {
    const last = parts.at(-1)
    if (part.text === '') return
    if (part.kind === 'text' && last?.kind === 'text') parts[parts.length - 1] = textPart(last.text + part.text)
    else parts.push(part)
  }
  const walk = (at: Piece): void => {
    if (typeof at === 'string') add(textPart(at))
    else if ('kind' in at) add(at)
    else for (const inner of at) walk(inner)
  }
  walk(piece)
  return parts
}

/** How many characters a piece takes when nothing is masked. */
export function widthOf(piece: Piece): number {
  return partsOf(piece).reduce((sum, part) => sum + part.text.length, 0)
}

/** The snippet as text; masked, a secret is its first four characters, dots, and its last four. */
export function snippetText(parts: readonly SnippetPart[], { reveal }: { readonly reveal: boolean }): string {
  return parts.map((part) => (part.kind === 'secret' && !reveal ? mask(part.text) : part.text)).join('')
}

/**
 * A template without its own indentation and its first and last line end. What is put in stays as it is: a value may
 * hold line ends, and they are part of it.
 */
export function code(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Piece {
  // What is put in counts as something on its line, so that a line of nothing else is no empty one.
  const indents = strings.join('\0').match(/(?<=\n) *(?=[^ \n])/g) ?? []
  const indent = Math.min(...indents.map((blanks) => blanks.length))
  const last = strings.length - 1
  return strings.flatMap((text, index) => {
    const ended = index === last ? text.replace(/\n *$/, '') : text
    const flush = indents.length === 0 ? ended : ended.replaceAll(`\n${' '.repeat(indent)}`, '\n')
    return [index === 0 ? flush.replace(/^\n/, '') : flush, pieces[index] ?? '']
  })
}

function textPart(text: string): SnippetPart {
  return { kind: 'text', text }
}
