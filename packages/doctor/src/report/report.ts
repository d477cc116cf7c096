import { CAUSES, type EpochSeconds, type Primitives, type Rung, readSessionHeader, Secret } from '@latchkey/core'
import type { DoctorFinding } from '../check.ts'
import { diagnoseFacts } from '../diagnose.ts'
import type { Exchange, Facts } from '../facts.ts'
import { provenBy, stoppedAt } from '../rungs.ts'
import { clockSkew, nameOf } from '../view.ts'
import { disguise, maskRuns } from './disguise.ts'

export const REPORT_FORMAT = 'latchkey-doctor-report/1'

/** What can be posted where everybody reads it. Everything secret in it is made up. */
export interface Report {
  readonly format: typeof REPORT_FORMAT
  readonly madeAt: EpochSeconds
  readonly versions: Readonly<Record<string, string>>
  readonly clockSkew?: { readonly seconds: number; readonly from: string } | undefined
  readonly timeline: readonly TimelineEntry[]
  readonly findings: readonly DoctorFinding[]
  /** Causes that the real facts show and these do not; none unless a mistake could not be made again. */
  readonly lost: readonly string[]
  readonly facts: Facts
}

/** One call, with the rungs that it proves. */
export interface TimelineEntry {
  /** Seconds since the first. */
  readonly at: number
  readonly tookMs: number
  readonly probe: Exchange['probe']
  readonly call: string
  readonly outcome: string
  readonly proven: readonly Rung[]
  readonly stoppedAt?: Rung | undefined
}

/** @param versions of the programs at work, by name */
export function makeReport(
  facts: Facts,
  primitives: Primitives,
  versions: Readonly<Record<string, string>>,
): { readonly report: Report; readonly secrets: readonly string[] } {
  const { facts: shown, secrets } = disguise(facts, primitives)
  const findings = diagnoseFacts(shown, primitives)
  const kept = new Set<string>(findings.map(({ cause }) => cause))
  const lost = diagnoseFacts(facts, primitives)
    .map(({ cause }) => cause)
    .filter((cause) => !kept.has(cause))
  const report: Report = {
    format: REPORT_FORMAT,
    madeAt: facts.startedAt,
    versions,
    clockSkew: clockSkew(facts),
    timeline: shown.exchanges.map((exchange) => entryOf(exchange, facts.startedAt)),
    findings,
    lost,
    facts: shown,
  }
  return { report, secrets }
}

function entryOf(exchange: Exchange, startedAt: EpochSeconds): TimelineEntry {
  const { probe, sentAt, tookMs, answer } = exchange
  const outcome =
    answer.kind === 'none' ? answer.text : (answer.error?.code ?? (answer.form === 'json' ? 'ok' : answer.form))
  return {
    at: sentAt - startedAt,
    tookMs,
    probe,
    call: nameOf(exchange),
    outcome,
    proven: provenBy(exchange),
    stoppedAt: stoppedAt(exchange),
  }
}

/** As JSON that `parseReport` reads back. */
export function formatReport({ report, secrets }: ReturnType<typeof makeReport>, primitives: Primitives): string {
  const text = JSON.stringify(report, tagging, 2)
  return `${maskRuns(text, secrets, (secret) => headLength(primitives, secret), namesOf(report))}\n`
}

/** As a page for people, with the JSON at its end. */
export function formatReportPage(made: ReturnType<typeof makeReport>, primitives: Primitives): string {
  const { report, secrets } = made
  const steps = report.timeline.map(
    ({ at, tookMs, call, outcome, stoppedAt }) =>
      `| +${at} s | ${tookMs} ms | \`${call}\` | ${outcome} | ${stoppedAt ?? ''} |`,
  )
  const findings = report.findings.map(
    ({ cause, severity, saw, evidence, remedy }) =>
      `### ${severity}: ${CAUSES[cause].title} (\`${cause}\`)\n\nSeen: ${saw}.\n\nKnown from: ${evidence}.\n\n${remedy.map((step, at) => `${at + 1}. ${step}`).join('\n')}\n`,
  )
  const versions = Object.entries(report.versions).map(([name, version]) => `${name} ${version}`)
  const skew = report.clockSkew === undefined ? 'not known' : `${report.clockSkew.seconds} s (${report.clockSkew.from})`
  const page = `# What the doctor saw

Made at ${report.madeAt} (epoch seconds) by ${versions.join(', ')}. Clock of the server against the one here: ${skew}.
Session strings, values, hashes and users in it are made up; \`latchkey replay\` finds the same in them.

| when | took | call | answer | stopped at |
| --- | --- | --- | --- | --- |
${steps.join('\n')}

## Findings

${findings.join('\n') || 'None.\n'}
`
  const masked = maskRuns(page, secrets, (secret) => headLength(primitives, secret), namesOf(report))
  return `${masked}\n\`\`\`json\n${formatReport(made, primitives)}\`\`\`\n`
}

/** Of what may stand in a report, whatever was pasted: not those of parameters, which are somebody else's. */
function namesOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null || value instanceof Secret) return []
  return Object.entries(value).flatMap(([name, item]) =>
    ['params', 'args', 'headers'].includes(name) ? [name] : [name, ...namesOf(item)],
  )
}

/** A secret says that it is one, so that it is read back as such. */
function tagging(this: unknown, key: string, value: unknown): unknown {
  const own: unknown = typeof this === 'object' && this !== null ? Reflect.get(this, key) : value
  return own instanceof Secret ? { $madeUp: own.expose() } : value
}

/** How much of a session string of version 2 says in clear what anybody may know: its version and account. */
function headLength(primitives: Primitives, text: string): number {
  try {
    const { version, partnerId } = readSessionHeader(primitives, text)
    return version === 2 ? Math.ceil((`v2|${partnerId}|`.length * 8) / 6) : 0
  } catch {
    return 0
  }
}
