import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import * as openid from 'openid-client'
import { oauthClient } from './lib/oauth2.ts'
import { ROOT, startServer } from './lib/server.ts'
import { type Answer, adminSession, call } from './lib/v3.ts'

const RECORDING = join(ROOT, 'docs', 'how-to', 'oauth2-etl-run.md')
const PAGE_SIZE = 15

/** What went over the wire, with what differs from run to run in words. */
class Recorder {
  readonly #lines: string[] = []
  readonly #names = new Map<string, string>()
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  /** From now on shown by this name. */
  name(text: string, name: string): void {
    this.#names.set(text, name)
    // As it stands in a form.
    this.#names.set(encodeURIComponent(text), name)
  }

  heading(text: string): void {
    this.#lines.push(`## ${text}`, '')
  }

  /** For clients: `fetch`, but written down. */
  readonly fetch = async (
    url: string,
    { body, ...init }: openid.CustomFetchOptions | RequestInit,
  ): Promise<Response> => {
    const request = new Request(url, { ...init, ...(body !== undefined && body !== null && { body: String(body) }) })
    const sent = await request.clone().text()
    const response = await fetch(request)
    const text = await response.clone().text()
    const headers = new Headers(request.headers)
    this.#lines.push('```http', `${request.method} ${request.url.replace(this.#url, '')} HTTP/1.1`)
    for (const name of ['authorization', 'content-type', 'x-latchkey-status']) {
      const value = headers.get(name)
      if (value !== null) this.#lines.push(`${name}: ${value}`)
    }
    if (sent !== '') this.#lines.push('', sent)
    this.#lines.push('```', '', '```http', `HTTP/1.1 ${response.status}`)
    for (const name of ['www-authenticate', 'cache-control', 'content-type']) {
      const value = response.headers.get(name)
      if (value !== null) this.#lines.push(`${name}: ${value}`)
    }
    if (text !== '') this.#lines.push('', shortened(text))
    this.#lines.push('```', '')
    return response
  }

  text(): string {
    let text = this.#lines.join('\n')
    for (const [secret, name] of this.#names) text = text.replaceAll(secret, name)
    return `${text
      .replaceAll(/"(requestId)":"[^"]+"/g, '"$1":"…"')
      .replaceAll(/"(serverTime|exp)":\d+/g, '"$1":0')
      .replaceAll(/at \d{10} \(epoch/g, 'at … (epoch')
      .trimEnd()}\n`
  }
}

function shortened(text: string): string {
  const value: Answer = JSON.parse(text)
  if (value?.objects === undefined) return JSON.stringify(value)
  const ids = value.objects.map(({ id, name }: Answer) => ({ id, name }))
  return `${JSON.stringify({ totalCount: value.totalCount, objectType: value.objectType })} with ${ids.length} objects`
}

describe('the whole job of an ETL tool, with nothing but OAuth2 and Bearer', () => {
  test('gets a session, reads three pages, renews when it has expired, and stops when it is taken away', async () => {
    await using server = await startServer()
    const { url } = server
    const admin = await adminSession(server)
    const credentials = await oauthClient(url, admin, { description: 'nightly load' })
    const recorder = new Recorder(url)
    recorder.name(credentials.client_id, '0_k3v9qz1m')
    recorder.name(credentials.client_secret, '<client_secret>')
    recorder.name(url, 'https://sessions.example.org')

    recorder.heading('The tool configures itself')
    const config = await openid.discovery(
      new URL(url),
      credentials.client_id,
      undefined,
      openid.ClientSecretPost(credentials.client_secret),
      { algorithm: 'oauth2', execute: [openid.allowInsecureRequests], [openid.customFetch]: recorder.fetch },
    )

    // The tool itself: it knows a token, when that is over, and how to get another one.
    let token = ''
    let expiresAt = 0
    const renew = async (seconds: string) => {
      const tokens = await openid.clientCredentialsGrant(config, { scope: 'media.list media.get', expires_in: seconds })
      token = tokens.access_token
      expiresAt = Date.now() + (tokens.expires_in ?? 0) * 1_000
      count += 1
      recorder.name(token, `<access_token ${count}>`)
      assert.equal(tokens.expires_in, Number(seconds), 'true to the second')
    }
    let count = 0
    const page = async (index: number): Promise<{ readonly status: number; readonly body: Answer }> => {
      const query = `format=1&orderBy=%2BcreatedAt&pager%5BpageSize%5D=${PAGE_SIZE}&pager%5BpageIndex%5D=${index}`
      const response = await recorder.fetch(`${url}/api_v3/service/media/action/list?${query}`, {
        headers: { authorization: `Bearer ${token}`, 'x-latchkey-status': 'http' },
      })
      return { status: response.status, body: await response.json() }
    }

    recorder.heading('It gets a session')
    await renew('2')
    const seen: string[] = []
    recorder.heading('It reads the first page')
    const first = await page(1)
    assert.equal(first.status, 200)
    seen.push(...first.body.objects.map(({ id }: Answer) => id))

    recorder.heading('The session expires: it is told so, and gets the next one')
    await new Promise((resolve) => setTimeout(resolve, expiresAt - Date.now() + 1_100))
    const late = await page(2)
    assert.deepEqual(
      [late.status, late.body.code, late.body.diagnosis.cause.id],
      [401, 'INVALID_KS', 'session-expired'],
    )
    await renew('600')

    recorder.heading('It reads the other pages')
    for (const index of [2, 3]) {
      const { status, body } = await page(index)
      assert.equal(status, 200)
      seen.push(...body.objects.map(({ id }: Answer) => id))
    }
    const { totalCount } = first.body
    assert.equal(new Set(seen).size, totalCount, 'each entry once, over two sessions')

    recorder.heading('What it was not meant for is refused, and the scope that would do is named')
    const beyond = await recorder.fetch(`${url}/api_v3/service/media/action/count?format=1`, {
      headers: { authorization: `Bearer ${token}`, 'x-latchkey-status': 'http' },
    })
    assert.equal(beyond.status, 403)
    assert.match(beyond.headers.get('www-authenticate') ?? '', /insufficient_scope.*scope="media\.count"/)

    recorder.heading('Somebody takes the session away: it is told so')
    await openid.tokenRevocation(config, token)
    const ended = await page(1)
    assert.deepEqual([ended.status, ended.body.diagnosis.cause.id], [401, 'session-ended'])

    recorder.heading('The app token is paused: there is no next one')
    await call(url, 'latchkey_token.pause', { ks: admin, id: credentials.client_id })
    await assert.rejects(openid.clientCredentialsGrant(config), openid.WWWAuthenticateChallengeError)

    const recorded = pageOf(recorder.text())
    if (process.env.LATCHKEY_RECORD === '1') writeFileSync(RECORDING, recorded)
    assert.equal(readFileSync(RECORDING, 'utf8'), recorded, 'run with LATCHKEY_RECORD=1 to write it anew')
  })
})

function pageOf(run: string): string {
  return `# The whole job of a tool, message by message

What goes over the wire when a tool that speaks OAuth2 reads three pages of entries. Recorded by \`e2e/oauth2-etl.test.ts\`, which
holds this page to what the server does; what differs from run to run is in words. How to set a tool up for it:
[OAuth2](oauth2.md).

${run}`
}
