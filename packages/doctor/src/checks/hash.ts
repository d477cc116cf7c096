import { type HashType, judgeHashShape, type NearMiss, nearMiss, type Primitives } from '@latchkey/core'
import { type Check, type DoctorFinding, found } from '../check.ts'
import type { Facts } from '../facts.ts'
import { acceptedHashType, lastOf, namesIn } from '../view.ts'

/** What a tool made instead of the hash. */
export const hash: Check = (facts, primitives) => {
  const { receivedHash, tokenValue, sentSession } = facts.told
  if (receivedHash === undefined) return []
  const received = receivedHash.expose()
  const hashType = acceptedHashType(facts) ?? facts.told.record?.hashType ?? facts.told.hashType
  if (tokenValue === undefined || sentSession === undefined || sentSession.expose() === '') {
    const { cause, saw } = judgeHashShape(received, hashType)
    return [found(cause, 'error', saw, 'the form of the hash; with the value and the session string more can be said')]
  }
  const judged = search(facts, primitives, hashType ?? 'SHA256')
  return judged === undefined ? [] : judged
}

function search(facts: Facts, primitives: Primitives, hashType: HashType): readonly DoctorFinding[] | undefined {
  const { receivedHash, tokenValue, sentSession, otherSessions = [], tokenId } = facts.told
  if (receivedHash === undefined || tokenValue === undefined || sentSession === undefined) return undefined
  const miss = nearMiss(primitives, {
    sessionString: sentSession.expose(),
    tokenValue: tokenValue.expose(),
    tokenId,
    hashType,
    received: receivedHash.expose(),
    otherSessions: otherSessions.map((other) => other.expose()),
  })
  switch (miss.kind) {
    case 'right':
      return []
    case 'none':
      return [unexplained(receivedHash.expose(), hashType, miss)]
    case 'found':
      return miss.mistakes.map(({ cause, did }) => {
        const evidence = `the session string and the value, hashed so, give the very hash (${miss.confidence})`
        return found(ofOtherKind(facts, cause) ?? cause, 'error', did, evidence)
      })
  }
}

/** Another session, and the one that was sent is no widget's: a console, or a library, put its own in its place. */
function ofOtherKind(facts: Facts, cause: DoctorFinding['cause']): 'hash-session-of-other-kind' | undefined {
  if (cause !== 'hash-other-session') return undefined
  const sent = lastOf(facts, 'sent-session')
  const names = sent === undefined ? undefined : namesIn(sent)
  // ADMIN sessions hold what widget sessions hold, and more.
  const isWidget = names?.includes('WIDGET_SESSION_PERMISSION') && !names.includes('BASE_USER_SESSION_PERMISSION')
  return names === undefined || isWidget ? undefined : 'hash-session-of-other-kind'
}

function unexplained(
  received: string,
  hashType: HashType,
  { isDigest, triedCauses }: Extract<NearMiss, { kind: 'none' }>,
): DoctorFinding {
  const { cause, saw } = judgeHashShape(received, hashType)
  const evidence = isDigest
    ? `tried alone and in pairs, and none gives it: ${triedCauses.join(', ')}`
    : 'it reads as no digest'
  // A form that is wrong by itself is worth more than "unexplained", but no search has proven it.
  return found(cause, 'error', saw, evidence)
}
