import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openBrowser, type TestBrowser, type TestPage } from './lib/browser.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { addToken, adminSession } from './lib/v3.ts'
import { chooseAction, shootAll, signInLink, step, waitForStep } from './lib/workflow.ts'

/**
 * From `npm start` to rows, then through each refusal of the founding story, in one page. After the start nothing is done at a
 * terminal: whatever is needed stands on the page.
 */
describe('a newcomer, from npm start to data', () => {
  let server: RunningServer
  let browser: TestBrowser
  let page: TestPage
  let userToken: { id: string; token: string }

  before(async () => {
    server = await startServer({ byNpm: true })
    browser = await openBrowser()
    page = await browser.page()
    // What somebody else of the account handed out: only its record reaches the page.
    userToken = await addToken(server, await adminSession(server), {
      sessionUserId: 'ana@example.org',
      description: 'for the ETL job',
    })
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
  })

  const call = () => step(page, 'Call')

  async function inEveryView(name: string): Promise<void> {
    assert.deepEqual(await page.axe(), [], name)
    await shootAll(page, `newcomer-${name}`)
  }

  test('the link that the start left signs in once, and is gone from the address', async () => {
    await page.goto(await signInLink(server))
    await page.getByText('signed in · admin').waitFor()
    await page.getByText('Signed in by the link.').waitFor()
    assert.equal(new URL(page.url()).hash, '#/')
    await inEveryView('1-start')
  })

  test('one click makes a token that can get and list, and one more runs all four steps', async () => {
    await page.getByRole('button', { name: 'Create “get and list only”' }).click()
    await page.getByText('Made a token that can only get and list.').waitFor()
    assert.match(await page.getByRole('textbox', { name: 'Token id' }).inputValue(), /^0_\w{8}$/)
    await inEveryView('2-token')
    await page.getByRole('button', { name: 'Run all four' }).click()
    for (const title of ['Widget session', 'Hash', 'Session', 'Call'] as const) await waitForStep(page, title, 'done')
    await call().getByText('It worked.').waitFor()
    assert.ok((await call().getByRole('row').count()) > 1, 'media.list has rows')
    await inEveryView('3-rows')
  })

  test('a hash in capitals is named as what it is', async () => {
    const digest = (await step(page, 'Hash').locator('.digest').first().textContent()) ?? ''
    await page.getByLabel('What your tool produced').fill(digest.toUpperCase())
    const verdict = page.getByRole('status', { name: 'What was made of it' })
    await verdict
      .getByText(/capital|upper/i)
      .first()
      .waitFor()
    await verdict.getByRole('link', { name: /^hash-/ }).waitFor()
    await inEveryView('4-upper-case')
    await page.getByLabel('What your tool produced').fill('')
  })

  test('a wrong token value is refused at the hash, with what is right said first', async () => {
    const field = page.getByRole('textbox', { name: 'Token value' })
    const right = await field.inputValue()
    await field.fill('0123456789abcdef0123456789abcdef')
    await waitForStep(page, 'Session', 'stale')
    await step(page, 'Session').getByRole('button', { name: 'Start a new session' }).click()
    await waitForStep(page, 'Session', 'refused')
    const refusal = step(page, 'Session').getByRole('group', { name: 'Refusal' })
    await refusal.getByText('INVALID_APP_TOKEN_HASH').first().waitFor()
    assert.match((await refusal.locator('.lead').textContent()) ?? '', /the token id.*(is|are) right/i)
    await inEveryView('5-wrong-value')
    await field.fill(right)
    await step(page, 'Session').getByRole('button', { name: /Start/ }).click()
    await waitForStep(page, 'Session', 'done')
  })

  test('a USER token on an action for administrators: what it needs, what it holds, and a fix that works', async () => {
    await page.getByRole('button', { name: 'Paste anything' }).click()
    await page.getByLabel('A token record, a curl line, a response, a .env').fill(JSON.stringify({ ...userToken }))
    await page.getByRole('button', { name: 'Use these' }).click()
    assert.equal(await page.getByRole('textbox', { name: 'Token id' }).inputValue(), userToken.id)
    await chooseAction(page, 'user.list')
    await page.getByRole('button', { name: 'Run all four' }).click()
    await waitForStep(page, 'Call', 'refused')
    const refusal = call().getByRole('group', { name: 'Refusal' })
    await refusal.getByText('SERVICE_FORBIDDEN').first().waitFor()
    await refusal.getByText('ADMIN_BASE', { exact: true }).waitFor()
    await refusal.getByText('BASE_USER_SESSION_PERMISSION', { exact: true }).waitFor()
    await inEveryView('6-user-token')
    await refusal
      .getByRole('button', { name: /^Review/ })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: /^Apply/ }).waitFor()
    await inEveryView('7-fix')
    await dialog.getByRole('button', { name: /^Apply/ }).click()
    await waitForStep(page, 'Call', 'done')
    await call().getByText('It worked.').waitFor()
    await inEveryView('8-fixed')
  })

  test('a privilege that was not granted is shown with the reason', async () => {
    await step(page, 'Session').getByText('Ask for something in particular').click()
    await page.getByLabel('Privileges').fill('sview:*,setrole:1')
    await page.getByLabel('Privileges').press('Enter')
    await step(page, 'Session').getByText('dropped', { exact: true }).waitFor()
    await inEveryView('9-dropped')
  })

  test('nothing went wrong that was not asked for', () => page.expectClean())
})
