import { fingerprints, type HASH_TYPES, type HashType, Secret, TEST_VECTORS, tokenHash } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { paintFor, wrap } from '../doctor/paint.ts'
import { writeJson } from '../output.ts'
import { offlineAction } from './offline-command.ts'

const TYPES: readonly HashType[] = ['MD5', 'SHA1', 'SHA256', 'SHA512'] satisfies (keyof typeof HASH_TYPES)[]

interface Flags {
  readonly hashType: HashType
  readonly json?: boolean
}

/** @see addVectorsCommand */
export const run = offlineAction(show)

function show({ hashType, json }: Flags): number {
  const vectors = TEST_VECTORS.map((vector) => ({
    ...vector,
    digests: Object.fromEntries(
      TYPES.map((type) => [type, tokenHash(nodePrimitives, type, vector.sessionString, new Secret(vector.tokenValue))]),
    ),
    fingerprints: Object.fromEntries(
      TYPES.map((type) => [type, fingerprints(nodePrimitives, { ...vector, hashType: type })]),
    ),
  }))
  if (json === true) {
    writeJson(vectors)
    return 0
  }
  const paint = paintFor(process.stdout)
  for (const { name, sessionString, tokenValue, tokenId, digests, fingerprints: mistakes } of vectors) {
    process.stdout.write(`${paint.bold(name)}\n`)
    // Whole and unwrapped, to be copied.
    process.stdout.write(`session  ${sessionString}\nvalue    ${tokenValue}\nid       ${tokenId}\n`)
    for (const type of TYPES) process.stdout.write(`${type.padEnd(8)} ${digests[type]}\n`)
    process.stdout.write(`\n${wrap(`A tool for ${hashType} that prints this makes that mistake:`, '')}`)
    for (const { cause, did, digest } of mistakes[hashType] ?? []) {
      if (cause !== 'right') process.stdout.write(`${digest}\n${wrap(`${cause}: ${did}`, '    ', '    ')}`)
    }
    process.stdout.write('\n')
  }
  return 0
}
