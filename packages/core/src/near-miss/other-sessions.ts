import type { SessionKind } from '../session.ts'
import { type Mutation, session } from './mutation.ts'

export interface OtherSession {
  readonly text: string
  readonly kind?: SessionKind | undefined
}

/** Rows for session strings that were at hand besides the one that was sent. Of another kind where both kinds are known. */
export function otherSessions(
  others: readonly (string | OtherSession)[],
  sentKind: SessionKind | undefined,
): readonly Mutation[] {
  return others.map((other, at) => {
    const { text, kind }: OtherSession = typeof other === 'string' ? { text: other } : other
    const number = others.length === 1 ? '' : ` (number ${at + 1} of those at hand)`
    if (kind === undefined || sentKind === undefined || kind === sentKind) {
      return session('hash-other-session', 'value', `another session string than the one sent${number}`, () => text)
    }
    const did = `the string of a ${kind} session${number}, where that of a ${sentKind} session was sent`
    return session('hash-session-of-other-kind', 'value', did, () => text)
  })
}
