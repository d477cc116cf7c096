import type { IncomingMessage } from 'node:http'

/** More than a client of this API sends by mistake. */
const MOST_BYTES = 32 * 1_048_576
const LONGEST_MS = 5_000

/**
 * Reads what is left of a refused body and forgets it. Closing a connection while the client still sends resets it, and
 * takes the answer away before the client has seen it. What is sent without end, or without haste, is read no further.
 */
export function readOn(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    let read = 0
    const count = (chunk: Buffer) => {
      read += chunk.length
      if (read > MOST_BYTES) end()
    }
    const end = () => {
      clearTimeout(timer)
      request.off('data', count).off('end', end).off('close', end).pause()
      resolve()
    }
    const timer = setTimeout(end, LONGEST_MS)
    request.on('data', count).on('end', end).on('close', end).resume()
  })
}
