import { Command } from 'commander'
import { addAccessCommands } from './commands/access.ts'
import { addCallCommand } from './commands/call.ts'
import { addCompletionCommand } from './commands/completion.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addExplainErrorCommand } from './commands/explain-error.ts'
import { addHashCommand } from './commands/hash.ts'
import { addInspectCommand } from './commands/inspect.ts'
import { addLintCommand } from './commands/lint.ts'
import { addMigrateCommand } from './commands/migrate.ts'
import { addPartnerCommand } from './commands/partner.ts'
import { addProfileCommand } from './commands/profile.ts'
import { addReplayCommand } from './commands/replay.ts'
import { addRoleCommand } from './commands/role.ts'
import { addServeCommand } from './commands/serve.ts'
import { addSessionCommand } from './commands/session.ts'
import { addSettingsCommand } from './commands/settings.ts'
import { addTokenCommand } from './commands/token.ts'
import { addVectorsCommand } from './commands/vectors.ts'

/**
 * All commands, without running one: the reference and the completions are made of them. What runs a command is loaded with
 * it, so that the help of one does not wait for the server of another.
 */
export function createProgram(): Command {
  const program = new Command('latchkey')
    .description('Short-lived, narrowly scoped sessions for long-lived app tokens')
    .exitOverride()
  program.commandsGroup('Server:')
  addServeCommand(program)
  addPartnerCommand(program)
  addSettingsCommand(program)
  addMigrateCommand(program)
  program.commandsGroup('Account:')
  addTokenCommand(program)
  addRoleCommand(program)
  addSessionCommand(program)
  addAccessCommands(program)
  addCallCommand(program)
  program.commandsGroup('When something does not work:')
  addDoctorCommand(program)
  addReplayCommand(program)
  addLintCommand(program)
  addHashCommand(program)
  addInspectCommand(program)
  addExplainErrorCommand(program)
  addVectorsCommand(program)
  program.commandsGroup('This command line:')
  addProfileCommand(program)
  addCompletionCommand(program)
  pointToHelp(program, 'latchkey')
  return program
}

/** Behind an error of the command line, what to try next. */
function pointToHelp(command: Command, name: string): void {
  command.showHelpAfterError(`next: ${name} --help`)
  for (const child of command.commands) pointToHelp(child, `${name} ${child.name()}`)
}
