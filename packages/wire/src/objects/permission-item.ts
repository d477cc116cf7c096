import { declareClass } from './declare.ts'

export const PERMISSION_ITEM_CLASSES = [
  declareClass('KalturaPermissionItem', 'id:int! type! partnerId:int! tags createdAt:time! updatedAt:time!', {
    isAbstract: true,
  }),
  declareClass('KalturaApiActionPermissionItem', 'service action', { base: 'KalturaPermissionItem' }),
  declareClass('KalturaApiParameterPermissionItem', 'object parameter action', { base: 'KalturaPermissionItem' }),
  declareClass(
    'KalturaPermissionItemFilter',
    `idEqual:int idIn typeEqual:KalturaPermissionItemType typeIn partnerIdEqual:int partnerIdIn tagsMultiLikeOr
     tagsMultiLikeAnd createdAtGreaterThanOrEqual:time createdAtLessThanOrEqual:time updatedAtGreaterThanOrEqual:time
     updatedAtLessThanOrEqual:time`,
    { base: 'KalturaRelatedFilter' },
  ),
  declareClass('KalturaPermissionItemListResponse', 'objects:[KalturaPermissionItem]!', {
    base: 'KalturaListResponse',
  }),
]
