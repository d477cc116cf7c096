import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One try to make the server repeat a secret. */
export interface Attack {
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | FormData
}

/** What an attack needs of the account besides the secret itself. */
export interface Ground {
  readonly partnerId: number
  readonly admin: string
  readonly widget: string
  readonly tokenId: string
}

const JSON_TYPE = { 'content-type': 'application/json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }

/** A secret in every place where somebody might put it: fields, names of fields, URLs, headers, steps, broken bodies. */
export function* attacks(secret: string, { partnerId, admin, widget, tokenId }: Ground): Generator<Attack> {
  const fields: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ['session.start', { partnerId, secret: `${secret}x`, type: 2 }],
    ['session.start', { partnerId: secret, secret, type: secret }],
    ['session.start', { partnerId, secret: 'x', privileges: `${secret}[]` }],
    ['session.start', { partnerId, secret: 'x', privileges: `setrole:${secret}` }],
    ['session.impersonate', { partnerId, secret, impersonatedPartnerId: secret }],
    ['session.get', { ks: admin, session: `${secret}==x` }],
    ['session.get', { ks: admin, session: secret.slice(0, -3) }],
    ['session.startWidgetSession', { widgetId: secret }],
    ['session.startWidgetSession', { widgetId: `_${secret}` }],
    ['appToken.get', { ks: admin, id: secret }],
    ['appToken.get', { ks: admin, id: { [secret]: secret } }],
    ['appToken.delete', { ks: admin, id: ` ${secret} ` }],
    ['appToken.list', { ks: admin, filter: { idEqual: secret, statusEqual: secret }, pager: secret }],
    ['appToken.startSession', { ks: widget, id: secret, tokenHash: secret }],
    ['appToken.startSession', { ks: widget, id: tokenId, tokenHash: secret }],
    ['appToken.startSession', { ks: widget, id: tokenId, tokenHash: secret.toUpperCase() }],
    ['appToken.startSession', { ks: widget, id: tokenId, tokenHash: `sha256:${secret}` }],
    ['appToken.startSession', { ks: widget, id: tokenId, tokenHash: 'x', type: secret }],
    ['appToken.startSession', { ks: `${secret} `, id: tokenId, tokenHash: secret }],
    ['appToken.startSession', { ks: widget, [secret]: tokenId, tokenHash: secret }],
    ['appToken.add', { ks: admin, appToken: { hashType: secret } }],
    ['appToken.add', { ks: admin, appToken: { sessionUserId: `${secret} blank` } }],
    ['appToken.add', { ks: admin, appToken: { id: secret } }],
    ['appToken.add', { ks: admin, appToken: { objectType: secret, hashType: secret } }],
    ['appToken.add', { ks: admin, appToken: secret }],
    ['appToken.add', { ks: admin, appToken: { description: `\u0001${secret}` } }],
    ['appToken.update', { ks: admin, id: tokenId, appToken: { token: `${secret}0` } }],
    ['user.get', { ks: admin, userId: secret }],
    ['user.add', { ks: admin, user: { id: `${secret} blank` } }],
    ['user.update', { ks: admin, userId: secret, user: { roleIds: secret } }],
    ['media.get', { ks: admin, entryId: secret }],
    ['media.update', { ks: admin, entryId: secret, mediaEntry: { name: secret } }],
    ['media.list', { ks: admin, filter: { mediaTypeEqual: secret, orderBy: secret } }],
    ['category.get', { ks: admin, id: secret }],
    ['category.add', { ks: admin, category: { name: 'x', parentId: secret } }],
    ['media.list', { ks: admin, language: secret }],
    ['media.list', { ks: admin, language: secret.slice(0, 24) }],
    ['media.list', { ks: admin, partnerId: secret, p: secret }],
    ['media.list', { ks: `{"ks":"${secret}"}` }],
    ['media.list', { ks: `<ks>${secret}</ks>` }],
    ['media.list', { ks: `"${secret}"` }],
    ['media.list', { ks: encodeURIComponent(`${secret}+/=`) }],
    ['media.list', { ks: [secret], clientTag: secret, kalsig: secret }],
    [`${secret.slice(0, 20)}.list`, { ks: secret }],
    [`media.${secret}`, { ks: secret }],
    [`${secret}.${secret}`, {}],
  ]
  for (const format of ['1', '2', '3']) {
    for (const [name, params] of fields) {
      const [service, action] = name.split('.')
      yield { path: '/api_v3/', headers: JSON_TYPE, body: JSON.stringify({ service, action, format, ...params }) }
    }
  }

  const steps = {
    format: 1,
    1: { service: 'session', action: 'start', partnerId, secret, type: 2 },
    2: { service: 'media', action: 'get', ks: admin, entryId: `{1:result}` },
    3: { service: 'media', action: 'get', ks: admin, entryId: secret },
    4: { service: secret, action: secret },
    5: { service: 'session', action: 'startWidgetSession', widgetId: `_${partnerId}` },
    6: { service: 'appToken', action: 'startSession', ks: '{5:result:ks}', id: secret, tokenHash: secret },
    7: { service: 'user', action: 'get', ks: admin, userId: `{5:result:ks}` },
  }
  // Sessions that the steps themselves get are theirs to have, so only what follows them is looked at: see `errorsOf`.
  yield { path: '/api_v3/service/multirequest', headers: JSON_TYPE, body: JSON.stringify(steps) }

  const encoded = encodeURIComponent(secret)
  for (const path of [
    `/api_v3/service/media/action/nix/ks/${encoded}?ks=${encoded}&format=1`,
    `/api_v3/service/media/action/list/ks/${encoded}%zz?format=1`,
    `/api_v3/service/media/action/get/entryId/${encoded}/ks/${encodeURIComponent(admin)}/format/1`,
    `/api_v3/${encoded}/${encoded}`,
    `/api_v3/?format=${encoded}`,
    `/api_v3/?format=9&service=system&action=ping&callback=${encoded}()`,
    `/api/${encoded}%`,
    `/${encoded}`,
    `/${encoded}%zz`,
    `/healthz?ks=${encoded}`,
    `/healthz/${encoded}`,
  ])
    yield { method: 'GET', path }

  const place = '/api_v3/?service=media&action=get&entryId=none&format=1'
  for (const name of ['authorization', 'cookie', 'x-request-id', 'user-agent', 'referer', 'origin', 'x-forwarded-for'])
    yield { path: place, headers: { [name]: name === 'authorization' ? `Bearer ${secret}` : secret } }
  for (const name of ['x-latchkey-status', 'x-latchkey-fields', 'x-kaltura-session-id', 'accept', 'traceparent'])
    yield { path: place, headers: { [name]: secret } }
  yield { path: place, headers: { 'content-type': `${secret}/${secret}` }, body: secret }
  yield { path: place, headers: { 'content-type': `multipart/form-data; boundary=${encoded}` }, body: secret }

  for (const body of [`{"ks":"${secret}"`, `["${secret}"]`, `"${secret}"`, secret, `${'{"a":'.repeat(40)}"${secret}"`])
    yield { path: '/api_v3/?format=1', headers: JSON_TYPE, body }
  for (const body of [`ks=${secret}%zz&${secret}`, `${secret}[${secret}]=${secret}`, `a${'[b]'.repeat(40)}=${secret}`])
    yield { path: '/api_v3/?format=1&service=media&action=get', headers: FORM_TYPE, body }
  const form = new FormData()
  form.set('json', `{"ks":"${secret}"`)
  form.set(encoded, secret)
  yield { path: '/api_v3/?format=1', body: form }
}

/** Forms in which a secret may show: as it is, the middle of it, and, of hex, the bytes that it stands for. */
export function tracesOf(secret: string): readonly string[] {
  const traces = [secret, secret.slice(10, 34), encodeURIComponent(secret)]
  if (!/^[0-9a-f]{32,}$/.test(secret)) return traces
  const bytes = Buffer.from(secret, 'hex')
  return [...traces, bytes.toString('latin1'), bytes.toString('base64'), Buffer.from(secret).toString('base64')]
}

/** Whether a text holds the secret in any of its forms, in whatever case. */
export function holds(text: string, secret: string): boolean {
  const lower = text.toLowerCase()
  return tracesOf(secret).some((trace) => text.includes(trace) || lower.includes(trace.toLowerCase()))
}

/** All files below a directory, byte for byte as `latin1` text. */
export async function filesBelow(directory: string): Promise<readonly (readonly [name: string, content: string])[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }): Promise<[string, string]> => {
        const content = await readFile(join(parentPath, name))
        return [name, content.toString('latin1')]
      }),
  )
}
