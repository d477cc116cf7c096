/** A text as it is hashed, cut into what a screen shows and what it does not. */
export type TapePiece =
  | { readonly kind: 'plain'; readonly text: string }
  /** A character that cannot be seen; `sign` stands for it. */
  | { readonly kind: 'unseen'; readonly sign: string; readonly name: string }

const SIGNS: Readonly<Record<number, { readonly sign: string; readonly name: string }>> = {
  0: { sign: '␀', name: 'NUL' },
  9: { sign: '⇥', name: 'tab' },
  10: { sign: '↵', name: 'line feed' },
  13: { sign: '␍', name: 'carriage return' },
  32: { sign: '␣', name: 'blank' },
  160: { sign: '⍽', name: 'no-break blank' },
  8203: { sign: '⟨zero-width blank⟩', name: 'zero-width blank' },
  8206: { sign: '⟨left-to-right mark⟩', name: 'left-to-right mark' },
  8207: { sign: '⟨right-to-left mark⟩', name: 'right-to-left mark' },
  65279: { sign: '⟨byte order mark⟩', name: 'byte order mark' },
}
// Controls, formatting characters and blanks of every kind.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Z}]/u

/**
 * @param isMasked shows the first and the last four characters only; what cannot be seen shows all the same, since that is
 * what goes wrong
 */
export function tapeOf(text: string, isMasked = false): readonly TapePiece[] {
  const pieces: TapePiece[] = []
  let plain = ''
  const flush = () => {
    if (plain !== '') pieces.push({ kind: 'plain', text: plain })
    plain = ''
  }
  const characters = [...text]
  characters.forEach((character, at) => {
    const code = character.codePointAt(0) ?? 0
    if (UNSEEN.test(character)) {
      flush()
      const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
      const known = SIGNS[code]
      pieces.push({
        kind: 'unseen',
        sign: known?.sign ?? `⟨${number}⟩`,
        name: `${known?.name ?? 'unseen character'} ${number}`,
      })
    } else {
      const isEdge = characters.length >= 12 && (at < 4 || at >= characters.length - 4)
      plain += isMasked && !isEdge ? '•' : character
    }
  })
  flush()
  return pieces
}

/** What at the edges of a copied text was not meant to be there: blanks, line ends, quotes. `undefined` where nothing is. */
export function strayEdges(text: string): { readonly what: string; readonly without: string } | undefined {
  const bare = text.replace(/^[\s\u200b-\u200f\ufeff]+|[\s\u200b-\u200f\ufeff]+$/g, '')
  if (bare !== text) return { what: 'blanks or a line end around it', without: bare }
  const quoted = /^(["'“”‘’`])(.+)(["'“”‘’`])$/s.exec(text)?.[2]
  return quoted === undefined ? undefined : { what: 'quotes around it', without: quoted }
}
