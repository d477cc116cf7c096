import type { JsonObject } from '../connect/json.ts'
import { tell } from '../output.ts'
import type { HeldFile } from '../private-file.ts'

/**
 * Tells the value of an app token the one time that it is known: on stdout, or in a file for its owner alone.
 *
 * @param answer to which the value is added for machines, where no file was asked for
 * @param say prints for people
 */
export function tellValue(
  answer: JsonObject,
  value: string,
  file: HeldFile | undefined,
  say?: (text: string) => void,
): JsonObject {
  const { token: _token, ...others } = answer
  if (file !== undefined) {
    file.write(`${value}\n`)
    tell(`latchkey: its value is in ${file.path}, which only you can read\n`)
    return { ...others, valueFile: file.path }
  }
  // Unbroken, to be copied.
  say?.(`value         ${value}\n`)
  if (say !== undefined) tell('latchkey: the value is shown this once; whoever has it can log in\n')
  return { ...others, token: value }
}
