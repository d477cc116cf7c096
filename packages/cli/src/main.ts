#!/usr/bin/env node
import { CommanderError, InvalidArgumentError } from 'commander'
import { CommandFailure } from './command-failure.ts'
import { writeJson } from './output.ts'
import { createProgram, withoutValues } from './program.ts'
import { refuseSecretFlags } from './secret-flags.ts'

/** 0 done, 1 failed, 2 the command line itself was wrong. */
const USAGE = 2

// Whoever reads the output may have seen enough, as `head` has.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    // Not to a stream that takes nothing.
    if (stream === process.stdout)
      process.stderr.write(`latchkey: what it answers could not be written: ${error.code}\n`)
    process.exitCode = 1
  })
}

const args = process.argv.slice(2)
try {
  refuseSecretFlags(args)
  await createProgram().parseAsync(asHelp(args), { from: 'user' })
} catch (error) {
  if (error instanceof CommanderError) {
    // What its own parser refuses it has told already; an argument that one of our actions refuses it has not.
    if (error instanceof InvalidArgumentError) {
      fail(new CommandFailure(error.message, { next: [`${commandIn(args)} --help`], exitCode: USAGE }))
    } else if (error.exitCode !== 0) {
      const message = withoutValues(error.message).replace(/^error: /, '')
      tellMachine(new CommandFailure(message, { next: [`${commandIn(args)} --help`] }))
      process.exitCode = USAGE
    }
  } else if (error instanceof CommandFailure) fail(error)
  else {
    const { failureOf } = await import('./failure.ts')
    fail(failureOf(error, commandIn(args)))
  }
}

function fail(failure: CommandFailure): void {
  process.stderr.write(failure.describe())
  tellMachine(failure)
  process.exitCode ||= failure.exitCode
}

/** With `--json`, stdout has one value whatever happens. */
function tellMachine(failure: CommandFailure): void {
  const end = args.indexOf('--')
  if ((end === -1 ? args : args.slice(0, end)).includes('--json')) writeJson(failure)
}

/** `help token create` is `token create --help`: the parser's own `help` knows the first of its names only. */
function asHelp(given: readonly string[]): readonly string[] {
  const [first, ...names] = given
  return first === 'help' && names.length > 1 && commandIn(names) === ['latchkey', ...names].join(' ')
    ? [...names, '--help']
    : given
}

/** The command that the arguments name, without anything that may be a value. */
function commandIn(given: readonly string[]): string {
  let command = createProgram()
  const names = [command.name()]
  for (const argument of given) {
    const child = command.commands.find((one) => one.name() === argument)
    if (child === undefined) break
    command = child
    names.push(argument)
  }
  return names.join(' ')
}
