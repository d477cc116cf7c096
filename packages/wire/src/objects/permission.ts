import { declareClass } from './declare.ts'

export const PERMISSION_CLASSES = [
  declareClass(
    'KalturaPermission',
    `id:int! type:KalturaPermissionType! name friendlyName description status:KalturaPermissionStatus partnerId:int!
     dependsOnPermissionNames tags permissionItemsIds createdAt:time! updatedAt:time! partnerGroup`,
  ),
  declareClass(
    'KalturaPermissionFilter',
    `idEqual:int idIn typeEqual:KalturaPermissionType typeIn nameEqual nameIn friendlyNameLike descriptionLike
     statusEqual:KalturaPermissionStatus statusIn partnerIdEqual:int partnerIdIn dependsOnPermissionNamesMultiLikeOr
     dependsOnPermissionNamesMultiLikeAnd tagsMultiLikeOr tagsMultiLikeAnd createdAtGreaterThanOrEqual:time
     createdAtLessThanOrEqual:time updatedAtGreaterThanOrEqual:time updatedAtLessThanOrEqual:time`,
    { base: 'KalturaRelatedFilter' },
  ),
  declareClass('KalturaPermissionListResponse', 'objects:[KalturaPermission]!', { base: 'KalturaListResponse' }),
]
