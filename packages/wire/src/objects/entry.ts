import { declareClass } from './declare.ts'

export const ENTRY_CLASSES = [
  declareClass(
    'KalturaBaseEntry',
    `id! name description partnerId:int! userId creatorId tags adminTags categories categoriesIds status! moderationStatus:int!
     type:KalturaEntryType createdAt:time! updatedAt:time! rank:float! totalRank:int! votes:int! downloadUrl! searchText!
     licenseType:int version:int! thumbnailUrl! accessControlId:int startDate:time endDate:time referenceId
     entitledUsersEdit entitledUsersPublish`,
  ),
  declareClass(
    'KalturaPlayableEntry',
    'plays:int! views:int! lastPlayedAt:time! width:int! height:int! duration:int! msDuration:int',
    {
      base: 'KalturaBaseEntry',
    },
  ),
  declareClass(
    'KalturaMediaEntry',
    'mediaType:KalturaMediaType conversionQuality sourceType:int creditUserName creditUrl mediaDate:time! dataUrl! flavorParamsIds!',
    {
      base: 'KalturaPlayableEntry',
    },
  ),
  declareClass(
    'KalturaBaseEntryFilter',
    `idEqual idIn nameLike nameEqual tagsLike userIdEqual userIdIn creatorIdEqual statusEqual statusIn typeEqual typeIn
     createdAtGreaterThanOrEqual:time createdAtLessThanOrEqual:time updatedAtGreaterThanOrEqual:time
     updatedAtLessThanOrEqual:time referenceIdEqual referenceIdIn redirectFromEntryId parentEntryIdEqual
     categoriesIdsMatchOr categoriesMatchOr freeText`,
    { base: 'KalturaRelatedFilter' },
  ),
  declareClass('KalturaPlayableEntryFilter', '', { base: 'KalturaBaseEntryFilter' }),
  declareClass('KalturaMediaEntryFilter', 'mediaTypeEqual:KalturaMediaType mediaTypeIn', {
    base: 'KalturaPlayableEntryFilter',
  }),
  declareClass('KalturaBaseEntryListResponse', 'objects:[KalturaBaseEntry]!', { base: 'KalturaListResponse' }),
  declareClass('KalturaMediaListResponse', 'objects:[KalturaMediaEntry]!', { base: 'KalturaListResponse' }),
]
