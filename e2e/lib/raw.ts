import { connect } from 'node:net'

/**
 * Sends bytes as they are and resolves with all that comes back until the connection ends.
 *
 * @param limits.endAfterMs when to hang up on a server that waits for more
 */
export function rawRequest(url: string, text: string, limits: { readonly endAfterMs?: number } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text))
    let answer = ''
    if (limits.endAfterMs !== undefined) socket.setTimeout(limits.endAfterMs, () => socket.destroy())
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk
    })
    // A server that closes before it has read all resets the connection; what it said before that counts.
    socket.once('error', () => undefined)
    socket.once('close', () => resolve(answer))
  })
}
