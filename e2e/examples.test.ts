import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { EXAMPLES } from '../scripts/examples.ts'
import { launchChromium } from './lib/browser-launch.ts'
import { isThere, RUNNABLE, RUNTIMES, type Runtime } from './lib/runtimes.ts'
import { ROOT, type RunningServer, startServer } from './lib/server.ts'
import { type Answer, addToken, adminSession } from './lib/v3.ts'

/** Those with an official library, in languages that we have a runtime for. */
const WITH_LIBRARY: readonly {
  readonly path: string
  readonly runtime: Runtime
  readonly library: readonly string[]
}[] = [
  { path: 'examples/node/official-client.mjs', runtime: RUNTIMES.node, library: ['-e', "require('kaltura-client')"] },
]

describe('the examples, run as they lie in the repository', () => {
  let server: RunningServer
  let env: Readonly<Record<string, string | undefined>>

  before(async () => {
    server = await startServer()
    const token = await addToken(server, await adminSession(server), { sessionPrivileges: 'list:*' })
    env = {
      ...process.env,
      LATCHKEY_URL: server.url,
      LATCHKEY_PARTNER_ID: String(server.partnerId),
      LATCHKEY_TOKEN_ID: token.id,
      LATCHKEY_TOKEN_VALUE: token.token,
    }
  })
  after(() => server[Symbol.asyncDispose]())

  const run = (path: string, { command, args = (file) => [file] }: Runtime, given: typeof env) =>
    promisify(execFile)(command, [...args(join(ROOT, path))], { env: given })

  /** What is printed is the list; a wrong value ends the program with the reason, one that is missing with its name. */
  async function judge(path: string, runtime: Runtime): Promise<void> {
    const says = (text: RegExp) => (error: Answer) => error.code !== 0 && text.test(error.stdout + error.stderr)
    const { LATCHKEY_TOKEN_VALUE: _, ...rest } = env
    const wrong = { ...env, LATCHKEY_TOKEN_VALUE: 'f'.repeat(32) }
    const [{ stdout }] = await Promise.all([
      run(path, runtime, env),
      assert.rejects(run(path, runtime, wrong), says(/INVALID_APP_TOKEN_HASH|Invalid application token hash/)),
      assert.rejects(run(path, runtime, rest), says(/LATCHKEY_TOKEN_VALUE/)),
    ])
    const list = JSON.parse(stdout)
    assert.deepEqual([list.totalCount, list.objects.length], [40, 3])
  }

  for (const language of RUNNABLE) {
    const runtime = RUNTIMES[language]
    const skip = isThere(runtime) ? false : `${runtime.command} is not on this machine`
    test(`${EXAMPLES[language]} lists, and says why it does not`, { skip }, () => judge(EXAMPLES[language], runtime))
  }

  for (const { path, runtime, library } of WITH_LIBRARY) {
    const isInstalled = isThere({ ...runtime, probe: library })
    const skip = isInstalled ? false : `its library for ${runtime.command} is not on this machine`
    test(`${path} lists, and says why it does not`, { skip }, () => judge(path, runtime))
  }

  test(`${EXAMPLES.browser} lists in a real browser, and says why it does not`, async () => {
    const page = await readFile(join(ROOT, EXAMPLES.browser))
    const pages = createServer((_, response) => response.setHeader('content-type', 'text/html').end(page))
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
    const address = pages.address()
    assert.ok(typeof address === 'object' && address !== null)
    const browser = await launchChromium()
    try {
      const tab = await browser.newPage()
      await tab.goto(`http://127.0.0.1:${address.port}/`)
      const fill = async (tokenValue: string | undefined) => {
        await tab.fill('[name=serviceUrl]', server.url)
        await tab.fill('[name=partnerId]', String(server.partnerId))
        await tab.fill('[name=tokenId]', env.LATCHKEY_TOKEN_ID ?? '')
        await tab.fill('[name=tokenValue]', tokenValue ?? '')
        await tab.click('button')
      }
      await fill('f'.repeat(32))
      await tab.waitForSelector('pre:has-text("INVALID_APP_TOKEN_HASH: Invalid application token hash")')
      await fill(env.LATCHKEY_TOKEN_VALUE)
      await tab.waitForSelector('pre:has-text("totalCount")')
      const list = JSON.parse((await tab.textContent('pre')) ?? '')
      assert.deepEqual([list.totalCount, list.objects.length], [40, 3])
    } finally {
      await browser.close()
      pages.closeAllConnections()
      pages.close()
    }
  })

  test('the example in TypeScript is right by its types', () => {
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--types',
      'node',
      '--skipLibCheck',
    ]
    execFileSync(process.execPath, [tsc, '--ignoreConfig', ...options, join(ROOT, EXAMPLES.typescript)], { cwd: ROOT })
  })
})
