import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { runCli } from './lib/server.ts'

/** What stands at an address that somebody has got wrong, and what the command line says of it. */
const ODD = {
  'a web page': { status: 200, body: '<!DOCTYPE html><html></html>', says: /answered 200 with a web page/ },
  'an API of another kind': { status: 200, body: '{"hello": "world"}', says: /something that is no session/ },
  'an empty list': { status: 200, body: '[]', says: /something that is no session/ },
  nothing: { status: 200, body: '', says: /answered 200 with nothing in it/ },
  'a way to elsewhere': {
    status: 301,
    body: '',
    location: 'https://other.example.com/api_v3/?ks=secret',
    says: /answered 301, and sends whoever calls to https:\/\/other\.example\.com: name that address/,
  },
  'an error of another kind': {
    status: 500,
    body: '{"error": "no"}',
    says: /answered 500: .* probably no v3 endpoint/,
  },
} satisfies Record<string, { status: number; body: string; location?: string; says: RegExp }>

describe('where no v3 endpoint is', { concurrency: 2 }, () => {
  let server: Server
  let port: number
  before(async () => {
    server = createServer((request, response) => {
      const [, at] = (request.url ?? '').split('/')
      const answer = Object.values(ODD)[Number(at)]
      request.resume()
      response.statusCode = answer?.status ?? 404
      if (answer !== undefined && 'location' in answer) response.setHeader('location', answer.location)
      response.end(answer?.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  })
  after(() => server.close())

  for (const [at, [what, { says }]] of Object.entries(ODD).entries()) {
    const commands = [
      ['session', 'start', '--widget'],
      ['role', 'list'],
      ['session', 'start', '--token-id', '0_abcd1234'],
    ]
    for (const args of what === 'an API of another kind' ? commands : commands.slice(0, 1)) {
      test(`but ${what}, \`latchkey ${args.join(' ')}\` says so, and prints no session`, async () => {
        const env = { LATCHKEY_ADMIN_SECRET: 'x'.repeat(32), LATCHKEY_TOKEN_VALUE: 'y'.repeat(32) }
        const place = ['--service-url', `http://127.0.0.1:${port}/${at}`, '--partner-id', '1']
        const { code, stdout, stderr } = await runCli([...args, ...place], env)
        assert.equal(code, 2, stderr)
        assert.equal(stdout, '')
        assert.match(stderr.replaceAll(/\n {2}/g, ' '), says)
        assert.match(stderr, /\nnext: latchkey doctor --service-url http:\S+\n$/)
        assert.doesNotMatch(stderr, /ks=|xxxx|yyyy/)
      })
    }
  }
})
