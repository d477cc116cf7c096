import { readFileSync } from 'node:fs'
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
import { wrapWords } from './doctor/paint.ts'
import { withExamples } from './examples.ts'

/** The version of all packages of this project, which are released together. */
const MANIFEST = new URL('../package.json', import.meta.url)
const LAST_GROUP = 'This command line:'
const NARROW = 80
const WIDE = 100

/**
 * All commands, without running one: the reference and the completions are made of them. What runs a command is loaded with
 * it, so that the help of one does not wait for the server of another.
 */
export function createProgram(): Command {
  const program = new Command('latchkey')
    .description('Short-lived, narrowly scoped sessions for long-lived app tokens')
    .exitOverride()
    .configureOutput({ getOutHelpWidth: helpWidth, getErrHelpWidth: helpWidth, outputError })
    .version(ownVersion(), '--version', 'Print the version')
    .configureHelp({ minWidthToWrap: 20, subcommandTerm: termOf })
    .helpOption('-h, --help', 'Show what is accepted')
    .addHelpCommand(
      new Command('help').argument('[command...]').description('Show the help of a command').helpGroup(LAST_GROUP),
    )
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
  program.commandsGroup(LAST_GROUP)
  addProfileCommand(program)
  addCompletionCommand(program)
  pointToHelp(program, 'latchkey')
  withExamples(program, [
    ['latchkey serve', 'a server of your own, in this directory'],
    ['latchkey token create --preset get-and-list', 'an app token that only reads'],
    ['latchkey doctor --help', 'a login does not work'],
    ['latchkey help token create', 'what a command accepts, with examples'],
  ])
  return program
}

/** Behind an error of the command line, what to try next. */
function pointToHelp(command: Command, name: string): void {
  command.showHelpAfterError(`next: ${name} --help`)
  for (const child of command.commands) {
    child.helpCommand(false)
    pointToHelp(child, `${name} ${child.name()}`)
  }
}

function ownVersion(): string {
  const manifest: { readonly version?: unknown } = JSON.parse(readFileSync(MANIFEST, 'utf8'))
  return String(manifest.version)
}

const LONGEST_NAME = 24

/** What the parser says of a wrong command line, without what may be a secret that was given in a wrong place. */
export function withoutValues(text: string): string {
  return text
    .replace(/unknown option '(-[^='-]|--[^=']*)[\s\S]*'/, "unknown option '$1'")
    .replace(/(too many arguments[^:]*): [\s\S]*?\.?\s*$/, '$1')
    .replace(/unknown command '([\s\S]*)'/, (whole, name: string) =>
      name.length <= LONGEST_NAME ? whole : `unknown command of ${name.length} characters`,
    )
}

/** As all other errors are told. */
function outputError(text: string, write: (text: string) => void): void {
  for (const line of withoutValues(text).trimEnd().split('\n')) {
    write(wrapWords(line.replace(/^error: /, 'latchkey: '), '  ', ''))
  }
}

/** What is piped has 80 columns; longer lines than 100 characters are hard to read anywhere. */
function helpWidth(): number {
  return process.stdout.isTTY ? Math.min(process.stdout.columns || NARROW, WIDE) : NARROW
}

/** Without `[options]`, which all have. */
function termOf(command: Command): string {
  const given = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`
    return argument.required ? ` <${name}>` : ` [${name}]`
  })
  return `${command.name()}${given.join('')}`
}
