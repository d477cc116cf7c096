import type { CauseId } from '@latchkey/core'
import { type Check, found } from '../check.ts'
import { codeOf } from '../rungs.ts'
import { failedLogin } from '../view.ts'

const SHAPES: readonly { readonly pattern: RegExp; readonly cause: CauseId; readonly saw: string }[] = [
  { pattern: /^\d+_[0-9a-z]{8}$/, cause: 'hash-token-id', saw: 'what was given as the value has the form of an id' },
  { pattern: /^\ufeff/, cause: 'hash-bom', saw: 'the value begins with a byte order mark' },
  { pattern: /^["'].*["']$/s, cause: 'hash-quoted', saw: 'there are quotes around the value' },
  { pattern: /^\s|\s$/, cause: 'hash-newline', saw: 'the value begins or ends with a blank or a line end' },
  {
    pattern: /[{}]|^(?:null|undefined|none)?$/i,
    cause: 'hash-placeholder',
    saw: 'the value is a placeholder, or empty',
  },
]

/** The doctor's own hash is right by construction: refused in all four algorithms, it is the value that is not. */
export const tokenValue: Check = (facts) => {
  const failed = failedLogin(facts)
  const value = facts.told.tokenValue?.expose()
  if (failed === undefined || value === undefined || codeOf(failed) !== 'INVALID_APP_TOKEN_HASH') return []
  const evidence = 'logins with all four algorithms were refused'
  const shape = SHAPES.find(({ pattern }) => pattern.test(value))
  if (shape !== undefined) return [found(shape.cause, 'error', shape.saw, evidence)]
  const odd = /^[0-9a-f]{32}$/.test(value) ? '' : ', and it has not the form that values have today'
  return [found('hash-unexplained', 'error', `the value that was given is not that of this app token${odd}`, evidence)]
}
