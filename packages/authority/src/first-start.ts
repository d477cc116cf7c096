import { LatchkeyError, type Primitives, Secret } from '@latchkey/core'
import type { Deps } from './deps.ts'
import { newSecretText } from './ids.ts'
import type { Partner } from './ports.ts'
import { seedSandbox } from './sandbox.ts'

/** What automation may fix; the rest is drawn at random. */
export interface PartnerWishes {
  readonly id?: number | undefined
  readonly name?: string | undefined
  readonly adminSecret?: Secret | undefined
  readonly userSecret?: Secret | undefined
  readonly sessionVersion?: 1 | 2 | undefined
}

/**
 * Creates a partner with its default widget and the sandbox's sample data.
 *
 * @throws {LatchkeyError} `ALREADY_EXISTS` where the id is taken
 */
export async function createPartner(deps: Deps, wishes: PartnerWishes): Promise<Partner> {
  const now = deps.clock()
  const partner: Partner = {
    id: wishes.id ?? newPartnerId(deps.primitives),
    name: wishes.name ?? 'sandbox',
    status: 1,
    adminSecret: wishes.adminSecret ?? new Secret(newSecretText(deps.primitives)),
    additionalAdminSecrets: [],
    userSecret: wishes.userSecret ?? new Secret(newSecretText(deps.primitives)),
    sessionVersion: wishes.sessionVersion ?? 2,
    maxSessionSeconds: 86_400,
    isHttpsOnly: false,
    features: [],
    createdAt: now,
    updatedAt: now,
  }
  if (await deps.store.partners.find(partner.id)) {
    throw new LatchkeyError('ALREADY_EXISTS', { what: 'partner', id: String(partner.id) })
  }
  // The partner last: after a crash in between there is none, and the next start does all of it again.
  await seedSandbox(deps.store, partner.id, now)
  await deps.store.partners.create(partner)
  return partner
}

/** Six digits, so that nobody takes it for one of the small ids of the original's own accounts. */
export function newPartnerId(primitives: Primitives): number {
  const [high = 0, middle = 0, low = 0] = primitives.randomBytes(3)
  return 100_000 + (((high << 16) | (middle << 8) | low) % 900_000)
}
