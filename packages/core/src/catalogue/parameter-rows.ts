/**
 * Names of the original's permission data, read off an installation of its server code line 3.3.0. What a row means is
 * told in permission-items.ts, which is the only reader.
 */
export const PARAMETER_ROWS = `
KalturaAdCuePoint
  adType insert 175
  adType update 175
  endTime insert 175
  endTime update 175
  protocolType insert 175
  protocolType update 175
  sourceUrl insert 175
  sourceUrl update 175
  title insert 175
  title update 175
  KalturaAdCuePoint insert 37,176
  KalturaAdCuePoint update 37,176
KalturaAnnotation
  KalturaAnnotation insert 37,125,132,176
  KalturaAnnotation update 37,125,132,176
KalturaAnswerCuePoint
  KalturaAnswerCuePoint insert 37,125,174,176
  KalturaAnswerCuePoint update 37,125,174,176
KalturaBaseEntry
  accessControlId insert 59
  accessControlId update 59
  categories insert 37,61
  categories update 37,61
  categoriesIds insert 37,61
  categoriesIds update 37,61
  description update 37,78,88
  endDate insert 81
  endDate update 81
  entitledUsersEdit update 76
  entitledUsersEdit insert 76
  entitledUsersPublish update 76
  entitledUsersPublish insert 76
  name update 37,78,88
  referenceId insert 54
  referenceId update 54
  startDate insert 81
  startDate update 81
  tags update 37,78,88
  userId read 37,43,52,53,56,57,58,59,61,63,77,78,79,81,83,86,88,101,103,111,117,119,126,127,130,159,174
KalturaCategory
  appearInList update 64
  appearInList insert 64
  contributionPolicy insert 64
  contributionPolicy update 64
  defaultPermissionLevel insert 64
  defaultPermissionLevel update 64
  inheritanceType insert 64
  inheritanceType update 64
  owner insert 64
  owner update 64
  privacy insert 64
  privacy update 64
  privacyContext insert 64
  privacyContext update 64
  userJoinPolicy insert 64
  userJoinPolicy update 64
KalturaCategoryUserFilter
  categoryDirectMembers read -
KalturaClipAttributes
  duration all 37,47
  offset all 37,47
KalturaCodeCuePoint
  KalturaCodeCuePoint insert 37,44,176
  KalturaCodeCuePoint update 37,176
KalturaCuePoint
  userId read 37,60,63,174,176
  KalturaCuePoint insert 37,176
  userId insert 65
KalturaThumbCuePoint
  KalturaThumbCuePoint update 37,176
  KalturaThumbCuePoint insert 37,44,176
KalturaESearchHistoryFilter
  aggregation all 6
KalturaEntryVendorTask
  errDescription update 136
  errDescription insert 136
  accuracy insert 136
  accuracy update 136
  outputObjectId insert 136
  outputObjectId update 136
  status update 136
  externalTaskId update 136
  externalTaskId insert 136
KalturaEventCuePoint
  KalturaEventCuePoint insert 37,176
  KalturaEventCuePoint update 37,176
KalturaLiveAsset
  multicastIP update 131
  multicastIP read 131
  multicastIP insert 131
  multicastPort update 131
  multicastPort read 131
  multicastPort insert 131
  multicastPort all 131
  multicastIP all 131
KalturaLiveEntry
  pushPublishEnabled update 131
  pushPublishEnabled read 131
  pushPublishEnabled insert 131
  pushPublishEnabled all 131
  publishConfigurations all 131
  publishConfigurations read 131
  publishConfigurations insert 131
  publishConfigurations update 131
KalturaLiveEntryServerNode
  isPlayableUser read 37
  isPlayableUser insert -
  isPlayableUser update -
KalturaLiveStreamEntry
  encodingIP1 update 63
  encodingIP1 read 63
  encodingIP1 insert 63
  encodingIP2 update 63
  encodingIP2 read 63
  encodingIP2 insert 63
  streamPassword update 63
  streamPassword read 63
  streamPassword insert 63
  streamUsername read 63
  streamPassword all 63
  encodingIP1 all 63
  encodingIP2 all 63
  primaryBroadcastingUrl all 63
  secondaryBroadcastingUrl all 63
  primaryRtspBroadcastingUrl all 63
  secondaryRtspBroadcastingUrl all 63
  primarySecuredBroadcastingUrl all 63
  secondarySecuredBroadcastingUrl all 63
KalturaMicrosoftTeamsIntegrationSetting
  encryptionKey read 10
KalturaPartner
  adminSecret read 108
  secret read 108
  partnerGroupType read -
  partnerPackage insert -
  partnerPackage update -
  partnerParentId insert -
  partnerParentId update -
  passwordStructureValidations insert 6
  passwordStructureValidations update 6
  passwordStructureValidationsDescription insert 6
  passwordStructureValidationsDescription update 6
  passReplaceFreq insert 6
  passReplaceFreq update 6
  maxLoginAttempts insert 6
  maxLoginAttempts update 6
  loginBlockPeriod insert 6
  loginBlockPeriod update 6
  numPrevPassToKeep insert 6
  numPrevPassToKeep update 6
  isSelfServe insert -
  eventPlatformAllowedTemplates insert -
  eventPlatformAllowedTemplates update -
KalturaQuestionCuePoint
  KalturaQuestionCuePoint insert 37,176
  KalturaQuestionCuePoint update 37,176
KalturaServerFileResource
  localFilePath all -
KalturaSessionCuePoint
  KalturaSessionCuePoint insert 37,176
  KalturaSessionCuePoint update 37,176
KalturaVendorCatalogItem
  pricing read 110
KalturaWebexDropFolder
  webexUserId read -
  webexPassword read -
  webexSiteId read -
  webexPartnerId read -
  webexServiceUrl read -
KalturaWidget
  roles insert 37
  roles update 37
  privileges insert 6
  privileges update 6
`
