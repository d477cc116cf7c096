import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { type RunningServer, startServer } from './lib/server.ts'
import { type Answer, addToken, adminSession, sha256 } from './lib/v3.ts'

const run = promisify(execFile)

describe('the login without a library', () => {
  let server: RunningServer
  let token: { id: string; token: string }

  before(async () => {
    server = await startServer()
    token = await addToken(server, await adminSession(server), { sessionPrivileges: 'list:*' })
  })
  after(async () => server[Symbol.asyncDispose]())

  /** Form fields in, XML out, as curl does it when nothing is said of a format. */
  async function curl(fields: Readonly<Record<string, string>>): Promise<string> {
    const data = Object.entries(fields).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`])
    return (await run('curl', ['-sS', `${server.url}/api_v3/index.php`, ...data])).stdout
  }
  const element = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''

  test('works by curl with form fields and the default XML', async () => {
    const widget = await curl({ service: 'session', action: 'startWidgetSession', widgetId: `_${server.partnerId}` })
    assert.match(
      widget,
      /^<\?xml version="1\.0" encoding="utf-8"\?><xml><result><objectType>KalturaStartWidgetSessionResponse<\/objectType>/,
    )
    const ks = element(widget, 'ks')
    const started = await curl({
      service: 'appToken',
      action: 'startSession',
      ks,
      id: token.id,
      tokenHash: sha256(ks + token.token),
    })
    const list = await curl({
      service: 'media',
      action: 'list',
      ks: element(started, 'ks'),
      'pager:pageSize': '2',
      'filter:mediaTypeEqual': '1',
    })
    assert.equal(list.match(/<item><objectType>KalturaMediaEntry<\/objectType>/g)?.length, 2)
    assert.match(list, /<\/result><executionTime>[\d.]+<\/executionTime><\/xml>$/)
  })

  test('tells a wrong hash in XML, with its diagnosis behind the arguments', async () => {
    const ks = element(
      await curl({ service: 'session', action: 'startWidgetSession', widgetId: `_${server.partnerId}` }),
      'ks',
    )
    const tokenHash = sha256(ks + token.token).toUpperCase()
    const answer = await curl({ service: 'appToken', action: 'startSession', ks, id: token.id, tokenHash })
    assert.match(
      answer,
      /<error><code>INVALID_APP_TOKEN_HASH<\/code><message>Invalid application token hash<\/message><objectType>KalturaAPIException<\/objectType><args><\/args><diagnosis><stage>hash<\/stage>/,
    )
    assert.match(answer, /<cause><id>hash-upper-case<\/id>/)
  })

  for (const [name, contentType, mark] of [
    ['a charset', 'application/json; charset=utf-8', ''],
    ['a byte order mark', 'application/json', '\ufeff'],
    ['neither', 'application/json', ''],
  ] as const) {
    test(`works by fetch with a JSON body with ${name}`, async () => {
      const json = async (body: object): Promise<Answer> => {
        const answer = await fetch(`${server.url}/api_v3/`, {
          method: 'POST',
          headers: { 'content-type': contentType },
          body: mark + JSON.stringify({ format: 1, ...body }),
        })
        return answer.json()
      }
      const { ks } = await json({ service: 'session', action: 'startWidgetSession', widgetId: `_${server.partnerId}` })
      const session = await json({
        service: 'appToken',
        action: 'startSession',
        ks,
        id: token.id,
        tokenHash: sha256(ks + token.token),
      })
      const list = await json({ service: 'media', action: 'list', ks: session.ks })
      assert.equal(list.totalCount, 40)
    })
  }

  test('works with session strings of version 1, whose plus signs and slashes a form has to encode', async () => {
    await using old = await startServer({ env: { LATCHKEY_KS_VERSION: '1' } })
    const admin = await adminSession(old)
    for (let round = 0; round < 5; round += 1) {
      const { id, token: value } = await addToken(old, admin, { sessionUserId: `user?~${round}`, sessionType: 2 })
      const post = async (fields: Readonly<Record<string, string>>): Promise<Answer> => {
        const data = Object.entries(fields).flatMap(([name, text]) => ['--data-urlencode', `${name}=${text}`])
        return JSON.parse((await run('curl', ['-sS', `${old.url}/api_v3/`, '-d', 'format=1', ...data])).stdout)
      }
      const { ks } = await post({ service: 'session', action: 'startWidgetSession', widgetId: `_${old.partnerId}` })
      assert.match(Buffer.from(ks, 'base64').toString(), /^[0-9a-f]{40}\|4242;4242;\d+;0;/)
      const session = await post({ service: 'apptoken', action: 'startSession', ks, id, tokenHash: sha256(ks + value) })
      assert.equal((await post({ service: 'media', action: 'list', ks: session.ks })).totalCount, 40)
    }
    const unencoded = `service=media&action=list&format=1&ks=${'a+b/'.repeat(40)}`
    const { stdout } = await run('curl', ['-sS', `${old.url}/api_v3/`, '-d', unencoded])
    assert.equal(JSON.parse(stdout).diagnosis.cause.id, 'session-url-mangled', 'a plus sign is a blank there')
  })
})
