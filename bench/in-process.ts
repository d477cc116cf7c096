import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OpenedSessions, type Partner } from '@latchkey/authority'
import { createSigningKey, decideValidity, openSession, Secret, sealSession, tokenHash } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { openStore } from '@latchkey/store'
import { createSigner, createVerifier } from 'fast-jwt'
import { asyncLoop, inTurns, loop, type Samples } from './lib/measure.ts'

const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0'
const NOW = Math.floor(Date.now() / 1000)
const PRIVILEGES = 'sessionid:0_k3v9qz1m,apptoken:0_k3v9qz1m,setrole:77,privacycontext:site'
const FIELDS = {
  partnerId: 4242,
  expiresAt: NOW + 86_400,
  type: 0,
  userId: 'svc-upload@example.org',
  privileges: PRIVILEGES,
} as const

/** Session strings and hashes beside JSON Web Tokens of the same content, in one process. */
export async function benchInProcess(rounds: number, durationMs: number): Promise<Samples> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-bench-'))
  const store = await openStore({
    dataDirectory: join(directory, 'data'),
    masterKeyPath: join(directory, 'master.key'),
  })
  try {
    const partner: Partner = {
      id: 4242,
      name: 'bench',
      status: 1,
      adminSecret: new Secret(SECRET),
      additionalAdminSecrets: [],
      userSecret: new Secret(`${SECRET}0`),
      sessionVersion: 2,
      maxSessionSeconds: 86_400,
      isHttpsOnly: false,
      features: [],
      createdAt: NOW,
      updatedAt: NOW,
    }
    await store.partners.create(partner)
    const key = createSigningKey(nodePrimitives, partner.adminSecret)
    // Many, so that nothing is fast because it is the same each time.
    const texts = Array.from({ length: 1_000 }, () => sealSession(nodePrimitives, FIELDS, key, 2).text)
    const sessions = new OpenedSessions()
    const claims = {
      sub: FIELDS.userId,
      pid: FIELDS.partnerId,
      typ: FIELDS.type,
      scope: PRIVILEGES,
      exp: FIELDS.expiresAt,
    }
    const sign = createSigner({ key: SECRET, algorithm: 'HS256', noTimestamp: true })
    const verify = createVerifier({ key: SECRET, algorithms: ['HS256'], cache: false })
    const tokens = texts.map((_, index) => sign({ ...claims, jti: String(index) }))
    const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T
    const value = new Secret('00112233445566778899aabbccddeeff')
    return await inTurns(
      {
        'session format': loop(() => sealSession(nodePrimitives, FIELDS, key, 2)),
        'jwt sign': loop((index) => sign({ ...claims, jti: String(index % 1_000) })),
        'session parse, uncached': loop((index) => openSession(nodePrimitives, at(texts, index), [key])),
        'jwt verify': loop((index) => verify(at(tokens, index))),
        'session parse, cached': asyncLoop(async (index) => {
          const { session, keys } = await sessions.open(store, nodePrimitives, at(texts, index))
          const revoked = await store.revocations.find(
            keys.group === undefined ? [keys.fingerprint] : [keys.fingerprint, keys.group],
            NOW,
          )
          return decideValidity(session, { now: NOW, isRevoked: revoked.length > 0 })
        }),
        'token hash, SHA256': loop((index) => tokenHash(nodePrimitives, 'SHA256', at(texts, index), value)),
      },
      rounds,
      durationMs,
    )
  } finally {
    await store.close()
    await rm(directory, { recursive: true, force: true })
  }
}
