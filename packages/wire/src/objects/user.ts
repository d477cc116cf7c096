import { declareClass } from './declare.ts'

export const USER_CLASSES = [
  declareClass(
    'KalturaBaseUser',
    `id partnerId:int! screenName fullName email country state city zip tags status:KalturaUserStatus createdAt:time!
     updatedAt:time! partnerData language`,
    { isAbstract: true },
  ),
  declareClass('KalturaUser', 'firstName lastName isAdmin:bool description roleIds roleNames! isAccountOwner:bool!', {
    base: 'KalturaBaseUser',
  }),
  declareClass(
    'KalturaUserFilter',
    `idEqual idIn idOrScreenNameStartsWith screenNameStartsWith statusEqual:KalturaUserStatus statusIn
     isAdminEqual:KalturaNullableBoolean createdAtGreaterThanOrEqual:time createdAtLessThanOrEqual:time
     updatedAtGreaterThanOrEqual:time updatedAtLessThanOrEqual:time`,
    { base: 'KalturaRelatedFilter' },
  ),
  declareClass('KalturaUserListResponse', 'objects:[KalturaUser]!', { base: 'KalturaListResponse' }),
]
