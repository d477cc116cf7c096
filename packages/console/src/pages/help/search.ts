import { CAUSES, ERROR_CATALOGUE } from '@latchkey/core'
import { ERRORS } from '@latchkey/wire'
import { linkTo } from '../../app/router.ts'

export interface DocumentHeading {
  readonly id: string
  readonly text: string
  readonly level: number
}

export interface HelpDocument {
  /** Inside `docs/`, without its ending. */
  readonly path: string
  readonly title: string
  readonly about: string
  readonly headings: readonly DocumentHeading[]
}

export interface DocumentGroup {
  readonly title: string
  readonly documents: readonly HelpDocument[]
}

export interface Hit {
  readonly kind: 'cause' | 'error code' | 'guide'
  readonly title: string
  /** One line more, under it. */
  readonly detail: string
  readonly href: string
}

interface Indexed extends Hit {
  /** All that is searched, in lower case; the title's part of it first. */
  readonly text: string
  readonly titleLength: number
}

const MOST = 60

export function linkToDocument(path: string, at = ''): string {
  return linkTo('help', ['docs', ...path.split('/')], { at })
}

/** Titles, headings, causes and codes: small enough to be made anew whenever the page opens. */
export function helpIndex(groups: readonly DocumentGroup[]): readonly Indexed[] {
  const documents = groups.flatMap(({ title: group, documents }) =>
    documents.flatMap(({ path, title, about, headings }) => [
      indexed('guide', title, about === '' ? group : about, linkToDocument(path)),
      ...headings.map(({ id, text }) => indexed('guide', text, `in “${title}”`, linkToDocument(path, id))),
    ]),
  )
  const causes = Object.entries(CAUSES).map(([id, { title, symptom, check }]) =>
    indexed('cause', title, symptom.replaceAll('`', ''), linkTo('help', ['causes', id]), `${id} ${check}`),
  )
  const own = Object.entries(ERROR_CATALOGUE).filter(([code]) => !Object.hasOwn(ERRORS, code))
  const codes = [
    ...Object.entries(ERRORS).map(([code, { message }]) => [code, withoutMarks(message)] as const),
    ...own.map(([code, { summary }]) => [code, summary] as const),
  ].map(([code, message]) => indexed('error code', code, message, linkTo('help', ['errors', code])))
  return [...causes, ...codes, ...documents]
}

function indexed(kind: Hit['kind'], title: string, detail: string, href: string, more = ''): Indexed {
  return {
    kind,
    title,
    detail,
    href,
    text: `${title} ${detail} ${more}`.toLowerCase(),
    titleLength: title.length,
  }
}

/** `@ID@` in a message is the place of an argument. */
function withoutMarks(message: string): string {
  return message.replace(/@([A-Z_]+)@/g, (_, name: string) => `<${name.toLowerCase().replaceAll('_', ' ')}>`).trim()
}

/** What was typed, word by word; a code or an id stays whole. */
export function wordsOf(typed: string): readonly string[] {
  return typed
    .toLowerCase()
    .split(/[\s,;:“”"'`()[\]]+/)
    .filter((word) => word !== '')
}

/** Those that hold every word; the ones with all words in the title first. */
export function searchHelp(index: readonly Indexed[], typed: string): readonly Hit[] {
  const words = wordsOf(typed)
  if (words.length === 0) return []
  const whole = typed.trim().toLowerCase()
  const rank = ({ text, titleLength }: Indexed) => {
    const title = text.slice(0, titleLength)
    if (title === whole) return 0
    return words.every((word) => title.includes(word)) ? 1 : 2
  }
  return index
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST)
}

export interface Piece {
  readonly text: string
  readonly isHit: boolean
}

/** A text cut where the words are in it. */
export function highlighted(text: string, words: readonly string[]): readonly Piece[] {
  const lower = text.toLowerCase()
  // Lower case may be longer than what it was made of; then places would not match.
  if (lower.length !== text.length) return [{ text, isHit: false }]
  const isHit = new Array<boolean>(text.length).fill(false)
  for (const word of words) {
    if (word === '') continue
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
      isHit.fill(true, at, at + word.length)
    }
  }
  const pieces: Piece[] = []
  let from = 0
  for (let at = 1; at <= text.length; at += 1) {
    if (at < text.length && isHit[at] === isHit[from]) continue
    pieces.push({ text: text.slice(from, at), isHit: isHit[from] === true })
    from = at
  }
  return pieces
}
