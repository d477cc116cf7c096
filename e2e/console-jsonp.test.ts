import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { makeConsole } from '../scripts/make-console.ts'
import { openBrowser, type TestBrowser } from './lib/browser.ts'
import { ROOT, type RunningServer, startServer } from './lib/server.ts'

const JSONP = '/api_v3/service/system/action/ping?format=9&callback=ran'
/** What becomes of a script element with that address: what its answer called the callback with, or that it did not load. */
const INJECTED = (address: string) => `new Promise((resolve) => {
  window.ran = (value) => resolve('ran with ' + JSON.stringify(value))
  const script = document.createElement('script')
  script.src = ${JSON.stringify(address)}
  script.onerror = () => resolve('kept out')
  document.head.append(script)
})`

describe('an answer in JSONP', () => {
  let server: RunningServer
  let browser: TestBrowser
  let elsewhere: Server
  before(async () => {
    const dist = join(ROOT, 'packages', 'console', 'dist')
    if (!existsSync(join(dist, 'index.html'))) await makeConsole()
    ;[server, browser] = await Promise.all([startServer(), openBrowser()])
    elsewhere = createServer((_request, response) => {
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><title>Elsewhere</title><link rel="icon" href="data:">')
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    elsewhere?.close()
    await server?.[Symbol.asyncDispose]()
  })

  test('is a script on a page of another origin, as with the original', async () => {
    await using page = await browser.page()
    const at = elsewhere.address()
    assert.ok(typeof at === 'object' && at !== null)
    await page.goto(`http://127.0.0.1:${at.port}/`)
    assert.equal(await page.evaluate(INJECTED(`${server.url}${JSONP}`)), 'ran with true')
  })

  test('is none on the pages of the console, though they share its origin', async () => {
    await using page = await browser.page({ allow: [/Content Security Policy/, /^policy: /] })
    for (const [address, title] of [
      ['/', 'App token workflow'],
      ['/index.html', 'App token workflow'],
      ['/offline.html', 'Hash and session, offline'],
    ] as const) {
      await page.goto(`${server.url}${address}`)
      await page.getByRole('heading', { name: title }).waitFor()
      assert.equal(await page.evaluate(INJECTED(JSONP)), 'kept out', address)
    }
  })

  test('and the console runs by whatever name it is reached, each page of it', async () => {
    await using page = await browser.page()
    const { port } = new URL(server.url)
    await page.goto(`http://localhost:${port}/`)
    for (const name of ['Tokens', 'Access', 'Doctor', 'Activity', 'API', 'Help']) {
      await page.getByRole('link', { name, exact: true }).first().click()
      await page.getByRole('heading', { level: 1, name }).first().waitFor()
    }
    page.expectClean()
  })
})
