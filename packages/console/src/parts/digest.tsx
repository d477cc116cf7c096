import './hash.css'

export interface DigestProps {
  readonly text: string
  /** Letters that are not the same in this one are marked. */
  readonly beside?: string | undefined
}

/** A digest; beside another one, letter by letter. */
export function Digest({ text, beside }: DigestProps) {
  if (beside === undefined || beside === text) return <span class="mono digest">{text}</span>
  return (
    <span class="mono digest">
      {runsOf(text, beside).map(({ letters, isSame }, at) => (isSame ? letters : <mark key={at}>{letters}</mark>))}
    </span>
  )
}

function runsOf(text: string, beside: string): readonly { readonly letters: string; readonly isSame: boolean }[] {
  const runs: { letters: string; isSame: boolean }[] = []
  for (let at = 0; at < text.length; at += 1) {
    const isSame = text[at] === beside[at]
    const last = runs.at(-1)
    if (last?.isSame === isSame) last.letters += text[at]
    else runs.push({ letters: text.charAt(at), isSame })
  }
  return runs
}
