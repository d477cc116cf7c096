#!/usr/bin/env node
import { CommanderError, InvalidArgumentError } from 'commander'
import { describeFailure } from './failure.ts'
import { createProgram } from './program.ts'

/** 0 done, 1 failed, 2 the command line itself was wrong. */
const USAGE = 2

try {
  await createProgram().parseAsync()
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
