import { accessOfToken, type TokenAccess, type TokenFacts } from '../access/token-record.ts'
import type { CatalogueAction } from '../catalogue/actions.ts'
import type { Finding, Severity } from '../finding.ts'
import type { EpochSeconds } from '../time.ts'
import { PERMISSION_CHECKS } from './permissions.ts'
import { PRIVILEGE_CHECKS } from './privileges.ts'
import { detailsOf, summarize } from './summary.ts'
import { TOKEN_CHECKS } from './token.ts'

export interface LintQuestion extends TokenFacts {
  readonly now: EpochSeconds
  /** What the token is wanted for, where that is told. */
  readonly wanted?: readonly CatalogueAction[] | undefined
  /**
   * False where nobody could look roles up, as without a server: then nothing is said about roles that are named. True
   * unless told.
   */
  readonly knowsRoles?: boolean | undefined
}

/** What a check is handed. */
export interface LintFacts extends LintQuestion {
  readonly access: TokenAccess
}

/** A finding or several, or none. */
export type LintCheck = (facts: LintFacts) => Finding | readonly Finding[] | undefined

export interface Lint {
  /** What the token will do, in one sentence. */
  readonly summary: string
  /** More sentences: what the actions that it opens do, and what a request can still say. */
  readonly details: readonly string[]
  /** The gravest first. */
  readonly findings: readonly Finding[]
}

const CHECKS: readonly LintCheck[] = [...TOKEN_CHECKS, ...PERMISSION_CHECKS, ...PRIVILEGE_CHECKS]
const GRAVITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 }

/** Says what an app token will do, and what about it will hurt. Needs no server and not the token's value. */
export function lint(question: LintQuestion): Lint {
  const facts: LintFacts = { ...question, access: accessOfToken(question) }
  const findings = CHECKS.flatMap((check) => check(facts) ?? [])
  return {
    summary: summarize(facts),
    details: detailsOf(facts),
    findings: findings.toSorted((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]),
  }
}
