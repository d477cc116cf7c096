/** A sentence in which names stand between backticks, as the catalogues of causes and settings write them. */
export function Ticked({ text }: { readonly text: string }) {
  return <>{text.split('`').map((piece, at) => (at % 2 === 1 ? <code key={at}>{piece}</code> : piece))}</>
}
