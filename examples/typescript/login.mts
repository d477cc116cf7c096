// Node 24 or newer runs it as it is; the file's name ends in .mts
import { createHash } from 'node:crypto'

const serviceUrl = env('LATCHKEY_URL')
const tokenValue = env('LATCHKEY_TOKEN_VALUE')

function env(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}

interface Refusal {
  objectType?: string
  code?: string
  message?: string
}

async function call<Answer>(service: string, action: string, params: object): Promise<Answer> {
  const response = await fetch(`${serviceUrl}/api_v3/service/${service}/action/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...params, format: 1 }),
  })
  const answer: Answer & Refusal = await response.json()
  // An error comes with status 200: only the answer tells.
  if (answer?.objectType === 'KalturaAPIException') throw new Error(`${answer.code}: ${answer.message}`)
  return answer
}

const widget = await call<{ ks: string }>('session', 'startWidgetSession', {
  widgetId: `_${env('LATCHKEY_PARTNER_ID')}`,
})
const tokenHash = createHash('sha256').update(widget.ks + tokenValue).digest('hex')
const session = await call<{ ks: string }>('appToken', 'startSession', {
  ks: widget.ks,
  id: env('LATCHKEY_TOKEN_ID'),
  tokenHash,
})
const answer = await call('media', 'list', { ks: session.ks, pager: { pageSize: 3 } })
console.log(JSON.stringify(answer, null, 2))
