import type { CauseId } from './causes/catalogue.ts'
import { describeSessionText } from './session-describe.ts'

/** What is shorter was never a session string. */
const SHORTEST_CUT = 50
const FIELD_LENGTHS = [100, 128, 200, 250, 255, 256, 500, 512]

/**
 * What the form of a session string that was refused tells.
 *
 * @param isReadable whether it names an account; then its signature is what did not fit
 * @param name what it was sent as
 */
export function judgeSessionShape(
  text: string,
  isReadable: boolean,
  name = 'ks',
): { readonly cause: CauseId; readonly saw: string } {
  const shown = describeSessionText(text)
  const first = text.trimStart().charAt(0)
  if (first === '<' || first === '{' || first === '[') {
    return { cause: 'session-is-whole-response', saw: `${name} is ${text.length} characters and begins with ${first}` }
  }
  if (/^["'“”]|["'“”]$/.test(text))
    return { cause: 'session-quoted', saw: `${name} begins or ends with a quotation mark: ${shown}` }
  if (/[% ]/.test(text.trim()))
    return { cause: 'session-url-mangled', saw: `${name} holds blanks or percent signs: ${shown}` }
  const isCut =
    text.length >= SHORTEST_CUT &&
    (FIELD_LENGTHS.includes(text.length) || text.replaceAll(/[\s=]/g, '').length % 4 === 1)
  if (isCut) return { cause: 'session-truncated', saw: `${name} is ${shown}` }
  const why = isReadable
    ? 'no secret of the account that it names fits it, or it names none of this server'
    : 'no session string can be read from it'
  return { cause: 'wrong-endpoint', saw: `${name} is ${shown}; ${why}` }
}
