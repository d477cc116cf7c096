import { declareClass } from './declare.ts'

/** Without the properties that would hold its secrets: there is nothing to leave out by mistake. */
export const PARTNER_CLASSES = [
  declareClass(
    'KalturaPartner',
    'id:int! name website adminName adminEmail description createdAt:time! status:int! commercialUse:int',
  ),
]
