import { createHash, createHmac } from 'node:crypto'
import type { CauseId } from '@latchkey/core'

/** What a tool has at hand when it makes the hash. */
export interface HashInputs {
  readonly ks: string
  readonly value: string
  readonly id: string
}

export interface HashMistake {
  readonly cause: CauseId
  readonly how: string
  /** What it sends as tokenHash; `undefined` where these inputs do not show the mistake, and others are taken. */
  make(inputs: HashInputs): string | undefined
  /** What it sends as ks, where that is not the session string as it came. */
  readonly sends?: ((ks: string) => string) | undefined
}

const sha = (input: string | Uint8Array) => createHash('sha256').update(input).digest('hex')
const both = ({ ks, value }: HashInputs) => ks + value

/** Every cause of the class, made as people make it. All of an app token with SHA256. */
export const HASH_MISTAKES: readonly HashMistake[] = [
  { cause: 'hash-upper-case', how: 'HASHBYTES with CONVERT', make: (at) => sha(both(at)).toUpperCase() },
  {
    cause: 'hash-wrong-algorithm',
    how: 'the default of a library',
    make: (at) => createHash('sha1').update(both(at)).digest('hex'),
  },
  { cause: 'hash-token-value-sent', how: 'no hash at all', make: ({ value }) => value },
  { cause: 'hash-newline', how: 'echo', make: (at) => sha(`${both(at)}\n`) },
  { cause: 'hash-token-id', how: 'the other column', make: ({ ks, id }) => sha(ks + id) },
  { cause: 'hash-utf16', how: 'nvarchar', make: (at) => sha(Buffer.from(both(at), 'utf16le')) },
  {
    cause: 'hash-hmac',
    how: 'a step called HMAC',
    make: ({ ks, value }) => createHmac('sha256', value).update(ks).digest('hex'),
  },
  {
    cause: 'hash-base64',
    how: 'the default output',
    make: (at) => createHash('sha256').update(both(at)).digest('base64'),
  },
  { cause: 'hash-swapped', how: 'the other order', make: ({ ks, value }) => sha(value + ks) },
  { cause: 'hash-separator', how: 'CONCAT_WS', make: ({ ks, value }) => sha(`${ks}:${value}`) },
  { cause: 'hash-quoted', how: 'JSON text for its value', make: ({ ks, value }) => sha(`"${ks}"${value}`) },
  {
    cause: 'hash-url-encoded-session',
    how: 'a value out of a query string',
    make: ({ ks, value }) => (encodeURIComponent(ks) === ks ? undefined : sha(encodeURIComponent(ks) + value)),
  },
  {
    cause: 'hash-padding-stripped',
    how: 'a base64url library',
    make: ({ ks, value }) => (ks.endsWith('=') ? sha(ks.replace(/=+$/, '') + value) : undefined),
  },
  {
    cause: 'hash-whitespace-in-session',
    how: 'a line end sent along, and a trimmed copy hashed',
    make: ({ ks, value }) => sha(ks.trim() + value),
    sends: (ks) => `${ks}\n`,
  },
  { cause: 'hash-bom', how: 'a file with a byte order mark', make: ({ ks, value }) => sha(`${ks}\ufeff${value}`) },
  { cause: 'hash-decorated', how: 'openssl dgst', make: (at) => `(stdin)= ${sha(both(at))}` },
  {
    cause: 'hash-zeros-dropped',
    how: 'toString(16) on each byte',
    make: (at) => {
      const hex = sha(both(at)).replaceAll(/../g, (pair) => Number.parseInt(pair, 16).toString(16))
      return hex.length === 64 ? undefined : hex
    },
  },
  { cause: 'hash-double', how: 'a hash of the hash', make: (at) => sha(sha(both(at))) },
  { cause: 'hash-half-input', how: 'an empty variable', make: ({ ks }) => sha(ks) },
  {
    cause: 'hash-decoded-input',
    how: 'hex turned into bytes',
    make: ({ ks, value }) => sha(Buffer.concat([Buffer.from(ks), Buffer.from(value, 'hex')])),
  },
  {
    cause: 'hash-case-of-input',
    how: 'a column in capitals',
    make: ({ ks, value }) => (value === value.toUpperCase() ? undefined : sha(ks + value.toUpperCase())),
  },
  {
    cause: 'session-truncated',
    how: 'a column of 100 characters',
    make: ({ ks, value }) => sha(ks.slice(0, 100) + value),
  },
  { cause: 'hash-placeholder', how: 'a template nobody filled in', make: ({ ks }) => sha(`${ks}{{token}}`) },
  { cause: 'hash-unexplained', how: 'something else', make: (at) => sha(`${both(at)} and more that nobody guesses`) },
]
