import { LatchkeyError } from '@latchkey/core'
import { nodePrimitives, openGcm, sealGcm } from '@latchkey/core/node'
import { notStorable } from './failures.ts'

// A sealed text is `v1:` and the base64 of nonce, ciphertext and tag (AES-256-GCM, 96-bit random nonce). Where it stands goes
// in as additional data, so that a ciphertext put into another row or column opens nothing.

const PREFIX = 'v1:'
export const KEY_LENGTH = 32

/** The one row and column that a sealed text can be opened in. */
export interface Place {
  readonly table: string
  readonly row: string
  readonly column: string
}

export interface Sealer {
  /** @throws {LatchkeyError} `VALUE_NOT_STORABLE` for half a surrogate pair, which has no UTF-8 */
  seal(plain: string, place: Place): string
  /** @throws {LatchkeyError} `SECRET_UNREADABLE` when it was sealed under another key or for another place, or altered */
  open(sealed: string, place: Place): string
}

/** @param key 32 bytes */
export function createSealer(key: Uint8Array): Sealer {
  return {
    seal(plain, place) {
      if (!plain.isWellFormed()) throw notStorable('text with half a surrogate pair')
      return sealBytes(key, nodePrimitives.encodeUtf8(plain), nameOf(place))
    },
    open(sealed, place) {
      const plain = openBytes(key, sealed, nameOf(place))
      if (plain !== undefined) return nodePrimitives.decodeUtf8(plain)
      throw new LatchkeyError('SECRET_UNREADABLE', { what: `${place.column} of ${place.table} ${place.row}` })
    },
  }
}

/** @param boundTo what must be given again to open it */
export function sealBytes(key: Uint8Array, plain: Uint8Array, boundTo: string): string {
  return PREFIX + nodePrimitives.encodeBase64(sealGcm(key, plain, nodePrimitives.encodeUtf8(PREFIX + boundTo)))
}

/** Undefined for anything but what {@link sealBytes} made with the same key for the same purpose. */
export function openBytes(key: Uint8Array, sealed: string, boundTo: string): Uint8Array | undefined {
  if (!sealed.startsWith(PREFIX)) return undefined
  const bytes = nodePrimitives.decodeBase64(sealed.slice(PREFIX.length))
  return bytes === undefined ? undefined : openGcm(key, bytes, nodePrimitives.encodeUtf8(PREFIX + boundTo))
}

// As JSON, so that no two places read alike whatever their parts contain.
function nameOf({ table, row, column }: Place): string {
  return JSON.stringify([table, row, column])
}
