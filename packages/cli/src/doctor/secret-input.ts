import { readFileSync } from 'node:fs'
import { Secret } from '@latchkey/core'
import { askPassword, canAsk } from '../connect/prompts.ts'

const ENV = 'LATCHKEY_TOKEN_VALUE'

/**
 * The value of an app token: out of a file (`-` is what is piped in), the environment, or from whoever sits at the
 * terminal; never an argument, since everybody on the machine can read those.
 *
 * @returns undefined where nobody is there to ask, or nothing was typed
 */
export async function readTokenValue(file: string | undefined): Promise<Secret | undefined> {
  if (file !== undefined) return secretOf(readFileSync(file === '-' ? 0 : file, 'utf8'))
  const variable = process.env[ENV]
  if (variable !== undefined && variable !== '') return secretOf(variable)
  if (!canAsk()) return undefined
  return secretOf(await askPassword('Value of the app token', 'not shown; Enter to go without'))
}

/** Editors end files with a line end that is no part of the value; any other white space is kept, and judged. */
function secretOf(text: string): Secret | undefined {
  const value = text.replace(/\r?\n$/, '')
  return value === '' ? undefined : new Secret(value)
}
