import { declareClass } from './declare.ts'

export const APP_TOKEN_CLASSES = [
  declareClass(
    'KalturaAppToken',
    `id! token! partnerId:int! createdAt:time! updatedAt:time! status:KalturaAppTokenStatus! expiry:time
     sessionType:KalturaSessionType sessionUserId sessionDuration:int sessionPrivileges hashType:KalturaAppTokenHashType
     description`,
  ),
  declareClass(
    'KalturaAppTokenBaseFilter',
    `idEqual idIn createdAtGreaterThanOrEqual:time createdAtLessThanOrEqual:time updatedAtGreaterThanOrEqual:time
     updatedAtLessThanOrEqual:time statusEqual:KalturaAppTokenStatus statusIn`,
    { base: 'KalturaFilter', isAbstract: true },
  ),
  declareClass('KalturaAppTokenFilter', 'sessionUserIdEqual', { base: 'KalturaAppTokenBaseFilter' }),
  declareClass('KalturaAppTokenListResponse', 'objects:[KalturaAppToken]!', { base: 'KalturaListResponse' }),
]
