import type { Severity } from '@latchkey/core'
import type { DoctorFinding } from '@latchkey/doctor'
import { type Paint, wrap } from './paint.ts'

const INDENT = '   '

/** The findings as text, the cause first. */
export function describeFindings(findings: readonly DoctorFinding[], paint: Paint): string {
  if (findings.length === 0) return `${paint.green('Nothing found that is wrong.')}\n`
  return findings.map((finding, at) => describe(finding, at + 1, paint)).join('\n')
}

function describe(
  { cause, severity, title, saw, evidence, remedy, docs }: DoctorFinding,
  number: number,
  paint: Paint,
) {
  const steps = remedy.map((step, at) => wrap(step, `${INDENT}   `, `${INDENT}${at + 1}. `))
  return [
    `${colourOf(severity, paint)(`${number}. ${severity}`)}  ${paint.bold(cause)}\n`,
    wrap(`${title}.`, INDENT),
    wrap(`Seen: ${saw}.`, INDENT),
    paint.dim(wrap(`Known from: ${evidence}.`, INDENT)),
    `${INDENT}What to do:\n`,
    ...steps,
    paint.dim(`${INDENT}${docs}\n`),
  ].join('')
}

function colourOf(severity: Severity, paint: Paint): (text: string) => string {
  if (severity === 'error') return paint.red
  return severity === 'warning' ? paint.yellow : paint.dim
}
