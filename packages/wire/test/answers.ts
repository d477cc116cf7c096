import { type Outcome, propertyNames, type ResponseFormat, writeResponse } from '@latchkey/wire'

/** An answer to write, for the tests of the formats. */
export const ok = (value: unknown): Outcome => ({ ok: true, value })

/** The body of one answer or, for a list, of a multirequest. */
export function write(format: ResponseFormat, answer: Outcome | readonly Outcome[], ignoreNull = false): string {
  const outcome = 'ok' in answer ? { result: answer } : { results: answer }
  return writeResponse({
    format,
    callback: 'cb',
    ...outcome,
    classes: propertyNames,
    ignoreNull,
    executionSeconds: 0.01234,
  }).body
}
