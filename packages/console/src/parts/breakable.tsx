import { Fragment } from 'preact'

/** A text with names of the API in it: where a name is too long for its line it goes on behind an underscore, not amid a word. */
export function Breakable({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/(?<=\w_)(?=\w)/).map((piece, at) => (
        <Fragment key={at}>
          {at > 0 && <wbr />}
          {piece}
        </Fragment>
      ))}
    </>
  )
}
