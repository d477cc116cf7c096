import { actionScopeOf, countingKey, type EpochSeconds, formatScope, keysToAsk, readActionsLimit } from '@latchkey/core'
import { decideAccess } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { OpenedSession } from '../opened-sessions.ts'
import { type ClientCredentials, proveClient } from './client.ts'
import { type DoorDenial, type DoorNote, type DoorReason, logInClient, noteOf } from './issue.ts'
import { type CallPlace, READ_TOKENS } from './login-access.ts'
import { namedTokenOf, openShown } from './narrow.ts'
import { isOpen, judgedOfGrant } from './scope.ts'

/** Who asks: an app token by its value, or a session. */
export type IntrospectionCaller =
  | { readonly credentials: ClientCredentials; readonly sessionText?: undefined }
  | { readonly sessionText: string; readonly credentials?: undefined }

/** What a session is, for whoever may know. Everything else is not active, whatever it is. */
export type Introspected =
  | { readonly isActive: false }
  | {
      readonly isActive: true
      readonly partnerId: number
      readonly tokenId?: string | undefined
      readonly userId?: string | undefined
      /** 0 USER, 2 ADMIN. */
      readonly type: number
      readonly expiresAt: EpochSeconds
      readonly scope: string
      readonly privileges: string
    }

export type IntrospectionAnswer =
  | { readonly effect: 'allow'; readonly session: Introspected; readonly note: DoorNote }
  | DoorDenial

const BLOCKED_USER = 0
const INACTIVE: Introspected = { isActive: false }

/** Whether a session is live, and what it is: to the app token that it came from, and to whoever may read app tokens. */
export async function introspectSession(
  deps: Deps,
  caller: IntrospectionCaller,
  text: string,
  place: CallPlace,
): Promise<IntrospectionAnswer> {
  const asker = await askerOf(deps, caller, place)
  if (asker.effect === 'deny') return asker
  const { note } = asker
  const opened = await openShown(deps, text)
  if ('code' in opened || opened.session.partnerId !== asker.partnerId)
    return { effect: 'allow', session: INACTIVE, note }
  const isOwn = asker.tokenId !== undefined && namedTokenOf(opened) === asker.tokenId
  const mayKnow = isOwn || text === caller.sessionText || (await asker.mayReadTokens())
  if (!mayKnow || !(await isLive(deps, opened))) return { effect: 'allow', session: INACTIVE, note }
  return { effect: 'allow', session: describe(opened), note }
}

function describe(opened: OpenedSession): Introspected {
  const { session } = opened
  const tokenId = namedTokenOf(opened)
  const { partnerId, userId, type, expiresAt, privileges } = session
  return {
    isActive: true,
    partnerId,
    tokenId,
    userId: userId || undefined,
    type,
    expiresAt,
    scope: formatScope(actionScopeOf(session)),
    privileges,
  }
}

/** From where and for what it may be used is not asked: the one who asks is not the one who uses it. */
async function isLive(deps: Deps, { session, keys, partner, kind }: OpenedSession): Promise<boolean> {
  const now = deps.clock()
  if (!(session.expiresAt > now) || !(partner.status === 1 || partner.status === 4)) return false
  const { partnerId, userId } = session
  const user = userId && kind !== 'widget' ? await deps.store.users.find(partnerId, userId) : undefined
  if (user?.status === BLOCKED_USER) return false
  const limit = readActionsLimit(session)
  if (limit.kind === 'invalid') return false
  if ((await deps.store.revocations.find(keysToAsk(keys), now)).length > 0) return false
  return limit.kind === 'none' || deps.store.revocations.hasCallLeft(countingKey(keys), limit.limit)
}

type Asker =
  | {
      readonly effect: 'allow'
      readonly partnerId: number
      readonly tokenId?: string | undefined
      readonly mayReadTokens: () => Promise<boolean>
      readonly note: DoorNote
    }
  | DoorDenial

async function askerOf(deps: Deps, caller: IntrospectionCaller, place: CallPlace): Promise<Asker> {
  return caller.credentials === undefined
    ? askerBySession(deps, caller.sessionText, place)
    : askerByClient(deps, caller.credentials, place)
}

async function askerBySession(deps: Deps, sessionText: string, place: CallPlace): Promise<Asker> {
  const deny = (reason: DoorReason, note: DoorNote = {}): DoorDenial => ({ effect: 'deny', reason, note })
  const opened = await openShown(deps, sessionText)
  if ('code' in opened) return deny({ code: 'session-refused', reason: opened })
  const { session, tokenId } = opened
  const note = { partnerId: session.partnerId, tokenId, userId: session.userId || undefined }
  const question = { action: READ_TOKENS, opened, sessionText, ...place, countsCall: true }
  const { decision } = await decideAccess(deps, question)
  // Short of a permission it may still ask about itself and the sessions beside it; not when it does not count.
  if (decision.effect === 'deny' && !LACKS_PERMISSION.has(decision.reason.code)) {
    return deny({ code: 'session-refused', reason: decision.reason }, note)
  }
  const mayReadTokens = () => Promise.resolve(decision.effect === 'allow')
  return { effect: 'allow', partnerId: session.partnerId, tokenId, mayReadTokens, note }
}

const LACKS_PERMISSION: ReadonlySet<string> = new Set(['permission-missing', 'out-of-scope'])

async function askerByClient(deps: Deps, credentials: ClientCredentials, place: CallPlace): Promise<Asker> {
  const proof = await proveClient(deps, credentials)
  if (proof.effect === 'unproven') {
    const { mistake, token } = proof
    return { effect: 'deny', reason: { code: 'client-unproven', mistake }, note: noteOf(token) }
  }
  const { token, partner } = proof
  const mayReadTokens = async () => {
    const login = await logInClient(deps, { credentials, place }, () => ({}), { isDraft: true })
    if (login.effect === 'deny') return false
    return isOpen(READ_TOKENS, await judgedOfGrant(deps, partner, login.grant, place))
  }
  return { effect: 'allow', partnerId: partner.id, tokenId: token.id, mayReadTokens, note: noteOf(token) }
}
