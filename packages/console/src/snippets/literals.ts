/** How values and tables of values are written in a language, on one line where they fit. */
import { type Piece, widthOf } from './parts.ts'
import type { Quote } from './quoting.ts'
import type { Entry, Literal } from './requests.ts'

const WIDTH = 88
/** Of a whole line with a call in it. */
const LINE_WIDTH = 112
/** What stands before a call: what its answer is kept in. */
const ASSIGNMENT = 14

/** Brackets and separators of a list or a table. */
export interface Brackets {
  readonly open: string
  readonly close: string
  /** Between items on one line, and behind each item on lines of their own. */
  readonly inline: string
  readonly line: string
  /** Behind the last item on lines of their own. */
  readonly last: string
  /** Just inside the brackets, on one line. */
  readonly padding: string
  /** How far lines of their own are moved in. */
  readonly step: string
}

export interface Syntax {
  readonly quote: Quote
  readonly bare: (value: number | boolean | null) => string
  readonly list: Brackets
  readonly record: Brackets
  readonly entry: (name: string, value: Piece, literal: Literal) => Piece
  /** Where not every table is written alike. */
  readonly recordFor?: ((entries: readonly Entry[]) => Brackets) | undefined
}

export function writeLiteral(syntax: Syntax, literal: Literal, indent = ''): Piece {
  switch (literal.kind) {
    case 'text':
      return [...syntax.quote(literal.value)]
    case 'secret': {
      const [open, body, close] = syntax.quote(literal.value)
      return [open, { kind: 'secret', name: literal.name, text: body }, close]
    }
    case 'bare':
      return syntax.bare(literal.value)
    case 'code':
      return literal.code
    case 'list': {
      const { step } = syntax.list
      return bracketed(
        syntax.list,
        literal.items.map((item) => writeLiteral(syntax, item, indent + step)),
        indent,
      )
    }
    case 'record':
      return writeRecord(syntax, literal.entries, indent)
  }
}

export function writeRecord(
  syntax: Syntax,
  entries: readonly Entry[],
  indent = '',
  brackets = syntax.recordFor?.(entries) ?? syntax.record,
  before = 0,
): Piece {
  const items = entries.map(([name, value]) =>
    syntax.entry(name, writeLiteral(syntax, value, indent + brackets.step), value),
  )
  return bracketed(brackets, items, indent, before)
}

/** A call, whose last argument is the table and may take lines of its own. */
export function writeCall(
  syntax: Syntax,
  head: readonly Piece[],
  entries: readonly Entry[],
  indent = '',
  brackets = syntax.recordFor?.(entries) ?? syntax.record,
): Piece {
  return [head, writeRecord(syntax, entries, indent, brackets, ASSIGNMENT + widthOf(head))]
}

function bracketed(brackets: Brackets, items: readonly Piece[], indent: string, before = 0): Piece {
  const { open, close, inline, line, last, padding, step } = brackets
  if (items.length === 0) return open + close
  const oneLine = [open, padding, items.map((item, index) => (index === 0 ? item : [inline, item])), padding, close]
  const width = indent.length + widthOf(oneLine)
  if (width <= WIDTH && before + width <= LINE_WIDTH) return oneLine
  return [
    open,
    items.map((item, index) => [`\n${indent}${step}`, item, index === items.length - 1 ? last : line]),
    `\n${indent}${close}`,
  ]
}
