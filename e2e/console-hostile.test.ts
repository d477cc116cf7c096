import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openBrowser, type TestBrowser, type TestPage } from './lib/browser.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { chooseAction, openWorkflow, step, typeToken, waitForStep } from './lib/workflow.ts'

const MARKUP = '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>'
const KS = `djJ8${'A'.repeat(80)}`

/** Answers as no v3 endpoint gives them; each leads to something on the page that is no fault. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  'markup.everywhere': {
    code: MARKUP,
    message: MARKUP,
    diagnosis: {
      stage: MARKUP,
      passed: [MARKUP, '__proto__', 'constructor'],
      cause: { id: '../../x', title: MARKUP, saw: MARKUP, remedy: [MARKUP], docs: 'javascript:document.title="taken"' },
      needed: [MARKUP],
      held: [{ permission: MARKUP, from: 'constructor' }],
      fixes: [{ id: MARKUP, title: MARKUP, opens: -1e300, change: [{ service: '../..', action: MARKUP, params: 7 }] }],
    },
  },
  'fixes.toomany': {
    code: 'SERVICE_FORBIDDEN',
    message: 'no',
    diagnosis: {
      stage: 'permission',
      cause: {},
      fixes: Array.from({ length: 100_000 }, (_, at) => ({ id: String(at), title: 'more', opens: 1, change: [] })),
    },
  },
  'shapes.odd': { objects: [null, 7, [], { id: { a: 1 }, createdAt: 1e300, name: [MARKUP] }], totalCount: '__proto__' },
  'rows.many': {
    objects: Array.from({ length: 10_000 }, (_, id) => ({ id, name: 'شيء'.repeat(40) })),
    totalCount: 1e300,
  },
}
/** Written by hand, since a serializer would lose it. */
const POLLUTION =
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"objectType":"__proto__"}'
const DEEP = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`

describe('an endpoint that answers what no endpoint should', () => {
  let server: RunningServer
  let browser: TestBrowser
  before(async () => {
    ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
  })

  async function loggedIn(page: TestPage): Promise<void> {
    await page.route('**/api_v3/**', (route) => {
      const [, service = '', action = ''] = /service\/([^/]+)\/action\/([^/]+)/.exec(route.request().url()) ?? []
      const name = `${service}.${action}`
      const headers = { 'content-type': 'application/json', 'x-latchkey-request': 'x' }
      if (name === 'pollution.get') return route.fulfill({ headers, body: POLLUTION })
      if (name === 'deep.get') return route.fulfill({ headers, body: DEEP })
      const login = {
        ks: KS,
        expiry: 1e300,
        sessionType: '__proto__',
        userId: { a: 1 },
        privileges: `${MARKUP},list:*`,
        dropped: [null, 3, { privilege: {}, text: [] }, { privilege: MARKUP, text: MARKUP }],
        warnings: 'none',
      }
      return route.fulfill({ headers, body: JSON.stringify(ANSWERS[name] ?? login) })
    })
    await openWorkflow(page, server.url)
    await typeToken(page, { id: '0_abcdefgh', token: '0123456789abcdef0123456789abcdef' })
    await page.getByRole('button', { name: 'Start a widget session' }).click()
    await page.getByRole('button', { name: 'Start the session' }).click()
    await waitForStep(page, 'Session', 'done')
  }

  async function isUnharmed(page: TestPage): Promise<void> {
    assert.equal(await page.title(), 'Latchkey')
    assert.equal(await page.evaluate('({}).polluted'), undefined)
    await page.getByRole('heading', { name: 'App token workflow' }).waitFor()
    page.expectClean()
  }

  const calls = [...Object.keys(ANSWERS), 'pollution.get', 'deep.get']
  test('neither changes the page nor breaks it', async () => {
    await using page = await browser.page({ width: 390 })
    await loggedIn(page)
    for (const name of calls) {
      await chooseAction(page, name, '')
      await page.getByRole('button', { name: /^Make the call/ }).click()
      await step(page, 'Call').locator('code', { hasText: name }).first().waitFor()
      await page.locator('[data-state="running"]').waitFor({ state: 'detached' })
      await isUnharmed(page)
      await page.noSidewaysScroll()
    }
  })

  test('and a fault of a page leaves the way to the others', async () => {
    await using page = await browser.page()
    await openWorkflow(page, server.url)
    // No answer that we know of does this; what a page does in such a case must be tried all the same.
    await page.route('**/assets/doctor-page-*.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: 'export function DoctorPage() { throw new Error("x") }' }),
    )
    await page.getByRole('link', { name: 'Doctor' }).click()
    await page.getByText('This page could not show what it has.').waitFor()
    assert.deepEqual(await page.axe(), [])
    await page.getByRole('link', { name: 'Workflow' }).click()
    await page.getByRole('heading', { name: 'App token workflow' }).waitFor()
    page.expectClean()
  })

  test('and a page whose script does not come can be had by a reload, when it does', async () => {
    await using page = await browser.page({ allow: [/Failed to load resource/, /ERR_FAILED/] })
    await openWorkflow(page, server.url)
    await page.getByRole('textbox', { name: 'Token id' }).fill('0_abcdefgh')
    await page.route('**/assets/doctor-page-*.js', (route) => route.abort(), { times: 1 })
    await page.getByRole('link', { name: 'Doctor' }).click()
    await page.getByText('This page did not come.').waitFor()
    await page.getByRole('button', { name: 'Reload' }).click()
    await page.getByRole('heading', { name: 'Doctor', level: 1 }).waitFor()
    assert.equal(await page.getByLabel('Token id').inputValue(), '0_abcdefgh')
  })

  test('and code that does not come says so, in place of a shimmer without end', async () => {
    await using page = await browser.page({ allow: [/Failed to load resource/, /ERR_FAILED/] })
    await openWorkflow(page, server.url)
    await page.route(/assets\/snippets-.*\.js/, (route) => route.abort())
    await step(page, 'Hash').getByRole('tab', { name: 'Python' }).click()
    await page.getByText('The code did not come.').waitFor()
  })

  test('and what reads a paste, where it does not come, is not waited for without end', async () => {
    await using page = await browser.page({ allow: [/Failed to load resource/, /ERR_FAILED/] })
    await page.goto(`${server.url}/#/access?subject=type:user`)
    await page.getByLabel('Actions', { exact: true }).waitFor()
    await page.route('**/assets/*.js', (route) => route.abort())
    await page.getByLabel('Actions', { exact: true }).fill(`curl ${server.url}/api_v3/service/media/action/list`)
    await page.getByText('What reads it did not come.').waitFor()
    assert.equal(await page.getByText('Reading…').count(), 0)
    assert.deepEqual(await page.axe(), [])
  })

  test('is shown as it answered, as far as a page can', async () => {
    await using page = await browser.page()
    await loggedIn(page)
    await chooseAction(page, 'rows.many', '')
    await page.getByRole('button', { name: /^Make the call/ }).click()
    const call = step(page, 'Call')
    await call.getByText('It worked.').waitFor()
    await call.getByRole('button', { name: 'Request & response' }).click()
    const shown = (await call.getByLabel('Answer', { exact: true }).textContent()) ?? ''
    assert.match(shown, /more characters: Copy takes all of it/)
    assert.ok(shown.length < 250_000)
    await call.getByRole('button', { name: 'Copy the answer, secrets masked' }).click()
    assert.ok((await page.clipboard()).length > 1_000_000)
    await isUnharmed(page)
  })
})
