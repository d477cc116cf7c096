import type { HashType } from '../app-token.ts'
import type { CauseId } from '../causes/catalogue.ts'
import type { Primitives } from '../primitives.ts'
import { hashOf, rightMaterial } from './material.ts'
import { MUTATIONS } from './mutations.ts'
import { type NearMissQuestion, nearMiss } from './near-miss.ts'
import { otherSessions } from './other-sessions.ts'
import { ALGORITHMS, withoutZeros } from './received.ts'

/** A mistake as `nearMiss` names it. */
export type NamedMistake = { readonly cause: CauseId; readonly did: string }

/**
 * Makes the same mistakes with other inputs: what a tool would have sent for these. So a mistake can be shown to anybody
 * without the secrets that it was made with.
 *
 * @returns undefined where these inputs do not show it, such as a digest without a zero that could be lost
 */
export function remakeMistakes(
  primitives: Primitives,
  inputs: Omit<NearMissQuestion, 'received'>,
  mistakes: readonly NamedMistake[],
): string | undefined {
  const received = sentAsItIs(inputs, mistakes) ?? digest(primitives, inputs, mistakes)
  if (received === undefined) return undefined
  const seen = nearMiss(primitives, { ...inputs, received })
  if (seen.kind === 'none') return undefined
  const named = seen.kind === 'right' ? [] : seen.mistakes
  const isSame =
    named.length === mistakes.length &&
    named.every(({ cause, did }, at) => cause === mistakes[at]?.cause && did === mistakes[at]?.did)
  return isSame ? received : undefined
}

function sentAsItIs(
  { tokenValue, tokenId, sessionString }: Omit<NearMissQuestion, 'received'>,
  [first]: readonly NamedMistake[],
): string | undefined {
  switch (first?.did) {
    case "the token's value itself, not hashed":
      return tokenValue
    case 'the id of the token, not hashed':
      return tokenId
    case 'the session string itself, not hashed':
      return sessionString
    case 'both inputs, not hashed':
      return sessionString + tokenValue
    case 'a placeholder, or nothing, in place of the digest':
      return '{{hash}}'
    default:
      return undefined
  }
}

function digest(
  primitives: Primitives,
  inputs: Omit<NearMissQuestion, 'received'>,
  mistakes: readonly NamedMistake[],
): string | undefined {
  const rows = [...otherSessions(inputs.otherSessions ?? [], inputs.sessionKind), ...MUTATIONS]
  let material = rightMaterial(inputs.sessionString, inputs.tokenValue)
  for (const mistake of mistakes) {
    const row = rows.find(({ cause, did }) => cause === mistake.cause && did === mistake.did)
    if (row === undefined) continue
    const made = row.change(material, { primitives, tokenId: inputs.tokenId })
    if (made === undefined) return undefined
    material = made
  }
  let text = hashOf(primitives, algorithmOf(mistakes) ?? inputs.hashType, material)
  for (const form of FORMS) {
    const mistake = mistakes.find(({ cause }) => cause === form)
    if (mistake !== undefined) text = written(primitives, text, mistake)
  }
  return text
}

/** What happens to a digest, in the order in which it does. */
const FORMS: readonly CauseId[] = ['hash-zeros-dropped', 'hash-upper-case', 'hash-base64', 'hash-decorated']

function algorithmOf(mistakes: readonly NamedMistake[]): HashType | undefined {
  const row = mistakes.find(({ cause }) => cause === 'hash-wrong-algorithm' || cause === 'hash-type-unchanged')
  return ALGORITHMS.find((name) => row?.did.startsWith(`${name},`))
}

function written(primitives: Primitives, text: string, { cause, did }: NamedMistake): string {
  switch (cause) {
    case 'hash-upper-case':
      return text.toUpperCase()
    case 'hash-decorated':
      return `0x${text}`
    case 'hash-zeros-dropped':
      return did.startsWith('each byte') ? withoutZeros(text) : text.replace(/^0+/, '')
    case 'hash-base64': {
      const pairs = text.match(/../g) ?? []
      const bytes = Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
      return primitives.encodeBase64(did.startsWith('the hex') ? primitives.encodeUtf8(text) : bytes)
    }
    default:
      return text
  }
}
