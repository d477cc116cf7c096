#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { addDoctorCommand } from './commands/doctor.ts'
import { addExplainErrorCommand } from './commands/explain-error.ts'
import { addHashCommand } from './commands/hash.ts'
import { addInspectCommand } from './commands/inspect.ts'
import { addLintCommand } from './commands/lint.ts'
import { addPartnerCommand } from './commands/partner.ts'
import { addReplayCommand } from './commands/replay.ts'
import { addServeCommand } from './commands/serve.ts'
import { addSettingsCommand } from './commands/settings.ts'
import { addVectorsCommand } from './commands/vectors.ts'
import { describeFailure } from './failure.ts'

/** 0 done, 1 failed, 2 the command line itself was wrong. */
const USAGE = 2

const program = new Command('latchkey')
  .description('Short-lived, narrowly scoped sessions for long-lived app tokens')
  .showHelpAfterError('(run with --help for what is accepted)')
  .exitOverride()

addServeCommand(program)
addPartnerCommand(program)
addSettingsCommand(program)
addDoctorCommand(program)
addReplayCommand(program)
addLintCommand(program)
addHashCommand(program)
addInspectCommand(program)
addExplainErrorCommand(program)
addVectorsCommand(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    // What its own parser refuses it has told already; an argument that one of our actions refuses it has not.
    if (error instanceof InvalidArgumentError) process.stderr.write(`latchkey: ${error.message}\n`)
    process.exitCode = error.exitCode === 0 ? 0 : USAGE
  } else {
    process.stderr.write(describeFailure(error))
    process.exitCode = 1
  }
}
