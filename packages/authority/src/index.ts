export { type Access, type AccessAnswer, type AccessQuestion, decideAccess } from './access.ts'
export {
  accessMatrix,
  actionNamed,
  compareAccess,
  explainAccess,
  lintToken,
  type Matrix,
  reachOfToken,
  type Suggested,
  suggestAccess,
  type Wanted,
} from './access-questions.ts'
export { isInRange, isInternalAddress, parseRanges } from './address-ranges.ts'
export {
  type AppTokenFields,
  addAppToken,
  beyondMakerOf,
  deleteAppToken,
  getAppToken,
  listAppTokens,
  updateAppToken,
} from './app-tokens.ts'
export { type Asked, type Circumstances, ownTokenId } from './asked-access.ts'
export {
  addCategory,
  type CategoryFields,
  deleteCategory,
  getCategory,
  listCategories,
  updateCategory,
} from './categories.ts'
export type { Deps } from './deps.ts'
export {
  addEntry,
  countEntries,
  deleteEntry,
  type EntryFields,
  getEntry,
  listEntries,
  updateEntry,
} from './entries.ts'
export { type Exchanged, type ExchangeProof, exchangeAppToken } from './exchange.ts'
export { fixesOf } from './explanations.ts'
export { createPartner, newPartnerId, type PartnerWishes } from './first-start.ts'
export { newSecretText } from './ids.ts'
export type * from './journal-port.ts'
export {
  type ClientCredentials,
  type ClientMistake,
  type ClientProof,
  looksLikeTokenId,
  proveClient,
} from './oauth2/client.ts'
export {
  type Introspected,
  type IntrospectionAnswer,
  type IntrospectionCaller,
  introspectSession,
} from './oauth2/introspect.ts'
export {
  type DoorDenial,
  type DoorNote,
  type DoorReason,
  type IssuedSession,
  issueForClient,
  type SessionWish,
} from './oauth2/issue.ts'
export type { CallPlace } from './oauth2/login-access.ts'
export { type NarrowWish, narrowForClient } from './oauth2/narrow.ts'
export { type RevokedSession, revokeForClient } from './oauth2/revoke.ts'
export type { DroppedScope } from './oauth2/scope.ts'
export { type OpenedSession, OpenedSessions } from './opened-sessions.ts'
export { permissionIndexOf } from './own-permissions.ts'
export {
  changePartner,
  changePartnerRules,
  type PartnerChange,
  type PartnerRulesChange,
  requirePartner,
  switchFeature,
} from './partners.ts'
export { getPermissionItem, listPermissionItems, type PermissionItemFilter } from './permission-items.ts'
export {
  type AccountPermission,
  addPermission,
  deletePermission,
  getPermission,
  listPermissions,
  type PermissionFields,
  type PermissionFilter,
  updatePermission,
} from './permissions.ts'
export type * from './ports.ts'
export { findRole, findRoleByName, type KnownRole } from './roles.ts'
export { SANDBOX_OWNERS } from './sandbox.ts'
export {
  endSession,
  impersonate,
  inspectSession,
  type SecretLogin,
  startOwnerSession,
  startSession,
  startWidgetSession,
} from './sessions.ts'
export { StartRate } from './start-rate.ts'
export { isKeptToItself } from './strict.ts'
export { recordOf } from './token-facts.ts'
export {
  type Annotation,
  annotateAppToken,
  endOverlap,
  pauseAppToken,
  type Rotation,
  resumeAppToken,
  rotateAppToken,
  usageOf,
} from './token-life.ts'
export {
  addRole,
  cloneRole,
  deleteRole,
  getRole,
  listRoles,
  permissionNamesOf,
  type RoleFields,
  type RoleFilter,
  type UserRole,
  updateRole,
} from './user-roles.ts'
export { addUser, deleteUser, getUser, listUsers, type UserFields, updateUser } from './users.ts'
export { addWidget, getWidget, listWidgets, type WidgetFields, type WidgetFilter } from './widgets.ts'
