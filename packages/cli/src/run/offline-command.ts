import type { Finding, Severity } from '@latchkey/core'
import { CommandFailure } from '../command-failure.ts'
import { type Paint, wrap } from '../doctor/paint.ts'
import { NOT_READABLE } from '../paste.ts'

/** Runs a command that needs no server: it ends with what that says, or with 2 where it could not look. */
export function offlineAction<Args extends readonly unknown[]>(
  run: (...args: Args) => number | Promise<number>,
): (...args: Args) => Promise<void> {
  return async (...args) => {
    try {
      process.exitCode = await run(...args)
    } catch (error) {
      if (!(error instanceof CommandFailure)) process.exitCode = NOT_READABLE
      throw error
    }
  }
}

const INDENT = '   '

/** Findings as text, each with what to do. */
export function describeFindings(findings: readonly Finding[], paint: Paint): string {
  return findings.map((one, at) => describe(one, at + 1, paint)).join('\n')
}

function describe({ cause, severity, title, saw, remedy, docs }: Finding, number: number, paint: Paint): string {
  return [
    `${colourOf(severity, paint)(`${number}. ${severity}`)}  ${paint.bold(cause)}\n`,
    wrap(`${title}.`, INDENT),
    wrap(`Seen: ${saw}.`, INDENT),
    ...remedy.map((step, at) => wrap(step, `${INDENT}   `, `${INDENT}${at + 1}. `)),
    paint.dim(`${INDENT}${docs}\n`),
  ].join('')
}

function colourOf(severity: Severity, paint: Paint): (text: string) => string {
  if (severity === 'error') return paint.red
  return severity === 'warning' ? paint.yellow : paint.dim
}

/** 0 where there is nothing, or notes only. */
export function exitCodeFor(findings: readonly Pick<Finding, 'severity'>[]): number {
  return findings.some(({ severity }) => severity !== 'note') ? 1 : 0
}
