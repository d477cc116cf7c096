import type { Deps, DoorNote, JournalOutcome } from '@latchkey/authority'
import { withoutSecrets } from '@latchkey/wire'
import type { OauthReply } from './answers.ts'
import { refusedReply } from './answers.ts'

export interface JournalFacts {
  readonly requestId: string
  readonly address: string
  readonly userAgent: string | undefined
  /** What the request names as an app token, for refusals of which nothing else is known. */
  readonly namedTokenId: string | undefined
  readonly onFault: (error: unknown) => void
}

/** What is left in the journal of what was answered; what is only asked leaves nothing. */
const KEPT: Readonly<Record<string, JournalOutcome | undefined>> = {
  token: 'issued',
  exchange: 'issued',
  revoke: 'revoked',
}

/** Resolves to the reply once its line survives the end of this process; a session without a line is not given out. */
export async function keepLine(
  deps: Deps,
  endpoint: string,
  reply: OauthReply,
  facts: JournalFacts,
): Promise<OauthReply> {
  const outcome = reply.refused === undefined ? KEPT[endpoint] : 'refused'
  if (outcome === undefined || reply.isIdle === true || reply.refused?.isRepeated === true) return reply
  const at = deps.clock()
  try {
    const partnerId = reply.note.partnerId ?? (await ownerOf(deps, facts.namedTokenId))
    await deps.store.journal.append({ at, outcome, partnerId, ...lineOf(endpoint, reply, facts) })
    return reply
  } catch (error) {
    facts.onFault(error)
    if (outcome !== 'issued') return reply
    const problem = { kind: 'server-fault' } as const
    return refusedReply(
      { error: 'temporarily_unavailable', problem, note: reply.note },
      { endpoint, requestId: facts.requestId, now: at },
    )
  }
}

/** Whoever set up a tool that asks wrongly finds it in the journal of the account. */
async function ownerOf({ store }: Deps, tokenId: string | undefined): Promise<number> {
  return (tokenId === undefined ? undefined : await store.appTokens.partnerOf(tokenId)) ?? 0
}

function lineOf(endpoint: string, { note, refused }: OauthReply, facts: JournalFacts) {
  const tokenId = note.tokenId ?? facts.namedTokenId
  return {
    requestId: facts.requestId,
    actor: actorOf(note),
    door: 'oauth2',
    action: `oauth2.${endpoint}`,
    tokenId,
    address: facts.address,
    client: facts.userAgent === undefined ? undefined : withoutSecrets(facts.userAgent),
    value: refused === undefined && note.value === 'previous' ? note.value : undefined,
    ...(refused && { cause: refused.diagnosis.cause.id, code: refused.error }),
  } as const
}

function actorOf({ userId, tokenId }: DoorNote): string | undefined {
  return userId ?? tokenId
}
