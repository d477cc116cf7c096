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
  declareClass(
    'LatchkeySuggestion',
    `named:{LatchkeyNamedSuggestion}! exact:{LatchkeyExactSuggestion}! impossible:[LatchkeyImpossible]!
     leftOut:[LatchkeyLeftOut]! always:names! change:[LatchkeyCall]!`,
  ),
  declareClass('LatchkeyNamedSuggestion', 'permissions:names! surplus:names! proven:bool! bound:int! missing:names!'),
  declareClass('LatchkeyExactSuggestion', 'permissionItemsIds! actions:names! surplus:names!'),
  declareClass('LatchkeyImpossible', 'action! reason! text!'),
  declareClass('LatchkeyLeftOut', 'permission! because:names! opensWanted:int! surplus:int!'),
  declareClass(
    'LatchkeyReach',
    `read:int! write:int! delete:int! services:[LatchkeyServiceReach]! behindPlugins:names! users:{LatchkeyReachUsers}!
     lifetime:{LatchkeyReachLifetime}! addresses:{LatchkeyReachAddresses}! shrink:{LatchkeyShrink}!`,
  ),
  declareClass('LatchkeyReachUsers', 'actsAs! userId! entries! text!'),
  declareClass('LatchkeyReachLifetime', 'sessionSeconds:int! tokenExpiresAt:int! text!'),
  declareClass('LatchkeyReachAddresses', 'allowed:names! text!'),
  declareClass('LatchkeyShrink', 'title! from:int! to:int! change:[LatchkeyCall]!'),
  declareClass('LatchkeyServiceReach', 'service! read:names! write:names! delete:names!'),
  declareClass('LatchkeyComparison', 'onlyA:names! onlyB:names! both:names!'),
  declareClass('LatchkeyFinding', 'cause! severity! title! saw! remedy:names! docs!'),
  declareClass('LatchkeyLint', 'summary! details:names! findings:[LatchkeyFinding]!'),
  declareClass(
    'LatchkeyTokenUsage',
    `tokenId! issued:int! calls:int! lastIssuedAt:int! lastCallAt:int! lastRefusedAt:int! rotatedAt:int!
     previousUntil:int! isPreviousTaken:bool! previousValue:[LatchkeyPreviousUse]!`,
  ),
  declareClass('LatchkeyPreviousUse', 'client! address! lastAt:int! count:int!'),
]
