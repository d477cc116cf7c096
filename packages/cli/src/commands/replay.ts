import { nodePrimitives } from '@latchkey/core/node'
import { diagnoseFacts, exitCodeOf, provenBy, stoppedAt } from '@latchkey/doctor'
import type { Command } from 'commander'
import { describeFindings } from '../doctor/findings-view.ts'
import { describeStep } from '../doctor/ladder-view.ts'
import { paintFor } from '../doctor/paint.ts'
import { readReport } from '../doctor/report-file.ts'
import { describeFailure } from '../failure.ts'

const COULD_NOT_LOOK = 2

/** `latchkey replay`: draws the same conclusions from a report, without any server. */
export function addReplayCommand(program: Command): void {
  program
    .command('replay <file>')
    .description('Look at a report of the doctor again, from anywhere; - is what is piped in')
    .option('--json', 'Print JSON')
    .action((file: string, flags: { readonly json?: boolean }) => {
      try {
        process.exitCode = replay(file, flags.json === true)
      } catch (error) {
        process.stderr.write(describeFailure(error))
        process.exitCode = COULD_NOT_LOOK
      }
    })
}

function replay(file: string, isJson: boolean): number {
  const facts = readReport(file)
  const findings = diagnoseFacts(facts, nodePrimitives)
  const code = exitCodeOf(facts, findings)
  if (isJson) {
    process.stdout.write(`${JSON.stringify({ findings, exitCode: code }, null, 2)}\n`)
    return code
  }
  const paint = paintFor(process.stdout)
  for (const exchange of facts.exchanges) {
    process.stdout.write(describeStep({ exchange, proven: provenBy(exchange), stoppedAt: stoppedAt(exchange) }, paint))
  }
  process.stdout.write(`\n${describeFindings(findings, paint)}`)
  return code
}
