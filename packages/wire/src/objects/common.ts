import { declareClass } from './declare.ts'

export const COMMON_CLASSES = [
  declareClass('KalturaFilterPager', 'pageSize:int pageIndex:int'),
  declareClass('KalturaFilter', 'orderBy advancedSearch:{KalturaSearchItem}', { isAbstract: true }),
  declareClass('KalturaRelatedFilter', '', { base: 'KalturaFilter', isAbstract: true }),
  // Accepted and not looked at; clients that send one send a subclass that we need not know.
  declareClass('KalturaSearchItem', ''),
  declareClass('KalturaListResponse', 'totalCount:int!', { isAbstract: true }),
]
