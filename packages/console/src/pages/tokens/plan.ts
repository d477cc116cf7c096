import { EVERY_FEATURE, PRESETS, planToken, SHARED_PERMISSIONS, suggest } from '@latchkey/core'
import { leastIn } from '@latchkey/wire/answer'
import type { Made } from '../../connection/call.ts'
import { isLatchkey } from '../../connection/connection.ts'
import type { ToldCall } from '../../connection/outcome.ts'
import { callSignedIn } from '../../connection/sign-in.ts'
import { type Account, readItems, withItemIds } from '../access/account.ts'
import { nameFor } from '../access/least-role.ts'
import { actionsNamed, type KindChoice, wantedActions } from './presets.ts'

/** How a choice becomes a token. */
export interface Plan {
  /** What a permission of its own will hold; undefined for everything, by no role at all. */
  readonly opens: readonly string[] | undefined
  /** The calls, of which the last makes the token. */
  readonly change: readonly ToldCall[]
  /** Wanted, and not to be had. */
  readonly impossible: readonly { readonly action: string; readonly text: string }[]
  /** Wanted, and open to every session anyway. */
  readonly always: readonly string[]
  /** Worked out in the page, for a server without our extras. */
  readonly isLocal: boolean
}

/** Asks the server where it can be asked, and works it out here where not. */
export async function planFor(
  choice: KindChoice,
  account: () => Promise<Account | undefined>,
  signal: AbortSignal,
): Promise<Plan | Made> {
  if (isLatchkey.value === false) return localPlan(choice, await account())
  const { kind, services, actions } = choice
  const listed = kind === 'exact' || kind === 'recent-calls'
  const made = await callSignedIn({
    service: 'latchkey_access',
    action: 'suggest',
    params: {
      ...(kind !== 'exact' && { preset: kind }),
      ...(kind === 'get-and-list' && services.length > 0 && { services: services.join(',') }),
      ...(listed && { actions: actions.join(',') }),
    },
    signal,
  })
  if (isNoSuchService(made)) return localPlan(choice, await account())
  return made.outcome.kind === 'result' ? (planIn(made.outcome.value, choice) ?? made) : made
}

function isNoSuchService({ outcome }: Made): boolean {
  return outcome.kind === 'refused' && /^(SERVICE|ACTION)_DOES_NOT_EXISTS?$/.test(outcome.refusal.code)
}

/** What `latchkey_access.suggest` answered. */
export function planIn(value: unknown, choice: KindChoice): Plan | undefined {
  const least = leastIn(value)
  if (least === undefined) return undefined
  const wanted = wantedActions(choice)
  const names = wanted && new Set(wanted.map(({ service, action }) => `${service}.${action}`))
  return {
    opens: names && least.exact.actions,
    change: least.change,
    impossible: least.impossible,
    always: names === undefined ? [] : least.always.filter((name) => names.has(name)),
    isLocal: false,
  }
}

/** By the catalogue, with what could be read of the account. */
export function localPlan(choice: KindChoice, account: Account | undefined): Plan {
  const wanted = wantedActions(choice)
  const index = account?.index ?? SHARED_PERMISSIONS
  const found = suggest(wanted ?? [], { index, features: account?.features ?? EVERY_FEATURE })
  const names = new Set(wanted?.map(({ service, action }) => `${service}.${action}`))
  const change = planToken({
    index,
    actions: wanted && actionsNamed(found.exact.actions),
    name: titleFor(choice, found.exact.actions),
    takenRoleNames: account?.roles.map(({ name }) => name) ?? [],
    takenPermissionNames: account?.permissionNames,
  })
  return {
    opens: wanted && found.exact.actions,
    change,
    impossible: found.impossible,
    always: found.always.filter((name) => names.has(name)),
    isLocal: true,
  }
}

function titleFor({ kind, services }: KindChoice, opens: readonly string[]): string {
  if (kind === 'exact') return nameFor(opens)
  const { title } = PRESETS[kind]
  return kind === 'get-and-list' && services.length > 0 ? `${title}: ${services.join(', ')}`.slice(0, 80) : title
}

/** The change as this server takes it: another installation numbers its permission items in its own way. */
export async function asTheServerNumbers(
  plan: Plan,
  account: Account | undefined,
): Promise<{ readonly ok: true; readonly change: readonly ToldCall[] } | { readonly ok: false; readonly why: string }> {
  if (!plan.isLocal || !plan.change.some(({ service }) => service === 'permission')) {
    return { ok: true, change: plan.change }
  }
  const translated = withItemIds(plan.change, account?.itemIds ?? (await readItems()))
  if (translated.ok) return translated
  const { missing } = translated
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : ''
  return {
    ok: false,
    why: `This server lists no permission item for ${missing.slice(0, 5).join(', ')}${more}, so that no permission of one’s own can hold it there. Leave it out of the actions.`,
  }
}
