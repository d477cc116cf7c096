import { HASH_TYPES, type HashType } from '../app-token.ts'
import type { DigestName, Primitives } from '../primitives.ts'

/** What one half of the hash was: a text, or bytes where somebody decoded it. */
export type Piece = string | Uint8Array

export type Encoding =
  | 'utf-8'
  | 'utf-8 with a byte order mark'
  | 'utf-16le'
  | 'utf-16be'
  | 'utf-16le with a byte order mark'
  | 'utf-16be with a byte order mark'

/** How a digest was made of it. */
export type Method =
  | 'digest'
  /** The digest of the first digest's hex. */
  | 'twice-hex'
  /** The digest of the first digest's bytes. */
  | 'twice-bytes'
  /** The session string, then the digest of the token's value. */
  | 'token-first'
  /** The digests of both, put together and digested again. */
  | 'each-first'
  /** HMAC over the session string, under the token's value. */
  | 'hmac-token'
  /** HMAC over the token's value, under the session string. */
  | 'hmac-session'
  /** HMAC over both together, under the token's value. */
  | 'hmac-both'

/** All that went into a hash. The right one is session string, token value, nothing between, UTF-8, one digest. */
export interface Material {
  readonly session: Piece
  readonly token: Piece
  readonly isSwapped: boolean
  readonly separator: string
  readonly before: string
  readonly after: string
  readonly encoding: Encoding
  readonly method: Method
}

/** Session string, then value, as they are. */
export function rightMaterial(session: string, token: string): Material {
  return {
    session,
    token,
    isSwapped: false,
    separator: '',
    before: '',
    after: '',
    encoding: 'utf-8',
    method: 'digest',
  }
}

/** @returns lower-case hex */
export function hashOf(primitives: Primitives, algorithm: HashType, material: Material): string {
  const name = HASH_TYPES[algorithm]
  const { session, token, method } = material
  switch (method) {
    case 'digest':
      return primitives.digestHex(name, joined(primitives, material, session, token))
    case 'twice-hex':
      return primitives.digestHex(name, primitives.digestHex(name, joined(primitives, material, session, token)))
    case 'twice-bytes': {
      const bytes = asBytes(primitives, material, joined(primitives, material, session, token))
      return primitives.digestHex(name, primitives.digest(name, bytes))
    }
    case 'token-first': {
      const digest = primitives.digestHex(name, encoded(primitives, material, token))
      return primitives.digestHex(name, joined(primitives, material, session, digest))
    }
    case 'each-first': {
      const first = primitives.digestHex(name, encoded(primitives, material, session))
      const second = primitives.digestHex(name, encoded(primitives, material, token))
      return primitives.digestHex(name, joined(primitives, material, first, second))
    }
    case 'hmac-token':
      return hmac(primitives, name, material, token, session)
    case 'hmac-session':
      return hmac(primitives, name, material, session, token)
    case 'hmac-both':
      return hmac(primitives, name, material, token, joined(primitives, material, session, token))
  }
}

function hmac(primitives: Primitives, name: DigestName, material: Material, key: Piece, message: Piece): string {
  return primitives.hmacHex(name, asBytes(primitives, material, key), asBytes(primitives, material, message))
}

function joined(primitives: Primitives, material: Material, session: Piece, token: Piece): Piece {
  const { isSwapped, separator, before, after } = material
  const [first, second] = isSwapped ? [token, session] : [session, token]
  if (typeof first === 'string' && typeof second === 'string') {
    return encoded(primitives, material, `${before}${first}${separator}${second}${after}`)
  }
  const parts = [before, first, separator, second, after].map((part) => asBytes(primitives, material, part))
  return concat(parts)
}

/** As a text where that is hashed by its UTF-8 bytes, which is what primitives do with texts. */
function encoded(primitives: Primitives, { encoding }: Material, piece: Piece): Piece {
  if (typeof piece !== 'string' || encoding === 'utf-8') return piece
  return encode(primitives, encoding, piece)
}

function asBytes(primitives: Primitives, { encoding }: Material, piece: Piece): Uint8Array {
  return typeof piece === 'string' ? encode(primitives, encoding, piece) : piece
}

function encode(primitives: Primitives, encoding: Encoding, text: string): Uint8Array {
  switch (encoding) {
    case 'utf-8':
      return primitives.encodeUtf8(text)
    case 'utf-8 with a byte order mark':
      return primitives.encodeUtf8(`\ufeff${text}`)
    case 'utf-16le':
      return utf16(text, true)
    case 'utf-16be':
      return utf16(text, false)
    case 'utf-16le with a byte order mark':
      return utf16(`\ufeff${text}`, true)
    case 'utf-16be with a byte order mark':
      return utf16(`\ufeff${text}`, false)
  }
}

function utf16(text: string, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), isLittleEndian)
  return bytes
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
