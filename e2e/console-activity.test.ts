import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { isConsoleBuilt } from '../scripts/console-stamp.mjs'
import { makeConsole } from '../scripts/make-console.ts'
import { openBrowser, type TestBrowser, type TestPage } from './lib/browser.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { addToken, adminSession, call, sha256 } from './lib/v3.ts'
import { signIn } from './lib/workflow.ts'

/** What stands on every page. */
const SHELL =
  /^(link "(Skip to the page|Latchkey|Workflow|Tokens|Access|Doctor|Activity|API|Help)"|button "(Service|signed in|Find|Keys|Theme))/
/** A choice made while something is read ends that reading. */
const ABORTED = /ERR_ABORTED/
const WRONG_HASHES = 70
const RIGHT_HASHES = 60

describe('the activity page of the console', () => {
  let server: RunningServer
  let browser: TestBrowser
  let tokenId: string
  before(async () => {
    if (!isConsoleBuilt()) await makeConsole()
    server = await startServer()
    browser = await openBrowser()
    const token = await addToken(server, await adminSession(server), {
      sessionUserId: 'etl@example.org',
      description: 'ETL',
    })
    tokenId = token.id
    const { ks } = await call(server.url, 'session.startWidgetSession', { widgetId: `_${server.partnerId}` })
    const hash = sha256(ks + token.token)
    const start = (tokenHash: string) => call(server.url, 'appToken.startSession', { ks, id: token.id, tokenHash })
    for (let at = 0; at < RIGHT_HASHES; at += 1) await start(hash)
    for (let at = 0; at < WRONG_HASHES; at += 1) await start(hash.toUpperCase())
    await call(server.url, 'user.list', { ks: (await start(hash)).ks, clientTag: 'أداة التقارير' })
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
  })

  async function open(page: TestPage, query = ''): Promise<void> {
    await page.goto(`${server.url}/#/activity${query}`)
    if (
      await page
        .getByRole('heading', { name: 'Sign in' })
        .isVisible()
        .catch(() => false)
    )
      await signInHere(page)
    await page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor()
  }
  /** The page itself asks for the secret. */
  async function signInHere(page: TestPage): Promise<void> {
    await page.getByLabel('Admin secret').fill(server.adminSecret)
    await page.getByLabel('Admin secret').press('Enter')
    await page.getByText('signed in · admin').waitFor()
  }
  async function signedIn(page: TestPage, query = ''): Promise<void> {
    await page.goto(`${server.url}/#/`)
    await signIn(page, server)
    await open(page, query)
    await page.getByText('Refusals by cause').or(page.getByText('of this time')).first().waitFor()
  }
  const total = (page: TestPage, title: string) =>
    page.locator('.activity-totals > div').filter({ hasText: title }).locator('dd').textContent()

  test('it asks for the account’s secret first, and then shows what was counted', async () => {
    await using page = await browser.page()
    await page.goto(`${server.url}/#/activity`)
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    assert.deepEqual(await page.axe(), [])
    await signInHere(page)
    await page.getByText('Refusals by cause').waitFor()
    assert.equal(await total(page, 'refusals'), String(WRONG_HASHES + 1))
    assert.equal(Number(await total(page, 'sessions issued')) >= RIGHT_HASHES + 2, true)
    await page.getByRole('img', { name: new RegExp(`^The hash is in capital letters: ${WRONG_HASHES} in `) }).waitFor()
    assert.deepEqual(await page.axe(), [])
    await page.shoot('activity-1280')
    page.expectClean([ABORTED])
  })

  test('the same numbers are there as a table, and a row of it leads to its time', async () => {
    await using page = await browser.page()
    await signedIn(page, '?from=1h')
    await page.getByRole('button', { name: 'Table', exact: true }).click()
    const table = page.getByRole('region', { name: 'Sessions and refusals over time' })
    await table.getByRole('columnheader', { name: 'hash-upper-case' }).waitFor()
    const refused = await table.locator('td[data-label="Refused"]').allTextContents()
    const counted = refused.reduce((sum, text) => sum + Number(text), 0)
    assert.equal(counted, WRONG_HASHES + 1, 'each refusal stands in one row')
    assert.match(page.url(), /view=table/)
    assert.deepEqual(await page.axe(), [])
    await table.getByRole('link').last().click()
    await page.waitForURL(/from=\d+.*&to=\d+/)
    await page.getByLabel('From', { exact: true }).waitFor()
    page.expectClean([ABORTED])
  })

  test('the bars of a plot are one stop of the Tab key: arrows tell each, and Enter looks into one', async () => {
    await using page = await browser.page()
    await signedIn(page, '?from=1h')
    const bars = page.getByRole('slider', { name: /^Refusals, bar by bar/ })
    await bars.focus()
    const told = () => bars.getAttribute('aria-valuetext')
    await page.keyboard.press('Home')
    const first = await told()
    assert.match(first ?? '', /: 0$/)
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowRight')
    assert.notEqual(await told(), first)
    await page.keyboard.press('ArrowLeft')
    assert.equal(await bars.getAttribute('aria-valuenow'), String(Number(await bars.getAttribute('aria-valuemax')) - 1))
    assert.deepEqual(await page.axe(), [])
    await page.keyboard.press('Enter')
    await page.waitForURL(/from=\d+.*&to=\d+/)
    page.expectClean([ABORTED])
  })

  test('older lines come page by page, each once, and a refusal opens what it means', async () => {
    await using page = await browser.page()
    await signedIn(page, '?outcome=refused')
    const region = page.getByRole('region', { name: 'Lines of the journal' })
    await page.getByText(`All ${WRONG_HASHES + 1} lines of this time.`).waitFor()
    await page.getByRole('button', { name: 'Issued', exact: true }).click()
    await page.getByText(/The newest 100 of 1\d\d lines/).waitFor()
    await page.getByRole('button', { name: 'Load older' }).click()
    await page.getByText(/All 1\d\d lines of this time/).waitFor()
    assert.ok((await region.getByRole('row').count()) < 100, 'only rows in view are there')
    await page.getByLabel('Search the lines that were read').fill('user.list')
    await page.getByText('1 line with “user.list”').waitFor()
    await region.getByRole('button', { name: /^Details: This is a USER session/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('أداة التقارير').waitFor()
    assert.deepEqual(await page.axe(), [])
    await page.shoot('activity-refusal')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    assert.match(
      String(await page.evaluate("document.activeElement.getAttribute('aria-label')")),
      /^Details:/,
      'focus is back where it came from',
    )
    page.expectClean([ABORTED])
  })

  test('a filter is part of the address; what matches nothing says so, and can be undone', async () => {
    await using page = await browser.page()
    await page.goto(`${server.url}/#/`)
    await signIn(page, server)
    await open(page, '?token=0_nothing')
    await page.getByText('No line matches').waitFor()
    assert.equal(await page.getByLabel('App token id').inputValue(), '0_nothing')
    await page.getByLabel('App token id').fill(tokenId)
    await page.getByLabel('App token id').press('Enter')
    await page.getByText('Refusals by cause').waitFor()
    assert.match(page.url(), new RegExp(`token=${tokenId}`))
    assert.equal(await total(page, 'refusals'), String(WRONG_HASHES + 1))
    await page.getByRole('link', { name: 'Clear all filters' }).first().click()
    await page.waitForURL((url) => !url.hash.includes('token='))
    page.expectClean([ABORTED])
  })

  test('a time in which nothing happened says so', async () => {
    await using page = await browser.page()
    await page.goto(`${server.url}/#/`)
    await signIn(page, server)
    await page.goto(`${server.url}/#/activity?from=1000000000&to=1000003600`)
    await page.getByText('Nothing happened in this time').waitFor()
    assert.deepEqual(await page.axe(), [])
    page.expectClean([ABORTED])
  })

  test('an endpoint without a journal is told apart from one that refuses', async () => {
    await using page = await browser.page()
    await page.route('**/service/latchkey_journal/**', (route) =>
      route.fulfill({
        contentType: 'application/json',
        body: JSON.stringify({
          objectType: 'KalturaAPIException',
          code: 'SERVICE_DOES_NOT_EXISTS',
          message: 'Service "latchkey_journal" does not exists',
        }),
      }),
    )
    await page.goto(`${server.url}/#/`)
    await signIn(page, server)
    await page.goto(`${server.url}/#/activity`)
    await page.getByText('This endpoint keeps no journal that can be asked').waitFor()
    assert.deepEqual(await page.axe(), [])
    page.expectClean([ABORTED])
  })

  test('a slow answer shows that it is coming, and leaving the page ends it', async () => {
    await using page = await browser.page()
    await page.goto(`${server.url}/#/`)
    await signIn(page, server)
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route('**/service/latchkey_journal/**', async (route) => {
      await held
      await route.continue().catch(() => undefined)
    })
    const aborted = page.waitForEvent('requestfailed', (request) => request.url().includes('latchkey_journal'))
    await page.goto(`${server.url}/#/activity`)
    await page.getByRole('status', { name: 'Reading the journal' }).waitFor()
    assert.deepEqual(await page.axe(), [])
    await page.getByRole('link', { name: 'Help', exact: true }).click()
    await aborted
    release()
    page.expectClean([ABORTED])
  })

  test('on a phone, in the dark, nothing scrolls sideways', async () => {
    await using page = await browser.page({ width: 360, theme: 'dark', reducedMotion: true })
    await signedIn(page)
    await page.noSidewaysScroll()
    assert.deepEqual(await page.axe(), [])
    await page.shoot('activity-360-dark')
    page.expectClean([ABORTED])
  })

  test('no control of it is dead', async () => {
    await using page = await browser.page()
    // One line, so that its controls are few: the others are like them.
    const query = '?outcome=refused&action=user.list'
    await signedIn(page, query)
    await page.getByText('of this time').first().waitFor()
    await page.getByText('Refusals by cause').waitFor()
    const own = (await page.controls()).filter(({ key }) => !SHELL.test(key) && !key.startsWith('link'))
    assert.ok(own.length >= 12, String(own.length))
    const here = new URL(page.url()).hash
    const links = await page
      .locator('#main .stack a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    assert.ok(links.length >= 4, String(links.length))
    for (const href of links) assert.ok(href?.startsWith('#/') && href !== here, `${href} leads nowhere`)
    for (const { key, isChosen } of own.filter(({ key }) => !key.startsWith('button "Plots"'))) {
      await page.goto(`${server.url}/#/help`)
      await page.getByRole('heading', { name: 'Help', level: 1 }).waitFor()
      await open(page, query)
      await page.getByText('of this time').first().waitFor()
      await page.getByText('Refusals by cause').waitFor()
      const change = await page.use(await page.control(key))
      assert.ok(change.hasChanged || isChosen, `${key} does nothing`)
    }
  })
})
