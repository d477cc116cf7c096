import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Route } from 'playwright-core'
import { openBrowser, type PageWishes, type TestBrowser, type TestPage } from './lib/browser.ts'
import { ROOT, type RunningServer, startServer } from './lib/server.ts'
import { addToken, adminSession, call } from './lib/v3.ts'
import { chooseAction, openWorkflow, shootAll, signIn, step, typeToken, waitForStep } from './lib/workflow.ts'

const DIST = join(ROOT, 'packages', 'console', 'dist')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** The built console on a web server that knows nothing of it. */
async function staticCopy(): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const name = pathname === '/' ? '/index.html' : pathname
    try {
      const bytes = await readFile(join(DIST, name))
      response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(bytes)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('the workflow when things are not as they should be', () => {
  let server: RunningServer
  let vendor: RunningServer
  let browser: TestBrowser
  let admin: string
  let token: { id: string; token: string }

  before(async () => {
    ;[server, vendor, browser] = await Promise.all([
      startServer(),
      startServer({ env: { LATCHKEY_FIDELITY: 'vendor' } }),
      openBrowser(),
    ])
    admin = await adminSession(server)
    token = await addToken(server, admin, { sessionUserId: 'ana@example.org', sessionPrivileges: 'list:*' })
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    await Promise.all([server?.[Symbol.asyncDispose](), vendor?.[Symbol.asyncDispose]()])
  })

  async function openPage(wishes: PageWishes = {}): Promise<TestPage> {
    const page = await browser.page(wishes)
    return page
  }

  /** Everything done, with the token typed in. */
  async function done(page: TestPage, url = server.url, used = token): Promise<void> {
    await openWorkflow(page, url)
    await typeToken(page, used)
    await page.getByRole('button', { name: 'Run all four' }).click()
    await waitForStep(page, 'Call', 'done')
  }

  test('a slow call shows that it runs, and can be stopped', async () => {
    await using page = await openPage({ allow: [/ERR_ABORTED/] })
    await done(page)
    // The server answers when the test lets it.
    let answer: (() => void) | undefined
    await page.route('**/action/list', async (route) => {
      await new Promise<void>((resolve) => {
        answer = resolve
      })
      await route.continue().catch(() => undefined)
    })
    const make = step(page, 'Call').getByRole('button', { name: 'Make the call again' })
    await make.click()
    await waitForStep(page, 'Call', 'running')
    assert.equal(await make.getAttribute('aria-busy'), 'true')
    await step(page, 'Call').getByRole('status').getByText('Step 4, Call: running').waitFor({ state: 'attached' })
    // What it was before stays to be read.
    await step(page, 'Call').getByText('It worked.').waitFor()
    assert.deepEqual(await page.axe(), [])
    await shootAll(page, 'states-slow')
    await step(page, 'Call').getByRole('button', { name: 'Stop' }).click()
    await step(page, 'Call').getByText('You stopped this call.').waitFor()
    answer?.()
    await page.unroute('**/action/list')
    await step(page, 'Call').getByRole('button', { name: 'Run again' }).click()
    await waitForStep(page, 'Call', 'done')
    page.expectClean()
  })

  test('offline is said where it happened, and nothing is lost by it', async () => {
    await using page = await openPage({ allow: [/ERR_INTERNET_DISCONNECTED/] })
    await done(page)
    const before = await page.getByRole('textbox', { name: 'Token value' }).inputValue()
    await page.context().setOffline(true)
    await step(page, 'Session').getByRole('button', { name: 'Run again' }).click()
    await step(page, 'Session').getByRole('alert').getByText('Offline.').waitFor()
    assert.deepEqual(await page.axe(), [])
    await shootAll(page, 'states-offline')
    assert.equal(await page.getByRole('textbox', { name: 'Token value' }).inputValue(), before)
    await step(page, 'Call').getByText('It worked.').waitFor()
    await page.context().setOffline(false)
    await step(page, 'Session').getByRole('button', { name: 'Start a new session' }).click()
    await waitForStep(page, 'Session', 'done')
    page.expectClean()
  })

  test('a signed-in session that has ended is renewed in place, and what waited goes on', async () => {
    await using page = await openPage()
    await openWorkflow(page, server.url)
    const started = page.waitForResponse(/action\/start$/)
    await signIn(page, server)
    const ks: string = await (await started).json()
    await typeToken(page, { id: '', token: 'half a value' })
    await call(server.url, 'session.end', { ks })
    await page.getByRole('button', { name: 'Create “get and list only”' }).click()
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
    await dialog.waitFor()
    assert.equal(
      await page.getByRole('textbox', { name: 'Token value', includeHidden: true }).inputValue(),
      'half a value',
    )
    assert.deepEqual(await page.axe(), [])
    await shootAll(page, 'states-renewal')
    await dialog.getByLabel('Admin secret').fill(server.adminSecret)
    await dialog.getByLabel('Admin secret').press('Enter')
    await page.getByText('Made a token that can only get and list.').waitFor()
    assert.match(await page.getByRole('textbox', { name: 'Token id' }).inputValue(), /^0_\w{8}$/)
    page.expectClean()
  })

  test('a step whose inputs have changed says that it is out of date, and runs only when asked to', async () => {
    await using page = await openPage()
    await done(page)
    const calls = page.serviceCalls().length
    await chooseAction(page, 'media.count')
    await waitForStep(page, 'Call', 'stale')
    await step(page, 'Call').getByText('Out of date.').waitFor()
    await step(page, 'Session').getByText('Ask for something in particular').click()
    await page.getByLabel('Life in seconds').fill('600')
    await waitForStep(page, 'Session', 'stale')
    assert.equal(page.serviceCalls().length, calls)
    assert.deepEqual(await page.axe(), [])
    await shootAll(page, 'states-stale')
    // Back to what it was made with, it is good again.
    await page.getByLabel('Life in seconds').fill('')
    await waitForStep(page, 'Session', 'done')
    page.expectClean()
  })

  test('a widget session and a session that have run out say so', async () => {
    await using page = await openPage()
    await page.clock.install()
    await done(page)
    await page.clock.fastForward('48:00:00')
    await waitForStep(page, 'Widget session', 'stale')
    await step(page, 'Widget session').getByText('has ended: start a new one').waitFor()
    await waitForStep(page, 'Session', 'stale')
    await step(page, 'Widget session').getByRole('button', { name: 'Start a widget session' }).waitFor()
    await shootAll(page, 'states-ended')
    page.expectClean()
  })

  test('long values and text from right to left stay inside their places', async () => {
    await using page = await openPage()
    const long = `https://example.org/${'a'.repeat(400)}`
    const names = ['قائمة الوسائط للاختبار', long, 'שלום עולם']
    for (const name of names) {
      const made = await call(server.url, 'category.add', {
        ks: admin,
        category: { name: name.slice(0, 60), description: name },
      })
      assert.equal(made.code, undefined, JSON.stringify(made))
    }
    const wide = await addToken(server, admin, { sessionType: 2, description: long, sessionPrivileges: 'list:*' })
    await openWorkflow(page, server.url)
    await typeToken(page, wide)
    await chooseAction(page, 'category.list')
    await page.getByRole('button', { name: 'Run all four' }).click()
    await waitForStep(page, 'Call', 'done')
    await step(page, 'Call')
      .getByText(names[0] ?? '')
      .first()
      .waitFor()
    const direction = await page.evaluate<string>(
      `getComputedStyle([...document.querySelectorAll('td [dir=auto]')].find((cell) => cell.textContent === '${names[0]}')).direction`,
    )
    assert.equal(direction, 'rtl')
    await typeToken(page, { id: '0_'.padEnd(500, 'x'), token: 'é\u200b\u00a0'.repeat(200) })
    await page.setViewportSize({ width: 360, height: 740 })
    await page.noSidewaysScroll()
    await shootAll(page, 'states-long')
    assert.deepEqual(await page.axe(), [])
  })

  test('against a server without extras, the same page says what can be told by itself', async () => {
    await using page = await openPage()
    const owner = await adminSession(vendor)
    const plain = await addToken(vendor, owner, { sessionUserId: 'ana@example.org' })
    await openWorkflow(page, vendor.url)
    await page.getByText('without Latchkey’s extras').waitFor()
    await step(page, 'Session').getByText('Ask for something in particular').click()
    await page.getByLabel('Privileges').fill('setrole:1')
    await typeToken(page, plain)
    await chooseAction(page, 'user.list')
    await page.getByRole('button', { name: 'Run all four' }).click()
    await waitForStep(page, 'Call', 'refused')
    await step(page, 'Session').getByText('this server does not say why').waitFor()
    const refusal = step(page, 'Call').getByRole('group', { name: 'Refusal' })
    await refusal.getByText('SERVICE_FORBIDDEN').first().waitFor()
    await refusal.getByText('This server says no more than its code.').waitFor()
    assert.ok((await refusal.locator('.finding').count()) > 1)
    assert.ok((await refusal.getByRole('list', { name: 'How far the call got' }).getByRole('button').count()) > 3)
    assert.deepEqual(await page.axe(), [])
    await shootAll(page, 'states-vendor')
    page.expectClean()
  })

  test('a reload keeps what was typed, and secrets only where that was chosen', async () => {
    await using page = await openPage()
    await openWorkflow(page, server.url)
    await signIn(page, server)
    await typeToken(page, token)
    await page.getByLabel('Parameters, as JSON').fill('{ "pager": { "pageSize": 3 } }')
    const id = page.getByRole('textbox', { name: 'Token id' })
    const value = page.getByRole('textbox', { name: 'Token value' })
    // A question under way would be given up by the reload.
    await page.getByText('from the token').waitFor()
    await page.reload()
    assert.equal(await id.inputValue(), token.id)
    assert.equal(await page.getByLabel('Parameters, as JSON').inputValue(), '{ "pager": { "pageSize": 3 } }')
    assert.equal(await value.inputValue(), '')
    await signIn(page, server)
    await page.getByRole('button', { name: 'signed in · admin' }).click()
    await page.getByLabel('Keep it over a reload of this tab').check()
    await page.getByRole('button', { name: 'Close: Signed in' }).click()
    await typeToken(page, token)
    await page.getByText('from the token').waitFor()
    await page.reload()
    await page.getByText('signed in · admin').waitFor()
    assert.deepEqual([await id.inputValue(), await value.inputValue()], [token.id, token.token])
    page.expectClean()
  })

  test('a value that the account tells late is not put under the hands of who is typing one', async () => {
    await using page = await openPage()
    const look = /\/service\/appToken\/action\/get/
    let held = Promise.withResolvers<Route>()
    await page.route(look, (route) => held.resolve(route))
    await openWorkflow(page, server.url)
    await signIn(page, server)
    const id = page.getByRole('textbox', { name: 'Token id' })
    const value = page.getByRole('textbox', { name: 'Token value' })
    const isKnown = page.getByText('from the token')
    const answerWhileAtValue = async () => {
      held = Promise.withResolvers()
      await id.fill(token.id)
      await value.focus()
      const question = await held.promise
      await question.continue()
      await isKnown.waitFor()
    }
    await answerWhileAtValue()
    await page.keyboard.insertText(token.token)
    assert.equal(await value.inputValue(), token.token)

    await value.fill('')
    await id.fill('')
    await isKnown.waitFor({ state: 'hidden' })
    await answerWhileAtValue()
    assert.equal(await value.inputValue(), '')
    await id.focus()
    assert.equal(await value.inputValue(), token.token)
    page.expectClean()
  })

  test('a service URL that this server’s page may not call is refused in words', async () => {
    await using page = await openPage()
    await openWorkflow(page, server.url)
    await page.getByRole('button', { name: /^Service/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Service URL' })
    await dialog.getByRole('textbox').fill('https://api.example.org')
    await dialog.getByRole('textbox').press('Enter')
    await dialog.getByText('LATCHKEY_CONSOLE_CONNECT=https://api.example.org').waitFor()
    await dialog.getByText('static copy').waitFor()
    assert.deepEqual(await page.axe(), [])
    await shootAll(page, 'states-connect')
    page.expectClean()
  })

  test('a copy on any web server calls an endpoint on another origin, and still does after a reload', async () => {
    await using copy = await staticCopy()
    await using page = await openPage()
    await openWorkflow(page, copy.url)
    await shootAll(page, 'states-static')
    await page.getByRole('button', { name: /^Service/ }).click()
    await page.getByRole('dialog').getByRole('textbox').fill(server.url)
    await page.getByRole('dialog').getByRole('textbox').press('Enter')
    await page.getByLabel('Partner id').fill(String(server.partnerId))
    await typeToken(page, token)
    await page.getByRole('button', { name: 'Run all four' }).click()
    await waitForStep(page, 'Call', 'done')
    assert.ok(page.serviceCalls().every(({ origin }) => origin === server.url))
    await page.reload()
    await page.getByRole('button', { name: `Service ${new URL(server.url).host}` }).waitFor()
    page.expectClean()
  })
})
