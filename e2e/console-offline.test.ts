import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { TEST_VECTORS } from '../packages/core/src/index.ts'
import { buildOffline } from '../scripts/build-offline.ts'
import { isConsoleBuilt } from '../scripts/console-stamp.mjs'
import { makeConsole } from '../scripts/make-console.ts'
import { openBrowser, type TestBrowser, type TestPage } from './lib/browser.ts'
import { tracesOnPage } from './lib/browser-storage.ts'
import { type RunningServer, startServer, temporaryDirectory } from './lib/server.ts'
import { call, sha256 } from './lib/v3.ts'

const TABS = ['Hash', 'Token', 'Session', 'Error', 'Test vectors'] as const
const [vector] = TEST_VECTORS
assert.ok(vector)
const RIGHT = sha256(vector.sessionString + vector.tokenValue)

describe('the offline page', () => {
  let browser: TestBrowser
  let server: RunningServer
  let folder: Awaited<ReturnType<typeof temporaryDirectory>>
  const urls = { disk: '', server: '' }

  before(async () => {
    if (!isConsoleBuilt()) await makeConsole()
    folder = await temporaryDirectory()
    const file = join(folder.path, 'offline.html')
    await writeFile(file, await buildOffline())
    server = await startServer()
    urls.disk = pathToFileURL(file).href
    urls.server = `${server.url}/offline.html`
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
    await folder?.[Symbol.asyncDispose]()
  })

  async function open(page: TestPage, from: keyof typeof urls = 'disk'): Promise<void> {
    await page.goto(urls[from])
    await page.getByRole('heading', { name: 'Hash and session, offline' }).waitFor()
  }

  const tab = (page: TestPage, name: (typeof TABS)[number]) => page.getByRole('tab', { name, exact: true }).click()

  async function fillHash(page: TestPage, received: string, value = vector?.tokenValue ?? ''): Promise<void> {
    await page.getByLabel('Session string').fill(vector?.sessionString ?? '')
    await page.getByLabel('Token value', { exact: true }).fill(value)
    await page.getByLabel('What your tool produced').fill(received)
  }

  for (const from of ['disk', 'server'] as const) {
    test(`from the ${from} it does all of its work with one request, the one for itself`, async () => {
      await using page = await browser.page()
      await open(page, from)
      for (const name of TABS.slice(0, 4)) {
        await tab(page, name)
        await page.getByRole('button', { name: 'Show an example' }).click()
        await page.getByRole('button', { name: 'Clear' }).waitFor()
      }
      await tab(page, 'Test vectors')
      await page.getByText(RIGHT, { exact: true }).first().waitFor()
      assert.deepEqual(
        page.requestUrls().map((url) => url.split('#')[0]),
        [urls[from]],
      )
      page.expectClean()
    })
  }

  test('it cannot even reach the server that it came from', async () => {
    await using page = await browser.page({ allow: [/connect-src/, /default-src/] })
    await open(page, 'server')
    const answer = await page.evaluate<string>("fetch('/healthz').then(() => 'answered', () => 'refused')")
    assert.equal(answer, 'refused')
    assert.ok(
      page.problems().some(({ line }) => /violates .*"connect-src 'none'"/.test(line)),
      'it was not the policy that refused',
    )
    await page.getByText('How can I tell?').click()
    await page.getByText("connect-src 'none'; img-src data:").waitFor()
    page.expectClean([/Fetch API cannot load/])
  })

  test('a hash in capitals is named as such, with what to do', async () => {
    await using page = await browser.page()
    await open(page)
    await fillHash(page, RIGHT.toUpperCase())
    const answer = page.getByRole('status', { name: 'What was made of it' })
    await answer.getByText('The hash is in capital letters').waitFor()
    await answer.getByText(/Lower-case the digest/).waitFor()
    await page.getByLabel('What your tool produced').fill(RIGHT)
    await answer.getByText('Right.').waitFor()
  })

  test('a line end that came along with the value is seen, is what made the hash wrong, and can be taken away', async () => {
    await using page = await browser.page()
    await open(page)
    await fillHash(page, RIGHT, `${vector.tokenValue}\n`)
    await page.getByTitle('line feed U+000A').waitFor()
    assert.equal(
      await page.getByRole('status', { name: 'The hash' }).locator('.digest').textContent(),
      sha256(`${vector.sessionString}${vector.tokenValue}\n`),
    )
    await page.getByRole('button', { name: 'Take them away' }).click()
    await page.getByRole('status', { name: 'What was made of it' }).getByText('Right.').waitFor()
  })

  test('a session of version 2 opens with the secret of its account, and with no other', async () => {
    await using page = await browser.page()
    const ks: string = await call(server.url, 'session.start', {
      partnerId: server.partnerId,
      secret: server.adminSecret,
      type: 2,
      userId: 'ana@example.org',
      privileges: 'list:*',
    })
    await open(page)
    await tab(page, 'Session')
    await page.getByLabel('Session string (ks)').fill(ks)
    const seen = page.getByRole('status', { name: 'What is in the session string' })
    await seen.getByText(String(server.partnerId), { exact: true }).waitFor()
    assert.equal(await seen.getByText('ana@example.org').count(), 0)
    const secret = page.getByLabel(/^Admin secret/)
    await secret.fill('0'.repeat(32))
    await page.getByText('This is not the secret').waitFor()
    await secret.fill(server.adminSecret)
    await seen.getByText('ana@example.org').waitFor()
    await seen.getByText('list:*').waitFor()
    const traces = await tracesOnPage(page)
    assert.ok(!traces.includes(server.adminSecret) && !traces.includes(ks))
  })

  test('an app token with an expiry that is past is called so', async () => {
    await using page = await browser.page()
    await open(page)
    await tab(page, 'Token')
    const record = { id: '0_k3v9qz1m', sessionType: 2, hashType: 'SHA1', expiry: 1_627_298_165, partnerId: 102 }
    await page.getByLabel('The app token, or a call with it').fill(JSON.stringify(record))
    await page.getByText('The app token is past its expiry').waitFor()
    await page.getByLabel('What the job calls, if you know').fill('media.lst')
    await page.getByText('There is no action media.lst; list is close to it').waitFor()
  })

  test('an error is explained by what it proves', async () => {
    await using page = await browser.page()
    await open(page)
    await tab(page, 'Error')
    const box = page.getByLabel(/^A code, a message/)
    await box.fill('INVALID_APP_TOKEN_HASH')
    const told = page.getByRole('group', { name: 'The error INVALID_APP_TOKEN_HASH' })
    await told.getByRole('button', { name: 'token known: The app token exists in this account.' }).waitFor()
    await told.getByRole('button', { name: 'hash: The hash is not that of session and token value.' }).waitFor()
    await box.fill('good morning')
    await page.getByText('No error that is known').waitFor()
  })

  test('a digest of a test vector leads to the mistake that prints it', async () => {
    await using page = await browser.page()
    await open(page)
    await tab(page, 'Test vectors')
    const printed = page.getByLabel('What your tool prints for this vector')
    await printed.fill(sha256(vector.tokenValue + vector.sessionString).slice(0, 12))
    const rows = page.getByRole('list', { name: 'Fingerprints' }).getByRole('listitem')
    await rows.getByText('hash-swapped').waitFor()
    assert.equal(await rows.count(), 1)
    await printed.fill('zzzz')
    await page.getByText('None of the known mistakes').waitFor()
    await page.getByRole('button', { name: /^Copy all as a table/ }).click()
    assert.match(await page.clipboard(), /^digest\tcause\twhat was done\n[0-9a-f]{64}\tright\t/)
  })

  test('a secret that was typed shows in no address, title, storage, message or line of the console', async () => {
    await using page = await browser.page()
    const planted = 'planted0secret0planted0secret000'
    await open(page)
    await fillHash(page, planted.toUpperCase(), planted)
    await page.getByRole('status', { name: 'What was made of it' }).locator('[data-tone]').first().waitFor()
    await tab(page, 'Token')
    await page
      .getByLabel('The app token, or a call with it')
      .fill(JSON.stringify({ token: planted, sessionType: 0, hashType: 'MD5' }))
    await page.getByText('Careful.').waitFor()
    await tab(page, 'Error')
    await page.getByLabel(/^A code, a message/).fill(`Invalid KS "${planted}", Error "-1,INVALID_STR"`)
    await page.getByText('INVALID_KS.').waitFor()
    const traces = (await tracesOnPage(page)).toLowerCase()
    assert.ok(!traces.includes(planted), traces)
    assert.ok(!(await page.title()).includes('planted'))
  })

  test('it works where the browser forbids all storage', async () => {
    await using page = await browser.page()
    await page.addInitScript(`for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } })
    }`)
    await open(page)
    await page.getByRole('button', { name: 'Show an example' }).click()
    await page.getByText('The hash is in capital letters').waitFor()
    await page.getByRole('button', { name: /^Theme: system/ }).click()
    assert.equal(await page.evaluate('document.documentElement.dataset.theme'), 'light')
    page.expectClean()
  })

  test('the keyboard alone reaches every tab, and its place is in the address', async () => {
    await using page = await browser.page()
    await open(page)
    await page.getByRole('tab', { name: 'Hash' }).focus()
    for (const [name, place] of [
      ['Token', '#token'],
      ['Session', '#session'],
      ['Error', '#error'],
      ['Test vectors', '#vectors'],
    ] as const) {
      await page.keyboard.press('ArrowRight')
      await page.getByRole('tab', { name, exact: true, selected: true }).waitFor()
      assert.equal(new URL(page.url()).hash, place)
    }
    await page.reload()
    await page.getByRole('tab', { name: 'Test vectors', selected: true }).waitFor()
  })

  for (const [at, name] of TABS.entries()) {
    test(`every control of the tab ${name} does something`, async () => {
      await using page = await browser.page()
      const place = ['hash', 'token', 'session', 'error', 'vectors'][at]
      const reset = async () => {
        await page.goto('about:blank')
        await page.goto(`${urls.disk}#${place}`)
        await page.getByRole('tab', { name, selected: true }).waitFor()
        const example = page.getByRole('button', { name: 'Show an example' })
        if ((await example.count()) > 0) await example.click()
        if (name === 'Hash') await page.getByText('The hash is in capital letters').waitFor()
      }
      await reset()
      const controls = await page.controls()
      assert.ok(controls.length >= 8, `only ${controls.length} controls`)
      for (const { key, isChosen } of controls) {
        // Those of the frame are the same everywhere, and are tried once.
        if (at > 0 && /^(tab|button "Theme)/.test(key)) continue
        // Only where the one before has taken it away is there need to begin anew.
        if ((await page.findControl(key)) === undefined) await reset()
        const control = await page.control(key)
        // Of several the pressed one stands for what is shown already.
        if (isChosen || (await control.locator.and(page.locator('.segmented [aria-pressed=true]')).count()) > 0)
          continue
        assert.ok((await page.use(control)).hasChanged, `${key} does nothing`)
      }
    })
  }

  for (const [width, theme] of [
    [1280, 'dark'],
    [360, 'light'],
  ] as const) {
    test(`axe finds nothing at ${width} pixels in the ${theme} theme, and nothing scrolls sideways`, async () => {
      await using page = await browser.page({ width, theme })
      await open(page)
      await page.getByText('How can I tell?').click()
      for (const name of TABS) {
        await tab(page, name)
        const example = page.getByRole('button', { name: 'Show an example' })
        if ((await example.count()) > 0) await example.click()
        if (name === 'Hash') await page.getByText('The hash is in capital letters').waitFor()
        assert.deepEqual(await page.axe(), [], name)
        await page.noSidewaysScroll()
        await page.shoot(`offline-${name.toLowerCase().replace(' ', '-')}-${width}-${theme}`)
      }
    })
  }
})
