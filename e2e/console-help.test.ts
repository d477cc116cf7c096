import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TestPage } from './lib/browser.ts'
import { consoleGround, SHELL } from './lib/console-ground.ts'

describe('the help of the console', () => {
  const ground = consoleGround()

  const open = async (page: TestPage, place: string, title: string) => {
    await page.goto(`${ground.server.url}/#/help${place}`)
    // The shell has a title of its own until the page has come.
    await page.locator('.help').getByRole('heading', { name: title, level: 1 }).waitFor()
  }

  test('a refusal’s link leads to its cause, with what to do and where it shows', async () => {
    await using page = await ground.browser.page()
    await open(page, '/causes/hash-upper-case', 'The hash is in capital letters')
    await page.getByText('Lower-case the digest as the last step').waitFor()
    assert.deepEqual(await page.axe(), [])
    await page.shoot('help-cause')
    await page.getByRole('link', { name: 'INVALID_APP_TOKEN_HASH' }).first().click()
    await page.getByRole('heading', { name: 'INVALID_APP_TOKEN_HASH', level: 1 }).waitFor()
    assert.equal(await page.evaluate('document.activeElement.tagName'), 'H1', 'a reader begins at the new page’s title')
    await page.goBack()
    await page.getByRole('heading', { name: 'The hash is in capital letters', level: 1 }).waitFor()
    page.expectClean()
  })

  test('an error that is pasted is explained in the page, and nothing of it is sent or kept in the address', async () => {
    await using page = await ground.browser.page()
    await open(page, '/errors', 'Error codes')
    const before = page.requestUrls().length
    const pasted = JSON.stringify({
      objectType: 'KalturaAPIException',
      code: 'SERVICE_FORBIDDEN',
      message: 'The access to service [user->list] is forbidden',
      args: { SERVICE: 'user->list' },
    })
    await page.getByLabel('Paste a code, a message or a whole answer').fill(pasted)
    await page.getByRole('link', { name: 'Who may call user.list' }).waitFor()
    await page.getByText('the likeliest first').waitFor()
    assert.deepEqual(await page.axe(), [])
    await page.shoot('help-pasted')
    assert.equal(page.requestUrls().length, before)
    assert.ok(!page.url().includes('FORBIDDEN'))
    await page.getByLabel('Paste a code, a message or a whole answer').fill('good morning')
    await page.getByText('No error is in this.').waitFor()
    await page.getByRole('button', { name: 'Clear' }).press('Enter')
    await page.locator('textarea:focus').waitFor()
    page.expectClean()
  })

  test('the search finds causes, codes and headings, marks the words, and goes to the heading', async () => {
    await using page = await ground.browser.page()
    await open(page, '', 'Help')
    await page.getByLabel('Search the help').fill('rotate value')
    await page.getByRole('heading', { name: 'Search', level: 1 }).waitFor()
    assert.ok((await page.locator('mark').count()) >= 2)
    assert.match(page.url(), /q=rotate\+value/)
    assert.deepEqual(await page.axe(), [])
    await page.getByRole('link', { name: 'Rotate its value' }).click()
    const heading = page.getByRole('heading', { name: 'Rotate its value', level: 2 })
    await heading.waitFor()
    await page.locator('[data-at="rotate-its-value"]:focus').waitFor()
    assert.match(page.url(), /docs\/how-to\/look-after-app-tokens\?at=rotate-its-value$/)
    page.expectClean()
  })

  test('a block of a guide is copied as it is, and a link of a guide stays in the console', async () => {
    await using page = await ground.browser.page()
    await open(page, '/docs/how-to/get-and-list-only', 'Give somebody get and list only')
    await page.getByRole('button', { name: 'Copy this block' }).first().click()
    await page.getByText('Copied the block.').waitFor()
    assert.match((await page.clipboard()) ?? '', /^suggestion=\$\(call latchkey_access\.suggest .*preset=get-and-list/)
    await page.getByRole('link', { name: 'as always' }).click()
    await page.getByRole('heading', { name: 'Log in with an app token', level: 1 }).waitFor()
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    assert.deepEqual(await page.axe(), [])
    page.expectClean()
  })

  test('every document opens, without a fault and without sideways scrolling on a phone', async () => {
    await using page = await ground.browser.page({ width: 360, theme: 'dark' })
    await open(page, '', 'Help')
    await page.locator('.help-body a[href^="#/help/docs/"]').first().waitFor()
    const places = await page
      .locator('.help-body a[href^="#/help/docs/"]')
      .evaluateAll((links) => links.map((link) => [link.getAttribute('href') ?? '', link.textContent ?? ''] as const))
    assert.ok(places.length >= 15, String(places.length))
    for (const [href, title] of places) {
      await page.goto(`${ground.server.url}/${href}`)
      await page.getByRole('heading', { name: title, level: 1 }).waitFor()
      await page.locator('.doc').waitFor()
      await page.noSidewaysScroll()
    }
    page.expectClean()
  })

  test('what is not there says so, and leads on', async () => {
    await using page = await ground.browser.page()
    for (const [place, link] of [
      ['/causes/no-such-cause', 'See all causes'],
      ['/errors/NO_SUCH_CODE_HERE', 'See all codes'],
      ['/docs/how-to/nothing', 'See all of the help'],
      ['/causes/constructor', 'See all causes'],
    ] as const) {
      await page.goto(`${ground.server.url}/#/help${place}`)
      await page.getByRole('heading', { name: /^No such/, level: 1 }).waitFor()
      await page.getByRole('link', { name: link }).waitFor()
      assert.deepEqual(await page.axe(), [])
    }
    page.expectClean()
  })

  test('each view is clean for a screen reader and a phone, in both themes', async () => {
    for (const [width, theme] of [
      [1280, 'light'],
      [390, 'dark'],
    ] as const) {
      await using page = await ground.browser.page({ width, theme })
      for (const [place, title] of [
        ['', 'Help'],
        ['/causes', 'Causes'],
        ['/errors', 'Error codes'],
        ['/errors/INVALID_KS', 'INVALID_KS'],
        ['/errors/STORE_UNAVAILABLE', 'STORE_UNAVAILABLE'],
        ['/docs/reference/latchkey-services', 'Services of ours'],
      ] as const) {
        await open(page, place, title)
        if (place.startsWith('/docs')) await page.locator('.doc').waitFor()
        assert.deepEqual(await page.axe(), [], `${place} ${width}`)
        await page.noSidewaysScroll()
        await page.shoot(`help-${title}-${width}`)
      }
      page.expectClean()
    }
  })

  test('no control of it is dead', async () => {
    // Narrow, so that the list of all pages is folded away: its links are links like the others.
    await using page = await ground.browser.page({ width: 390 })
    const places = [
      ['', 'Help'],
      ['/causes/token-expired', 'The app token is past its expiry'],
    ] as const
    for (const [place, title] of places) {
      await open(page, place, title)
      await page.locator('.help-body .card').first().waitFor()
      const own = (await page.controls()).filter(({ key }) => !SHELL.test(key))
      // A link is alive if it leads to another place of the console; that the places are there is tested above.
      const links = await page.locator('.help a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
      for (const href of links) assert.match(href ?? '', /^#\/(help|doctor|api)?\/?/, title)
      for (const { key, isChosen } of own.filter(({ key }) => !key.startsWith('link'))) {
        await page.goto('about:blank')
        await open(page, place, title)
        const change = await page.use(await page.control(key))
        assert.ok(change.hasChanged || isChosen, `${key} of ${title} does nothing`)
      }
    }
  })
})
