import type { V3Call, V3Reply } from '@latchkey/doctor'

const TIMEOUT_MS = 15_000
const MOST_BYTES = 8 * 1024 * 1024

/** Calls a v3 endpoint by `fetch`: a JSON body, and the one content type that every server reads. */
export function callOver(serviceUrl: string): V3Call {
  return ({ service, action, params }) => {
    const body = JSON.stringify({ format: 1, clientTag: 'latchkey-doctor', ...params }, exposing)
    return postJson(`${serviceUrl}/api_v3/service/${service}/action/${action}`, body)
  }
}

/** @param extra headers besides */
export async function postJson(
  url: string,
  body: string,
  extra: Readonly<Record<string, string>> = {},
): Promise<V3Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...extra },
    body,
    // A body with a session in it is not sent on to wherever a server points.
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await textOf(response) }
}

/** What is a secret to a report is none to the server that it is for. */
function exposing(this: unknown, key: string, value: unknown): unknown {
  const own: unknown = typeof this === 'object' && this !== null ? Reflect.get(this, key) : value
  return isSecret(own) ? own.expose() : value
}

function isSecret(value: unknown): value is { expose(): string } {
  return typeof value === 'object' && value !== null && 'expose' in value && typeof value.expose === 'function'
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > MOST_BYTES) break
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
