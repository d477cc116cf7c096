/**
 * Names of the original's permission data, read off an installation of its server code line 3.3.0. What a row means is
 * told in actions.ts, which is the only reader.
 */
export const ACTION_ROWS_M_TO_Z = `
media
  add 37,44,52,53,57,63,117
  addContent 37,44,57 net own=entry/entryId/edit
  addFromEntry 37,57 net
  addFromFlavorAsset 37,57 net
  addFromRecordedWebcam 36,37,57,58
  addFromSearchResult 37,57
  addFromUploadedFile 36,37,57
  addFromUrl 37,57
  anonymousRank 37,88,174
  approve 85
  approveReplace 56,112 own=entry/entryId/edit
  cancelReplace 56,112 own=entry/entryId/edit
  convert 37,80 net
  count 37,63,174
  delete 37,67 own=entry/entryId/edit
  flag 23,37,86,174
  get 37,63,174 net
  getMrss 37,63
  getVolumeMap 37,63,174
  list 37,63,86,126,127,130,174
  listFlags 86
  reject 85
  requestConversion 37,80
  update 37,44,57,59,61,78,81,83,88 own=entry/entryId/edit
  updateContent 37,44,57 net own=entry/entryId/edit
  updateThumbnail 37,83
  updateThumbnailFromSourceEntry 37,83
  updateThumbnailFromUrl 37,83
  updateThumbnailJpeg 37,83
  upload 37,57
mediaInfo
  list 63
metadata_metadata
  add 37,44,66,87,125,132
  addFromFile 37,66,87
  addFromUrl 37,66,87
  delete 37,66,87
  get 37,63,174
  index -
  list 37,63,66,111,125,174 net
  update 37,44,66,87,132
  updateFromFile 37,66,87
  updateFromXSL 66,87
metadata_metadataprofile
  add 92,95
  addFromFile 95
  delete 93,97
  get 37,96,174
  list 37,63,69,86,96,111,125,174
  listFields 37,69,96,174
  revert 98
  serve 96
  serveView 96
  update 92,93,94,98
  updateDefinitionFromFile 98
  updateTransformationFromFile 98
  updateViewsFromFile 98
mixing
  add 37,79
  anonymousRank 37,88,174
  appendMediaEntry 37,79
  clone 37,79
  count 37,63,174
  delete 37,67 own=entry/entryId/edit
  get 37,63,174 net
  getMixesByMediaId 37,63,79,111,174
  getReadyMediaEntries 37,63,79,174
  list 37,63,86,126,127,130,174
  requestflattening 37,79,80 unfound
  update 37,79 own=entry/entryId/edit
ndnDistribution_ndn
  getFeed 23,174
notification
  getClientNotification 37,63,174
partner
  checkuserlogindataexists 10 unfound
  count 10
  get 10
  getInfo 4,6,108,111
  getPublicInfo 23,37,174
  getSecrets 23,37,174
  getStatistics 4,10,111
  getUsage 4,111
  list 10
  listFeatureStatus 10,37,44,111,156
  listPartnersForUser 10,37,110
  register 10,23,37,174
  registrationValidation 10,23,37,174
  update 5,109
partnerAggregation_partneraggregation
  list 124
permission
  add 7
  delete 8
  get 6
  getCurrentPermissions 23,37
  list 6,111
  update 9
permissionItem
  get 6
  list 6
playlist
  add 37,126
  clone 37,126
  delete 37,128 own=entry/id/edit
  execute 23,37,125,127,174
  executeFromContent 127 net
  executeFromFilters 127 net
  get 37,125,127,174
  getStatsFromContent 127 net
  list 37,86,111,127,159,174
  update 37 own=entry/id/edit
playReady_playreadydrm
  generateKey -
  getLicenseDetails 37,174
poll_poll
  add 37
  getVote 23
  getVotes 37
  resetVotes 37
  vote 23
pushNotification_pushnotificationtemplate
  register 37,125,174
  sendCommand 172
quiz_quiz
  add 37
  get 37,125,174
  getUrl 37,125,174
  list 37
  serve 37,125,174
  update 37
quiz_quizuserentry
  submitQuiz 37,125,174
rating_rating
  checkRating 37,125
  getRatingCounts 135
  rate 37,125
  removeRating 37,125
reach_entryvendortask
  abort 37
  add 37
  approve 6
  exportToCsv 6
  extendAccessKey 136
  get 37
  getJobs 136
  list 37
  reject 6
  replaceOutput 37
  reset -
  serveCsv 37
  update 37
  updateJob 136
reach_reachprofile
  get 6,110
  list 6,110
  update 6
reach_vendorcatalogitem
  add -
  addFromBulkUpload -
  get 37
  list 37
  update -
  updateStatus -
report
  execute 26
  exportToCsv 26
  getBaseTotal 26,111
  getCsv 26
  getCsvFromStringParams 26
  getGraphs 26,111
  getTable 26
  getTotal 26
  getUrlForReportAsCsv 26
  serve 23,26,37,63
responseProfile
  add 137
  clone 137
  delete 138
  get 37
  list 37,111
  recalculate 37
  update 139
  updateStatus 139
room_room
  add 37
  attachRecordedEntry -
  delete 37
  get 37
  list 37
  update 37 own=entry/id/edit
schedule_scheduleevent
  add 44,143
  cancel 143
  delete 141
  get 140
  getConflicts 140
  list 44,140
  update 44,143
  updateLiveFeature 142,143
schedule_scheduleeventresource
  add 143,146
  delete 141,145
  get 140,144
  list 140,144
  update 143,146
schedule_scheduleresource
  add 44,146
  delete 145
  get 44,144
  list 44,144
  update 44,146
scheduleBulkUpload_schedulebulk
  addScheduleEvents 143
  addScheduleResources 145,146
scheduledTask_scheduledtaskprofile
  get -
  list -
  serveDryRunResults 37
  update -
search
  externalLogin 23,37,147,174
  getMediaInfo 23,37,147,174
  search 23,37,147,174
  searchUrl 23,37,147,174
searchHistory_searchhistory
  delete 37
  exportToCsv 6
  list 37
serverNode
  add 148
  delete 150
  disable 151
  enable 151
  get 149
  getFullPath 148,151
  list 111,149
  markOffline 151
  reportStatus 148,151
  update 151
session
  end 23,37,174
  get 110,111,152
  impersonate 23,37,174
  start 23,37,174
  startWidgetSession 23,37,125,174
shortLink_shortlink
  add 63,75,127,153,154,156
  delete 153,154
  get 37,63,127,153,156,174
  goto 23,37,174
  list 37,75,153
  update 63,75,127,153,154,156
sip_pexip
  generateSipUrl 6
  handleIncomingCall 23
  listRooms 6
sso_sso
  list -
  login 23
stats
  collect 23,27,37,174
  kmcCollect 23,27,37,174
  reportDeviceCapabilities 23,27,37,174
  reportError 23,27,37,174
  reportKceError 23,27,37,174
storageProfile
  add -
  get -
  list 55
  update -
  updateStatus -
synacorHboDistribution_synacorhbo
  getFeed 23,174
syndicationFeed
  add 161
  delete 163
  get 162 net
  getEntryCount 162
  list 162 net
  requestConversion 80,162
  update 164
system
  getHealthCheck 24
  getTime 23
  getVersion 23
  ping 23,37,174
  pingDatabase 23,37,174
systemPartner_systempartner
  get -
  getConfiguration -
  list -
  updateConfiguration -
  updateStatus -
tagSearch_tag
  indexCategoryEntryTags 37
  search 26,37
thumbAsset
  add 37,44,57 own=entry/entryId/edit
  addFromImage 37,83 own=entry/entryId/edit
  addFromUrl 37,83
  delete 83 own=asset::entry/thumbAssetId/edit
  deletebyentryid 83 unfound
  export 77
  generate 37,83 own=entry/entryId/edit
  generateByEntryId 83 net own=entry/entryId/edit
  get 37,83,174 net
  getByEntryId 37,83,111,174 net
  getRemotePaths 37,63,174
  getUrl 37,57,63,125,174 net
  list 37,63,83,174 net
  regenerate 83 net own=asset::entry/thumbAssetId/edit
  serve 23,37,83,174
  serveByEntryId 23,37,83,174
  setAsDefault 37,83 own=asset::entry/thumbAssetId/edit
  setContent 37,44,57 own=asset::entry/id/edit
  update 37,57 own=asset::entry/id/edit
thumbnail_thumbnail
  transform 23,37,174
thumbParams
  add 83
  delete 83
  get 63,83
  getByConversionProfileId 83
  getdefault 83 unfound
  list 63,69,83,86,111,166
  update 83
timeWarnerDistribution_timewarner
  getFeed 23,174
tvComDistribution_tvcom
  getFeed 23,174
uiConf
  add 155
  clone 155 net
  delete 158
  get 23,37,125,156,174
  getAvailableTypes 6
  list 37,111,156,174
  listTemplates 37,111,156
  update 160
unicornDistribution_unicorn
  notify 23
upload
  getUploadedFileTokenByFileName 37,57,174
  upload 37,57
uploadToken
  add 33,36,37,42,44,57
  delete 36,37,57
  get 36,37,44,57,174
  list 36,37,44,57,174
  upload 33,36,37,42,44,57
user
  add 14
  delete 16
  demoteAdmin 16
  disableLogin 17
  enableLogin 17
  exportToCsv 4,6,44
  generateQrCode 23,37
  get 6,37,111,174
  getByLoginId 6,111
  list 4,6,44,99,172
  login 23,37,174
  loginByKs 6,110
  loginByLoginId 23,37,174
  loginDataResetPassword 17
  notifyBan 6
  replaceUserLoginData 17
  resetPassword 23,37,174
  serveCsv 37
  setInitialPassword 23,37
  update 17
  updateLoginData 17,23,37
  validateHashKey 23,37
userAppRole
  add 6
  delete 6
  get 6
  list 6
  update 6
userEntry
  add 37,125,174
  delete 37
  get 37,125
  list 37,125,174
  submitQuiz 37,125,174
  update 37,125
userRole
  add 11
  clone 11
  delete 12
  get 6,111
  list 4,6
  update 13
uverseClickToOrderDistribution_uverseclicktoorder
  getFeed 23
uverseDistribution_uverse
  getFeed 23,174
varConsole_varconsole
  checkLoginDataExists 10
  checkuserlogindataexists 10 unfound
  getPartnerUsage 10
  updateStatus 10
vendor_vendorintegration
  add 10
  delete 10
  get 10
  update 10
vendor_zoomvendor
  deAuthorization 23,37,174
  fetchRegistrationPage 10,37,110
  get 10
  list 10
  localRegistrationPage 10
  oauthValidation 23,37,174
  preOauthValidation 23,37,174
  recordingComplete 23,37,174
  submitRegistration 10,37,110
virtualEvent_virtualevent
  add 171
  delete 170
  get 169
  list 169
  update 171
WebexAPIDropFolder_webexvendor
  fetchRegistrationPage 10,37,110
  list 10
  oauthValidation 23,37,174
  preOauthValidation 23,37,174
  submitRegistration 10,37,110
widevine_widevinedrm
  getLicense 37,125,174,188
widget
  add 37,75,129,173,174
  clone 37,173
  get 23,37,125,173,174
  list 173
  update 173
wowza_liveconversionprofile
  serve 24,25,123
xInternal
  xAddBulkDownload 73
`
