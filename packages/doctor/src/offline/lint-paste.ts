import type { CatalogueAction, CauseId, EpochSeconds, Finding, Primitives, Severity } from '@latchkey/core'
import { ANSWER_CHECKS, unexplainedErrors } from './checks/answers.ts'
import { JOB_CHECKS } from './checks/job.ts'
import { LOGIN_CHECKS } from './checks/login.ts'
import { HASH_CHECKS } from './checks/login-hash.ts'
import { NAME_CHECKS } from './checks/names.ts'
import { SESSION_CHECKS } from './checks/session.ts'
import { SETTING_CHECKS } from './checks/settings.ts'
import { lintSeenToken, TOKEN_CHECKS } from './checks/tokens.ts'
import { TRANSPORT_CHECKS } from './checks/transport.ts'
import { cautionsOf, contentsOf } from './contents.ts'
import { errorInWords } from './explain-error.ts'
import type { PasteCheck, PasteFacts } from './paste-facts.ts'
import { isFields } from './read/fields.ts'
import { readToken } from './read/token-record.ts'
import { isEmpty, recognise } from './recognise.ts'
import type { PasteShape, Recognised, SeenToken } from './seen.ts'

export interface LintPasteOptions {
  readonly primitives: Primitives
  /** At which to judge. Unless told, an app token is judged at its making. */
  readonly now?: EpochSeconds | undefined
  /** Of this machine: for what has no time of its own. */
  readonly clock?: EpochSeconds | undefined
  /** What the job wants to call. */
  readonly wanted?: readonly CatalogueAction[] | undefined
}

export interface PasteLint {
  readonly shape: PasteShape
  /** False where nothing was found that could be judged. */
  readonly isReadable: boolean
  /** What it is; of an app token, what that will do. */
  readonly summary: string
  /** More sentences of the same app tokens. */
  readonly details: readonly string[]
  /** The gravest first. */
  readonly findings: readonly Finding[]
  /** Secrets that were pasted along. */
  readonly cautions: readonly string[]
}

/** In the order in which a call meets them, so that of two equally grave findings the earlier one comes first. */
const CHECKS: readonly PasteCheck[] = [
  ...NAME_CHECKS,
  ...TRANSPORT_CHECKS,
  ...SESSION_CHECKS,
  ...HASH_CHECKS,
  ...LOGIN_CHECKS,
  ...TOKEN_CHECKS,
  ...SETTING_CHECKS,
  ...JOB_CHECKS,
]
const GRAVITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 }
const MOST_OF_ONE_CAUSE = 3

/** Judges whatever was pasted, without any server. Never throws. */
export function lintPaste(text: string, options: LintPasteOptions): PasteLint {
  const found = recognise(text)
  const error = isEmpty(found) && found.shape !== 'too much' ? errorInWords(text) : undefined
  if (error === undefined) return lintRecognised(found, options)
  const response = { where: 'the paste', headers: new Map<string, string>(), form: 'text', error } as const
  return lintRecognised({ ...found, shape: 'response', responses: [response] }, options)
}

/** The same of what `recognise` found. */
export function lintRecognised(recognised: Recognised, options: LintPasteOptions): PasteLint {
  const { primitives, now, clock, wanted = [] } = options
  const tokens = [...recognised.tokens, ...drafts(recognised)]
  const facts: PasteFacts = { ...recognised, tokens, primitives, now, clock, wanted }
  const direct = CHECKS.flatMap((check) => check(facts))
  const answers = ANSWER_CHECKS.flatMap((check) => check(facts))
  const all = [
    ...answers.filter(({ severity }) => severity === 'error'),
    ...direct,
    ...unexplainedErrors(facts, direct),
    ...answers.filter(({ severity }) => severity !== 'error'),
  ]
  const findings = summed(all.toSorted((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]))
  const told = tokens.slice(0, MOST_OF_ONE_CAUSE).map((token) => lintSeenToken(facts, token))
  return {
    shape: recognised.shape,
    isReadable: !isEmpty(recognised),
    summary: [...told.map(({ summary }) => summary), ...contentsOf(recognised)].join(' '),
    details: told.flatMap(({ details }) => details),
    findings,
    cautions: cautionsOf(recognised),
  }
}

/** App tokens that calls are about to make. */
function drafts({ requests }: Recognised): readonly SeenToken[] {
  return requests.flatMap(({ service, action, params, where }) => {
    const fields = params.get('appToken')
    if (`${service}.${action}`.toLowerCase() !== 'apptoken.add' || !isFields(fields)) return []
    // An empty expiry is 0: expired from the beginning.
    const expiry = fields.get('expiry')
    const read = expiry === '' || expiry === null ? new Map([...fields, ['expiry', 0]]) : fields
    return [readToken(read, where, false)]
  })
}

/** Of many equal ones the first few. */
function summed(findings: readonly Finding[]): readonly Finding[] {
  const counts = new Map<CauseId, number>()
  for (const { cause } of findings) counts.set(cause, (counts.get(cause) ?? 0) + 1)
  const shown = new Map<CauseId, number>()
  return findings.flatMap((one) => {
    const at = (shown.get(one.cause) ?? 0) + 1
    shown.set(one.cause, at)
    if (at > MOST_OF_ONE_CAUSE) return []
    const left = (counts.get(one.cause) ?? 0) - MOST_OF_ONE_CAUSE
    return at === MOST_OF_ONE_CAUSE && left > 0 ? [{ ...one, saw: `${one.saw}; and ${left} more of these` }] : [one]
  })
}
