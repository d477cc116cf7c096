import { type AccountRules, LatchkeyError } from '@latchkey/core'
import type { Deps } from './deps.ts'
import { permissionIndexOf } from './own-permissions.ts'
import type { Partner } from './ports.ts'
import { findRole } from './roles.ts'

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

/** What is to become of an account's rules: what is absent stays, null takes a rule away. */
export type PartnerRulesChange = { readonly [Name in keyof AccountRules]?: AccountRules[Name] | null }

/**
 * Changes what the account has in the place of what all accounts start with.
 *
 * @param change null takes all of its rules away
 * @throws {LatchkeyError} `PARTNER_NOT_FOUND`; `ROLE_NOT_FOUND` and `PERMISSION_NOT_FOUND` for what it names and does not have,
 *   since a role that is not there would refuse every call
 */
export async function changePartnerRules(deps: Deps, id: number, change: PartnerRulesChange | null): Promise<Partner> {
  const partner = await requirePartner(deps, id)
  const rules = change === null ? {} : merged(partner.rules ?? {}, change)
  const roleIds = [rules.widgetRoleId, ...(rules.userRoleIds ?? []), rules.adminRoleId, rules.secondaryRoleId]
  for (const roleId of roleIds) {
    if (roleId !== undefined && (await findRole(deps.store, id, roleId)) === undefined) {
      throw new LatchkeyError('ROLE_NOT_FOUND', { id: roleId })
    }
  }
  const index = await permissionIndexOf(deps.store, id)
  for (const name of rules.alwaysAllowed ?? []) {
    if (index.find(name) === undefined) throw new LatchkeyError('PERMISSION_NOT_FOUND', { name })
  }
  const isEmpty = Object.values(rules).every((rule) => rule === undefined)
  await deps.store.partners.update(id, { rules: isEmpty ? undefined : rules, updatedAt: deps.clock() })
  return requirePartner(deps, id)
}

function merged(rules: AccountRules, change: PartnerRulesChange): AccountRules {
  const choose = <Name extends keyof AccountRules>(name: Name): AccountRules[Name] => {
    const to = change[name]
    return to === undefined ? rules[name] : (to ?? undefined)
  }
  return {
    widgetRoleId: choose('widgetRoleId'),
    userRoleIds: choose('userRoleIds'),
    adminRoleId: choose('adminRoleId'),
    secondaryRoleId: choose('secondaryRoleId'),
    blockedActions: choose('blockedActions'),
    alwaysAllowed: choose('alwaysAllowed'),
  }
}
