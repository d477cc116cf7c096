import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Deps, OpenedSessions, StartRate } from '@latchkey/authority'
import { nodePrimitives } from '@latchkey/core/node'
import { createServer } from '@latchkey/server'
import { openStore } from '@latchkey/store'
import { pino } from 'pino'

test('a request whose headers or body do not arrive in time is refused by our code, and the connection closed', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-server-'))
  const store = await openStore({ dataDirectory: directory, masterKeyPath: join(directory, 'master.key') })
  const deps: Deps = {
    store,
    primitives: nodePrimitives,
    clock: () => 1_700_000_000,
    privileges: 'vendor',
    sessions: new OpenedSessions(),
    startRate: new StartRate(),
  }
  try {
    await using server = await createServer(deps, {
      logger: pino({ level: 'silent' }),
      trustProxy: [],
      errorStatus: 'legacy',
      headersTimeoutMs: 200,
      requestTimeoutMs: 400,
    })
    const url = await server.listen({ host: '127.0.0.1', port: 0 })
    for (const text of [
      'POST /api_v3/ HTTP/1.1\r\nHost: x\r\n',
      'POST /api_v3/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\na=1',
    ]) {
      const answer = await answerTo(url, text)
      assert.match(answer, /^HTTP\/1\.1 408 /)
      const { code, diagnosis } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))
      assert.deepEqual(
        [code, diagnosis.cause.id, diagnosis.serverTime],
        ['REQUEST_TIMEOUT', 'request-timeout', 1_700_000_000],
      )
    }
  } finally {
    await store.close()
    await rm(directory, { recursive: true, force: true })
  }
})

/** Sends what there is and waits for the end. */
function answerTo(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk
    })
    socket.once('close', () => resolve(answer))
    socket.once('error', reject)
  })
}
