import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { startServer, temporaryDirectory } from './lib/server.ts'
import { addToken, adminSession, call, logIn, post, sha256 } from './lib/v3.ts'

/** In the form that secrets have when they are drawn. */
const ADMIN_SECRET = 'c0ffee7d41a5b0b5e55aa93bb0b5e55a'
const USER_SECRET = '5eed93bb0b5e55aac0ffee7d41c0ffee'

test('no secret, value, hash or session string gets into a log, an error, a header or a file', async () => {
  await using directory = await temporaryDirectory()
  const data = join(directory.path, 'data')
  const secrets = new Set([ADMIN_SECRET, USER_SECRET])
  const errors: string[] = []
  const server = await startServer({
    data,
    adminSecret: ADMIN_SECRET,
    userSecret: USER_SECRET,
    env: { LATCHKEY_LOG_LEVEL: 'debug' },
  })
  try {
    const admin = await adminSession(server)
    const token = await addToken(server, admin, { sessionUserId: 'planted' })
    const widget = await call(server.url, 'session.startWidgetSession', { widgetId: `_${server.partnerId}` })
    const hash = sha256(widget.ks + token.token)
    const session = await logIn(server, token)
    const user = await call(server.url, 'session.start', { partnerId: server.partnerId, secret: USER_SECRET })
    for (const secret of [admin, token.token, widget.ks, hash, session.ks, user]) secrets.add(secret)

    const inEveryPlace = (secret: string): [string, Record<string, unknown>][] => [
      ['session.start', { partnerId: server.partnerId, secret: `${secret}x`, type: 2 }],
      ['session.start', { partnerId: secret, secret, type: secret }],
      ['session.get', { ks: admin, session: `${secret}==x` }],
      ['session.startWidgetSession', { widgetId: secret }],
      ['appToken.get', { ks: admin, id: secret }],
      ['appToken.startSession', { ks: widget.ks, id: secret, tokenHash: secret }],
      ['appToken.startSession', { ks: widget.ks, id: token.id, tokenHash: secret, type: secret }],
      ['appToken.startSession', { ks: `${secret} `, id: token.id, tokenHash: hash }],
      ['appToken.add', { ks: admin, appToken: { hashType: secret } }],
      ['appToken.add', { ks: admin, appToken: { sessionUserId: `${secret} blank` } }],
      ['appToken.update', { ks: admin, id: token.id, appToken: { token: `${secret}0` } }],
      ['user.get', { ks: admin, userId: secret }],
      ['user.add', { ks: admin, user: { id: `${secret} blank` } }],
      ['media.get', { ks: admin, entryId: secret }],
      ['category.get', { ks: admin, id: secret }],
      ['media.list', { ks: session.ks, language: secret }],
      ['media.list', { ks: `{"ks":"${secret}"}` }],
      [`${secret.slice(0, 20)}.list`, { ks: secret }],
    ]
    for (const secret of [...secrets]) {
      for (const [action, params] of inEveryPlace(secret))
        errors.push(await textOf(await post(server.url, action, params, { 'x-request-id': secret })))
      const url = `${server.url}/api_v3/service/media/action/nix/ks/${encodeURIComponent(secret)}`
      errors.push(await textOf(await fetch(`${url}?ks=${encodeURIComponent(secret)}&format=1`)))
      errors.push(
        await textOf(
          await fetch(`${server.url}/api_v3/?format=1`, {
            method: 'POST',
            body: `{"ks":"${secret}"`,
            headers: { 'content-type': 'application/json' },
          }),
        ),
      )
      errors.push(
        await textOf(
          await fetch(`${server.url}/api_v3/?format=1`, {
            method: 'POST',
            body: secret,
            headers: { 'content-type': `text/${secret.slice(0, 9)}` },
          }),
        ),
      )
      errors.push(await textOf(await fetch(`${server.url}/${encodeURIComponent(secret)}`)))
    }
  } finally {
    await server.stop()
  }
  // Whoever sends a token's value or a name as an id is told so: what is echoed is what an original client expects there.
  const { stdout, stderr } = server.output()
  assert.ok(stderr.split('\n').length > 50, 'the log holds a line a call')
  const files = await readAll(data)
  for (const secret of secrets) {
    assert.ok(!stdout.includes(secret) && !stderr.includes(secret), `a log holds ${secret.slice(0, 12)}…`)
    for (const [name, content] of files) assert.ok(!content.includes(secret), `${name} holds ${secret.slice(0, 12)}…`)
    const leak = errors.find((error) => error.includes(secret))
    assert.equal(leak, undefined, `an error repeats ${secret.slice(0, 12)}…`)
  }
})

async function textOf(response: Response): Promise<string> {
  return `${JSON.stringify([...response.headers])}\n${(await response.text()).replaceAll('\\/', '/')}`
}

async function readAll(directory: string): Promise<[string, string][]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(
    files.map(
      async ({ parentPath, name }): Promise<[string, string]> => [
        name,
        (await readFile(join(parentPath, name))).toString('latin1'),
      ],
    ),
  )
}
