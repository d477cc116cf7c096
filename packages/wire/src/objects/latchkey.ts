import { declareClass } from './declare.ts'

/** Ours, beside the original's. */
export const LATCHKEY_CLASSES = [
  declareClass('LatchkeyContext', 'address uri entryId'),
  declareClass(
    'LatchkeyJournalFilter',
    `tokenIdEqual outcomeEqual outcomeIn actionEqual actionIn causeEqual causeIn actorEqual requestIdEqual
     atGreaterThanOrEqual:time atLessThanOrEqual:time`,
    { base: 'KalturaFilter' },
  ),
  declareClass('LatchkeyJournalListResponse', 'objects:[LatchkeyJournalLine]!', { base: 'KalturaListResponse' }),
  declareClass(
    'LatchkeyJournalLine',
    `at:int! requestId! partnerId:int! actor! door! action! tokenId! outcome! cause! code! object! address! client!
     value!`,
  ),
  declareClass('LatchkeyCall', 'service! action!'),
  declareClass('LatchkeyFix', 'id! title! opens:int! change:[LatchkeyCall]!'),
  declareClass('LatchkeyHeldPermission', 'permission! from!'),
  declareClass(
    'LatchkeyExplanation',
    `action! effect! reason! text! openedBy! needed:names! held:[LatchkeyHeldPermission]! verdict! advice!
     fixes:[LatchkeyFix]!`,
  ),
  declareClass('LatchkeyMatrix', 'columns:names! rows:[LatchkeyMatrixRow]!'),
  declareClass('LatchkeyMatrixRow', 'service!'),
  declareClass('LatchkeySuggestion', 'always:names! change:[LatchkeyCall]!'),
  declareClass('LatchkeyReach', 'read:int! write:int! delete:int! services:[LatchkeyServiceReach]!'),
  declareClass('LatchkeyServiceReach', 'service! read:names! write:names! delete:names!'),
  declareClass('LatchkeyComparison', 'onlyA:names! onlyB:names! both:names!'),
  declareClass('LatchkeyFinding', 'cause! severity! title! saw! remedy:names! docs!'),
  declareClass('LatchkeyLint', 'summary! details:names! findings:[LatchkeyFinding]!'),
  declareClass(
    'LatchkeyTokenUsage',
    `tokenId! issued:int! calls:int! lastIssuedAt:int! lastCallAt:int! lastRefusedAt:int! rotatedAt:int!
     previousUntil:int! isPreviousTaken:bool!`,
  ),
]
