import { AddressBudget } from '../address-budget.ts'

/**
 * How many searches an address may still ask for. It looks into none of the requests: no token is ever locked by failures,
 * since its id is public.
 */
export class NearMissBudget extends AddressBudget {
  /** @param now in milliseconds, never going back */
  constructor(now?: () => number) {
    super({ atOnce: 30, perMinute: 20 }, now)
  }
}
