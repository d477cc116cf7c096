import { type Finding, type HashType, judgeHashShape, nearMiss } from '@latchkey/core'
import {
  answeredSessions,
  found,
  isLogin,
  lookAtSessionOf,
  type PasteCheck,
  type PasteFacts,
  sessionOf,
  tokenOf,
} from '../paste-facts.ts'
import { textAt } from '../read/fields.ts'
import { isMasked, isPlaceholder, isVariable } from '../read/masked.ts'
import type { SeenRequest } from '../seen.ts'

/** Enough for whoever pastes one login; an archive with a thousand wrong ones tells no more. */
const MOST_SEARCHED = 20

/** The hash of a login: by what was hashed where the value was pasted too, else by its form alone. */
export const HASH_CHECKS: readonly PasteCheck[] = [
  (facts) => {
    let searches = 0
    return facts.requests.flatMap((request): readonly Finding[] => {
      const hash = textAt(request.params, 'tokenHash')
      if (!isLogin(request) || hash === undefined || isMasked(hash) || isPlaceholder(hash) || isVariable(hash))
        return []
      searches += 1
      return (searches <= MOST_SEARCHED ? byContent(facts, request, hash) : undefined) ?? byForm(facts, request, hash)
    })
  },

  (facts) =>
    facts.hashes.flatMap(({ text, where }) => {
      const [token] = facts.tokens
      const judged = shapeOf(text, token?.record.hashType)
      return judged === undefined
        ? []
        : [found(facts, where, judged.cause, 'error', judged.saw.replace('tokenHash is', 'it is'))]
    }),
]

/** `undefined` where not all of what is hashed is there. */
function byContent(facts: PasteFacts, request: SeenRequest, received: string): readonly Finding[] | undefined {
  const token = tokenOf(facts, request)
  const sessionString = sessionOf(request)
  if (token?.value === undefined || sessionString === undefined) return undefined
  const sentKind = kindOf(facts, request, sessionString)
  const others = answeredSessions(facts).filter(({ text }) => text !== sessionString)
  const miss = nearMiss(facts.primitives, {
    sessionString,
    sessionKind: sentKind,
    tokenValue: token.value,
    tokenId: token.id,
    hashType: token.record.hashType ?? 'SHA1',
    received,
    otherSessions: others
      .slice(0, 10)
      .map(({ text, from }) => ({ text, kind: from === 'widget' ? 'widget' : undefined })),
  })
  if (miss.kind === 'right') return []
  if (miss.kind === 'none') {
    const judged = shapeOf(received, token.record.hashType)
    return judged === undefined
      ? [
          found(
            facts,
            request.where,
            'hash-unexplained',
            'error',
            `none of ${miss.tried} digests that known mistakes give is what was sent`,
          ),
        ]
      : undefined
  }
  return miss.mistakes.map(({ cause, did }) =>
    found(facts, request.where, cause, 'error', `what was hashed, or sent: ${did}`),
  )
}

function kindOf(facts: PasteFacts, request: SeenRequest, text: string): 'widget' | 'user' | 'admin' | undefined {
  const source = answeredSessions(facts).find((session) => session.text === text)
  if (source?.from === 'widget') return 'widget'
  if (source?.from === 'secret') return isAdminLogin(source.request) ? 'admin' : 'user'
  const clear = lookAtSessionOf(facts, request)?.clear
  if (clear === undefined) return undefined
  if ((clear.type ?? 0) >= 1) return 'admin'
  return clear.privileges.includes('widget:1') && /^0?$/.test(clear.userId) ? 'widget' : 'user'
}

function isAdminLogin(request: SeenRequest | undefined): boolean {
  return request !== undefined && textAt(request.params, 'type') === '2'
}

function byForm(facts: PasteFacts, request: SeenRequest, hash: string): readonly Finding[] {
  const judged = shapeOf(hash, tokenOf(facts, request)?.record.hashType)
  const refused = request.response?.error?.code === 'INVALID_APP_TOKEN_HASH'
  if (judged !== undefined) {
    return [found(facts, request.where, judged.cause, judged.isSure || refused ? 'error' : 'warning', judged.saw)]
  }
  const kind = kindOf(facts, request, sessionOf(request) ?? '')
  if (kind !== 'admin' || !answeredSessions(facts).some(({ from }) => from === 'widget')) return []
  const saw =
    'an ADMIN session is sent with the hash, and there is a widget session beside it: the hash has to be over the one that is sent'
  return [found(facts, request.where, 'hash-session-of-other-kind', refused ? 'error' : 'warning', saw)]
}

const HEX = /^[0-9a-fA-F]+$/
const DIGITS: ReadonlySet<number> = new Set([32, 40, 64, 128])

/** What the form alone tells; `undefined` where it is as it should be. */
function shapeOf(hash: string, hashType: HashType | undefined) {
  if (hash.startsWith('\ufeff'))
    return { cause: 'hash-bom', saw: 'tokenHash begins with a byte order mark', isSure: true } as const
  const isDigest = HEX.test(hash) && DIGITS.has(hash.length)
  if (isDigest && /[A-F]/.test(hash) && hashType === undefined) {
    return {
      cause: 'hash-upper-case',
      saw: `tokenHash is ${hash.length} hex characters, some of them capitals`,
      isSure: true,
    } as const
  }
  if (isDigest && hashType === undefined) {
    if (hash.length !== 32) return undefined
    const saw = 'tokenHash is 32 hex characters, as app token values have, and as only MD5 gives'
    return { cause: 'hash-token-value-sent', saw, isSure: false } as const
  }
  const judged = judgeHashShape(hash, hashType)
  const isRight = judged.cause === 'hash-unexplained' && isDigest
  return isRight ? undefined : { ...judged, isSure: true }
}
