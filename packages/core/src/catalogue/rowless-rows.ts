/**
 * Names of the original's permission data, read off an installation of its server code line 3.3.0. What a row means is
 * told in actions.ts, which is the only reader.
 */
export const ROWLESS_ROWS = `
annotation_annotation.addFromBulk
annotation_annotation.count
annotation_annotation.serveBulk
annotation_annotation.updateCuePointsTimes
annotation_annotation.updateStatus
baseEntry.bulkDelete = bulkUpload_bulk.entryBulkDelete
baseEntry.exportToCsv = exportcsv.entryExportToCsv
batchcontrol.setSchedulerConfig
batchcontrol.stopScheduler
category.addFromBulkUpload = bulkUpload_bulk.addCategories
category.exportToCsv = exportcsv.categoryExportToCsv
categoryEntry.addFromBulkUpload = bulkUpload_bulk.addCategoryEntries
categoryEntry.updateStatusFromBulk = bulkUpload_bulk.updateCategoryEntriesStatus
categoryUser.addFromBulkUpload = bulkUpload_bulk.addCategoryUsers
document.addContent
document.addFromEntry
document.addFromFlavorAsset
document.approveReplace
document.cancelReplace
document.convert
document.updateContent
elasticSearch_esearch.searchGroup = group_group.searchGroup
entryServerNode.add
entryServerNode.delete
eventNotification_eventnotificationtemplate.register = pushNotification_pushnotificationtemplate.register
eventNotification_eventnotificationtemplate.sendCommand = pushNotification_pushnotificationtemplate.sendCommand
jobs.abortCaptureThumb
jobs.addBatchJob
jobs.deleteCaptureThumb
jobs.getCaptureThumbStatus
jobs.getStatus
jobs.retryCaptureThumb
liveStats.collect
liveStream.allocateConferenceRoom = conference_conference.allocateConferenceRoom
liveStream.finishConf = conference_conference.finishConf
liveStream.registerConf = conference_conference.registerConf
media.bulkUploadAdd = bulkUpload_bulk.addEntries
media.exportToCsv = elasticSearch_esearch.entryExportToCsv
metadata_metadata.addFromBulk
metadata_metadata.serve
schedule_scheduleevent.addFromBulkUpload = scheduleBulkUpload_schedulebulk.addScheduleEvents
schedule_scheduleresource.addFromBulkUpload = scheduleBulkUpload_schedulebulk.addScheduleResources
schema.serve
user.addFromBulkUpload = bulkUpload_bulk.addUsers
user.checkLoginDataExists = varConsole_varconsole.checkLoginDataExists
user.index
userEntry.bulkDelete = bulkUpload_bulk.userEntryBulkDelete
vendor_vendorintegration.updateStatus
`
