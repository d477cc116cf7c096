import { readFileSync, statSync } from 'node:fs'
import { LARGEST_HAR } from '@latchkey/doctor'
import { InvalidArgumentError } from 'commander'

/** Beside 0, nothing or notes only, and 1, errors or warnings. */
export const NOT_READABLE = 2

/**
 * What somebody pasted: out of a file, or piped in where the name is `-` or missing. UTF-8, or UTF-16 with a mark in front,
 * as Windows saves it.
 *
 * @throws {InvalidArgumentError} where nothing is piped in and nothing named, or it is too large
 */
export function readPaste(source: string | undefined): string {
  if (source !== undefined && source !== '-') {
    const { size } = statSync(source)
    if (size > LARGEST_HAR) throw new InvalidArgumentError(`${source} has ${size} bytes, accepted are ${LARGEST_HAR}`)
    return decode(readFileSync(source))
  }
  if (process.stdin.isTTY && source === undefined) {
    throw new InvalidArgumentError('nothing to read: name a file, or - and paste, then end with Ctrl-D')
  }
  return decode(readFileSync(0))
}

/** As {@link readPaste}, of an argument that is the text itself, or `-` for what is piped in. */
export function readTextArgument(argument: string): string {
  return argument === '-' ? readPaste('-') : argument
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const whole = bytes.subarray(2, bytes.length - (bytes.length % 2))
    return Buffer.from(whole).swap16().toString('utf16le')
  }
  return bytes.toString('utf8')
}

/** Without the line end that editors and `echo` put behind it. */
export function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '')
}
