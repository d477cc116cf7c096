import type { Deps, JournalLine, JournalOutcome } from '@latchkey/authority'
import { diagnose } from '@latchkey/core'
import { apiError, withoutSecrets } from '@latchkey/wire'
import type { CallOutcome, HttpFacts } from './run-call.ts'

/** What an action leaves in the journal when it is carried out. All that is refused leaves a line as well. */
const KEPT: Readonly<Record<string, JournalOutcome>> = {
  'session.start': 'issued',
  'session.startWidgetSession': 'issued',
  'session.impersonate': 'issued',
  'session.end': 'revoked',
  'appToken.startSession': 'issued',
  'appToken.add': 'changed',
  'appToken.update': 'changed',
  'appToken.delete': 'revoked',
  'user.add': 'changed',
  'user.update': 'changed',
  'user.delete': 'changed',
  'userRole.add': 'changed',
  'userRole.update': 'changed',
  'userRole.delete': 'changed',
  'userRole.clone': 'changed',
  'permission.add': 'changed',
  'permission.update': 'changed',
  'permission.delete': 'changed',
  'widget.add': 'changed',
  'latchkey_token.pause': 'changed',
  'latchkey_token.resume': 'changed',
  'latchkey_token.rotate': 'changed',
  'latchkey_token.annotate': 'changed',
}

const keptByAction = new Map(Object.entries(KEPT))
const TOKEN_ID = /^\d{1,6}_[0-9a-z]{8}$/

/**
 * Writes down what was issued, refused, revoked and changed, and counts what else was allowed. Resolves once that survives
 * the end of this process; a session that could not be written down is not given out.
 */
export function keepJournal(
  deps: Deps,
  outcomes: readonly CallOutcome[],
  http: HttpFacts,
): readonly CallOutcome[] | Promise<readonly CallOutcome[]> {
  const now = deps.clock()
  const writing: Promise<void>[] = []
  for (const outcome of outcomes) {
    const kind = outcome.ok ? keptByAction.get(outcome.action ?? '') : 'refused'
    if (kind !== undefined) writing.push(deps.store.journal.append(lineOf(outcome, kind, http, now)))
    if (outcome.ok && outcome.tokenId !== undefined) {
      deps.store.journal.countCall(outcome.partnerId ?? 0, outcome.tokenId, now)
    }
  }
  if (writing.length === 0) return outcomes
  return Promise.all(writing).then(
    () => outcomes,
    (error: unknown) => {
      http.onFault(error)
      return outcomes.map((outcome) => withheld(outcome, http, now))
    },
  )
}

function withheld(outcome: CallOutcome, http: HttpFacts, now: number): CallOutcome {
  if (!outcome.ok || keptByAction.get(outcome.action ?? '') !== 'issued') return outcome
  const [service = '', action = ''] = (outcome.action ?? '').split('.')
  const { value: _, ...rest } = outcome
  const facts = { service, action, requestId: http.requestId, now }
  return {
    ...rest,
    ok: false,
    error: apiError('SERVICE_UNAVAILABLE'),
    diagnosis: diagnose({ kind: 'server-fault' }, facts),
  }
}

/** What the answer shows by its id, or what the call named. */
function changedObject(outcome: CallOutcome, tokenId: string | undefined): string | undefined {
  const [service = ''] = (outcome.action ?? '').split('.')
  const value = outcome.ok ? outcome.value : undefined
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  if (typeof id === 'string' || typeof id === 'number') return `${service.replace('latchkey_token', 'appToken')} ${id}`
  return service === 'appToken' && tokenId !== undefined ? `appToken ${tokenId}` : undefined
}

function lineOf(outcome: CallOutcome, kind: JournalOutcome, http: HttpFacts, now: number): JournalLine {
  const { action = '', note, userId, clientTag } = outcome
  const partnerId = note?.partnerId ?? outcome.partnerId ?? 0
  const requestId = http.requestId
  const named = outcome.requestedTokenId
  // Of what a client sends as an id only what looks like one: values are pasted there too.
  const tokenId = note?.tokenId ?? (named !== undefined && TOKEN_ID.test(named) ? named : outcome.tokenId)
  const about = {
    at: now,
    requestId,
    partnerId,
    actor: note?.actor || userId || outcome.tokenId || (kind === 'issued' ? tokenId : undefined),
    door: 'v3',
    action,
    tokenId,
    address: http.address,
    client: clientTag === undefined ? undefined : withoutSecrets(clientTag),
    object: note?.object ?? (kind === 'changed' || kind === 'revoked' ? changedObject(outcome, tokenId) : undefined),
    value: note?.value,
  } as const
  if (outcome.ok) return { ...about, outcome: kind }
  return { ...about, outcome: kind, cause: outcome.diagnosis.cause.id, code: outcome.error.code }
}
