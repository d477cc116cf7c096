import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import { ACCESS_TOKEN, basic, EXCHANGE, tokenOf } from './lib/oauth2.ts'
import { oauthGround } from './lib/oauth2-ground.ts'
import { randomOf } from './lib/random.ts'

const REQUESTS = Number(process.env.LATCHKEY_FUZZ_OAUTH2 ?? 800)
const SEED = Number(process.env.LATCHKEY_FUZZ_SEED ?? Date.now() % 1_000_000)
/** A connection that is neither answered nor closed by then is one that hangs. */
const LIMIT_MS = 8_000

interface Seen {
  readonly text: string
  readonly isHanging: boolean
}

function send(url: string, bytes: Buffer): Promise<Seen> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    const timer = setTimeout(() => {
      resolve({ text, isHanging: true })
      socket.destroy()
    }, LIMIT_MS)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve({ text, isHanging: false })
    })
  })
}

describe(`${REQUESTS} bad requests over the wire at the OAuth2 endpoints (seed ${SEED})`, () => {
  test('make no fault, no hang, and show nothing secret', async () => {
    await using ground = await oauthGround()
    const { url, client, server } = ground
    const { client_id: id, client_secret: value } = client
    const session = await tokenOf(url, client)
    const random = randomOf(SEED)
    const { pick, chance } = random
    const { authorization } = basic(id, value)
    const names =
      'grant_type client_id client_secret scope subject_token token expires_in resource audience partner_id actor_token'
    const odd = ['x[]', 'a[b]', '__proto__', '%00', '%', '%zz', '+', '']
    const values = [
      ...['client_credentials', EXCHANGE, ACCESS_TOKEN, id, value, encodeURIComponent(session), url],
      ...['media.list', 'full', 'get-and-list', 'GET-AND-LIST', 'media.', '.list', '.', '9', '1', '-1', '%22'],
      ...[
        'priv:iprestrict:1.2.3.4',
        'priv:iprestrict:%3a%3a1',
        'priv:%00',
        'priv::',
        'priv:*:*',
        'priv:a;b:c;d',
        'priv:widget:1',
      ],
      ...['%ff%fe', '%F0%9F%98%80', '%0d%0aX-Planted: y', 'a'.repeat(5_000), `priv:a:${'/'.repeat(3_000)}`],
    ]
    const junk = () => Buffer.from(Array.from({ length: random.below(60) }, () => random.below(256)))
    for (let count = 0; count < REQUESTS; count += 1) {
      const fields: string[] = []
      if (chance(0.6)) fields.push(`grant_type=${pick([values[0], values[1]])}&client_id=${id}&client_secret=${value}`)
      if (chance(0.4)) fields.push(`subject_token=${values[5]}&subject_token_type=${ACCESS_TOKEN}`)
      for (let more = random.below(5); more > 0; more -= 1) {
        const words = Array.from({ length: 1 + random.below(3) }, () => pick(values))
        fields.push(`${pick([...names.split(' '), ...odd])}=${words.join(pick(['+', '%20']))}`)
      }
      const body = Buffer.concat([
        Buffer.from(fields.join(pick(['&', '&', '&&', ';']))),
        chance(0.1) ? junk() : Buffer.of(),
      ])
      const method = chance(0.7) ? 'POST' : pick(['GET', 'PUT', 'OPTIONS', 'HEAD', 'DELETE', 'PATCH', 'TRACE'])
      const path = pick([
        '/oauth2/token',
        '/oauth2/introspect',
        '/oauth2/revoke',
        '/oauth2/token?%',
        '/oauth2/token?a=%zz',
      ])
      const headers = [
        `Host: ${pick(['x', '127.0.0.1', '', '[::1]:80', 'a b', '\xff', 'x:99999'])}`,
        'Connection: close',
      ]
      if (chance(0.9)) {
        const form = 'application/x-www-form-urlencoded'
        headers.push(`Content-Type: ${pick([form, form, form, `${form}; charset=x`, 'application/json', ';', ''])}`)
      }
      if (chance(0.4)) {
        const shown = [
          authorization,
          `Bearer ${session}`,
          'Basic',
          'Basic ====',
          'Basic Og==',
          'Bearer',
          'x y',
          '\xff\xfe',
        ]
        headers.push(`Authorization: ${pick([...shown, `Basic ${junk().toString('base64')}`, `Basic ${btoa('%:%')}`])}`)
      }
      if (chance(0.1)) headers.push(`X-Forwarded-For: ${pick(['x', '1.2.3.4', '::', ','])}`, 'X-Forwarded-Proto: https')
      // Shorter than the body: what is left is no request, and ends the connection while the first one is looked at.
      const length = chance(0.95) ? body.length : Math.min(body.length, pick([0, 1]))
      const head = `${method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\nContent-Length: ${length}\r\n\r\n`
      const { text, isHanging } = await send(url, Buffer.concat([Buffer.from(head, 'latin1'), body]))
      const what = JSON.stringify({ head, body: body.toString('latin1') })
      assert.ok(!isHanging, `hangs: ${what}`)
      assert.ok(!/^HTTP\/1\.1 5/.test(text), `${text.slice(0, 200)} ${what}`)
      assert.ok(!text.includes(value), `the value: ${what}`)
      assert.ok(!/^X-Planted/im.test(text), what)
    }
    const { stderr } = server.output()
    const fault = stderr.split('\n').find((line) => line.includes('"msg":"fault"'))
    assert.equal(fault, undefined)
    assert.ok(!stderr.includes(value) && !stderr.includes(session.slice(10, 60)), 'a secret in the log')
  })
})
