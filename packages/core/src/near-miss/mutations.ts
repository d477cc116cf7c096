import type { CauseId } from '../causes/catalogue.ts'
import type { Primitives } from '../primitives.ts'
import type { Material, Piece } from './material.ts'

/** What the search knows besides the material itself. */
export interface MutationFacts {
  readonly primitives: Primitives
  readonly tokenId?: string | undefined
  /** Other session strings that were at hand, such as an earlier widget session. */
  readonly otherSessions: readonly string[]
}

/**
 * One thing that people do to what they hash. To teach the search another, add a row to the table below: its cause, what was
 * done in words, and how it changes the material.
 */
export interface Mutation {
  readonly cause: CauseId
  /** Completes "what was hashed: …". */
  readonly did: string
  /** Where it happens. Two of one stage are not combined. */
  readonly stage: Stage
  /** Undefined where it changes nothing, or cannot be done to this material. */
  change(material: Material, facts: MutationFacts): Material | undefined
}

/** From the value as it was kept to the digest: two mistakes happen in this order. */
export const STAGES = [
  'session-value',
  'session-form',
  'session-edge',
  'token-value',
  'token-form',
  'token-edge',
  'order',
  'join',
  'end',
  'encoding',
  'method',
] as const
export type Stage = (typeof STAGES)[number]

type Half = 'session' | 'token'

/** The likeliest first: a common mistake is then found among the first few digests. */
export const MUTATIONS: readonly Mutation[] = [
  token('hash-token-id', 'value', 'the id of the token in place of its value', (_, { tokenId }) => tokenId),
  end('hash-newline', 'a line feed at the end', '\n'),
  end('hash-newline', 'a carriage return and a line feed at the end', '\r\n'),
  session('hash-newline', 'edge', 'a line feed behind the session string', (text) => `${text}\n`),
  session('hash-newline', 'edge', 'a carriage return and a line feed behind the session string', (text) => `${text}\r\n`),
  setting('hash-swapped', 'order', 'the token before the session string', { isSwapped: true }),
  setting('hash-utf16', 'encoding', 'UTF-16 in place of UTF-8 (little endian)', { encoding: 'utf-16le' }),
  setting('hash-hmac', 'method', 'an HMAC over the session string with the token as its key', { method: 'hmac-token' }),
  setting('hash-hmac', 'method', 'an HMAC over the token with the session string as its key', { method: 'hmac-session' }),
  setting('hash-hmac', 'method', 'an HMAC over both with the token as its key', { method: 'hmac-both' }),
  ...[':', ',', ' ', ';', '|', '.', '-', '_', '&', '+', '/', '\t', ', ', '::'].map((separator) =>
    setting('hash-separator', 'join', `${JSON.stringify(separator)} between the two`, { separator }),
  ),
  session('hash-quoted', 'edge', 'the session string in double quotes', (text) => `"${text}"`),
  token('hash-quoted', 'edge', 'the token in double quotes', (text) => `"${text}"`),
  session('hash-quoted', 'edge', 'the session string in single quotes', (text) => `'${text}'`),
  token('hash-quoted', 'edge', 'the token in single quotes', (text) => `'${text}'`),
  session('hash-half-input', 'value', 'the token alone', () => ''),
  token('hash-half-input', 'value', 'the session string alone', () => ''),
  setting('hash-double', 'method', 'the hex of a first digest', { method: 'twice-hex' }),
  setting('hash-double', 'method', 'the bytes of a first digest', { method: 'twice-bytes' }),
  setting('hash-double', 'method', 'the token as its own digest', { method: 'token-first' }),
  session('hash-url-encoded-session', 'form', 'the session string percent-encoded', percentEncoded),
  session('hash-url-encoded-session', 'form', 'the session string percent-encoded in small letters', (text) =>
    percentEncoded(text).replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  ),
  session('hash-padding-stripped', 'form', 'the session string without its = at the end', (text) =>
    text.replace(/=+$/, ''),
  ),
  session('hash-padding-stripped', 'form', 'the session string with a = added', (text) => `${text}=`),
  session('hash-padding-stripped', 'form', 'the session string with two = added', (text) => `${text}==`),
  session('hash-whitespace-in-session', 'form', 'the session string without the white space that was sent', (text) =>
    text.trim(),
  ),
  session('hash-whitespace-in-session', 'edge', 'a blank behind the session string', (text) => `${text} `),
  session('hash-whitespace-in-session', 'edge', 'a blank before the session string', (text) => ` ${text}`),
  session('hash-whitespace-in-session', 'form', 'the session string with blanks for its +', (text) =>
    text.replaceAll('+', ' '),
  ),
  session('hash-whitespace-in-session', 'form', 'the session string with + for its blanks', (text) =>
    text.replaceAll(' ', '+'),
  ),
  session('hash-whitespace-in-session', 'form', 'the session string without any white space', (text) =>
    text.replaceAll(/\s+/g, ''),
  ),
  end('hash-newline', 'a blank at the end', ' '),
  token('hash-newline', 'edge', 'a blank before the token', (text) => ` ${text}`),
  setting('hash-newline', 'join', 'a line feed before the token', { separator: '\n' }),
  setting('hash-newline', 'join', 'a carriage return and a line feed before the token', { separator: '\r\n' }),
  setting('hash-bom', 'encoding', 'a byte order mark in front', { encoding: 'utf-8 with a byte order mark' }),
  token('hash-bom', 'edge', 'a byte order mark before the token', (text) => `\ufeff${text}`),
  setting('hash-utf16', 'encoding', 'UTF-16 in place of UTF-8 (big endian)', { encoding: 'utf-16be' }),
  setting('hash-utf16', 'encoding', 'UTF-16 with a byte order mark', { encoding: 'utf-16le with a byte order mark' }),
  token('hash-case-of-input', 'form', 'the token in capitals', (text) => text.toUpperCase()),
  token('hash-case-of-input', 'form', 'the token in small letters', (text) => text.toLowerCase()),
  session('hash-case-of-input', 'form', 'the session string in small letters', (text) => text.toLowerCase()),
  session('hash-case-of-input', 'form', 'the session string in capitals', (text) => text.toUpperCase()),
  session('hash-decoded-input', 'form', 'the bytes that the session string stands for', (text, { primitives }) =>
    primitives.decodeBase64Url(text.trim()),
  ),
  token('hash-decoded-input', 'form', 'the bytes that the hex of the token stands for', fromHex),
  session('hash-decoded-input', 'form', 'the session string with + and / for - and _', (text) =>
    text.replaceAll('-', '+').replaceAll('_', '/'),
  ),
  session('hash-decoded-input', 'form', 'the session string with - and _ for + and /', (text) =>
    text.replaceAll('+', '-').replaceAll('/', '_'),
  ),
  ...[255, 256, 254, 128, 100, 200, 250, 150, 64, 50, 32].map((length) =>
    session('session-truncated', 'form', `the first ${length} characters of the session string`, (text) =>
      text.slice(0, length),
    ),
  ),
  ...['null', 'undefined', 'None', 'NULL', '{{token}}', '{token}', '${token}', '[object Object]'].map((word) =>
    token('hash-placeholder', 'value', `${word} in place of the token`, () => word),
  ),
  ...['null', 'undefined', 'None', 'NULL', '{{ks}}', '{ks}', '${ks}', '[object Object]'].map((word) =>
    session('hash-placeholder', 'value', `${word} in place of the session string`, () => word),
  ),
]

/** Rows for session strings that were at hand besides the one that was sent. */
export function otherSessionMutations(otherSessions: readonly string[]): readonly Mutation[] {
  return otherSessions.map((other, at) =>
    session('hash-other-session', 'value', `another session string (number ${at + 1} of those given)`, () => other),
  )
}

type TextChange = (text: string, facts: MutationFacts) => Piece | undefined

function session(cause: CauseId, stage: 'value' | 'form' | 'edge', did: string, change: TextChange): Mutation {
  return half('session', cause, `session-${stage}`, did, change)
}

function token(cause: CauseId, stage: 'value' | 'form' | 'edge', did: string, change: TextChange): Mutation {
  return half('token', cause, `token-${stage}`, did, change)
}

function half(which: Half, cause: CauseId, stage: Stage, did: string, change: TextChange): Mutation {
  return {
    cause,
    did,
    stage,
    change(material, facts) {
      const piece = material[which]
      // Bytes have no edges and no case any more.
      const changed = typeof piece === 'string' ? change(piece, facts) : undefined
      if (changed === undefined || changed === piece) return undefined
      return which === 'session' ? { ...material, session: changed } : { ...material, token: changed }
    },
  }
}

function end(cause: CauseId, did: string, after: string): Mutation {
  return { cause, did, stage: 'end', change: (material) => ({ ...material, after }) }
}

function setting(cause: CauseId, stage: Stage, did: string, set: Partial<Material>): Mutation {
  return { cause, did, stage, change: (material) => ({ ...material, ...set }) }
}

function percentEncoded(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : text
}

function fromHex(text: string): Uint8Array | undefined {
  if (!/^(?:[0-9a-f]{2})+$/i.test(text)) return undefined
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
