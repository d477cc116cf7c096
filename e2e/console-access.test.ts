import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { isConsoleBuilt } from '../scripts/console-stamp.mjs'
import { makeConsole } from '../scripts/make-console.ts'
import { openBrowser, type PageWishes, type TestBrowser, type TestPage } from './lib/browser.ts'
import { tracesOnPage } from './lib/browser-storage.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { addToken, adminSession, call, logIn } from './lib/v3.ts'
import { shootAll, signIn } from './lib/workflow.ts'

/** What stands on every page, and is tried with the workflow. */
const OF_THE_FRAME =
  /"(?:Latchkey|Workflow|Tokens|Access|Doctor|Activity|API|Help|Skip to the page|Find.*|Keys.*|Theme.*|Service .*|Sign in|Partner .*|signed in.*)"/

describe('the access page', () => {
  let browser: TestBrowser
  let server: RunningServer
  let vendor: RunningServer
  let admin: string
  let etl: { readonly id: string; readonly token: string }

  before(async () => {
    if (!isConsoleBuilt()) await makeConsole()
    ;[server, vendor, browser] = await Promise.all([
      startServer(),
      startServer({ env: { LATCHKEY_FIDELITY: 'vendor' } }),
      openBrowser(),
    ])
    admin = await adminSession(server)
    etl = await tokenFor(server, admin, 'media.get,media.list,category.list', 'ETL nightly')
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    await Promise.all([server?.[Symbol.asyncDispose](), vendor?.[Symbol.asyncDispose]()])
  })

  /** An app token that may do just that, made as the server itself proposes. */
  async function tokenFor({ url }: RunningServer, ks: string, actions: string, description: string) {
    const { change } = await call(url, 'latchkey_access.suggest', { ks, actions })
    let made: { readonly id: string; readonly token: string } | undefined
    for (const { service, action, params } of change) {
      const named = service === 'appToken' ? { appToken: { ...params.appToken, description } } : params
      made = await call(url, `${service}.${action}`, { ks, ...named })
    }
    assert.ok(made)
    return made
  }

  async function open(
    query: string,
    wishes: PageWishes & { readonly of?: RunningServer; readonly isOut?: boolean } = {},
  ) {
    const { of = server, isOut = false, ...others } = wishes
    const page = await browser.page(others)
    page.setDefaultTimeout(10_000)
    await page.goto(`${of.url}/#/access${isOut ? query : '?subject=type:user'}`)
    await page.getByRole('heading', { name: 'Access', level: 1 }).waitFor()
    if (isOut) return page
    await signIn(page, of)
    await page.goto(`${of.url}/#/access${query}`)
    return page
  }

  const gridCell = (page: TestPage, name: string) => page.getByRole('gridcell', { name: new RegExp(`^${name}:`) })
  const reason = (page: TestPage, text: string) => page.getByRole('heading', { level: 2, name: text })

  async function inEveryView(page: TestPage, name: string): Promise<void> {
    assert.deepEqual(await page.axe(), [], name)
    await page.noSidewaysScroll()
    await shootAll(page, `access-${name}`)
  }

  test('without signing in it shows what every USER session may, and asks no server', async () => {
    await using page = await open('', { isOut: true })
    await gridCell(page, 'media.update').click()
    await reason(page, 'media.update is allowed for own entries').waitFor()
    await page.getByText('which sessions of this type hold').waitFor()
    await page.getByText('133 of 133 services shown · 387 of 772 actions allowed').waitFor()
    assert.deepEqual(page.serviceCalls(), [])
    await inEveryView(page, 'without-account')
    page.expectClean()
  })

  test('a refused cell says what is missing, and one button opens it; the grid then shows the change', async () => {
    await using page = await open(`?subject=token:${etl.id}&cell=user.list&filter=user,media`)
    await reason(page, 'user.list is refused').waitFor()
    await page.getByText('has no permission that opens it.').waitFor()
    await inEveryView(page, 'refused')
    await page.getByRole('button', { name: /^Give EP_BASE to the role/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Open user.list' })
    await dialog.getByText('Adds EP_BASE to role').waitFor()
    assert.deepEqual(await page.axe(), [])
    await dialog.getByRole('button', { name: 'Open 1 action' }).click()
    await reason(page, 'user.list is allowed').waitFor()
    await page.getByText('1 more action is open now').waitFor()
    await gridCell(page, 'user.list')
      .and(page.getByRole('gridcell', { name: /allowed, changed$/ }))
      .waitFor()
    const { rows } = await call(server.url, 'latchkey_access.matrix', { ks: admin, tokenId: etl.id, services: 'user' })
    assert.equal(rows[0].cells.list, 'allow')
    await inEveryView(page, 'changed')
    page.expectClean()
  })

  test('what is refused in the middle of a change is shown where it was asked for', async () => {
    await using page = await open(`?subject=token:${etl.id}&cell=user.add`)
    await page.route('**/service/userRole/action/update', (route) =>
      route.fulfill({ json: { code: 'SERVICE_FORBIDDEN', message: 'not now', objectType: 'KalturaAPIException' } }),
    )
    await page.locator('.access-reason .button[data-kind="primary"]').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: /^Open \d/ }).click()
    await dialog.getByText('SERVICE_FORBIDDEN').first().waitFor()
    await dialog.getByText(/Nothing was changed|was made, then it stopped/).waitFor()
    assert.deepEqual(await page.axe(), [])
  })

  test('the grid is one stop for Tab, arrows move in it, Enter leads to the reason and Escape back', async () => {
    await using page = await open('?subject=type:user&filter=media', { isOut: true })
    const first = gridCell(page, 'externalMedia_externalmedia.get')
    await first.focus()
    await page.keyboard.press('ArrowRight')
    assert.match((await focusedText(page)) ?? '', /^externalMedia_externalmedia\.list/)
    await page.keyboard.press('Control+End')
    const last = await focusedText(page)
    await page.keyboard.press('Home')
    await page.keyboard.press('Control+Home')
    assert.match((await focusedText(page)) ?? '', /^externalMedia_externalmedia\.get/)
    assert.notEqual(last, await focusedText(page))
    await page.keyboard.press('PageDown')
    await page.keyboard.press('Enter')
    await page.waitForFunction(`document.activeElement?.matches('.reason h2')`)
    await page.keyboard.press('Escape')
    await page.waitForFunction(`document.activeElement?.matches('td[aria-selected=true]')`)
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(`document.activeElement.closest('[role=grid]') === null`), true)
    page.expectClean()
  })

  test('the filter, the effects and the cell stand in the address, and back brings the subject back', async () => {
    await using page = await open('?subject=type:user', { isOut: true })
    await page.getByRole('searchbox', { name: 'Filter' }).fill('user.list, userRole')
    await page.getByText('4 of 133 services shown').waitFor()
    await page.getByRole('button', { name: 'Write' }).click()
    await page.getByText('1 of 133 services shown').waitFor()
    await page.waitForURL(/filter=user.list.*effects=write|effects=write.*filter=user.list/)
    await page.getByRole('button', { name: 'Any USER session' }).click()
    await page.getByLabel('Token, role or kind of session').fill('REPORT_VIEWER')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Stock role REPORT_VIEWER_ROLE' }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Any USER session' }).waitFor()
    await page.getByRole('searchbox', { name: 'Filter' }).fill('zzzz')
    await page.getByRole('heading', { name: 'Nothing has a name like that' }).waitFor()
    await inEveryView(page, 'filtered-away')
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await page.getByText('133 of 133 services shown').waitFor()
    page.expectClean()
  })

  test('two beside each other show where they differ, and the lists can be taken along', async () => {
    const right = await addToken(server, admin, { description: 'تقارير ليلية', sessionUserId: 'ana@example.org' })
    await using page = await open(`?subject=token:${etl.id}&with=token:${right.id}&filter=media.,baseEntry,user.`)
    await page.getByRole('heading', { name: 'Differences' }).waitFor()
    await gridCell(page, 'baseEntry.list')
      .and(page.getByRole('gridcell', { name: /not allowed and allowed, different$/ }))
      .waitFor()
    await page.getByRole('checkbox', { name: 'Only differences' }).check()
    assert.equal(await gridCell(page, 'media.list').count(), 0)
    await inEveryView(page, 'compared')
    const told = await call(server.url, 'latchkey_access.compare', { ks: admin, a: etl.id, b: right.id })
    await page.getByRole('button', { name: /: what only ETL nightly may call$/ }).click()
    assert.deepEqual((await page.clipboard()).split('\n').sort(), [...told.onlyA].sort())
    await page.getByRole('button', { name: 'Compare with nothing' }).click()
    await page.getByRole('button', { name: 'Compare with…' }).waitFor()
    page.expectClean()
  })

  test('the least role for calls that were pasted is made by one button, and opens just those', async () => {
    await using page = await open('?subject=type:user&filter=media.,playlist')
    const curl = (path: string) =>
      `curl '${server.url}/api_v3/service/${path}' -d 'ks=djJ8NDI0MnxzZWNyZXQtc2Vzc2lvbg' -d format=1`
    await page
      .getByLabel('Actions', { exact: true })
      .fill(`${curl('media/action/list')}\n${curl('playlist/action/get')}`)
    await page.getByText('2 actions found').waitFor()
    assert.equal(await page.getByLabel('Actions', { exact: true }).inputValue(), 'media.list, playlist.get')
    assert.ok(!(await tracesOnPage(page)).includes('djJ8NDI0MnxzZWNyZXQ'))
    await page.getByRole('button', { name: 'What is the least?' }).click()
    const exact = page.getByRole('region', { name: 'Exact' })
    await exact.getByText('2 actions').first().waitFor()
    assert.match(
      (await exact.getByRole('link').getAttribute('href')) ?? '',
      /^#\/tokens\/new\?actions=media.list%2Cplaylist.get$/,
    )
    await inEveryView(page, 'least')
    await page.getByLabel('Name of the role').fill('Nightly reads')
    await exact.getByRole('button', { name: 'Make this role: 2 actions' }).click()
    await page.getByRole('button', { name: 'Make it' }).click()
    await page.getByRole('button', { name: /^Role Nightly reads/ }).waitFor()
    await gridCell(page, 'playlist.get')
      .and(page.getByRole('gridcell', { name: /: allowed$/ }))
      .waitFor()
    const { objects } = await call(server.url, 'userRole.list', { ks: admin, filter: { nameEqual: 'Nightly reads' } })
    assert.equal(objects.length, 1)
    page.expectClean()
  })

  test('a session that is pasted shows what it may, and is written nowhere', async () => {
    const { ks } = await logIn(server, etl)
    await using page = await open('?subject=type:user', { isOut: true })
    await page.getByRole('button', { name: 'Any USER session' }).click()
    await page.getByLabel('Or paste a session string').fill(ks)
    await page.getByRole('button', { name: 'Use it' }).click()
    await page.getByRole('button', { name: 'Session pasted here' }).waitFor()
    await gridCell(page, 'category.list').click()
    await reason(page, 'category.list is allowed').waitFor()
    await gridCell(page, 'category.add').click()
    await reason(page, 'category.add is refused').waitFor()
    await page.getByText('You will be asked to sign in first.').waitFor()
    assert.ok(!(await tracesOnPage(page)).includes(ks))
    assert.ok(!(await page.content()).includes(ks))
    page.expectClean()
  })

  test('an endpoint without our extras is worked out in the page, and changed all the same', async () => {
    const ks = await adminSession(vendor)
    const { id: roleId } = await call(vendor.url, 'userRole.add', {
      ks,
      userRole: {
        objectType: 'KalturaUserRole',
        name: 'Readers',
        systemName: 'READERS',
        permissionNames: 'PLAYLIST_BASE',
      },
    })
    const token = await addToken(vendor, ks, {
      description: 'Elsewhere',
      sessionType: 2,
      sessionUserId: 'ana@example.org',
      sessionPrivileges: 'setrole:READERS',
    })
    await using page = await open(`?subject=token:${token.id}&cell=conversionProfile.list`, { of: vendor })
    await page.getByText('this endpoint does not tell by itself').waitFor()
    await gridCell(page, 'playlist.list')
      .and(page.getByRole('gridcell', { name: /: allowed$/ }))
      .waitFor()
    await reason(page, 'conversionProfile.list is refused').waitFor()
    await page.getByRole('button', { name: 'Add just this action to the role' }).click()
    await page.getByRole('button', { name: 'Open 1 action' }).click()
    await reason(page, 'conversionProfile.list is allowed').waitFor()
    const role = await call(vendor.url, 'userRole.get', { ks, userRoleId: roleId })
    assert.match(role.permissionNames, /PLAYLIST_BASE,LATCHKEY_CONVERSIONPROFILE_LIST/)
    assert.ok(page.serviceCalls().every(({ service }) => !service.startsWith('latchkey')))
    page.expectClean()
  })

  test('a token that is not there, no session and a server that is away each say what to do', async () => {
    await using page = await open('?subject=token:0_nosuchid')
    await page.getByRole('heading', { name: 'This could not be read' }).waitFor()
    await inEveryView(page, 'trouble')
    await page.goto(`${server.url}/#/access?subject=session:pasted`)
    await page.getByRole('heading', { name: 'There is no session here now' }).waitFor()
    await inEveryView(page, 'no-session')
    await page.network('offline')
    await page.goto(`${server.url}/#/access?subject=token:${etl.id}`)
    await page.getByText('Offline.').waitFor()
    await page.network('online')
    await page.getByRole('button', { name: 'Try again' }).click()
    await gridCell(page, 'media.list').waitFor()
  })

  test('no control of it is dead', async () => {
    const place = `?subject=token:${etl.id}&cell=media.add&filter=media.get,media.add,media.flag,media.approve`
    await using page = await open(place)
    const reset = async () => {
      await page.keyboard.press('Escape')
      await page.goto(`${server.url}/#/access?subject=type:none`)
      await page.getByRole('button', { name: 'Any No session' }).waitFor()
      await page.goto(`${server.url}/#/access${place}`)
      await page.getByText('Shrinks it most:').waitFor()
      await page.locator('.access-reason').getByRole('button').first().waitFor()
      await page.getByLabel('Actions', { exact: true }).fill('media.list')
      await page.getByRole('button', { name: 'What is the least?' }).click()
      await page.getByRole('region', { name: 'Exact' }).waitFor()
    }
    await reset()
    const all = (await page.controls()).filter(({ key }) => !OF_THE_FRAME.test(key))
    const [cells, others] = [
      all.filter(({ role }) => role === 'gridcell'),
      all.filter(({ role }) => role !== 'gridcell'),
    ]
    assert.ok(cells.length > 3 && others.length > 12, all.map(({ key }) => key).join(', '))
    for (const { key } of others.filter((control) => !control.isChosen)) {
      const find = () => page.findControl(key)
      let control = await find()
      if (control === undefined) {
        await reset()
        control = await find()
      }
      assert.ok(control, `${key} is gone`)
      assert.ok((await page.use(control)).hasChanged, `${key} does nothing`)
    }
    await reset()
    // The work of a cell is done as soon as it is focused, so that it is pressed at once here.
    for (const { name } of cells.filter(({ isChosen }) => !isChosen)) {
      const change = await page.changeAfter(() => page.getByRole('gridcell', { name, exact: true }).click())
      assert.ok(change.hasChanged, `${name} does nothing`)
    }
  })
})

function focusedText(page: TestPage): Promise<string | null> {
  return page.evaluate<string | null>(`document.activeElement?.textContent ?? null`)
}
