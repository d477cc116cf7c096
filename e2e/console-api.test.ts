import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TestPage } from './lib/browser.ts'
import { consoleGround, SHELL } from './lib/console-ground.ts'
import { signIn } from './lib/workflow.ts'

describe('the API page of the console', () => {
  const ground = consoleGround()

  const open = async (page: TestPage, place: string, title: string) => {
    await page.goto(`${ground.server.url}/#/api${place}`)
    // The shell has a title of its own until the page has come.
    await page.locator('.page-head').getByRole('heading', { name: title, level: 1 }).waitFor()
  }
  const answer = (page: TestPage) =>
    page.locator('.card').filter({ has: page.getByRole('heading', { name: 'Answer' }) })

  test('an action is found by parts of its name, and the search is part of the address', async () => {
    await using page = await ground.browser.page()
    await open(page, '', 'API')
    await page.getByLabel('Find an action').fill('list media')
    await page.getByRole('link', { name: 'media.list', exact: true }).waitFor()
    assert.match(page.url(), /#\/api\?q=list\+media$/)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('No action is like that').waitFor()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('link', { name: 'media.list', exact: true }).click()
    await page.getByRole('heading', { name: 'media.list', level: 1 }).waitFor()
    await page.goBack()
    await page.getByLabel('Find an action').waitFor()
    assert.equal(await page.getByLabel('Find an action').inputValue(), 'list media')
    page.expectClean()
  })

  test('a form makes the call that its preview shows, with a new widget session', async () => {
    await using page = await ground.browser.page()
    await open(page, '/media/list', 'media.list')
    await page.getByLabel('Call it with').selectOption({ label: 'a new widget session' })
    await page.getByLabel('Partner id').fill(String(ground.server.partnerId))
    await page.getByLabel('pageSize').fill('two')
    await page.getByRole('button', { name: 'Call media.list' }).click()
    await page.getByText('pageSize is a whole number').first().waitFor()
    assert.equal(page.serviceCalls().length, 0, 'nothing is sent that is known to be wrong')
    await page.locator('[aria-invalid="true"]:focus').waitFor()
    await page.getByLabel('pageSize').fill('2')
    await page.getByText('The request as it will be sent').click()
    const preview = await page.getByLabel('Request as it will be sent').textContent()
    assert.match(preview ?? '', /service\/media\/action\/list[\s\S]*"pageSize": 2/)
    await page.getByRole('button', { name: 'Call media.list' }).click()
    await answer(page).getByText('It worked').waitFor()
    assert.deepEqual(
      page.serviceCalls().map(({ service, action }) => `${service}.${action}`),
      ['session.startWidgetSession', 'media.list'],
    )
    assert.deepEqual(await page.axe(), [])
    await page.shoot('api-result')
    assert.ok(!page.url().includes('pageSize'), 'values are no part of the address')
    page.expectClean()
  })

  test('a refusal says what is needed, and leads to the access grid', async () => {
    await using page = await ground.browser.page()
    await open(page, '/user/list', 'user.list')
    await page.getByLabel('Call it with').selectOption({ label: 'a new widget session' })
    await page.getByLabel('Partner id').fill(String(ground.server.partnerId))
    await page.getByRole('button', { name: 'Call user.list' }).click()
    await answer(page).getByText('SERVICE_FORBIDDEN.').waitFor()
    await answer(page)
      .getByText(/^needs( one of)?$/)
      .waitFor()
    const link = answer(page).getByRole('link', { name: /What it would take/ })
    assert.equal(await link.getAttribute('href'), '#/access?subject=type%3Awidget&cell=user.list')
    assert.deepEqual(await page.axe(), [])
    await page.shoot('api-refusal')
    page.expectClean()
  })

  test('what changes or deletes asks first, and a cancelled call is not made', async () => {
    await using page = await ground.browser.page()
    await page.goto(`${ground.server.url}/#/`)
    await signIn(page, ground.server)
    await open(page, '/category/add', 'category.add')
    const made = () => page.serviceCalls().filter(({ service }) => service === 'category').length
    await page.getByLabel('name', { exact: true }).fill('Made by a form')
    await page.getByRole('button', { name: 'Call category.add…' }).click()
    const dialog = page.getByRole('dialog', { name: 'This changes something' })
    await dialog.getByText('Made by a form').waitFor()
    assert.deepEqual(await page.axe(), [])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    assert.equal(made(), 0)
    await page.getByRole('button', { name: 'Call category.add…' }).click()
    await dialog.getByRole('button', { name: 'Call category.add' }).click()
    await answer(page).getByText('KalturaCategory').first().waitFor()
    assert.equal(made(), 1)
    await open(page, '/category/delete', 'category.delete')
    await page.getByRole('button', { name: 'Call category.delete…' }).click()
    await page.getByText('id must be there').first().waitFor()
    page.expectClean()
  })

  test('an action that is not described is called with JSON, and says what it is here', async () => {
    await using page = await ground.browser.page()
    await open(page, '/flavorAsset/list', 'flavorAsset.list')
    await page.getByText('Not carried out here.').waitFor()
    await page.getByLabel('Parameters, as JSON').fill('{"filter": {"entryIdEqual": ')
    await page.getByRole('button', { name: 'Call flavorAsset.list' }).click()
    await page.getByText('This is not JSON yet').first().waitFor()
    await page.getByLabel('Parameters, as JSON').fill('{"filter": {"entryIdEqual": "0_abc"}}')
    await page.getByRole('button', { name: 'Call flavorAsset.list' }).click()
    await answer(page)
      .getByText(/SERVICE_FORBIDDEN|SERVICE_DOES_NOT_EXISTS|ACTION_DOES_NOT_EXISTS/)
      .first()
      .waitFor()
    page.expectClean()
  })

  test('without a network a call says so, and what was typed stays', async () => {
    await using page = await ground.browser.page()
    await open(page, '/system/ping', 'system.ping')
    await page.network('offline')
    await page.getByRole('button', { name: 'Call system.ping' }).click()
    await answer(page).getByText('Offline.').first().waitFor()
    await page.network('online')
    await page.getByRole('button', { name: 'Call system.ping' }).click()
    await answer(page).getByText('It worked').waitFor()
    page.expectClean([/Failed to load resource/, /ERR_INTERNET_DISCONNECTED/])
  })

  test('what is not in the catalogue says so, and names what is near', async () => {
    await using page = await ground.browser.page()
    await open(page, '/media/lst', 'media.lst')
    await page.getByRole('link', { name: 'media.list' }).click()
    await page.getByRole('heading', { name: 'media.list', level: 1 }).waitFor()
    await open(page, '/nothing', 'nothing')
    await page.getByText('The catalogue has no such service').waitFor()
    page.expectClean()
  })

  test('each view is clean for a screen reader and a phone, in both themes', async () => {
    for (const [width, theme] of [
      [1280, 'dark'],
      [390, 'light'],
    ] as const) {
      await using page = await ground.browser.page({ width, theme })
      for (const [place, title] of [
        ['', 'API'],
        ['/media', 'media'],
        ['/appToken/add', 'appToken.add'],
        ['/media/delete', 'media.delete'],
      ] as const) {
        await open(page, place, title)
        assert.deepEqual(await page.axe(), [], `${place} ${width}`)
        await page.noSidewaysScroll()
        await page.shoot(`api-${title}-${width}`)
      }
      page.expectClean()
    }
  })

  test('no control of a form is dead', async () => {
    await using page = await ground.browser.page()
    await open(page, '/category/get', 'category.get')
    await page.getByRole('button', { name: 'Call category.get' }).waitFor()
    const own = (await page.controls()).filter(({ key }) => !SHELL.test(key) && !key.startsWith('link'))
    assert.ok(own.length >= 5, String(own.length))
    for (const { key, isChosen } of own) {
      // What was typed and chosen outlives a reload.
      await page.evaluate('sessionStorage.clear()')
      await page.goto('about:blank')
      await open(page, '/category/get', 'category.get')
      await page.getByRole('button', { name: 'Call category.get' }).waitFor()
      const change = await page.use(await page.control(key))
      assert.ok(change.hasChanged || isChosen, `${key} does nothing`)
    }
  })
})
