import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { isConsoleBuilt } from '../scripts/console-stamp.mjs'
import { makeConsole } from '../scripts/make-console.ts'
import { openBrowser, type TestBrowser, type TestPage } from './lib/browser.ts'
import { tracesOnPage } from './lib/browser-storage.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { addToken, adminSession, call, sha256 } from './lib/v3.ts'

const BOX = /^A token record, request/

describe('the doctor’s page', () => {
  let browser: TestBrowser
  let server: RunningServer
  let token: { readonly id: string; readonly token: string }

  before(async () => {
    if (!isConsoleBuilt()) await makeConsole()
    server = await startServer()
    browser = await openBrowser()
    token = await addToken(server, await adminSession(server), { sessionUserId: 'ana@example.org', hashType: 'SHA256' })
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
  })

  async function open(page: TestPage): Promise<void> {
    await page.goto(`${server.url}/#/doctor`)
    await page.getByRole('heading', { name: 'Doctor', level: 1 }).waitFor()
  }

  const card = (page: TestPage, name: string) =>
    page.locator('section.card').filter({ has: page.getByRole('heading', { name, exact: true, level: 2 }) })

  async function fillLogin(page: TestPage, value: string): Promise<void> {
    await page.getByLabel('Token id', { exact: true }).fill(token.id)
    await page.getByLabel('Token value', { exact: true }).fill(value)
  }

  async function runProbes(page: TestPage): Promise<void> {
    await page.getByRole('button', { name: /^Run the probes/ }).click()
    await card(page, 'What the doctor saw').waitFor()
  }

  async function paste(page: TestPage, text: string): Promise<void> {
    await page.getByLabel(BOX).fill(text)
    await card(page, 'Paste anything').getByText('Taken for').waitFor()
  }

  async function inEveryView(page: TestPage, name: string): Promise<void> {
    for (const [width, theme] of [
      [1280, 'light'],
      [390, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme: theme })
      assert.deepEqual(await page.axe(), [], `${name} at ${width}`)
      await page.noSidewaysScroll()
      await page.shoot(`doctor-${name}-${width}-${theme}`)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.emulateMedia({ colorScheme: 'light' })
  }

  test('a login that works shows each call, and what of the job is refused, and why', async () => {
    await using page = await browser.page()
    await open(page)
    await inEveryView(page, 'empty')
    await fillLogin(page, token.token)
    await page.getByLabel('What the job calls').fill('media.list, user.list')
    await runProbes(page)
    const saw = card(page, 'What the doctor saw')
    await saw.getByText('The login works, but user.list is refused.').waitFor()
    await saw.getByRole('link', { name: 'user-session-lacks-permission' }).waitFor()
    assert.deepEqual(
      page
        .serviceCalls()
        .map(({ service, action }) => `${service}.${action}`)
        .filter((name) => !name.startsWith('latchkey_')),
      [
        'system.ping',
        'session.startWidgetSession',
        'appToken.startSession',
        'permission.getCurrentPermissions',
        'media.list',
        'user.list',
      ],
    )
    await saw.getByRole('button', { name: 'Request & response of appToken.startSession' }).click()
    const sent = (await saw.getByLabel('Request', { exact: true }).textContent()) ?? ''
    assert.match(sent, /"tokenHash": "[0-9a-f]{4}•{8}[0-9a-f]{4}"/)
    await inEveryView(page, 'works')
    page.expectClean()
  })

  test('a wrong value stops at the hash, after all four algorithms', async () => {
    await using page = await browser.page()
    await open(page)
    await fillLogin(page, '0'.repeat(32))
    await runProbes(page)
    const saw = card(page, 'What the doctor saw')
    await saw.getByText('The login does not work.').waitFor()
    await saw.getByText('hash: The hash is not that of session and token value.').waitFor()
    for (const type of ['SHA256', 'SHA1', 'SHA512', 'MD5'])
      await saw.getByText(`Does the app token log in with ${type}?`).waitFor()
    await inEveryView(page, 'wrong')
  })

  test('the hash that a tool sent is explained, where the doctor itself logs in', async () => {
    await using page = await browser.page()
    const { ks } = await call(server.url, 'session.startWidgetSession', { widgetId: `_${server.partnerId}` })
    await open(page)
    await fillLogin(page, token.token)
    await page.getByText('What your tool sent').click()
    await page.getByLabel(/^The hash that it sent/).fill(sha256(ks + token.token).toUpperCase())
    await page.getByLabel(/^The session that it sent/).fill(ks)
    await runProbes(page)
    await card(page, 'What the doctor saw').getByText('The hash is in capital letters').waitFor()
  })

  test('half a login is not tried; the fields say what is missing', async () => {
    await using page = await browser.page()
    await open(page)
    const before = page.serviceCalls().length
    await page.getByLabel('Token id', { exact: true }).fill(token.id)
    await page.getByLabel('What the job calls').fill('media')
    await page.getByRole('button', { name: 'Run the probes' }).click()
    await page.getByText('The login needs the value of the app token').waitFor()
    await page.getByText('“media” is no action; media.list is one').waitFor()
    assert.equal(page.serviceCalls().length, before)
  })

  test('a run that hangs can be stopped, and is not judged', async () => {
    await using page = await browser.page()
    await page.route('**/service/session/action/startWidgetSession', () => undefined)
    await open(page)
    await page.getByRole('button', { name: 'Run the probes' }).click()
    await card(page, 'Looking').getByText('session.startWidgetSession').waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    const stopped = card(page, 'Stopped')
    await stopped.getByText('1 call so far').waitFor()
    assert.equal(await stopped.getByRole('list', { name: 'Findings' }).count(), 0)
    await page.getByRole('button', { name: 'Run the probes again' }).waitFor()
  })

  test('where nothing answers it says so, and how to look from elsewhere', async () => {
    await using page = await browser.page()
    await open(page)
    await page.route('**/api_v3/**', (route) => route.abort('connectionrefused'))
    await runProbes(page)
    const saw = card(page, 'What the doctor saw')
    await saw.getByText('No v3 endpoint answers there.').waitFor()
    await saw.getByText(`latchkey doctor --service-url ${server.url}`).waitFor()
  })

  test('the report is shown whole before it goes anywhere, holds no secret, and is replayed from a paste', async () => {
    await using page = await browser.page()
    await open(page)
    await fillLogin(page, token.token)
    await page.getByLabel('What the job calls').fill('user.list')
    await runProbes(page)
    await page.getByRole('button', { name: 'Show the report' }).click()
    const shown = (await page.getByLabel('The report, whole').textContent()) ?? ''
    await page.getByRole('button', { name: 'Copy the report' }).click()
    assert.equal(await page.clipboard(), shown)
    await page.getByRole('button', { name: 'Save as a file' }).click()
    await page.getByText('Saved latchkey-doctor-report.md.').waitFor()
    assert.equal(await page.downloads()[0]?.text(), shown)
    assert.ok(!shown.includes(token.token) && !shown.includes('ana@example.org'))
    assert.ok(shown.includes(token.id), 'the id of the token is public, and the report is about it')
    await inEveryView(page, 'report')
    await page.getByRole('button', { name: 'JSON' }).click()
    const json = (await page.getByLabel('The report, whole').textContent()) ?? ''
    assert.equal(JSON.parse(json).format, 'latchkey-doctor-report/1')
    for (const text of [shown, json]) {
      await paste(page, text)
      const box = card(page, 'Paste anything')
      await box.getByText('a report of the doctor’s').waitFor()
      await box.getByText('The login works, but user.list is refused.').waitFor()
      await page.getByRole('button', { name: 'Clear' }).click()
    }
  })

  test('an app token is recognised, judged, and taken over into the login', async () => {
    await using page = await browser.page()
    await open(page)
    await paste(
      page,
      JSON.stringify({
        ...token,
        partnerId: server.partnerId,
        sessionType: 0,
        hashType: 'SHA256',
        expiry: 1_627_298_165,
      }),
    )
    await page.getByText('an app token', { exact: true }).waitFor()
    await page.getByText('The app token is past its expiry').waitFor()
    await inEveryView(page, 'token')
    await page.getByRole('button', { name: 'Log in with it below' }).click()
    assert.equal(await page.getByLabel('Token id', { exact: true }).inputValue(), token.id)
    assert.equal(await page.getByLabel('Token value', { exact: true }).inputValue(), token.token)
    assert.equal(await page.evaluate('document.activeElement.closest("form").id'), 'run-probes')
    await page.getByText('What was pasted above goes along: the app token.').waitFor()
    await runProbes(page)
    await card(page, 'What the doctor saw').getByText('The login works.').waitFor()
  })

  test('an error, a session string, a hash and nonsense are each taken for what they are', async () => {
    await using page = await browser.page()
    const { ks } = await call(server.url, 'session.startWidgetSession', { widgetId: `_${server.partnerId}` })
    await open(page)
    const box = card(page, 'Paste anything')
    await paste(page, 'APP_TOKEN_EXPIRED, what is this?')
    await box.getByText('an error of the API').waitFor()
    await box.getByRole('group', { name: 'The error APP_TOKEN_EXPIRED' }).waitFor()
    await inEveryView(page, 'error')
    await paste(page, ks)
    await box.getByText('a session string').waitFor()
    await box.getByLabel(/^Admin secret/).fill(server.adminSecret)
    await box.getByText('widget session, which anybody can get').waitFor()
    await inEveryView(page, 'session')
    await paste(page, sha256(ks + token.token).toUpperCase())
    await box.getByText('a hash', { exact: true }).waitFor()
    await box.getByLabel('Session string', { exact: true }).fill(ks)
    await box.getByLabel('Token value', { exact: true }).fill(token.token)
    await box.getByRole('status', { name: 'What was made of it' }).getByText('The hash is in capital letters').waitFor()
    await inEveryView(page, 'hash')
    await page.getByLabel(BOX).fill('good morning')
    await box.getByText('Not recognised.').waitFor()
  })

  test('a file is chosen by the keyboard or dropped, and one that is too large to show is read all the same', async () => {
    await using page = await browser.page()
    const chooser = page.waitForEvent('filechooser')
    await open(page)
    const entry = (action: string, body: unknown, ks: string) => ({
      startedDateTime: '2026-01-05T10:00:00.000Z',
      request: {
        method: 'POST',
        url: `${server.url}/api_v3/service/media/action/${action}`,
        headers: [{ name: 'Content-Type', value: 'application/json' }],
        postData: { mimeType: 'application/json', text: JSON.stringify({ ks, format: 1, fill: 'x'.repeat(30_000) }) },
      },
      response: { status: 200, headers: [], content: { mimeType: 'application/json', text: JSON.stringify(body) } },
    })
    const forbidden = { code: 'SERVICE_FORBIDDEN', message: 'The access to service [media->list] is forbidden' }
    const har = JSON.stringify({ log: { entries: Array.from({ length: 10 }, () => entry('list', forbidden, 'djJ8')) } })
    await page.getByRole('button', { name: 'Choose a file' }).focus()
    await page.keyboard.press('Enter')
    await (await chooser).setFiles({ name: 'job.har', mimeType: 'application/json', buffer: Buffer.from(har) })
    const box = card(page, 'Paste anything')
    await box.getByText('job.har').waitFor()
    await box.getByText('an archive of traffic (HAR)').waitFor()
    await box.getByText(/^10 calls: media\.list\./).waitFor()
    await inEveryView(page, 'har')
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByLabel(BOX).waitFor()
    await page.evaluate(`{
      const data = new DataTransfer()
      data.items.add(new File(['INVALID_APP_TOKEN_HASH'], 'error.txt'))
      const told = { dataTransfer: data, bubbles: true, cancelable: true }
      for (const type of ['dragover', 'drop']) document.querySelector('.drop').dispatchEvent(new DragEvent(type, told))
    }`)
    await box.getByText('an error of the API').waitFor()
    assert.equal(await page.getByLabel(BOX).inputValue(), 'INVALID_APP_TOKEN_HASH')
  })

  test('what was seen is still there after a look at another page', async () => {
    await using page = await browser.page()
    await open(page)
    await paste(page, 'APP_TOKEN_EXPIRED')
    await runProbes(page)
    await page.getByRole('link', { name: 'Help', exact: true }).click()
    await page.getByRole('heading', { name: 'Help', level: 1 }).waitFor()
    await page.goBack()
    await card(page, 'What the doctor saw').getByText('The endpoint answers.').waitFor()
    await card(page, 'Paste anything').getByText('an error of the API').waitFor()
  })

  test('a secret shows in no address, title, storage, message or line of the console', async () => {
    await using page = await browser.page()
    await open(page)
    await paste(page, JSON.stringify({ ...token, sessionType: 0, hashType: 'SHA256', partnerId: server.partnerId }))
    await page.getByRole('button', { name: 'Log in with it below' }).click()
    await runProbes(page)
    await page.getByRole('button', { name: 'Show the report' }).click()
    await page.getByLabel('The report, whole').waitFor()
    const traces = await tracesOnPage(page)
    assert.ok(!traces.includes(token.token), traces)
    page.expectClean()
  })

  test('every control does something', async () => {
    await using page = await browser.page({ allow: [/./] })
    await open(page)
    const reset = async () => {
      // What was typed outlives a reload, as it should.
      await page.evaluate('sessionStorage.clear()')
      await page.goto('about:blank')
      await open(page)
      await paste(
        page,
        `${JSON.stringify({ ...token, partnerId: server.partnerId, sessionType: 0, hashType: 'SHA256' })}`,
      )
      await fillLogin(page, token.token)
      const tool = page.getByText('What your tool sent')
      if ((await tool.locator('xpath=..').getAttribute('open')) === null) await tool.click()
      await runProbes(page)
      await page.getByRole('button', { name: 'Show the report' }).click()
      await page.getByLabel('The report, whole').waitFor()
    }
    await reset()
    // What "Choose a file" opens is the browser's own; another test goes through it.
    const controls = (await page.controls()).filter(
      ({ key }) => !OF_THE_FRAME.test(key) && !key.includes('"Choose a file"'),
    )
    assert.ok(controls.length > 30, controls.map(({ key }) => key).join(', '))
    for (const { key, isChosen } of controls) {
      if ((await page.findControl(key)) === undefined) await reset()
      const control = await page.control(key)
      if (isChosen || (await control.locator.and(page.locator('.segmented [aria-pressed=true]')).count()) > 0) continue
      assert.ok((await page.use(control)).hasChanged, `${key} does nothing`)
    }
  })
})

/** Links to pages, the bar at the top: the same on every page, and tried with the workflow. */
const OF_THE_FRAME =
  /"(?:Latchkey|Workflow|Tokens|Access|Doctor|Activity|API|Help|Skip to the page|Find.*|Keys.*|Theme.*|Service .*|Sign in|Partner .*)"/
