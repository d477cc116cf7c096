import { isObject, objectsOf, textOf, textsOf } from '../connect/json.ts'
import { fixesIn, heldIn, type Told, type ToldFix } from '../connect/outcome.ts'

/** Whether an action is open, and why. */
export interface Explanation {
  readonly action: string
  readonly effect: 'allow' | 'deny'
  readonly openedBy?: string | undefined
  readonly reason?: string | undefined
  readonly text: string
  readonly needed: readonly string[]
  readonly held: Told['held']
  readonly advice: string
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
    advice: textOf(one.advice),
    fixes: fixesIn(one.fixes),
  }))
}
