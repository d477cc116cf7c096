import { declareClass } from './declare.ts'

export const CATEGORY_CLASSES = [
  declareClass(
    'KalturaCategory',
    `id:int! parentId:int depth:int! partnerId:int! name fullName! fullIds! entriesCount:int! createdAt:time! updatedAt:time!
     description tags referenceId owner directEntriesCount:int! privacyContext`,
  ),
  declareClass(
    'KalturaCategoryFilter',
    `idEqual:int idIn parentIdEqual:int parentIdIn fullNameEqual fullNameStartsWith freeText
     createdAtGreaterThanOrEqual:time createdAtLessThanOrEqual:time updatedAtGreaterThanOrEqual:time
     updatedAtLessThanOrEqual:time`,
    { base: 'KalturaRelatedFilter' },
  ),
  declareClass('KalturaCategoryListResponse', 'objects:[KalturaCategory]!', { base: 'KalturaListResponse' }),
]
