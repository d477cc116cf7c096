import { fieldsOf } from './diagnosis.ts'
import { LatchkeyUsageError } from './errors.ts'
import { isRefusal } from './refusal.ts'
import type { Session } from './session.ts'

type PlatformFetch = typeof globalThis.fetch

/** Makes the body of a request that has the session string in it. */
type Body = (ks: string) => string | URLSearchParams | FormData

/**
 * A `fetch` that puts a live session string into calls of the session's server, and repeats a call once whose session had
 * expired. Everything else passes as it is: requests to other places or by other methods than GET and POST, and calls that
 * bring a `ks` of their own.
 *
 * The string travels in the body (JSON, form fields or multipart), where every server of this protocol takes it and no log
 * shows it; a GET therefore becomes a POST with the same query, which the protocol takes to be the same. No redirect of such
 * a call is followed.
 *
 * @throws {LatchkeyUsageError} `BODY_UNSUPPORTED`, and what a login throws
 */
export function withSession(fetch: PlatformFetch, session: Session): PlatformFetch {
  const home = `${session.serviceUrl}/api`
  return async (input, init) => {
    // Without its body, which serves once.
    const url = input instanceof Request ? input.url : new Request(input).url
    const { searchParams, pathname } = new URL(url)
    const isHome = url.startsWith(home) && /^(?:_v3)?(?:[/?]|$)/.test(url.slice(home.length))
    if (!isHome || searchParams.has('ks') || /\/ks\//.test(pathname)) return fetch(input, init)
    const request = new Request(input, init)
    // Of other methods the protocol knows nothing: what asks for headers or for what is allowed must not become a call.
    if (request.method !== 'GET' && request.method !== 'POST') return fetch(request)
    const body = await readBody(request.clone())
    if (body === undefined) return fetch(request)
    let response = Response.error()
    let refusal: unknown
    const send = async (ks: string) => {
      const content = body(ks)
      const headers = new Headers(request.headers)
      headers.delete('content-length')
      headers.delete('content-type')
      // Exactly this: with a charset behind it the original does not read the body.
      if (typeof content === 'string') headers.set('content-type', 'application/json')
      const { signal, credentials, mode } = request
      // A redirect could carry the session anywhere.
      const always = { method: 'POST', headers, body: content, signal, redirect: 'error' } as const
      response = await fetch(url, { credentials, mode, ...init, ...always })
      const answer = await answerIn(response)
      if (!isRefusal(answer)) return answer
      refusal = answer
      throw answer
    }
    try {
      await session.run(send, { signal: request.signal })
    } catch (error) {
      // Refused, and not or not again for the end of its session: whoever called reads the answer.
      if (error !== refusal) throw error
    }
    return response
  }
}

/** @returns `undefined` where the call has a session of its own */
async function readBody(request: Request): Promise<Body | undefined> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'multipart/form-data') {
    const form = await request.formData()
    const json = form.get('json')
    if (typeof json !== 'string') return form.has('ks') ? undefined : (ks) => copyOf(form, 'ks', ks)
    const inJson = parseBody(json)
    return inJson && ((ks) => copyOf(form, 'json', JSON.stringify({ ...inJson, ks })))
  }
  const text = await request.text()
  if (type === 'application/json') {
    const fields = parseBody(text)
    return fields && ((ks) => JSON.stringify({ ...fields, ks }))
  }
  if (type !== 'application/x-www-form-urlencoded' && text !== '') {
    throw new LatchkeyUsageError('BODY_UNSUPPORTED', 'a body must be JSON, form fields or multipart, and say so')
  }
  const form = new URLSearchParams(text)
  if (form.has('ks')) return undefined
  return (ks) => {
    const copy = new URLSearchParams(form)
    copy.set('ks', ks)
    return copy
  }
}

function parseBody(text: string): Readonly<Record<string, unknown>> | undefined {
  let value: unknown
  try {
    value = JSON.parse(text.trim() === '' ? '{}' : text)
  } catch {
    throw new LatchkeyUsageError('BODY_UNSUPPORTED', 'the body says that it is JSON, and is not')
  }
  const fields = fieldsOf(value)
  return 'ks' in fields ? undefined : fields
}

function copyOf(form: FormData, name: string, value: string): FormData {
  const copy = new FormData()
  for (const [key, part] of form) if (key !== name) copy.append(key, part)
  copy.set(name, value)
  return copy
}

/** What can be read of an answer, as far as it tells of its session. */
async function answerIn(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (!/json|xml/.test(type)) return undefined
  const text = await response.clone().text()
  if (/xml/.test(type)) {
    const refusals = [...text.matchAll(/<(result|item)><error><code>(\w+)<\/code><message>([^<]*)</g)].map(
      ([, parent, code, message = '']) => ({ parent, code, message: message.replaceAll('&quot;', '"') }),
    )
    // Of several steps it cannot be told whether each was refused, and so not whether to send them again.
    return refusals[0]?.parent === 'result' ? refusals[0] : [...refusals, undefined]
  }
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
