import { createHash } from 'node:crypto'
import { httpLoad, httpPost } from './lib/load.ts'
import { inTurns, type Rates } from './lib/measure.ts'
import { PARTNER, startBare, startOurs } from './lib/processes.ts'

const CONNECTIONS = 64

/** startSession and session.get beside a bare server that reads the same body and answers as many bytes, in turns. */
export async function benchHttp(rounds: number, durationMs: number): Promise<Rates> {
  await using ours = await startOurs()
  const call = async (service: string, action: string, body: object) => {
    const response = await fetch(`${ours.url}/api_v3/service/${service}/action/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ format: 1, ...body }),
    })
    return { size: Number(response.headers.get('content-length')), answer: JSON.parse(await response.text()) }
  }
  const { answer: admin } = await call('session', 'start', {
    partnerId: PARTNER.id,
    secret: PARTNER.adminSecret,
    type: 2,
  })
  const { answer: token } = await call('appToken', 'add', {
    ks: admin,
    appToken: {
      hashType: 'SHA256',
      sessionType: 0,
      sessionUserId: 'svc-upload@example.org',
      sessionPrivileges: 'list:*',
    },
  })
  const { answer: widget } = await call('session', 'startWidgetSession', { widgetId: `_${PARTNER.id}` })
  const tokenHash = createHash('sha256')
    .update(widget.ks + token.token)
    .digest('hex')
  const start = { format: 1, ks: widget.ks, id: token.id, tokenHash }
  const get = { format: 1, ks: admin }
  const startSize = (await call('appToken', 'startSession', start)).size
  const getSize = (await call('session', 'get', get)).size
  await using bareStart = await startBare(startSize)
  await using bareGet = await startBare(getSize)
  const startRequest = httpPost('/api_v3/service/appToken/action/startSession', JSON.stringify(start))
  const getRequest = httpPost('/api_v3/service/session/action/get', JSON.stringify(get))
  return await inTurns(
    {
      startSession: httpLoad(ours.url, startRequest, CONNECTIONS),
      'bare node:http, as startSession': httpLoad(bareStart.url, startRequest, CONNECTIONS),
      'session.get': httpLoad(ours.url, getRequest, CONNECTIONS),
      'bare node:http, as session.get': httpLoad(bareGet.url, getRequest, CONNECTIONS),
    },
    rounds,
    durationMs,
  )
}
