import {
  actionScopeOf,
  type DenyReason,
  decideNarrowing,
  denialOfValidity,
  formatScope,
  LatchkeyError,
  type NarrowingReason,
  parseScope,
  sealSession,
  tokenOfSession,
} from '@latchkey/core'
import { decideAccess } from '../access.ts'
import { isInRange, parseRanges } from '../address-ranges.ts'
import type { Deps } from '../deps.ts'
import type { OpenedSession } from '../opened-sessions.ts'
import { signingKeys } from '../signing-keys.ts'
import {
  type DoorDenial,
  type DoorReason,
  type IssuedSession,
  logInClient,
  type SessionWish,
  sealedUnlessOdd,
} from './issue.ts'
import { READ_TOKENS } from './login-access.ts'
import { asHeld, countOpen, giveActions, judgedOf } from './scope.ts'

export interface NarrowWish extends SessionWish {
  /** The session that is to be narrowed, as it was sent. */
  readonly sessionText: string
}

/**
 * A session in, a strictly narrower one out (RFC 8693), for the app token that the session came from. What would be wider is
 * refused, never cut. One call of a session that is limited in number is taken for it, so that the counter is there before
 * there is a second session to count.
 */
export async function narrowForClient(deps: Deps, wish: NarrowWish): Promise<IssuedSession | DoorDenial> {
  const login = await logInClient(deps, wish, () => ({}))
  if (login.effect === 'deny') return login
  const { partner, now, note } = login
  const deny = (reason: DoorReason): DoorDenial => ({ effect: 'deny', reason, note })

  const opened = await openShown(deps, wish.sessionText)
  if ('code' in opened) return deny({ code: 'session-refused', reason: opened })
  const { session } = opened
  if (session.partnerId !== partner.id || opened.tokenId !== login.proof.token.id) {
    return deny({ code: 'session-of-other', isOfNone: opened.tokenId === undefined })
  }
  const shown = { opened, sessionText: wish.sessionText, isOnlyShown: true }
  const question = { action: READ_TOKENS, ...shown, ...wish.place, countsCall: true }
  const { context } = await decideAccess(deps, question)
  if (context.validity?.effect === 'deny')
    return deny({ code: 'session-refused', reason: denialOfValidity(context.validity.reason) })

  const asked = parseScope(wish.scope ?? '')
  const judged = await judgedOf(deps, opened, wish.place)
  const { scope, dropped } = giveActions(asked, judged)
  const own = actionScopeOf(session)
  const wider: NarrowingReason[] = dropped.map(({ scope: word, text }) => ({ code: 'wider', scope: word, text }))
  if (asked.isFull && own !== undefined) {
    wider.push({ code: 'wider', scope: 'full', text: 'the session is limited to some actions itself' })
  }
  const narrowing =
    sealedUnlessOdd(() =>
      decideNarrowing(
        session,
        { actions: scope, privileges: asked.privileges, lifetimeSeconds: wish.lifetimeSeconds },
        { now, actionCount: scope === undefined ? 0 : countOpen(judged), readAddress, isInRange },
      ),
    ) ?? UNSEALABLE
  const ofNarrowing = narrowing.effect === 'deny' ? narrowing.reasons : []
  const first = wider.length > 0 ? ofNarrowing.filter(({ code }) => code === 'wider') : ofNarrowing
  if (wider.length > 0 || narrowing.effect === 'deny')
    return deny({ code: 'not-narrowed', reasons: [...wider, ...first] })

  const [key] = signingKeys(deps.primitives, partner)
  const { fields, version } = narrowing
  // In the version of the session that it comes from: of a privilege that is there twice each reads another one.
  const sealed = sealedUnlessOdd(() => sealSession(deps.primitives, fields, key, version, deps.fidelity))
  if (sealed === undefined) return deny({ code: 'not-narrowed', reasons: UNSEALABLE.reasons })
  const { text, fingerprint } = sealed
  return {
    effect: 'allow',
    sessionText: text,
    fingerprint,
    lifetimeSeconds: fields.expiresAt - now,
    scope: formatScope(scope ?? own, asHeld(asked.privileges, fields)),
    dropped: [],
    warnings: [],
    note: { ...note, userId: session.userId || undefined },
  }
}

/** Whoever holds a secret can write a session that is read otherwise than it could be written again. */
const UNSEALABLE = { effect: 'deny', reasons: [{ code: 'unsealable' }] } as const

/**
 * The app token that it came from, of a widget session too: one of nobody in particular becomes one by what its scope or its
 * app token says. Whoever ends it or asks about it may also end all of that app token's sessions.
 */
export function namedTokenOf({ session }: OpenedSession): string | undefined {
  return tokenOfSession(session, 'user')
}

/** Why it cannot be read, where it cannot. */
export async function openShown(deps: Deps, text: string): Promise<OpenedSession | DenyReason> {
  try {
    return await deps.sessions.open(deps.store, deps.primitives, text)
  } catch (error) {
    if (!(error instanceof LatchkeyError) || !error.code.startsWith('SESSION_')) throw error
    return { code: error.code === 'SESSION_MALFORMED' ? 'malformed' : 'bad-signature' }
  }
}

function readAddress(text: string): string | undefined {
  if (text.includes('/')) return undefined
  try {
    return parseRanges([text])[0]
  } catch {
    return undefined
  }
}
