/** What each of the 772 actions does, by its name: every name that does not merely read is written down here once more. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ACTIONS,
  actionsOf,
  type CatalogueAction,
  effectOf,
  findAction,
  isPlainRead,
  nameOf,
  neededPermissions,
  SERVICES,
  sensitivityOf,
} from '@latchkey/core'

const words = (text: string) => text.trim().split(/\s+/)

const DELETES = words(`
  delete deletebyentryid deleteLocalContent entryBulkDelete recycle removeLiveStreamPushPublishConfiguration removeRating
  removeflavorparams resetVotes submitDelete unlike userEntryBulkDelete
`)

const WRITES = words(`
  abort activate add addCategories addCategoryEntries addCategoryUsers addContent addEntries addFromBulk addFromBulkUpload
  addFromEntry addFromFile addFromFlavorAsset addFromImage addFromRecordedWebcam addFromSearchResult addFromUploadedFile
  addFromUrl addLiveStreamPushPublishConfiguration addMailJob addScheduleEvents addScheduleResources addUsers
  addflavorparams allocateConferenceRoom anonymousRank appendMediaEntry appendRecording approve approveReplace
  attachRecordedEntry authenticate cancel cancelReplace categoryExportToCsv clone collect convert convertPptToSwf
  copyFromCategory createPeriodicSyncPoints createRecordedEntry deAuthorization deactivate demoteAdmin disable disableLogin
  dispatch enable enableLogin end entryExportToCsv export exportToCsv extendAccessKey externalLogin fetchRegistrationPage
  finishConf flag freeExclusiveDropFolder freeExclusiveJob generate generateByEntryId generateKey generateQrCode
  generateSipUrl getExclusiveAlmostDone getExclusiveDropFolder getExclusiveJobs handleIncomingCall ignore impersonate index
  indexCategoryEntryTags kmcCollect like localRegistrationPage login loginByKs loginByLoginId loginDataResetPassword
  markOffline move notify notifyBan oauthValidation parse preOauthValidation rate recalculate reconvert recordingComplete
  regenerate regenerateStreamToken register registerConf registerMediaServer registrationValidation reject replaceOutput
  replaceUserLoginData reportDeviceCapabilities reportError reportKceError reportStatus requestConversion requestflattening
  reset resetPassword restoreRecycled retrySubmit revert sendCommand setAsDefault setAsSource setContent setInitialPassword
  setRecordedContent start startSession startWidgetSession submitAdd submitFetchReport submitQuiz submitRegistration
  submitUpdate sync syncPrivacyContext unregisterMediaServer update updateBasicFields updateCategoryEntriesStatus
  updateConfiguration updateContent updateCuePointsTimes updateDefinitionFromFile updateExclusiveJob updateFromFile
  updateFromXSL updateJob updateLiveFeature updateLoginData updateOfflineThumbnailFromUrl updateOfflineThumbnailJpeg
  updatePassword updateStatus updateSunStatus updateThumbnail updateThumbnailFromSourceEntry updateThumbnailFromUrl
  updateThumbnailJpeg updateTransformationFromFile updateViewsFromFile upload userExportToCsv validate validateHashKey vote
  xAddBulkDownload
`)

/** They sound like reading, and what they answer is a file, a link, a licence or a secret that outlives the session. */
const HANDED_OUT = words(`
  getAccess getAssetUrl getClientNotification getCsv getCsvFromStringParams getDownloadUrl getFaspUrl getFeed
  getFeedByEntryId getLicense getLicenseDetails getRemotePaths getSecrets getUrl getUrlForReportAsCsv searchUrl
`)

/** Services that keep passwords, keys or tokens in what they list. */
const KEEPERS = words(`
  appToken storageProfile dropFolder_dropfolder contentDistribution_distributionprofile
  contentDistribution_contentdistributionbatch eventNotification_eventnotificationtemplate
  businessProcessNotification_businessprocessserver vendor_zoomvendor WebexAPIDropFolder_webexvendor sso_sso
  systemPartner_systempartner
`)

/** `plain` and `sensitive` among all. */
const COUNTS = { read: 320, write: 380, delete: 72, plain: 221, sensitive: 44 }
const SOUNDS_LIKE_READING = /^(?:get|list|count|search|is|check)/i
const namesOf = (actions: readonly CatalogueAction[]) => [...new Set(actions.map(({ action }) => action))].sort()
const action = (name: string) => {
  const [service = '', rest = ''] = name.split('.')
  const found = findAction(service, rest)
  assert.ok(found, name)
  return found
}

describe('the effect of an action', () => {
  test('is to delete for just these names, to write for just these, and to read for all others', () => {
    assert.deepEqual(namesOf(ACTIONS.filter((known) => effectOf(known) === 'delete')), [...DELETES].sort())
    assert.deepEqual(namesOf(ACTIONS.filter((known) => effectOf(known) === 'write')), [...WRITES].sort())
  })

  test('is counted', () => {
    const counts: Record<string, number> = { read: 0, write: 0, delete: 0, plain: 0, sensitive: 0 }
    for (const known of ACTIONS) {
      counts[effectOf(known)] = (counts[effectOf(known)] ?? 0) + 1
      if (isPlainRead(known)) counts.plain = (counts.plain ?? 0) + 1
      if (sensitivityOf(known) !== undefined) counts.sensitive = (counts.sensitive ?? 0) + 1
    }
    assert.deepEqual(counts, COUNTS)
  })

  test('is to read for every name that sounds like it, but for three that take work away from others', () => {
    const odd = ACTIONS.filter((known) => SOUNDS_LIKE_READING.test(known.action) && effectOf(known) !== 'read')
    assert.deepEqual(namesOf(odd), ['getExclusiveAlmostDone', 'getExclusiveDropFolder', 'getExclusiveJobs'])
  })

  test('does not hang on the case of the name', () => {
    const upper = (known: CatalogueAction) => ({ ...known, action: known.action.toUpperCase() })
    for (const known of ACTIONS) assert.equal(effectOf(upper(known)), effectOf(known))
  })

  test('of what is not among the 772 is told too, and what nothing is known of counts as writing', () => {
    const others = SERVICES.flatMap((service) => actionsOf(service)).filter((known) => !ACTIONS.includes(known))
    for (const known of others) assert.match(effectOf(known), /^(?:read|write|delete)$/)
    assert.equal(effectOf({ ...action('media.list'), action: 'listAndTellEverybody' }), 'write')
    assert.equal(effectOf({ ...action('media.list'), action: '__proto__' }), 'write')
  })
})

describe('a plain read', () => {
  const plain = ACTIONS.filter(isPlainRead)

  test('reads, and some permission of an ordinary account opens it', () => {
    for (const known of plain) {
      assert.equal(effectOf(known), 'read', nameOf(known))
      assert.ok(neededPermissions(known).length > 0, nameOf(known))
      assert.equal(known.kind, 'ordinary')
    }
  })

  test('shows no secret, changes no token and no role', () => {
    assert.deepEqual(plain.filter(sensitivityOf).map(nameOf), [])
  })

  test('is every ordinary read that hands nothing out, save those of services that keep secrets', () => {
    const keepers = new Set(KEEPERS.map((name) => name.toLowerCase()))
    const others = ACTIONS.filter(
      (known) => known.kind === 'ordinary' && effectOf(known) === 'read' && !isPlainRead(known),
    )
    for (const { service, action: name } of others) {
      const isHandedOut = HANDED_OUT.includes(name) || /^(?:serve|goto$|transform$)/.test(name)
      assert.ok(isHandedOut || keepers.has(service.toLowerCase()), `${service}.${name}`)
    }
  })

  test('is none of those that sound like one and hand out what outlives the session', () => {
    for (const name of HANDED_OUT) {
      const known = ACTIONS.filter((candidate) => candidate.action === name)
      assert.ok(known.length > 0, name)
      assert.deepEqual(known.filter(isPlainRead), [], name)
    }
  })

  test('is among them what people mean by get and list', () => {
    for (const name of [
      'media.list',
      'media.get',
      'category.list',
      'user.list',
      'baseEntry.count',
      'report.getTable',
    ]) {
      assert.ok(isPlainRead(action(name)), name)
    }
  })
})

describe('what is given only where it is asked for', () => {
  const listed = (kind: string) => ACTIONS.filter((known) => sensitivityOf(known) === kind).map(nameOf)

  test('is what changes app tokens, or ends them with their user', () => {
    assert.deepEqual(listed('changes-tokens'), words('appToken.add appToken.delete appToken.update user.delete'))
  })

  test('is what changes roles and permissions, or gives them to users', () => {
    assert.deepEqual(
      listed('changes-roles'),
      words(`
        permission.add permission.delete permission.update user.add user.demoteAdmin user.disableLogin user.enableLogin
        user.loginByKs user.loginDataResetPassword user.replaceUserLoginData user.update userAppRole.add
        userAppRole.delete userAppRole.update userRole.add userRole.clone userRole.delete userRole.update
      `),
    )
  })

  test('is every read of a service whose objects hold passwords, keys or tokens', () => {
    const services = [...new Set(ACTIONS.filter((known) => sensitivityOf(known) === 'shows-secrets'))]
    assert.deepEqual(new Set(services.map(({ service }) => service)), new Set(KEEPERS))
    for (const known of ACTIONS.filter(({ service }) => KEEPERS.includes(service))) {
      if (effectOf(known) === 'read') assert.equal(sensitivityOf(known), 'shows-secrets', nameOf(known))
    }
  })

  test('is what this server adds for those who may see or change tokens', () => {
    const kinds = SERVICES.flatMap((service) => actionsOf(service)).flatMap((known) =>
      known.kind === 'ours' ? `${nameOf(known)} ${sensitivityOf(known)}` : [],
    )
    assert.deepEqual(kinds, [
      ...words('explain matrix suggest reach compare lint').map((name) => `latchkey_access.${name} undefined`),
      ...words('pause resume rotate annotate').map((name) => `latchkey_token.${name} changes-tokens`),
      'latchkey_token.usage shows-secrets',
      'latchkey_journal.list shows-secrets',
    ])
  })

  test('is nothing of the rest', () => {
    for (const name of ['media.delete', 'user.get', 'permission.list', 'userRole.list', 'session.start']) {
      assert.equal(sensitivityOf(action(name)), undefined, name)
    }
  })
})
