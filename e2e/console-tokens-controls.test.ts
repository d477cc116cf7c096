import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isConsoleBuilt } from '../scripts/console-stamp.mjs'
import { makeConsole } from '../scripts/make-console.ts'
import { openBrowser } from './lib/browser.ts'
import { startServer } from './lib/server.ts'
import { openTokens, settled } from './lib/tokens-page.ts'
import { addToken, adminSession } from './lib/v3.ts'

/** What stands on every page, and is tested there. */
const SHELL =
  /^(link "(Skip to the page|Latchkey|Workflow|Tokens|Access|Doctor|Activity|API|Help)"|button "(Service|Partner|Server clock|signed in|Sign in|Find|Keys|Theme))/

/** The session outlives a reload, what was typed does not. */
const KEEP_SIGNED_IN = `
  sessionStorage.setItem('latchkey.keeps-secrets', '1')
  for (const name of Object.keys(sessionStorage)) if (name.startsWith('latchkey.tokens')) sessionStorage.removeItem(name)`

/** The first of some choices, which is the chosen one. */
const PRESSED = new Set(['button "All" #1'])

/** Without the filter, which is no other place. */
const placeOf = (url: string) => url.replace(/\?.*$/, '')

test('no control of the tokens page is dead', async () => {
  if (!isConsoleBuilt()) await makeConsole()
  await using server = await startServer()
  await using browser = await openBrowser()
  await using page = await browser.page()
  await page.addInitScript(KEEP_SIGNED_IN)
  const token = await addToken(server, await adminSession(server), { description: 'To be tried', sessionType: 2 })
  await openTokens(page, server)
  for (const [place, ready, search, words] of [
    ['', 'To be tried', 'Search', 'tried'],
    // A few of the services and actions are drawn by the same code as all of them.
    ['/new?preset=get-and-list', 'every session may', 'Find a service', 'upload'],
    ['/new?preset=exact', 'How its sessions are', 'Find actions', 'user app role'],
    [`/${token.id}`, 'Shrinks it most', '', ''],
  ] as const) {
    // A page as it is for whoever has just come, signed in.
    const open = async () => {
      await page.goto(`${server.url}/#/tokens${place}`)
      await page.reload()
      await page.getByText(ready).first().waitFor()
      await settled(page)
      if (search !== '') await page.getByLabel(search, { exact: true }).fill(words)
    }
    await open()
    const keys = (await page.controls())
      .filter(({ key, isChosen }) => !SHELL.test(key) && !isChosen)
      .map(({ key }) => key)
    assert.ok(keys.length > 3, place)
    for (const key of keys) {
      if (PRESSED.has(key)) continue
      let control = await page.findControl(key)
      if (control === undefined) {
        await open()
        control = await page.control(key)
      }
      const before = page.url()
      const change = await page.use(control, { ignore: ['.toasts'] })
      assert.ok(change.hasChanged, `${place}: ${key} does nothing`)
      if (placeOf(page.url()) !== placeOf(before)) {
        await open()
      } else if ((await page.getByRole('dialog').count()) > 0) {
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
    }
  }
})
