export { type Explanation, explanationsIn, type Least, leastIn } from './access.ts'
export {
  type Fields,
  isObject,
  type Json,
  type JsonObject,
  namesIn,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
} from './json.ts'
export { actionsByItem, type ItemIds, itemIdsIn, ownPermissionIn, roleIn, withItemIds } from './permissions.ts'
export { type Answer, bodyText, type Found, readAnswer } from './read.ts'
export { type Filled, fillReferences } from './references.ts'
export { parseToken, parseTokenList, type Token, WITHOUT_VALUES } from './token.ts'
export {
  callsIn,
  fixesIn,
  heldIn,
  type Refusal,
  refusalIn,
  type Told,
  type ToldCall,
  type ToldFix,
  type ToldPermission,
} from './told.ts'
