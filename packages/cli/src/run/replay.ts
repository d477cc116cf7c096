import { nodePrimitives } from '@latchkey/core/node'
import { diagnoseFacts, exitCodeOf, provenBy, stoppedAt } from '@latchkey/doctor'
import { describeFindings } from '../doctor/findings-view.ts'
import { stepWriter } from '../doctor/ladder-view.ts'
import { paintFor } from '../doctor/paint.ts'
import { readReport } from '../doctor/report-file.ts'
import { offlineAction } from './offline-command.ts'

/** @see addReplayCommand */
export const run = offlineAction((file: string, flags: { readonly json?: boolean }) =>
  replay(file, flags.json === true),
)

function replay(file: string, isJson: boolean): number {
  const facts = readReport(file)
  const findings = diagnoseFacts(facts, nodePrimitives)
  const code = exitCodeOf(facts, findings)
  if (isJson) {
    process.stdout.write(`${JSON.stringify({ findings, exitCode: code }, null, 2)}\n`)
    return code
  }
  const paint = paintFor(process.stdout)
  const writeStep = stepWriter((text) => void process.stdout.write(text), paint)
  for (const exchange of facts.exchanges) {
    writeStep({ exchange, proven: provenBy(exchange), stoppedAt: stoppedAt(exchange) })
  }
  process.stdout.write(`\n${describeFindings(findings, paint)}`)
  return code
}
