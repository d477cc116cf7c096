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
export { type StoreBehaviours, storeBehaviours } from './store-conformance.ts'
export { loadVectors, type Vector } from './vectors.ts'
