import {
  LatchkeyError,
  openSession,
  type Primitives,
  type RevocationKeys,
  readSessionHeader,
  revocationKeys,
  type Session,
  type SessionKind,
  sessionKind,
  tokenOfSession,
} from '@latchkey/core'
import type { Partner, Store } from './ports.ts'
import { signingKeys } from './signing-keys.ts'

/** A session string whose signature is right. Whether it still counts is asked at every call. */
export interface OpenedSession {
  readonly session: Session
  /** Whose secret signed it. */
  readonly partner: Partner
  readonly keys: RevocationKeys
  readonly kind: SessionKind
  /** Of the app token that it came from. */
  readonly tokenId?: string | undefined
}

const MOST = 10_000
/** Longer ones are opened each time: the cache is bounded in bytes too. */
const LONGEST = 4_096

/**
 * Session strings that were opened before, so that a session in use costs its cryptography once. An entry counts only
 * while the store still gives the very partner it was opened with. Bounded by two generations.
 */
export class OpenedSessions {
  #young = new Map<string, OpenedSession>()
  #old = new Map<string, OpenedSession>()

  /**
   * @throws {LatchkeyError} `SESSION_MALFORMED`, `SESSION_PARTNER_UNKNOWN`, `SESSION_SIGNATURE_MISMATCH`
   */
  async open(store: Store, primitives: Primitives, text: string): Promise<OpenedSession> {
    const kept = this.#find(text)
    if (kept !== undefined && (await store.partners.find(kept.partner.id)) === kept.partner) return kept
    const header = readSessionHeader(primitives, text)
    const partner = await store.partners.find(header.partnerId)
    if (partner === undefined) throw new LatchkeyError('SESSION_PARTNER_UNKNOWN', { partnerId: header.partnerId })
    const session = openSession(primitives, header, signingKeys(primitives, partner))
    const kind = sessionKind(session)
    const tokenId = tokenOfSession(session, kind)
    const opened = { session, partner, keys: revocationKeys(primitives, session), kind, tokenId }
    if (text.length <= LONGEST) this.#keep(text, opened)
    return opened
  }

  #find(text: string): OpenedSession | undefined {
    const young = this.#young.get(text)
    if (young !== undefined) return young
    const old = this.#old.get(text)
    if (old !== undefined) this.#keep(text, old)
    return old
  }

  #keep(text: string, opened: OpenedSession): void {
    if (this.#young.size >= MOST / 2) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(text, opened)
  }
}
