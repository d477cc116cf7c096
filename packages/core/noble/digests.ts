/** The digests alone, for what is loaded over a network and opens no session strings: no cipher comes with them. */
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Primitives } from '../src/primitives.ts'

/** All but SHA-512, which is as large as these together and seldom asked for: it has a module of its own. */
export const SHORT_DIGESTS = { md5, sha1, sha256 }

const encoder = /* @__PURE__ */ new TextEncoder()

/** Lower-case hex of one digest, over bytes or a text in UTF-8: `digestHex` of the primitives, whatever its name. */
export function hexBy(
  digest: (bytes: Uint8Array) => Uint8Array,
): (name: string, input: Parameters<Primitives['digestHex']>[1]) => string {
  return (_, input) => bytesToHex(digest(typeof input === 'string' ? encoder.encode(input) : input))
}
