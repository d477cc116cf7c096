import { LatchkeyError } from '@latchkey/core'
import type { Deps } from './deps.ts'
import type { Partner } from './ports.ts'

/** What an operator may change of a partner, without its secrets. */
export interface PartnerChange {
  readonly name?: string | undefined
  readonly status?: Partner['status'] | undefined
  readonly isHttpsOnly?: boolean | undefined
  readonly maxSessionSeconds?: number | undefined
  readonly sessionVersion?: 1 | 2 | undefined
}

/** @throws {LatchkeyError} `PARTNER_NOT_FOUND` */
export async function requirePartner(deps: Deps, id: number): Promise<Partner> {
  const partner = await deps.store.partners.find(id)
  if (!partner) throw new LatchkeyError('PARTNER_NOT_FOUND', { id })
  return partner
}

/** @throws {LatchkeyError} `PARTNER_NOT_FOUND` */
export async function changePartner(deps: Deps, id: number, change: PartnerChange): Promise<Partner> {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  if (!(await deps.store.partners.update(id, { ...given, updatedAt: deps.clock() }))) {
    throw new LatchkeyError('PARTNER_NOT_FOUND', { id })
  }
  return requirePartner(deps, id)
}

/** Switches a feature or plugin of the account on or off. Twice is as good as once. @throws {LatchkeyError} `PARTNER_NOT_FOUND` */
export async function switchFeature(deps: Deps, id: number, feature: string, isOn: boolean): Promise<Partner> {
  const partner = await requirePartner(deps, id)
  const others = partner.features.filter((name) => name !== feature)
  const features = isOn ? [...others, feature].sort() : others
  await deps.store.partners.update(id, { features, updatedAt: deps.clock() })
  return requirePartner(deps, id)
}
