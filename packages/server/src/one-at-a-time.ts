import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** More than any client sends ahead of the answers. */
const MOST_WAITING = 100

/**
 * Takes up the requests that one connection sends ahead of their answers one after the other, as their turn to be answered
 * comes. By default all are begun at once, and each keeps its answer, or a file open for it, until the client reads: a
 * thousand requests in one packet, from a client that reads nothing, were worth a thousand open files. Whoever sends more
 * ahead than anybody would is hung up on.
 */
export function oneAtATime(handle: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, number>()
  return (request: IncomingMessage, response: ServerResponse) => {
    // Those whose turn has not come have no socket yet.
    if (response.socket !== null) return handle(request, response)
    const { socket } = request
    if (socket.destroyed) return
    const before = waiting.get(socket) ?? 0
    if (before >= MOST_WAITING) {
      socket.destroy()
      return
    }
    waiting.set(socket, before + 1)
    response.once('socket', () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1)
      handle(request, response)
    })
  }
}
