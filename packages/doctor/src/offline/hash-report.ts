import {
  type HASH_TYPES,
  type HashType,
  type NearMiss,
  nearMiss,
  type Primitives,
  type Secret,
  tokenHash,
} from '@latchkey/core'

export interface HashQuestion {
  readonly session: Secret
  readonly value: Secret
  /** Of the app token; where nobody knows it, the length of what was received decides, else it is SHA1. */
  readonly hashType?: HashType | undefined
  readonly tokenId?: string | undefined
  /** What a tool made. */
  readonly received?: string | undefined
  readonly otherSessions?: readonly Secret[] | undefined
}

/** One of the two inputs, told without showing it. */
export interface HashInput {
  readonly characters: number
  /** Of UTF-8, as they are hashed. */
  readonly bytes: number
  /** Its first and its last characters; what cannot be seen is written out. */
  readonly edges: string
  /** What in it cannot be seen, or is not ASCII: where, counted from 1, and what. */
  readonly oddities: readonly { readonly at: number; readonly what: string }[]
}

export interface HashReport {
  readonly digests: Readonly<Record<HashType, string>>
  readonly session: HashInput
  readonly value: HashInput
  /** Of both together. */
  readonly bytes: number
  /** What was received is judged by this. */
  readonly hashType: HashType
  readonly nearMiss?: NearMiss | undefined
}

const MOST_ODDITIES = 20
const EDGE = 4
const SHORTEST_WITH_EDGES = 12

/** All four digests of a login, what goes into them, and what a wrong one was made of. */
export function hashReport(primitives: Primitives, question: HashQuestion): HashReport {
  const { session, value, received } = question
  const hashType = question.hashType ?? typeByLength(received)
  const digest = (type: HashType) => tokenHash(primitives, type, session.expose(), value)
  const sessionInput = describeInput(primitives, session)
  const valueInput = describeInput(primitives, value)
  return {
    digests: {
      MD5: digest('MD5'),
      SHA1: digest('SHA1'),
      SHA256: digest('SHA256'),
      SHA512: digest('SHA512'),
    } satisfies Record<keyof typeof HASH_TYPES, string>,
    session: sessionInput,
    value: valueInput,
    bytes: sessionInput.bytes + valueInput.bytes,
    hashType,
    nearMiss:
      received === undefined
        ? undefined
        : nearMiss(primitives, {
            sessionString: session.expose(),
            tokenValue: value.expose(),
            tokenId: question.tokenId,
            hashType,
            received,
            otherSessions: question.otherSessions?.map((other) => other.expose()),
          }),
  }
}

const LENGTHS: Readonly<Record<number, HashType>> = { 32: 'MD5', 40: 'SHA1', 64: 'SHA256', 128: 'SHA512' }

function typeByLength(received: string | undefined): HashType {
  const digits = received?.trim().replace(/^0x/i, '') ?? ''
  return (/^[0-9a-f]+$/i.test(digits) ? LENGTHS[digits.length] : undefined) ?? 'SHA1'
}

function describeInput(primitives: Primitives, input: Secret): HashInput {
  const text = input.expose()
  const oddities: { at: number; what: string }[] = []
  for (let at = 0; at < text.length && oddities.length < MOST_ODDITIES; at += 1) {
    const code = text.codePointAt(at) ?? 0
    if (code >= 0x21 && code <= 0x7e) continue
    oddities.push({ at: at + 1, what: nameOf(code) })
    // The second half of a pair is no character of its own.
    if (code > 0xffff) at += 1
  }
  return { characters: text.length, bytes: primitives.encodeUtf8(text).length, edges: edgesOf(text), oddities }
}

function edgesOf(text: string): string {
  if (text.length < SHORTEST_WITH_EDGES) return '*'.repeat(text.length)
  return `${visible(text.slice(0, EDGE))}…${visible(text.slice(-EDGE))}`
}

/** A text with everything that no screen shows written out; nothing else of it changes. */
export function visible(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]/gu, (character) => `<${nameOf(character.codePointAt(0) ?? 0)}>`)
}

const NAMES: Readonly<Record<number, string>> = {
  0: 'NUL',
  9: 'tab',
  10: 'LF',
  13: 'CR',
  32: 'blank',
  160: 'no-break blank',
  8203: 'zero-width blank',
  65279: 'byte order mark',
}

function nameOf(code: number): string {
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  const name = NAMES[code]
  return name === undefined ? number : `${name} ${number}`
}
