export { beyondMaker, type Maker } from './access/beyond-maker.ts'
export type { Change } from './access/change.ts'
export { openedByRole } from './access/closure.ts'
export { type Comparison, compareReach } from './access/compare.ts'
export { type Cell, cellOf, type Explained, explainAction } from './access/explained.ts'
export { type Fix, type FixAnswer, type FixVerdict, fixesFor } from './access/fixes.ts'
export {
  accessOfKind,
  accessOfNames,
  EVERY_FEATURE,
  featuresAmong,
  type LocalAccess,
  type LocalGround,
  localContext,
} from './access/local-access.ts'
export {
  isPreset,
  PRESETS,
  type PresetChoice,
  type PresetId,
  planToken,
  presetActions,
  type TokenPlan,
} from './access/presets.ts'
export { byService, type Reach, reach, type ServiceReach } from './access/reach.ts'
export type { Shrink } from './access/shrink.ts'
export type { AccessSubject, SubjectRole } from './access/subject.ts'
export {
  type ExactSuggestion,
  type Impossible,
  type LeftOut,
  MOST_EXACT_CANDIDATES,
  type NamedSuggestion,
  nameOf,
  type Suggestion,
  type SuggestOptions,
  suggest,
} from './access/suggest.ts'
export {
  accessOfToken,
  privilegesOfToken,
  type TokenAccess,
  type TokenFacts,
  type TokenRecord,
} from './access/token-record.ts'
export type { AccountRules } from './account-rules.ts'
export {
  type ActionBlock,
  actionBlock,
  type BlockingAccount,
  LONGEST_PATTERN,
  matchesPattern,
  parseActionPattern,
  withoutBlocked,
} from './action-blocks.ts'
export { ActionSet } from './action-set.ts'
export { ADDRESSES_PRIVILEGE, rangeAsValue, valueAsRange } from './address-privilege.ts'
export { type AppToken, type AppTokenStatus, HASH_TYPES, type HashType } from './app-token.ts'
export {
  ACTION_COUNT,
  ACTIONS,
  actionsOf,
  type CatalogueAction,
  findAction,
  isKnownService,
  neededPermissions,
  type OwnershipGate,
  SERVICES,
  servicesNamedAlike,
} from './catalogue/actions.ts'
export { type ActionEffect, effectOf, isPlainRead, type Sensitivity, sensitivityOf } from './catalogue/effects.ts'
export { type OwnPermission, PermissionIndex, SHARED_PERMISSIONS } from './catalogue/permission-index.ts'
export {
  type ActionItem,
  actionOfItem,
  findPermissionItem,
  itemIdOf,
  itemIdsOf,
  type ParameterItem,
  PERMISSION_ITEMS,
  type PermissionItem,
} from './catalogue/permission-items.ts'
export { type CataloguePermission, FEATURE_NAMES, findPermission, PERMISSIONS } from './catalogue/permissions.ts'
export { STOCK_ROLES, type StockRole, stockRole, stockRoleByName, TEMPLATE_ROLES } from './catalogue/stock-roles.ts'
export { CAUSES, type CauseId, docsOf } from './causes/catalogue.ts'
export type { CauseClass, CauseText } from './causes/cause.ts'
export { type DecisionContext, decide, denialOfValidity } from './decide.ts'
export type { Decision, DenyCode, DenyReason, HeldPermission } from './decision.ts'
export { type Diagnosis, diagnose } from './diagnosis.ts'
export type { Problem, RequestFacts } from './diagnosis-facts.ts'
export { nearestName, showable } from './diagnosis-text.ts'
export { type Entitlement, entitlementOf } from './entitlement.ts'
export { ERROR_CATALOGUE, type ErrorCode, type ErrorDetails, LatchkeyError, type MalformedReason } from './errors.ts'
export {
  decideExchange,
  type Exchange,
  type ExchangeDecision,
  type ExchangeGrant,
  type ExchangeReason,
  type ExchangeRequest,
  type ExchangeWarning,
  explainExchangeWarning,
  limitGrant,
  proofOfValue,
} from './exchange.ts'
export { explain } from './explain.ts'
export { CORE_FIDELITY, type CoreFidelity, type Fidelity } from './fidelity.ts'
export { type Finding, finding, type Severity } from './finding.ts'
export { judgeHashShape } from './hash-shape.ts'
export {
  alwaysAllowedIn,
  type DroppedPermission,
  HeldPermissions,
  type HeldQuestion,
  type PermissionOrigin,
  type RoleSource,
  resolveHeld,
} from './held-permissions.ts'
export { ladderOf, passedBefore, type Rung } from './ladder.ts'
export { type Lint, type LintQuestion, lint } from './lint/lint.ts'
export { type Fingerprint, type FingerprintVector, fingerprints } from './near-miss/fingerprints.ts'
export type { HashSearch, SearchLimit } from './near-miss/judge.ts'
export { type Mistake, type NearMiss, type NearMissQuestion, nearMiss, searchNearMiss } from './near-miss/near-miss.ts'
export type { OtherSession } from './near-miss/other-sessions.ts'
export { type NamedMistake, remakeMistakes } from './near-miss/remake.ts'
export { TEST_VECTORS } from './near-miss/test-vectors.ts'
export { ACTIONS_PRIVILEGE, isOurPrivilege, PARENTS_PRIVILEGE } from './our-privileges.ts'
export type { BlockCipher, DigestName, Primitives } from './primitives.ts'
export {
  type DroppedPrivilege,
  type DropReason,
  explainDropped,
  type MergedPrivileges,
  mergePrivileges,
  type PrivilegeMerge,
  type PrivilegePolicy,
  type WideningWarning,
} from './privilege-merge.ts'
export {
  isGrantingPrivilege,
  isPrivilegeName,
  isReservedPrivilege,
  RESERVED_PRIVILEGES,
  type ReservedPrivilege,
} from './privilege-names.ts'
export { type RolePrivilege, readRolePrivilege } from './privilege-role.ts'
export {
  firstPrivilegeText,
  formatPrivilege,
  formatPrivileges,
  hasPrivilege,
  hasPrivilegeFlag,
  type Privilege,
  type PrivilegeHolder,
  parseAppTokenPrivileges,
  parsePrivileges,
  privilegeReader,
  privilegeValues,
  trimItem,
} from './privileges.ts'
export {
  type AccessParts,
  type AccountRoles,
  type FoundRoles,
  type ResolvedAccess,
  resolveAccess,
} from './resolve-access.ts'
export {
  chooseRestriction,
  chooseRole,
  type FoundRole,
  type NamedRoles,
  type Restriction,
  type RoleChoice,
  type RoleQuestion,
  type RoleRefusal,
} from './role-choice.ts'
export { actionOfCode, codeOf } from './scope/action-code.ts'
export { ActionScope, actionScopeOf, actionScopeValues } from './scope/action-scope.ts'
export {
  decideNarrowing,
  type Narrowing,
  type NarrowingContext,
  type NarrowingReason,
  type NarrowingWish,
} from './scope/narrow-session.ts'
export {
  FULL_SCOPE,
  formatScope,
  isScopeText,
  parseScope,
  SCOPE_PRESETS,
  type ScopeRequest,
  showableScope,
  type UnknownScope,
} from './scope/scope-text.ts'
export { Secret } from './secret.ts'
export type { Session, SessionKind } from './session.ts'
export { describeSessionText } from './session-describe.ts'
export { roundExpiry } from './session-expiry.ts'
export { readSessionHeader, type SessionHeader } from './session-header.ts'
export { createSigningKey, type SigningKey } from './session-key.ts'
export { isWidgetSession, sessionKind } from './session-kind.ts'
export { openSession, parseSession } from './session-open.ts'
export { countingKey, groupKey, keysToAsk, type RevocationKeys, revocationKeys } from './session-revocation.ts'
export {
  formatSession,
  privilegesReadBack,
  type SealedSession,
  type SessionFields,
  sealSession,
} from './session-seal.ts'
export { judgeSessionShape } from './session-shape.ts'
export { tokenOfSession } from './session-token.ts'
export type { EpochSeconds } from './time.ts'
export { agoInWords, dayInWords, inWords } from './time-words.ts'
export { tokenHash, tokenHashMatches } from './token-hash.ts'
export {
  type ActionsLimit,
  decideValidity,
  readActionsLimit,
  type Validity,
  type ValidityContext,
  type ValidityReason,
} from './validity.ts'
export { uriIsAllowed } from './validity-uri.ts'
