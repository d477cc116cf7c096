import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openBrowser, type TestBrowser, type TestPage } from './lib/browser.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { addToken, adminSession } from './lib/v3.ts'
import { chooseAction, openWorkflow, step, typeToken, waitForStep } from './lib/workflow.ts'

const PAGES = ['Workflow', 'Tokens', 'Access', 'Doctor', 'Activity', 'API', 'Help']
// The tabs with code are all pressed by the test of the snippets, the links to pages by a test of their own. The first algorithm
// is chosen already.
const isLookedAt = (key: string) =>
  !/^tab |"SHA256"/.test(key) && !PAGES.some((page) => key.startsWith(`link "${page}"`))

/** Each control is used, and something that a person can see or hear must come of it. */
describe('the controls of the workflow page', () => {
  let server: RunningServer
  let browser: TestBrowser
  let userToken: { id: string; token: string }

  before(async () => {
    ;[server, browser] = await Promise.all([startServer(), openBrowser()])
    userToken = await addToken(server, await adminSession(server), { sessionUserId: 'ana@example.org' })
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
  })

  async function openPage(): Promise<TestPage> {
    const page = await browser.page()
    await openWorkflow(page, server.url)
    return page
  }

  async function runAll(page: TestPage): Promise<void> {
    await typeToken(page, userToken)
    await page.getByRole('button', { name: 'Run all four' }).click()
    await waitForStep(page, 'Call', 'done')
  }

  /** The page as it is when nobody has typed anything. */
  async function afresh(page: TestPage): Promise<void> {
    await page.evaluate('sessionStorage.clear()')
    await page.goto('about:blank')
    await openWorkflow(page, server.url)
  }

  /** Uses each control once; the page is brought back to its state where a use has left it. */
  async function findDead(
    page: TestPage,
    reset: () => Promise<void>,
    isMeant: (key: string) => boolean,
    isInDialog = false,
  ): Promise<readonly string[]> {
    const dead: string[] = []
    // The link to skip shows only under the focus of the keyboard; the test above follows it.
    const all = (await page.controls()).filter(({ key }) => isMeant(key) && !key.includes('Skip to the page'))
    assert.ok(all.length > 0)
    for (const { key, isChosen } of all) {
      const found = () => page.findControl(key)
      let control = await found()
      if (control === undefined) {
        await reset()
        control = await found()
      }
      if (control === undefined) {
        dead.push(`${key} is not there any more`)
        continue
      }
      const url = page.url()
      const change = await page.use(control)
      if (!change.hasChanged && !isChosen) dead.push(`${key} does nothing`)
      // Nothing of the page is lost by going to another and back, or by a dialog that is closed.
      if (page.url() !== url) {
        await page.goBack()
        await page.getByRole('heading', { name: 'App token workflow' }).waitFor()
      }
      if (!isInDialog && (await page.getByRole('dialog').count()) > 0) {
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
    }
    return dead
  }

  test('each link of the bar leads to its page, and says that it is the one', async () => {
    await using page = await openPage()
    const bar = page.getByRole('navigation', { name: 'Pages' })
    for (const name of [...PAGES.slice(1), 'Workflow']) {
      await bar.getByRole('link', { name, exact: true }).click()
      await bar.locator('[aria-current=page]').getByText(name, { exact: true }).waitFor()
      await page.locator('main h1:not(.unseen)').waitFor()
      assert.match(await page.title(), name === 'Workflow' ? /^Latchkey$/ : new RegExp(`^${name} `))
    }
    await page.goBack()
    await bar.locator('[aria-current=page]').getByText('Help', { exact: true }).waitFor()
  })

  test('has no dead control when it is new', async () => {
    await using page = await openPage()
    const reset = () => afresh(page)
    assert.deepEqual(await findDead(page, reset, isLookedAt), [])
    for (const opener of [/^Service/, /^Sign in/, 'Paste anything']) {
      const open = async () => {
        await reset()
        await page.getByRole('button', { name: opener }).first().click()
      }
      await open()
      assert.deepEqual(await findDead(page, open, () => true, true), [], `${opener}`)
    }
  })

  test('has no dead control when all is done, nor when it was refused', async () => {
    await using page = await openPage()
    const done = async () => {
      await afresh(page)
      await runAll(page)
    }
    await done()
    // What was there before any step was run has been looked at already.
    const isNew = (key: string) => !/^(tab|link) |"(Find|Keys|Theme|Service|Paste|Sign in)|SHA|MD5/.test(key)
    assert.deepEqual(await findDead(page, done, isNew), [])
    const refused = async () => {
      await done()
      await chooseAction(page, 'user.list')
      await step(page, 'Call').getByRole('button', { name: 'Make the call again' }).click()
      await waitForStep(page, 'Call', 'refused')
    }
    await refused()
    const refusal = step(page, 'Call').getByRole('group', { name: 'Refusal' })
    const inRefusal = await refusal.getByRole('button').count()
    assert.ok(inRefusal > 8, 'the ladder and the fixes')
    assert.deepEqual(await findDead(page, refused, (key) => /"(Review|See it|More about|The error)/.test(key)), [])
    const rung = refusal.getByRole('list', { name: 'How far the call got' }).getByRole('button').first()
    const told = refusal.locator('.ladder-names')
    const before = await told.textContent()
    await rung.focus()
    assert.notEqual(await told.textContent(), before, 'a rung under the focus is told in words')
  })
})
