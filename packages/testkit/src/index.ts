export {
  appToken,
  appTokenId,
  category,
  entry,
  nextNumber,
  partner,
  permission,
  revocation,
  role,
  user,
  widget,
} from './builders.ts'
export { type TestClock, testClock } from './clock.ts'
export { mustEnd } from './must-end.ts'
export { type NaiveAction, type NaiveCall, type NaiveDecision, naiveAction, naiveDecide } from './naive/decide.ts'
export { type NaiveHeld, naiveHeld } from './naive/held.ts'
export { SeededRandom } from './naive/random.ts'
export { namesIn, randomCall, randomRoleNames } from './naive/random-call.ts'
export { grants, type NaiveAccount, type NaiveKind, type NaiveSession, naiveKind, valuesOf } from './naive/session.ts'
export { readTables } from './naive/tables.ts'
export { PROGRAM } from './program.ts'
export { type StoreBehaviours, storeBehaviours } from './store-conformance.ts'
export { loadVectors, type Vector } from './vectors.ts'
