import { highlighted } from './search.ts'

/** A text with what was searched for marked in it. */
export function Highlight({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  return (
    <>{highlighted(text, words).map((piece, at) => (piece.isHit ? <mark key={at}>{piece.text}</mark> : piece.text))}</>
  )
}
