import {
  EVERY_FEATURE,
  type Lint,
  lint,
  openedByRole,
  PermissionIndex,
  type Reach,
  reach,
  SHARED_PERMISSIONS,
  type TokenFacts,
  type TokenRecord,
} from '@latchkey/core'
import type { Account } from '../access/account.ts'
import type { Plan } from './plan.ts'
import { actionsNamed, type Counts, countsOf } from './presets.ts'
import { joinPrivileges, type Settings } from './settings.ts'

/** What a token that is not there yet will do, and what about it will hurt. */
export interface Forecast {
  readonly lint: Lint
  readonly reach: Reach
}

const OWN = 'LATCHKEY_OF_THIS_TOKEN'
const ROLE = 'LATCHKEY_ROLE_OF_THIS_TOKEN'
/** Any that is no stock role's. */
const ROLE_ID = 1_000_000

/** The token as it will be, but for its id and with a role that stands for the one to be made. */
export function draftRecord(settings: Settings, plan: Pick<Plan, 'opens'>, partnerId: number): TokenRecord {
  const { expiresAt, sessionType, sessionUserId, sessionSeconds, hashType, addresses } = settings
  const privileges = joinPrivileges(plan.opens === undefined ? '' : `setrole:${ROLE}`, settings.privileges)
  return {
    id: 'new',
    partnerId,
    status: 'active',
    expiresAt,
    sessionType,
    sessionUserId,
    sessionSeconds,
    hashType,
    addresses,
    sessionPrivileges: privileges === '' ? undefined : privileges,
  }
}

/**
 * Worked out in the page at each key stroke. Roles that the privileges or the user name are not looked up: where it has no role
 * of its own, {@link Forecast} is only what its type opens.
 *
 * @param now epoch seconds of the server
 */
export function forecast(
  settings: Settings,
  plan: Pick<Plan, 'opens'>,
  account: Pick<Account, 'partnerId' | 'index' | 'features'> | undefined,
  now: number,
): Forecast {
  const { opens } = plan
  const token = draftRecord(settings, plan, account?.partnerId ?? 0)
  const own = opens && { name: OWN, dependsOn: [], actions: actionsNamed(opens) }
  const facts: TokenFacts = {
    token,
    features: account?.features ?? EVERY_FEATURE,
    // Only the one permission counts that is made for it; without a role all do that the account has.
    index: own === undefined ? (account?.index ?? new PermissionIndex([])) : new PermissionIndex([own]),
    userRoles: [],
    ...(own !== undefined && { setRole: { id: ROLE_ID, permissionNames: [OWN] } }),
  }
  const told = lint({ ...facts, now, wanted: actionsNamed(opens ?? []), knowsRoles: own !== undefined })
  return { lint: { ...told, summary: withoutName(told.summary) }, reach: reach(facts) }
}

/** The role has no name yet. */
function withoutName(summary: string): string {
  return summary
    .replaceAll(`the privileges setrole:${ROLE},`, 'a role of its own and the privileges ')
    .replaceAll(`the privileges setrole:${ROLE}`, 'a role of its own')
}

/** The actions that are open to every session, whatever its role. */
export function alwaysOpen(account: Pick<Account, 'index' | 'features'> | undefined): Counts {
  const index = account?.index ?? SHARED_PERMISSIONS
  return countsOf(openedByRole({ index, features: account?.features ?? EVERY_FEATURE }, []).actions())
}
