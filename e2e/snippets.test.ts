import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { type HashType, Secret, tokenHash } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { type SnippetStep, type SnippetValues, snippet, snippetText } from '../packages/console/src/snippets/index.ts'
import { isThere, RUNNABLE, RUNTIMES, type RunnableLanguage } from './lib/runtimes.ts'
import { type RunningServer, startServer, temporaryDirectory } from './lib/server.ts'
import { type Answer, addToken, adminSession, call } from './lib/v3.ts'

const HASHES = ['MD5', 'SHA1', 'SHA256', 'SHA512'] as const satisfies HashType[]

/** Quotes of every kind, what shells and templates take for theirs, controls, and writing from right to left. */
const ALL_KINDS = `it's "so" \\ $HOME $(id) \`id\` %PATH% {x} #1 ‘ab’ “cd” é שלום 🙂 a\tb\nc\r\nd \u202e!`

describe('the snippets of the console', () => {
  let server: RunningServer
  let admin: string
  let folder: Awaited<ReturnType<typeof temporaryDirectory>>
  const tokens = new Map<HashType, { readonly id: string; readonly token: string }>()
  let runs = 0

  before(async () => {
    server = await startServer()
    folder = await temporaryDirectory()
    admin = await adminSession(server)
    for (const hashType of HASHES) {
      tokens.set(hashType, await addToken(server, admin, { hashType, sessionPrivileges: 'list:*' }))
    }
  })
  after(async () => {
    await server[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  /** What is known before the first step. */
  function begin(hashType: HashType = 'SHA256'): SnippetValues & { readonly tokenValue: string } {
    const token = tokens.get(hashType)
    assert.ok(token)
    return {
      serviceUrl: `${server.url}/`,
      partnerId: server.partnerId,
      widgetId: `_${server.partnerId}`,
      tokenId: token.id,
      tokenValue: token.token,
      hashType,
      startSession: { expiry: 600 },
      call: { service: 'media', action: 'list', params: { pager: { pageSize: 2 }, filter: { mediaTypeEqual: 1 } } },
    }
  }

  /** Writes the step to a file and runs it, as a person would. */
  async function run(
    language: RunnableLanguage,
    step: SnippetStep,
    values: SnippetValues,
    env: Readonly<Record<string, string | undefined>> = {},
  ): Promise<string> {
    const { command, file, args = (path: string) => [path], beside } = RUNTIMES[language]
    runs += 1
    const directory = join(folder.path, String(runs))
    await mkdir(directory)
    if (beside !== undefined) await writeFile(join(directory, beside.name), beside.text)
    const path = join(directory, file)
    await writeFile(path, `${snippetText(snippet(step, language, values), { reveal: true })}\n`)
    const { stdout } = await promisify(execFile)(command, [...args(path)], { env: { ...process.env, ...env } })
    return stdout.trim()
  }

  const expectedHash = (values: SnippetValues) =>
    tokenHash(nodePrimitives, values.hashType, values.widgetSession ?? '', new Secret(values.tokenValue ?? ''))

  for (const language of RUNNABLE) {
    const { command } = RUNTIMES[language]
    const skip = isThere(RUNTIMES[language]) ? false : `${command} is not on this machine`
    /** The shell shows answers as they come, and the others the one field that matters. */
    const widgetOf = (printed: string): string => (language === 'curl' ? JSON.parse(printed).ks : printed)

    test(`${language}: four steps, each with what the one before printed, reach the data`, { skip }, async () => {
      let values: SnippetValues = begin()
      values = { ...values, widgetSession: widgetOf(await run(language, 'widget', values)) }
      assert.match(values.widgetSession ?? '', /^djJ8/)
      values = { ...values, tokenHash: await run(language, 'hash', values) }
      assert.equal(values.tokenHash, expectedHash(values))
      const started = JSON.parse(await run(language, 'session', values))
      assert.equal(started.objectType, 'KalturaSessionInfo')
      assert.ok(Math.abs(started.expiry - Date.now() / 1000 - 600) < 60, 'the wanted lifetime was sent')
      const list = JSON.parse(await run(language, 'call', { ...values, session: started.ks }))
      assert.deepEqual([list.objectType, list.objects.length], ['KalturaMediaListResponse', 2])
    })

    test(`${language}: the whole program reads data, with the value inside or in the environment`, {
      skip,
    }, async () => {
      const values = begin()
      const inside = JSON.parse(await run(language, 'whole', values))
      const fromEnvironment = JSON.parse(
        await run(language, 'whole', { ...values, tokenValue: undefined }, { LATCHKEY_TOKEN_VALUE: values.tokenValue }),
      )
      assert.deepEqual([inside.objects.length, fromEnvironment.totalCount], [2, inside.totalCount])
      assert.ok(inside.totalCount > 2)
    })

    test(`${language}: a program whose login is refused fails with the code of the refusal`, { skip }, async () => {
      const says = (text: string) => (error: Answer) => (error.stdout + error.stderr).includes(text)
      const wrong = { ...begin(), tokenValue: 'f'.repeat(32) }
      await assert.rejects(run(language, 'whole', wrong), says('INVALID_APP_TOKEN_HASH'))
      const nowhere = run(language, 'whole', { ...begin(), tokenValue: undefined }, { LATCHKEY_TOKEN_VALUE: undefined })
      await assert.rejects(nowhere, says('LATCHKEY_TOKEN_VALUE'), 'nothing must not be hashed as the value')
    })

    test(`${language}: a text of every kind of character arrives as it was`, { skip }, async () => {
      const params = { appToken: { description: ALL_KINDS, sessionType: 0, sessionUserId: "o'neil" } }
      const values = { ...begin(), session: admin, call: { service: 'appToken', action: 'add', params } }
      const added = JSON.parse(await run(language, 'call', values))
      assert.deepEqual([added.description, added.sessionUserId], [ALL_KINDS, "o'neil"])
    })
  }

  for (const hashType of HASHES) {
    test(`curl, Python and Node: a token of ${hashType} logs in, and its hash is ours`, async () => {
      const values = begin(hashType)
      const widget = await call(server.url, 'session.startWidgetSession', { widgetId: values.widgetId })
      const known = { ...values, widgetSession: widget.ks }
      for (const language of ['curl', 'python', 'node'] as const) {
        assert.equal(await run(language, 'hash', known), expectedHash(known), language)
        assert.equal(JSON.parse(await run(language, 'whole', values)).objects.length, 2, language)
      }
    })
  }

  test('curl, Python, Node: the slashes and plus signs in a session string of version 1 survive', async () => {
    await using old = await startServer({ env: { LATCHKEY_KS_VERSION: '1', LATCHKEY_FIDELITY: 'vendor' } })
    const token = await addToken(old, await adminSession(old), { sessionUserId: 'user?~', sessionPrivileges: 'list:*' })
    const values = { ...begin(), serviceUrl: old.url, tokenId: token.id, tokenValue: token.token }
    for (const language of ['curl', 'python', 'node'] as const) {
      for (let round = 0; round < 3; round += 1) {
        assert.equal(JSON.parse(await run(language, 'whole', values)).objects.length, 2, language)
      }
    }
  })

  test('the fields for a tool, sent as the page says, make the same login', async () => {
    let values: SnippetValues = begin()
    const send = async (step: SnippetStep): Promise<Answer> => {
      const text = snippetText(snippet(step, 'etl', values), { reveal: true })
      const url = /^URL +(\S+)$/m.exec(text)?.[1] ?? ''
      const fields = [...text.matchAll(/^Body field +(\S+) = (.*)$/gm)].map(([, name = '', value = '']) => [
        name,
        value,
      ])
      const byForm: Answer = await (await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })).json()
      const body = text.slice(text.indexOf('{'))
      const headers = { 'content-type': 'application/json' }
      const byJson: Answer = await (await fetch(url, { method: 'POST', headers, body })).json()
      assert.equal(byForm.objectType, byJson.objectType, 'both kinds of body do the same')
      return byJson
    }
    values = { ...values, widgetSession: (await send('widget')).ks }
    values = { ...values, tokenHash: expectedHash(values) }
    values = { ...values, session: (await send('session')).ks }
    assert.equal((await send('call')).objects.length, 2)
  })
})
