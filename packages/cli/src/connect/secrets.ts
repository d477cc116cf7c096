import { readFileSync } from 'node:fs'
import { Secret } from '@latchkey/core'
import { CommandFailure } from '../command-failure.ts'
import { askPassword, canAsk } from './prompts.ts'

/** Where a secret may come from. Never an argument: everybody on the machine can read those. */
export interface SecretSource {
  /** As a person calls it. */
  readonly name: string
  /** `-` is what is piped in. */
  readonly file?: string | undefined
  readonly fileFlag: string
  readonly variable: string
}

/**
 * From a file, or else from whoever sits at the terminal.
 *
 * @throws {CommandFailure} where nobody is there to ask, or gives up
 */
export async function secretFrom(source: SecretSource, next: string): Promise<Secret> {
  const { name, file, fileFlag, variable } = source
  if (file !== undefined) return secretInFile(file, name)
  if (!canAsk()) {
    throw new CommandFailure(`the ${name} is missing, and there is no terminal to ask at`, {
      details: `  give it as ${fileFlag} <file> (- for piped in),\n  in ${variable}, or in a profile\n`,
      next: [next],
    })
  }
  const typed = await askPassword(`${name.charAt(0).toUpperCase()}${name.slice(1)}`)
  if (typed === '') {
    throw new CommandFailure(`no ${name} was typed`, { next: [next] })
  }
  return new Secret(typed)
}

/** Editors end files with a line end that is no part of it. @throws {CommandFailure} */
export function secretInFile(file: string, name: string): Secret {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\r?\n$/, '')
  if (text !== '') return new Secret(text)
  throw new CommandFailure(`${file === '-' ? 'what was piped in' : file} is empty; expected is the ${name}`, {
    next: ['latchkey profile save --help'],
  })
}
