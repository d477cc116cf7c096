import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Locator } from 'playwright-core'
import { openBrowser, type TestBrowser, type TestPage } from './lib/browser.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { addToken, adminSession, sha256 } from './lib/v3.ts'
import { openWorkflow, signIn, step, typeToken, waitForStep } from './lib/workflow.ts'

const STEPS = ['Widget session', 'Hash', 'Session', 'Call'] as const
const LANGUAGES = ['curl', 'Python', 'Node', 'PHP', 'Java', 'C#', 'PowerShell', 'In my ETL tool']
const MOST_TABS = 80

describe('the workflow page', () => {
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

  async function openPage(wishes: Parameters<TestBrowser['page']>[0] = {}): Promise<TestPage> {
    const page = await browser.page(wishes)
    await openWorkflow(page, server.url)
    return page
  }

  async function runAll(page: TestPage): Promise<void> {
    await typeToken(page, userToken)
    await page.getByRole('button', { name: 'Run all four' }).click()
    await waitForStep(page, 'Call', 'done')
  }

  /** By the Tab key, as often as it takes; wherever it comes by, the focus can be seen. */
  async function tabTo(page: TestPage, target: Locator): Promise<void> {
    for (let presses = 0; presses < MOST_TABS; presses += 1) {
      await page.keyboard.press('Tab')
      const seen = await page.evaluate<string>(`(() => {
        const { activeElement } = document
        if (activeElement === null || activeElement === document.body) return 'the focus is nowhere'
        const style = getComputedStyle(activeElement)
        return style.outlineStyle === 'none' || style.outlineWidth === '0px' ? 'no outline at ' + activeElement.outerHTML.slice(0, 120) : ''
      })()`)
      assert.equal(seen, '')
      if ((await focused(target).count()) > 0) return
    }
    assert.fail(`${target} was not reached by ${MOST_TABS} presses of Tab`)
  }

  const focused = (target: Locator) => target.and(target.page().locator(':focus'))

  test('can be done from beginning to end by the keyboard, and the focus is never lost', async () => {
    await using page = await openPage({ reducedMotion: true })
    const button = (name: string | RegExp, within: Locator | TestPage = page) => within.getByRole('button', { name })

    await page.keyboard.press('Tab')
    await focused(page.getByRole('link', { name: 'Skip to the page' })).waitFor()
    await page.keyboard.press('Enter')
    await focused(page.locator('#main')).waitFor()
    await tabTo(page, button('Sign in').first())
    await page.keyboard.press('Enter')
    // The partner is known, so the dialog begins at what is still to be typed.
    await focused(page.getByLabel('Admin secret')).waitFor()
    await page.keyboard.type(server.adminSecret)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    // Closed, a dialog gives the focus back to where it came from.
    await focused(button('signed in · admin')).waitFor()

    await tabTo(page, button('Start a widget session'))
    await page.keyboard.press('Enter')
    await waitForStep(page, 'Widget session', 'done')
    await focused(button('Run again', step(page, 'Widget session'))).waitFor()

    await tabTo(page, button('Create “get and list only”'))
    await page.keyboard.press('Space')
    await page.getByText('Made a token that can only get and list.').waitFor()
    await focused(button('Create “get and list only”')).waitFor()

    await tabTo(page, button('Start the session'))
    await page.keyboard.press('Enter')
    await waitForStep(page, 'Session', 'done')
    await focused(button('Run again', step(page, 'Session'))).waitFor()

    const picker = page.getByRole('combobox', { name: 'Action' })
    await tabTo(page, picker)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('playlist')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const chosen = page.locator('.options').getByRole('option', { selected: true })
    const name = (await chosen.locator('.mono').textContent()) ?? ''
    assert.match(name, /^playlist\.\w+$/)
    await page.keyboard.press('Enter')
    assert.equal(await picker.inputValue(), name)
    assert.equal(await page.locator('.options').getByRole('option').count(), 0)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('user.add')
    await page.keyboard.press('Escape')
    await tabTo(page, page.getByLabel('Parameters, as JSON'))
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('{"user":{"id":"carla@example.org"}}')
    await tabTo(page, button('Make the call'))
    await page.keyboard.press('Enter')
    await waitForStep(page, 'Call', 'refused')

    const review = button(/^Review/, step(page, 'Call')).first()
    await tabTo(page, review)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await focused(review).waitFor()
    await page.keyboard.press('Enter')
    await tabTo(page, button(/^Apply/))
    await page.keyboard.press('Enter')
    await waitForStep(page, 'Call', 'done')
    await focused(button('Run again', step(page, 'Call'))).waitFor()

    await tabTo(page, step(page, 'Call').getByRole('tab', { name: 'curl' }))
    await page.keyboard.press('ArrowRight')
    await step(page, 'Call').getByRole('tab', { name: 'Python', selected: true }).and(page.locator(':focus')).waitFor()
    await step(page, 'Call').getByLabel('Code', { exact: true }).getByText('import').first().waitFor()

    await page.keyboard.press('/')
    await page.keyboard.type('doctor')
    await page
      .getByRole('option', { name: /Doctor/ })
      .first()
      .waitFor()
    await page.keyboard.press('Escape')
    await focused(step(page, 'Call').getByRole('tab', { name: 'Python' })).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    assert.deepEqual(await page.axe(), [])
    page.expectClean()
  })

  test('with motion switched off nothing turns', async () => {
    await using page = await openPage({ reducedMotion: true })
    await runAll(page)
    await page.route('**/action/list', () => undefined)
    await step(page, 'Call').getByRole('button', { name: 'Run again' }).click()
    await waitForStep(page, 'Call', 'running')
    const moving = `document.getAnimations().filter((animation) => animation.effect?.getTiming().duration > 1).length`
    assert.equal(await page.evaluate<number>(moving), 0)
  })

  test('keeps secrets out of addresses, storage, titles, the console and what is copied', async () => {
    const secrets = new Map<string, string>([
      ['the admin secret', server.adminSecret],
      ['the token value', userToken.token],
    ])
    const printed: string[] = []
    await using page = await openPage()
    page.on('console', (message) => printed.push(message.text()))
    page.on('response', async (response) => {
      const kind = /action\/(start|startSession|startWidgetSession)$/.exec(response.url())?.[1]
      if (kind === undefined) return
      const answer = await response.json()
      secrets.set(`the session of ${kind}`, typeof answer === 'string' ? answer : answer.ks)
    })
    await signIn(page, server)
    await runAll(page)
    const session = step(page, 'Session')
    await session.getByRole('button', { name: 'Request & response' }).click()
    const copies: string[] = []
    for (const what of ['Copy the request, secrets masked', 'Copy the answer, secrets masked']) {
      await session.getByRole('button', { name: what }).click()
      copies.push(await page.clipboard())
    }
    assert.ok(copies[0]?.includes('tokenHash') && copies[1]?.includes('sessionType'))
    assert.equal(secrets.size, 5)
    const stored = () =>
      page.evaluate<string>('JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie])')
    const places = {
      'an address': [...page.requestUrls(), page.url()].join('\n'),
      'the title': await page.title(),
      'the storage': await stored(),
      'the console': printed.join('\n'),
      'a copied exchange': copies.join('\n'),
    }
    for (const [place, text] of Object.entries(places)) {
      for (const [name, secret] of secrets) {
        assert.ok(!text.includes(secret) && !text.includes(encodeURIComponent(secret)), `${name} is in ${place}`)
      }
    }
    const shown = await page.evaluate<string>('document.body.innerText')
    for (const name of ['the admin secret', 'the token value', 'the session of startSession']) {
      assert.ok(!shown.includes(secrets.get(name) ?? ''), `${name} shows without being asked for`)
    }
    // Chosen, it is copied and kept: what was looked for above could have been found.
    await session.getByLabel('Show secrets, also when copied').check()
    await session.getByRole('button', { name: 'Copy the answer with its secrets' }).click()
    assert.ok((await page.clipboard()).includes(secrets.get('the session of startSession') ?? 'none'))
    await page.getByRole('button', { name: 'signed in · admin' }).click()
    await page.getByLabel('Keep it over a reload of this tab').check()
    assert.ok((await stored()).includes(userToken.token))
    await page.getByLabel('Keep it over a reload of this tab').uncheck()
    assert.ok(!(await stored()).includes(userToken.token), 'no longer chosen, it is taken away')
    page.expectClean()
  })

  test('shows each step in eight languages with live values, secrets masked until they are asked for', async () => {
    await using page = await openPage()
    await runAll(page)
    const [widgetSession, session] = [await revealed(page, 'Widget session'), await revealed(page, 'Session')]
    const hash = sha256(widgetSession + userToken.token)
    const live = {
      'Widget session': { plain: `_${server.partnerId}`, secrets: [] },
      Hash: { plain: '', secrets: [userToken.token] },
      Session: { plain: userToken.id, secrets: [hash] },
      Call: { plain: 'media', secrets: [session] },
    } as const
    for (const title of STEPS) {
      const { plain, secrets } = live[title]
      const within = step(page, title)
      const code = within.getByLabel('Code', { exact: true })
      const show = async (language: string) => {
        const tab = within.getByRole('tab', { name: language, exact: true })
        if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click()
        return (await code.textContent()) ?? ''
      }
      for (const language of LANGUAGES) {
        const masked = await show(language)
        assert.ok(masked.includes(plain), `${title}, ${language}: ${plain}\n${masked}`)
        for (const secret of [userToken.token, session, hash]) {
          assert.ok(!masked.includes(secret), `${title}, ${language}`)
        }
      }
      if (secrets.length > 0) await within.getByRole('button', { name: 'Show secrets' }).click()
      for (const language of secrets.length > 0 ? LANGUAGES : []) {
        const text = await show(language)
        for (const secret of secrets) assert.ok(text.includes(secret), `${title}, ${language}: its live value\n${text}`)
      }
      assert.deepEqual(await page.axe('.rail'), [], title)
      await within.getByRole('tab', { selected: true }).click()
    }
    page.expectClean()
  })

  async function revealed(page: TestPage, title: 'Widget session' | 'Session'): Promise<string> {
    const secret = step(page, title).locator('.key-value .secret')
    await secret.getByRole('button', { name: /^Show/ }).click()
    const text = (await secret.locator('.mono').textContent()) ?? ''
    await secret.getByRole('button', { name: /^Hide/ }).click()
    return text
  }

  test('reads what is pasted anywhere, but for a value into its field', async () => {
    await using page = await openPage()
    const paste = async (text: string) => {
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`)
      await page.keyboard.press('ControlOrMeta+v')
    }
    await page.getByRole('heading', { name: 'App token workflow' }).click()
    await paste(JSON.stringify({ ...userToken, hashType: 'SHA1' }))
    const dialog = page.getByRole('dialog', { name: 'Paste anything' })
    await dialog.getByText('the token id, the token value and the hash type').waitFor()
    assert.deepEqual(await page.axe(), [])
    await page.shoot('workflow-paste')
    await dialog.getByRole('button', { name: 'Use these' }).click()
    assert.equal(await page.getByRole('textbox', { name: 'Token value' }).inputValue(), userToken.token)
    await page.getByRole('button', { name: 'SHA1', pressed: true }).waitFor()
    // A record pasted into the field of the id is taken for what it is, an id goes into the field.
    await page.getByRole('textbox', { name: 'Token id' }).fill('')
    await page.getByRole('textbox', { name: 'Token id' }).focus()
    await paste('0_k3v9x2mq')
    assert.equal(await page.getByRole('textbox', { name: 'Token id' }).inputValue(), '0_k3v9x2mq')
    await paste('APP_TOKEN_ID=0_abcdefgh\nAPP_TOKEN_VALUE=0123456789abcdef0123456789abcdef')
    await dialog.waitFor()
    assert.equal(await page.locator('.hash-inputs input').first().inputValue(), '0_k3v9x2mq')
    page.expectClean()
  })
})
