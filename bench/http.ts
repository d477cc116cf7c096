import { createHash } from 'node:crypto'
import { httpForm, httpLoad, httpPost } from './lib/load.ts'
import { inTurns, type Samples } from './lib/measure.ts'
import { PARTNER, startBare, startOurs } from './lib/processes.ts'

const CONNECTIONS = 64

export interface HttpSamples {
  readonly samples: Samples
  /** Share of one core that sending the requests took; near 1 it would be what is measured. */
  readonly generatorLoad: number
}

/** startSession, session.get and the OAuth2 endpoints beside a bare server that reads the same body and answers as many bytes, in turns. */
export async function benchHttp(rounds: number, durationMs: number): Promise<HttpSamples> {
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
  const form = async (endpoint: string, fields: Record<string, string>) => {
    const body = new URLSearchParams({ client_id: token.id, client_secret: token.token, ...fields }).toString()
    const response = await fetch(`${ours.url}/oauth2/${endpoint}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    })
    const size = Number(response.headers.get('content-length'))
    return { size, answer: JSON.parse(await response.text()), request: httpForm(`/oauth2/${endpoint}`, body) }
  }
  const issue = await form('token', { grant_type: 'client_credentials' })
  const scoped = await form('token', { grant_type: 'client_credentials', scope: 'media.list media.get' })
  const introspect = await form('introspect', { token: issue.answer.access_token })
  if (introspect.answer.active !== true) throw new Error('the session that is asked about is not live')
  await using bareIssue = await startBare(issue.size)
  await using bareScoped = await startBare(scoped.size)
  await using bareIntrospect = await startBare(introspect.size)
  await using bareStart = await startBare(startSize)
  await using bareGet = await startBare(getSize)
  const startRequest = httpPost('/api_v3/service/appToken/action/startSession', JSON.stringify(start))
  const getRequest = httpPost('/api_v3/service/session/action/get', JSON.stringify(get))
  const startedAt = performance.now()
  const cpuBefore = process.cpuUsage()
  const samples = await inTurns(
    {
      startSession: httpLoad(ours, startRequest, CONNECTIONS),
      'bare node:http, as startSession': httpLoad(bareStart, startRequest, CONNECTIONS),
      '/oauth2/token': httpLoad(ours, issue.request, CONNECTIONS),
      'bare node:http, as /oauth2/token': httpLoad(bareIssue, issue.request, CONNECTIONS),
      '/oauth2/token, two actions': httpLoad(ours, scoped.request, CONNECTIONS),
      'bare node:http, as that': httpLoad(bareScoped, scoped.request, CONNECTIONS),
      '/oauth2/introspect': httpLoad(ours, introspect.request, CONNECTIONS),
      'bare node:http, as /oauth2/introspect': httpLoad(bareIntrospect, introspect.request, CONNECTIONS),
      'session.get': httpLoad(ours, getRequest, CONNECTIONS),
      'bare node:http, as session.get': httpLoad(bareGet, getRequest, CONNECTIONS),
    },
    rounds,
    durationMs,
  )
  const { user, system } = process.cpuUsage(cpuBefore)
  return { samples, generatorLoad: (user + system) / 1_000 / (performance.now() - startedAt) }
}
