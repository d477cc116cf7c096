import type { CatalogueAction } from './actions.ts'

/** What an action does to the account's data. */
export type ActionEffect = 'read' | 'write' | 'delete'

/** Names that read and do nothing else. Whatever stands in no list counts as writing: that errs on the safe side. */
const READS = words(`
  list get getByIds getByEntryId getByConversionProfileId getByLoginId getDefault getDetails getInfo getPublicInfo count
  search searchEntries searchEntry searchCategory searchUser searchGroup searchScheduledResource enhanceSearch
  listByReferenceId listByPartner listFlags listFields listTemplates listUiConfs listRooms listFeatureStatus
  listPartnersForUser getContextData getPlaybackContext getCurrentPermissions getConflicts getEntryCount
  getFlavorAssetsWithParams getWebPlayableByEntryId getMixesByMediaId getReadyMediaEntries getVolumeMap getMediaInfo getMrss
  getStatistics getUsage getPartnerUsage getStatsFromContent getLiveStreamStats getEvents getReport getBaseTotal getGraphs
  getTable getTotal query execute executeFromContent executeFromFilters getVote getVotes checkRating getRatingCounts
  checkLikeExists getJobs getBatchMap getCacheVersionId getFullPath getAvailableTypes getUploadedFileTokenByFileName
  getTime getVersion getHealthCheck ping pingDatabase isLive isVersionSupported checkUserLoginDataExists
  checkLoginDataExists clientUpdates getConfiguration explain matrix suggest reach compare lint usage
`)

/** Names that read too, but hand out files, links, licences or keys that outlive the session, or somebody's secret. */
const HANDS_OUT = words(`
  serve serveByEntryId serveByFlavorParamsId serveAsJson serveWebVTT serveCsv serveLog serveView serveBulk serveReport
  servePlaybackKey serveDiagram serveInstall serveUpdate serveReturnedData serveSentData serveDryRunResults serveAdStitchCmd
  getFeed getFeedByEntryId getUrl getDownloadUrl getAssetUrl getFaspUrl getRemotePaths searchUrl getCsv
  getCsvFromStringParams getUrlForReportAsCsv getAccess getLicense getLicenseDetails getSecrets getClientNotification goto
  transform
`)

const DELETES = words(`
  delete deleteByEntryId deleteLocalContent entryBulkDelete userEntryBulkDelete recycle removeFlavorParams
  removeLiveStreamPushPublishConfiguration removeRating unlike resetVotes submitDelete
`)

/** Services whose objects carry passwords, keys or tokens: reading them is reading a secret. */
const KEEPS_SECRETS = words(`
  appToken storageProfile dropFolder_dropFolder contentDistribution_distributionProfile drm_drmProfile
  contentDistribution_contentDistributionBatch systemPartner_systemPartner vendor_zoomVendor WebexAPIDropFolder_webexVendor
  sso_sso adminUser eventNotification_eventNotificationTemplate businessProcessNotification_businessProcessServer
`)

export function effectOf({ action }: CatalogueAction): ActionEffect {
  const name = action.toLowerCase()
  if (DELETES.has(name)) return 'delete'
  return READS.has(name) || HANDS_OUT.has(name) ? 'read' : 'write'
}

/** Whether "get and list" means it: it reads, and neither what it answers nor what it links to is worth a lock of its own. */
export function isPlainRead({ service, action, kind }: CatalogueAction): boolean {
  return kind === 'ordinary' && READS.has(action.toLowerCase()) && !KEEPS_SECRETS.has(service.toLowerCase())
}

/** Why a permission that opens an action should be given with care. */
export type Sensitivity = 'shows-secrets' | 'changes-tokens' | 'changes-roles'

/**
 * By `service.action`. `user.update` and its kin give roles to users, and deleting a user deletes its app tokens. What this
 * server adds is opened by nothing but permissions that show or change app tokens.
 */
const SENSITIVE: ReadonlyMap<string, Sensitivity> = new Map([
  ...words('appToken.get appToken.list latchkey_token.usage latchkey_journal.list').map(
    (name) => [name, 'shows-secrets'] as const,
  ),
  ...words(`
    appToken.add appToken.update appToken.delete user.delete latchkey_token.pause latchkey_token.resume
    latchkey_token.rotate latchkey_token.annotate
  `).map((name) => [name, 'changes-tokens'] as const),
  ...words(`
    userRole.add userRole.update userRole.delete userRole.clone permission.add permission.update permission.delete
    user.add user.update user.demoteAdmin user.enableLogin user.disableLogin user.loginByKs user.replaceUserLoginData
    user.loginDataResetPassword userAppRole.add userAppRole.update userAppRole.delete
  `).map((name) => [name, 'changes-roles'] as const),
])

/** Undefined for nearly all. */
export function sensitivityOf(action: CatalogueAction): Sensitivity | undefined {
  const { service } = action
  const listed = SENSITIVE.get(`${service}.${action.action}`.toLowerCase())
  if (listed !== undefined || !KEEPS_SECRETS.has(service.toLowerCase())) return listed
  return effectOf(action) === 'read' ? 'shows-secrets' : undefined
}

interface Words extends ReadonlySet<string> {
  map<T>(to: (word: string) => T): T[]
}

function words(text: string): Words {
  const set = new Set(text.trim().toLowerCase().split(/\s+/))
  return Object.assign(set, { map: <T>(to: (word: string) => T) => [...set].map(to) })
}
