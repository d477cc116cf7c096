import { findAction, type HASH_TYPES } from '@latchkey/core'
import { answersOf, nameOfCall } from './paste-facts.ts'
import { textAt } from './read/fields.ts'
import { isMasked } from './read/masked.ts'
import type { Recognised, SeenRequest } from './seen.ts'

const MOST_NAMED = 6

/** What was pasted, in sentences; app tokens have their own. */
export function contentsOf(found: Recognised): readonly string[] {
  const { requests, sessions, hashes, settings } = found
  const sentences: string[] = []
  if (requests.length > 0) sentences.push(`${count(requests.length, 'call')}: ${names(requests)}.`)
  const answers = answersOf(found)
  const errors = answers.flatMap(({ error }) => error?.code.slice(0, 60) ?? [])
  if (errors.length > 0)
    sentences.push(`${count(errors.length, 'error')} in ${count(answers.length, 'answer')}: ${some(errors)}.`)
  else if (answers.length > 0) sentences.push(`${count(answers.length, 'answer')} without an error.`)
  if (sessions.length > 0)
    sentences.push(
      `${count(sessions.length, 'session string')}; latchkey inspect says what is in ${sessions.length === 1 ? 'it' : 'them'}.`,
    )
  for (const { text } of hashes.slice(0, MOST_NAMED)) sentences.push(hashSentence(text))
  if (settings.length > 0) sentences.push(`${count(settings.length, 'setting')}.`)
  return sentences
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

function names(requests: readonly SeenRequest[]): string {
  return some(
    requests.map((request) => {
      const known = findAction(request.service ?? '', request.action ?? '')
      return known === undefined ? nameOfCall(request).slice(0, 60) : `${known.service}.${known.action}`
    }),
  )
}

function some(texts: readonly string[]): string {
  const different = [...new Set(texts)]
  return different.slice(0, MOST_NAMED).join(', ') + (different.length > MOST_NAMED ? ', …' : '')
}

const LENGTHS: Readonly<Record<number, keyof typeof HASH_TYPES>> = {
  32: 'MD5',
  40: 'SHA1',
  64: 'SHA256',
  128: 'SHA512',
}

function hashSentence(text: string): string {
  const type = /^[0-9a-f]+$/i.test(text) ? LENGTHS[text.length] : undefined
  return type === undefined
    ? `A text of ${text.length} characters, perhaps a hash.`
    : `${text.length} hex digits, as ${type} gives${text.length === 32 ? ', and as values of app tokens have' : ''}.`
}

/** What was pasted and should not be shown to anybody. */
export function cautionsOf({ tokens, requests, settings }: Recognised): readonly string[] {
  const cautions: string[] = []
  if (tokens.some(({ value }) => value !== undefined)) {
    cautions.push(
      'The value of an app token is in it: whoever has read it can log in. If it was posted, make a new one and delete this.',
    )
  }
  const isSecret = (value: string | undefined) => value !== undefined && value.length > 8 && !isMasked(value)
  const hasSecret =
    requests.some(({ params }) => isSecret(textAt(params, 'secret'))) ||
    settings.some(({ name, value }) => /SECRET$/.test(name) && isSecret(value))
  if (hasSecret)
    cautions.push('A secret of the account is in it, which opens everything. If it was posted, have it changed.')
  return cautions
}
