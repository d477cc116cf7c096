import {
  ACTIONS,
  type CatalogueAction,
  type DecisionContext,
  decide,
  PERMISSIONS,
  resolveHeld,
  type Session,
} from '@latchkey/core'
import { inTurns, loop, type Samples } from './lib/measure.ts'

const ROLES = 5_000
/** Prepared questions; a power of two, so that going round costs nothing. */
const QUESTIONS = 1 << 20

/**
 * Decisions by role and action, in no order, beside two look-ups in a `Map` by string: of the action's name alone, which
 * decides nothing and whose 772 keys stay in the processor's nearest cache, and of the answer by role and action.
 */
export function benchDecisions(rounds: number, durationMs: number): Promise<Samples> {
  const next = randomNumbers(20_261_124)
  const contexts = Array.from({ length: ROLES }, (_, role) => contextOf(role, next))
  const names = new Map(ACTIONS.map((action) => [`${action.service}.${action.action}`, action]))
  const keys = [...names.keys()]
  const roles = Uint16Array.from({ length: QUESTIONS }, () => next(ROLES))
  const actions = Uint16Array.from({ length: QUESTIONS }, () => next(ACTIONS.length))
  const mask = QUESTIONS - 1
  const asked = Array.from(roles, (role, index) => `${role} ${keys[actions[index] ?? 0]}`)
  const answers = new Map(asked.map((key, index) => [key, index % 2 === 0]))
  return inTurns(
    {
      decision: loop((index) => {
        const action = ACTIONS[actions[index & mask] ?? 0]
        const context = contexts[roles[index & mask] ?? 0]
        return decide(action as CatalogueAction, context as DecisionContext)
      }),
      'Map look-up of an action': loop((index) => names.get(keys[actions[index & mask] ?? 0] ?? '')),
      'Map look-up of an answer': loop((index) => answers.get(asked[index & mask] ?? '')),
    },
    rounds,
    durationMs,
  )
}

function contextOf(id: number, next: (below: number) => number): DecisionContext {
  const names = Array.from({ length: 1 + next(40) }, () => PERMISSIONS[next(PERMISSIONS.length)]?.name ?? '')
  const role = { from: `role:${id + 1_000}`, permissionNames: names } as const
  return {
    session: SESSION,
    kind: 'user',
    validity: { effect: 'allow' },
    partner: PARTNER,
    role: USES_ROLE,
    held: resolveHeld({ kind: 'user', role, features: [] }),
    isHttps: true,
  }
}

/** Whose roles they all are. */
const PARTNER = { id: 4242, status: 1, isHttpsOnly: false, features: [] } as const
const USES_ROLE = { kind: 'use' } as const
const SESSION: Session = {
  version: 2,
  partnerId: 4242,
  expiresAt: 4_000_000_000,
  type: 0,
  userId: 'svc-upload@example.org',
  privileges: 'setrole:1000',
  fingerprint: 'a2'.repeat(20),
}

/** The same every time. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
