import { declareClass } from './declare.ts'

export const WIDGET_CLASSES = [
  declareClass(
    'KalturaWidget',
    `id! partnerId:int! entryId uiConfId:int securityType:KalturaWidgetSecurityType createdAt:time! updatedAt:time!
     enforceEntitlement:bool privacyContext roles privileges`,
  ),
  declareClass(
    'KalturaWidgetFilter',
    `idEqual idIn sourceWidgetIdEqual rootWidgetIdEqual partnerIdEqual:int entryIdEqual uiConfIdEqual:int
     createdAtGreaterThanOrEqual:time createdAtLessThanOrEqual:time updatedAtGreaterThanOrEqual:time
     updatedAtLessThanOrEqual:time partnerDataLike`,
    { base: 'KalturaFilter' },
  ),
  declareClass('KalturaWidgetListResponse', 'objects:[KalturaWidget]!', { base: 'KalturaListResponse' }),
]
