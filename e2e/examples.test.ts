import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { EXAMPLES } from '../scripts/examples.ts'
import { launchChromium } from './lib/browser-launch.ts'
import { BUNDLED_EXAMPLE, bundleExample } from './lib/bundled-example.ts'
import { isLibraryThere, LIBRARY_EXAMPLES } from './lib/official-libraries.ts'
import { isThere, RUNNABLE, RUNTIMES, type Runtime } from './lib/runtimes.ts'
import { ROOT, type RunningServer, startServer } from './lib/server.ts'
import { type Answer, addToken, adminSession } from './lib/v3.ts'

const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')

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

  for (const example of LIBRARY_EXAMPLES) {
    const { path, runtime } = example
    const skip = isLibraryThere(example) ? false : `the official library for ${runtime.command} is not on this machine`
    test(`${path} lists, and says why it does not`, { skip }, () => judge(path, runtime))
  }

  test(`${BUNDLED_EXAMPLE} is right by its types, and lists in a real browser`, async () => {
    await using bundle = await bundleExample()
    execFileSync(process.execPath, [TSC, '--ignoreConfig', ...bundle.typeOptions, bundle.file], { cwd: bundle.folder })
    const pages = createServer((_, response) => response.setHeader('content-type', 'text/html').end(bundle.page))
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
    const address = pages.address()
    assert.ok(typeof address === 'object' && address !== null)
    const browser = await launchChromium()
    try {
      const tab = await browser.newPage()
      await tab.goto(`http://127.0.0.1:${address.port}/`)
      const listEntries = (tokenValue: string | undefined): Promise<Answer> => {
        const { LATCHKEY_URL: serviceUrl, LATCHKEY_PARTNER_ID: partnerId, LATCHKEY_TOKEN_ID: tokenId } = env
        return tab.evaluate(`listed(${JSON.stringify({ serviceUrl, partnerId, tokenId, tokenValue })})`)
      }
      const [list, refusal] = [await listEntries(env.LATCHKEY_TOKEN_VALUE), await listEntries('f'.repeat(32))]
      assert.deepEqual([list.totalCount, list.ids.length], [40, 3])
      assert.deepEqual(refusal, ['INVALID_APP_TOKEN_HASH', 'Invalid application token hash'])
    } finally {
      await browser.close()
      pages.closeAllConnections()
      pages.close()
    }
  })

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

  test('the example in TypeScript without a library is right by its types', () => {
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
    execFileSync(process.execPath, [TSC, '--ignoreConfig', ...options, join(ROOT, EXAMPLES.typescript)], { cwd: ROOT })
  })
})
