import { connect } from 'node:net'
import type { Contender } from './measure.ts'
import type { Served } from './processes.ts'

const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * Sends one prepared request over and over on kept connections, one at a time on each, and counts the answers. Written by
 * hand because it has to cost much less than what it measures.
 */
export function httpLoad(server: Served, request: string, connections: number): Contender {
  const { hostname, port } = new URL(server.url)
  const bytes = Buffer.from(request)
  return ({ durationMs }) =>
    new Promise((resolve, reject) => {
      let answers = 0
      let open = connections
      let isOver = false
      const startedAt = performance.now()
      const cpuBefore = server.cpuSeconds() ?? Number.NaN
      let cpu = 0
      let endedAt = startedAt
      setTimeout(() => {
        isOver = true
        endedAt = performance.now()
        cpu = (server.cpuSeconds() ?? Number.NaN) - cpuBefore
      }, durationMs)
      for (let index = 0; index < connections; index += 1) {
        const socket = connect(Number(port), hostname, () => socket.write(bytes))
        socket.setNoDelay(true)
        let pending: Buffer = Buffer.alloc(0)
        let expected = -1
        socket.on('data', (chunk: Buffer) => {
          pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
          if (expected < 0) expected = lengthOf(pending)
          if (expected < 0 || pending.length < expected) return
          pending = pending.subarray(expected)
          expected = -1
          if (isOver) {
            socket.end()
            open -= 1
            if (open === 0)
              resolve({
                perSecond: (answers * 1_000) / (endedAt - startedAt),
                perCpuSecond: cpu > 0 ? answers / cpu : undefined,
              })
            return
          }
          answers += 1
          socket.write(bytes)
        })
        socket.once('error', reject)
      }
    })
}

/** Of the whole answer, once its head is there. */
function lengthOf(bytes: Buffer): number {
  const end = bytes.indexOf(HEAD_END)
  if (end === -1) return -1
  const head = bytes.toString('latin1', 0, end)
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length === undefined || !head.startsWith('HTTP/1.1 200'))
    throw new Error(`not an answer to count: ${head.slice(0, 200)}`)
  return end + HEAD_END.length + Number(length)
}

export function httpPost(path: string, body: string, type = 'application/json'): string {
  return `POST ${path} HTTP/1.1\r\nHost: bench\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

export function httpForm(path: string, body: string): string {
  return httpPost(path, body, 'application/x-www-form-urlencoded')
}
