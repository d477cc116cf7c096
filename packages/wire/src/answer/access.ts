import { isObject, numberOf, objectsOf, textOf, textsOf } from './json.ts'
import { callsIn, fixesIn, heldIn, type ToldCall, type ToldFix, type ToldPermission } from './told.ts'

/** Whether an action is open, why, and what it would take. */
export interface Explanation {
  readonly action: string
  readonly effect: 'allow' | 'deny'
  /** Of what is open: a permission, `session` where any session will do, `public` where none is needed. */
  readonly openedBy?: string | undefined
  /** Of what is not: one of a closed list. */
  readonly reason?: string | undefined
  readonly text: string
  /** Any one of these opens it. */
  readonly needed: readonly string[]
  readonly held: readonly ToldPermission[]
  readonly verdict: string
  readonly advice: string
  /** Smallest first. */
  readonly fixes: readonly ToldFix[]
}

/** As `latchkey_access.explain` answers; undefined for anything else. */
export function explanationsIn(value: unknown): readonly Explanation[] | undefined {
  if (!Array.isArray(value) || !value.every(isObject)) return undefined
  return objectsOf(value).map((one) => ({
    action: textOf(one.action),
    effect: one.effect === 'allow' ? 'allow' : 'deny',
    openedBy: textOf(one.openedBy) || undefined,
    reason: textOf(one.reason) || undefined,
    text: textOf(one.text),
    needed: textsOf(one.needed),
    held: heldIn(one.held),
    verdict: textOf(one.verdict),
    advice: textOf(one.advice),
    fixes: fixesIn(one.fixes),
  }))
}

/** The least that opens some actions, in two ways, with the price of each. */
export interface Least {
  readonly named?:
    | {
        readonly permissions: readonly string[]
        readonly surplus: readonly string[]
        readonly proven: boolean
        readonly bound?: number | undefined
        readonly missing: readonly string[]
      }
    | undefined
  readonly exact: {
    readonly permissionItemsIds: string
    readonly actions: readonly string[]
    readonly surplus: readonly string[]
  }
  readonly impossible: readonly { readonly action: string; readonly text: string }[]
  readonly leftOut: readonly {
    readonly permission: string
    readonly because: readonly string[]
    readonly opensWanted: number
    readonly surplus: number
  }[]
  /** What is open to everybody anyway. */
  readonly always: readonly string[]
  /** The calls that make a role and an app token of the exact kind. */
  readonly change: readonly ToldCall[]
}

/** As `latchkey_access.suggest` answers; undefined for anything else. */
export function leastIn(value: unknown): Least | undefined {
  if (!isObject(value) || !isObject(value.exact)) return undefined
  const { named, exact } = value
  return {
    named: isObject(named)
      ? {
          permissions: textsOf(named.permissions),
          surplus: textsOf(named.surplus),
          proven: named.proven === true,
          bound: numberOf(named.bound),
          missing: textsOf(named.missing),
        }
      : undefined,
    exact: {
      permissionItemsIds: textOf(exact.permissionItemsIds),
      actions: textsOf(exact.actions),
      surplus: textsOf(exact.surplus),
    },
    impossible: objectsOf(value.impossible).map(({ action, text }) => ({ action: textOf(action), text: textOf(text) })),
    leftOut: objectsOf(value.leftOut).map((left) => ({
      permission: textOf(left.permission),
      because: textsOf(left.because),
      opensWanted: numberOf(left.opensWanted) ?? 0,
      surplus: numberOf(left.surplus) ?? 0,
    })),
    always: textsOf(value.always),
    change: callsIn(value.change),
  }
}
