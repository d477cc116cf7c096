import { declareClass } from './declare.ts'

export const SESSION_CLASSES = [
  declareClass(
    'KalturaSessionInfo',
    'ks! sessionType:KalturaSessionType! partnerId:int! userId! expiry:time! privileges!',
  ),
  declareClass('KalturaStartWidgetSessionResponse', 'partnerId:int! ks! userId!'),
]
