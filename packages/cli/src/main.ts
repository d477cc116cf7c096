#!/usr/bin/env node
import { CommanderError, InvalidArgumentError } from 'commander'
import { CommandFailure } from './command-failure.ts'
import { createProgram } from './program.ts'
import { refuseSecretFlags } from './secret-flags.ts'

/** 0 done, 1 failed, 2 the command line itself was wrong. */
const USAGE = 2

// Whoever reads the output may have seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const args = process.argv.slice(2)
try {
  refuseSecretFlags(args)
  await createProgram().parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    // What its own parser refuses it has told already; an argument that one of our actions refuses it has not.
    if (error instanceof InvalidArgumentError) {
      process.stderr.write(`latchkey: ${error.message}\nnext: ${commandIn(args)} --help\n`)
    }
    process.exitCode = error.exitCode === 0 ? 0 : USAGE
  } else if (error instanceof CommandFailure) {
    process.stderr.write(error.describe())
    process.exitCode = error.exitCode
  } else {
    const { describeFailure, exitCodeOfFailure } = await import('./failure.ts')
    process.stderr.write(describeFailure(error))
    process.exitCode = exitCodeOfFailure(error)
  }
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
