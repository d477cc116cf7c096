import { declareClass } from './declare.ts'

export const USER_ROLE_CLASSES = [
  declareClass(
    'KalturaUserRole',
    `id:int! name systemName description status:KalturaUserRoleStatus partnerId:int! permissionNames tags createdAt:time!
     updatedAt:time!`,
  ),
  declareClass(
    'KalturaUserRoleFilter',
    `idEqual:int idIn nameEqual nameIn systemNameEqual systemNameIn descriptionLike statusEqual:KalturaUserRoleStatus
     statusIn partnerIdEqual:int partnerIdIn tagsMultiLikeOr tagsMultiLikeAnd createdAtGreaterThanOrEqual:time
     createdAtLessThanOrEqual:time updatedAtGreaterThanOrEqual:time updatedAtLessThanOrEqual:time`,
    { base: 'KalturaRelatedFilter' },
  ),
  declareClass('KalturaUserRoleListResponse', 'objects:[KalturaUserRole]!', { base: 'KalturaListResponse' }),
]
