import type { Primitives, Severity } from '@latchkey/core'
import type { DoctorFinding } from './check.ts'
import { CHECKS } from './checks.ts'
import type { Facts } from './facts.ts'

const GRAVITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 }

/** What the facts say, the cause first. The same facts give the same findings, on every machine. */
export function diagnoseFacts(facts: Facts, primitives: Primitives): readonly DoctorFinding[] {
  const all = CHECKS.flatMap((check) => check(facts, primitives)).toSorted(
    (a, b) => GRAVITY[a.severity] - GRAVITY[b.severity],
  )
  const seen = new Set<string>()
  return all.filter(({ cause, saw }) => {
    // The first of a cause is the gravest; others of it are kept only where they are about something else.
    const key = ONE_EACH.has(cause) ? cause : `${cause} ${saw}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** Causes that several checks see in different words. */
const ONE_EACH: ReadonlySet<string> = new Set([
  'admin-without-role',
  'hash-type-weak',
  'hash-unexplained',
  'permission-name-as-privilege',
  'privilege-blank',
  'privilege-duplicate',
  'token-deleted',
  'token-disabled',
  'token-expired',
  'token-expiry-unit',
  'token-id-mangled',
  'user-blocked',
  'partner-blocked',
  'role-unknown',
  'ip-restriction',
  'uri-restriction',
  'actions-limit-used-up',
  'session-duration-too-short',
  'list-shows-own-entries-only',
])

/** What a command ends with: 0 nothing to do, 1 something to mend, 2 nobody could look. */
export function exitCodeOf(facts: Facts, findings: readonly DoctorFinding[]): 0 | 1 | 2 {
  const ping = facts.exchanges.find(({ probe }) => probe === 'ping')
  const isBlind = ping !== undefined && (ping.answer.kind === 'none' || ping.answer.form !== 'json')
  if (isBlind && facts.local === undefined) return 2
  return findings.some(({ severity }) => severity !== 'note') ? 1 : 0
}
