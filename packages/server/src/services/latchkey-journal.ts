import type { JournalOutcome } from '@latchkey/authority'
import type { Action } from './call.ts'
import { pageOf, textOf, timesOf, valuesOf } from './lists.ts'

const OUTCOMES: readonly JournalOutcome[] = ['issued', 'refused', 'revoked', 'changed']

export const latchkeyJournalService: Readonly<Record<string, Action>> = {
  async 'latchkey_journal.list'({ deps, access, values }) {
    const filter = values.object('filter')
    const listed = await deps.store.journal.list(
      access.partnerId,
      {
        tokenId: textOf(filter, 'tokenIdEqual'),
        outcomes: valuesOf(filter, 'outcomeEqual', 'outcomeIn')?.flatMap((text) => asOutcome(text) ?? []),
        actions: valuesOf(filter, 'actionEqual', 'actionIn'),
        causes: valuesOf(filter, 'causeEqual', 'causeIn'),
        actor: textOf(filter, 'actorEqual'),
        requestId: textOf(filter, 'requestIdEqual'),
        at: timesOf(filter, 'at'),
      },
      pageOf(values.object('pager')),
    )
    return {
      objectType: 'LatchkeyJournalListResponse',
      objects: listed.items.map((line) => ({ objectType: 'LatchkeyJournalLine', ...line })),
      totalCount: listed.total,
    }
  },
}

function asOutcome(text: string): JournalOutcome | undefined {
  return OUTCOMES.find((outcome) => outcome === text)
}
