/**
 * Names of the original's permission data, read off an installation of its server code line 3.3.0. What a row means is
 * told in actions.ts, which is the only reader.
 */
export const ACTION_ROWS_A_TO_L = `
accessControl
  add 0
  delete 2
  get 1
  list 1,111
  update 3
accessControlProfile
  add 0
  delete 2
  get 1
  list 1,111
  update 3
adminUser
  login 23,37,174
  resetPassword 23,37,174
  setInitialPassword 23,37
  updatePassword 23,37
analytics
  query 26
annotation_annotation
  add 37,60,125,174
  clone 37,60,63,174
  delete 37,60 own=CuePoint/id/editcuepoint
  get 37,60,174
  list 37,60,174
  update 37,60,125
appToken
  add 28
  delete 30
  get 29,111
  list 29,111
  startSession 37,174
  update 31
aspera_aspera
  getFaspUrl 32
attachment_attachmentasset
  add 33,37 own=entry/entryId/edit
  delete 33 own=asset::entry/attachmentAssetId/edit
  get 37,57,63,174
  getRemotePaths 37,63,174
  getUrl 37,57,63,125,174 net
  list 37,57,63,86,125,174 net
  serve 23,37,57,63,174
  servebyentryid 37,57,63,174 unfound
  setContent 33,37 own=asset::entry/id/edit
  update 33,37 own=asset::entry/id/edit
attachment_attachmentparams
  add 33 unfound
  delete 33 unfound
  get 33,63 unfound
  list 33,63,69,86,111,166 unfound
  update 33 unfound
attUverseDistribution_attuverse
  getFeed 23,174
audit_audittrail
  add 34
  get 35
  list 35
avnDistribution_avn
  getFeed 23,174
baseEntry
  add 37,44,57
  addContent 37,44,57 own=entry/entryId/edit
  addFromUploadedFile 36,37,44,57
  anonymousRank 37,88,174
  approve 85
  clone 37,57
  count 37,63,86,174
  delete 37,67 own=entry/entryId/edit/ownerOnly
  export 77
  flag 23,37,86,125,174
  get 37,44,63,111,125,174 net
  getByIds 37,63,125,174
  getContextData 37,63,111,125,174 net
  getPlaybackContext 37,63,111,125,174 net
  getRemotePaths 37,63,174
  index -
  list 37,63,86,111,125,126,127,130,174
  listByReferenceId 37,63,111,125,174
  listFlags 86
  recycle 37,67
  reject 85
  restoreRecycled 37,67
  servePlaybackKey 23
  update 37,44,57,59,61,78,81,83,88,119 own=entry/entryId/edit
  updateContent 37,44,57 own=entry/entryId/edit
  updateThumbnailFromSourceEntry 37,83
  updateThumbnailFromUrl 37,83
  updateThumbnailJpeg 37,83
  upload 37,57
batch
  freeExclusiveJob -
  getExclusiveAlmostDone -
  getExclusiveJobs -
  updateExclusiveJob -
beacon_beacon
  add 37,44,174
  enhanceSearch 6,44
  list 6,26,44,172
  searchScheduledResource 6,44
bulkUpload
  abort 39
  add 46
  delete 46 unfound
  get 45,46
  list 45,46
  serve 40,41,45
  serveLog 40,41,45
bulkUpload_bulk
  abort 37,46,57
  addCategories 37,46,57
  addCategoryEntries 37,46,57
  addCategoryUsers 37,46,57
  addEntries 37,46,57
  addUsers 15,37,46,57
  entryBulkDelete 37,67
  get 37,46,57
  list 37,46,57
  serve 37,46,57
  serveLog 37,46,57
  updateCategoryEntriesStatus 37,61
  userEntryBulkDelete 37,125
bumper_bumper
  add 37
  delete 37
  get 37
  update 37
businessProcessNotification_businessprocesscase
  list -
  serveDiagram -
businessProcessNotification_businessprocessserver
  delete 183
  get 182,185
  list 182,185
  update 184
  updateStatus 184
caption_captionasset
  add 42,123 own=entry/entryId/edit
  delete 42 own=asset::entry/captionAssetId/edit
  export 77
  get 37,63 net
  getRemotePaths 37,63,174
  getUrl 37,63,125,174 net
  list 37,63,86,123,125,174 net
  serve 23,37,63,174
  serveAsJson 23,37,63,174
  serveByEntryId 37,63,174
  serveWebVTT 23
  setAsDefault 42 own=asset::entry/captionAssetId/edit
  setContent 42,123 own=asset::entry/id/edit
  update 42,123 own=asset::entry/id/edit
caption_captionparams
  add 42
  delete 42
  get 42,63
  list 42,63,69,86,111,166
  update 42
captionSearch_captionassetitem
  list -
  parse -
  search 37,43,174
  searchEntries 37,43,174
captureSpace_capturespace
  clientUpdates 23
  serveInstall 23
  serveUpdate 23
category
  add 74
  clone 74
  delete 74
  get 37,61,63,74,174
  index -
  list 26,37,61,63,86,111,174
  move 63,86
  update 74
categoryEntry
  activate 37,61
  add 37,61
  delete 37,61
  index -
  list 37,61,63,86,111,127
  reject 37,61
  syncPrivacyContext -
categoryUser
  activate 37,61
  add 37,61
  copyFromCategory 64
  deactivate 37,61
  delete 37,61
  get 37,61,111
  index -
  list 37,61,111
  update 37,61
comcastMrssDistribution_comcastmrss
  getFeed 23,174
conference_conference
  allocateConferenceRoom 37,44,57
  finishConf -
  registerConf -
confMaps_confmaps
  get -
  getBatchMap -
  getCacheVersionId -
contentDistribution_contentdistributionbatch
  getAssetUrl -
  updateSunStatus -
contentDistribution_distributionprofile
  add 69
  delete 69
  get 68
  list 68,86,111
  listByPartner 68
  update 69
  updateStatus 69
contentDistribution_distributionprovider
  list 68
contentDistribution_entrydistribution
  add 72
  delete 72
  get 68
  list 68,111
  retrySubmit 71
  serveReturnedData 68
  serveSentData 68
  submitAdd 71
  submitDelete 70
  submitFetchReport 71
  submitUpdate 71
  update 72
  validate 68
conversionProfile
  add 165
  addflavorparams 168 unfound
  delete 167
  get 166
  getDefault 166
  list 46,57,63,86,166
  removeflavorparams 168 unfound
  setAsDefault 57,63,166
  update 168
conversionProfileAssetParams
  list 57,63,86,166,172
  update 57,63,166
cuePoint_cuepoint
  add 37,44,125,174,176
  addFromBulk 37,176
  clone 37,63,174
  count 37,63,86,174
  delete 37,176 own=CuePoint/id/editcuepoint
  get 37,63,174
  list 37,63,86,125,174
  serveBulk 37,63,174
  update 37,125,174,176 own=CuePoint/id/editcuepoint
  updateCuePointsTimes 37,172
  updateStatus 172
cuePoint_livecuepoint
  createPeriodicSyncPoints 118
data
  add 37,57
  addContent 37,44,57 own=entry/entryId/edit
  delete 37,67 own=entry/entryId/edit
  get 37,63,174 net
  list 37,63,86,126,127,130,174
  serve 37,63,174
  update 37,59,61,78,81,83,88
document
  addFromUploadedFile 37,57
  convertPptToSwf 37,80
  delete 37,67 own=entry/entryId/edit
  get 37,63,174
  list 37,63,174
  serve 23,37,63,174
  serveByFlavorParamsId 23,37,63,174
  update 37,59,61,78,81,83,88 own=entry/entryId/edit
  upload 37,57
document_documents
  add 57 unfound
  addContent 37,57 own=entry/entryId/edit
  addFromEntry 37,57
  addFromFlavorAsset 37,57
  addFromUploadedFile 37,57
  approveReplace 37,56
  cancelReplace 37,56
  convert 37,80
  convertPptToSwf 37,80
  delete 37,67 own=entry/entryId/edit
  get 37,63,174
  list 37,63,174
  serve 23,37,63,174
  serveByFlavorParamsId 23,37,63,174
  update 37,59,61,78,81,83,88 own=entry/entryId/edit
  updateContent 37,57 own=entry/entryId/edit
  upload 37,57
doubleClickDistribution_doubleclick
  getFeed 23,174
  getFeedByEntryId 23
drm_drmlicenseaccess
  getAccess 37,174
dropFolder_dropfolder
  freeExclusiveDropFolder -
  get 45,178
  getExclusiveDropFolder -
  list 24,45,178
  update -
  updateBasicFields 6
  updateStatus 6
dropFolder_dropfolderfile
  add 24
  delete 179
  get 45,178,181
  ignore 181
  list 24,45,178,181
  update 24,181
  updateStatus 24
elasticSearch_esearch
  entryExportToCsv 6
  searchCategory 37,100
  searchEntry 37,100
  searchUser 6
entryServerNode
  get 37,123
  list 37,123
  update 123
  updateStatus 123
eventNotification_eventnotificationtemplate
  clone 184
  delete 183
  dispatch 186
  get 182,185
  list 182,185
  listTemplates 182
  update 184
  updateStatus 184
exportcsv
  categoryExportToCsv 4,6,44
  entryExportToCsv 4,6,44
  serveCsv 37
  userExportToCsv 4,6,44
externalMedia_externalmedia
  add 37,57,103
  count 37,101
  delete 37,102 own=entry/id/edit
  get 37,101 net
  list 37,101
  update 37,103 own=entry/id/edit
fileAsset
  add 37,155,160
  delete 37,158,160
  get 23,37,111,156,174
  list 23,37,111,156,174
  serve 23,37,111,156,174
  setContent 37,155,160
  update 37,155,160
flavorAsset
  add 37,57 net own=entry/entryId/edit
  convert 80 net own=entry/entryId/edit
  delete 67 own=asset::entry/id/edit
  deleteLocalContent 67 own=asset::entry/assetId/edit
  export 77
  get 63 net
  getByEntryId 37,63,111,125,174 net
  getDownloadUrl 73 net
  getFlavorAssetsWithParams 63,111 net
  getRemotePaths 37,63,174
  getUrl 37,57,63,125,174 net
  getVolumeMap 37,63,174
  getWebPlayableByEntryId 37,63,111,125,174 net
  list 37,63,125,174 net
  reconvert 80 net own=asset::entry/id/edit
  serveAdStitchCmd - net
  setAsSource 80 own=entry/entryId/edit
  setContent 37,57 net own=asset::entry/id/edit
  update 37,57 own=asset::entry/id/edit
flavorParams
  add 165
  delete 167
  get 166
  getByConversionProfileId 166
  getdefault 166 unfound
  list 44,63,69,86,111,166
  update 168
game_userscore
  delete -
  list 105
  update -
group_group
  add 62
  clone 62
  delete 62
  get 37,62
  list 37,62
  searchGroup 4,6
  update 62
groupUser
  add 37,62
  delete 37,62
  list 37,62
  sync 62
  update 37,62
integration_integration
  dispatch 24,25
  notify 107
interactivity_interactivity
  add 37 own=entry/entryId/edit
  delete 37 own=entry/entryId/edit
  get 37,125,174
  update 37 own=entry/entryId/edit
interactivity_volatileinteractivity
  add 37 own=entry/entryId/edit
  delete 37 own=entry/entryId/edit
  get 37 own=entry/entryId/edit
  update 37 own=entry/entryId/edit
jobs
  addMailJob -
kalturasharepointextension_sharepointextension
  isversionsupported 23,174 unfound
  listuiconfs 23,174 unfound
like_like
  checkLikeExists 37,125
  like 37,125
  list 113,114
  unlike 37,125
liveChannel
  add 116
  delete 116 own=entry/id/edit
  get 37,63,174
  isLive 23,125
  list 37,63,86,174
  update 116 own=entry/id/edit
liveChannelSegment
  add 115
  delete 67
  get 37,63,174
  islive 37,174 unfound
  list 37,63,86,174
  update 116
liveReports
  exportToCsv 37
  getEvents 37
  getReport 37
  serveReport 37
liveStream
  add 117
  addLiveStreamPushPublishConfiguration 131
  appendRecording 123
  authenticate 123
  createPeriodicSyncPoints 118
  createRecordedEntry 123
  delete 67 own=entry/entryId/edit
  get 37,63,174
  getDetails 23,125
  getLiveStreamStats 23,125
  isLive 23,125
  list 37,63,86,174
  regenerateStreamToken 119 own=entry/entryId/edit
  registerMediaServer 123
  removeLiveStreamPushPublishConfiguration 131
  setRecordedContent 123
  unregisterMediaServer 123
  update 119 own=entry/entryId/edit
  updateOfflineThumbnailFromUrl 37,83
  updateOfflineThumbnailJpeg 37,83
`
