import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { isConsoleBuilt } from '../scripts/console-stamp.mjs'
import { makeConsole } from '../scripts/make-console.ts'
import { openBrowser, type TestBrowser, type TestPage } from './lib/browser.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { openTokens, settled } from './lib/tokens-page.ts'
import { addToken, adminSession, call, logIn } from './lib/v3.ts'
import { shootAll, step, waitForStep } from './lib/workflow.ts'

const heading = (page: TestPage, name: string) => page.getByRole('heading', { name, exact: true })

async function shownValue(page: TestPage): Promise<string> {
  return (await page.locator('.tok-value').textContent())?.trim() ?? ''
}

describe('the tokens page', () => {
  let server: RunningServer
  let browser: TestBrowser
  before(async () => {
    if (!isConsoleBuilt()) await makeConsole()
    ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
  })

  test('an account without tokens is led to its first, whose value shows once, downloads, and logs in', async () => {
    await using page = await browser.page()
    await openTokens(page, server)
    await heading(page, 'No app token yet').waitFor()
    await shootAll(page, 'tokens-1-empty')
    await page.getByRole('link', { name: 'Begin: Get and list only' }).click()
    await page.getByText('every session may').waitFor()
    await page.getByLabel('Description').fill('ETL nightly')
    await page.getByText('Labels, addresses, rate, note').click()
    await page.getByLabel('Labels').fill('etl, nightly')
    assert.deepEqual(await page.axe(), [])
    await shootAll(page, 'tokens-2-new')
    await page.getByRole('button', { name: 'Create the token' }).click()
    await heading(page, 'The token is made').waitFor()
    const value = await shownValue(page)
    assert.match(value, /^[0-9a-f]{32}$/)
    await page.getByText('Shrinks it most').waitFor()
    await shootAll(page, 'tokens-3-made')
    assert.deepEqual(await page.axe(), [])
    await page.getByRole('button', { name: 'Copy the value' }).click()
    await page.getByText('Copied the token value.').waitFor()
    assert.equal(await page.clipboard(), value)
    await page.getByRole('button', { name: 'Download .env' }).click()
    await page.getByText('Saved app-token-').waitFor()
    const [saved] = page.downloads()
    assert.match((await saved?.text()) ?? '', new RegExp(`^LATCHKEY_TOKEN_VALUE=${value}$`, 'm'))
    // Masked like any other, once the page was left.
    await settled(page)
    await page.getByRole('link', { name: '← All tokens' }).click()
    await page.getByRole('link', { name: /^ETL nightly/ }).click()
    await heading(page, 'Id and value').waitFor()
    assert.ok(!(await page.locator('#main').textContent())?.includes(value))
    for (const { service, action, parameters } of page.serviceCalls()) {
      if (service === 'appToken' && (action === 'list' || action === 'get')) {
        assert.ok(parameters.includes('responseProfile'), `appToken.${action} asks for no more than is shown`)
      }
    }
    // What is still read when a page is left would break off.
    await settled(page)
    await page.getByRole('button', { name: 'Use it in the workflow' }).click()
    await page.getByRole('button', { name: 'Run all four' }).click()
    await waitForStep(page, 'Call', 'done')
    await step(page, 'Call').getByText('It worked.').waitFor()
    assert.ok(!page.requestUrls().some((url) => url.includes(value)), 'no value is in any address')
    page.expectClean()
  })

  test('exact actions are picked by search and by a pasted list, and what hurts is told while it is typed', async () => {
    await using page = await browser.page()
    await openTokens(page, server, '/new?preset=exact')
    await page.getByText('Nothing chosen yet.').waitFor()
    assert.ok(await page.getByRole('button', { name: 'Create the token' }).isDisabled())
    await page.getByLabel('Find actions').fill('user update')
    await page.getByRole('checkbox', { name: 'user.update, write, changes roles or users' }).check()
    await page.getByText('Think twice:').waitFor()
    await page.getByText('Paste a list', { exact: true }).click()
    await page.getByLabel(/^Names of actions/).fill('media.list; media.get\nmedia.fly')
    await page.getByText('media.fly', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Choose 2 actions' }).click()
    await page.getByText('3 actions chosen:').waitFor()
    await page.getByText('2 reads, 1 write, no delete').first().waitFor()
    await page.getByText('Advanced').click()
    await page.getByLabel('Hash type').selectOption('MD5')
    await page.getByRole('link', { name: 'hash-type-weak' }).waitFor()
    await page.getByLabel('More privileges').fill('setrole:5')
    await page.getByText('Leave setrole out').waitFor()
    assert.ok(await page.getByRole('button', { name: 'Create the token' }).isDisabled())
    await page.getByLabel('More privileges').fill('')
    assert.deepEqual(await page.axe(), [])
    await shootAll(page, 'tokens-4-exact')
    // Nothing typed is lost by going elsewhere and back.
    await page.getByRole('link', { name: 'Help', exact: true }).click()
    await page.goBack()
    await page.getByText('3 actions chosen:').waitFor()
    await page.getByRole('button', { name: 'Create the token' }).click()
    await heading(page, 'The token is made').waitFor()
    await page.getByText('MD5', { exact: true }).waitFor()
    // A question that a newer choice overtook is given up, on a slow machine while it is still under way.
    page.expectClean([/latchkey_access\/action\/suggest net::ERR_ABORTED/])
  })

  test('a preset goes by the calls that were made here, once there are any', async () => {
    await using page = await browser.page()
    // Left, or overtaken by a newer choice, while it is under way, a question is given up; so each is waited for.
    const asked = () => page.waitForResponse('**/service/latchkey_access/action/suggest')
    const first = asked()
    await openTokens(page, server, '/new')
    await (await first).finished()
    const choice = page.getByRole('radio', { name: /^Like the calls I just made/ })
    assert.ok(await choice.isDisabled())
    await page.goto(`${server.url}/#/api/category/list`)
    const answered = page.waitForResponse('**/service/category/action/list')
    await page.getByRole('button', { name: 'Call category.list' }).click()
    await answered
    const again = asked()
    await page.goto(`${server.url}/#/tokens/new`)
    await (await again).finished()
    const chosen = asked()
    await choice.check()
    await page.getByText('Your calls: category.list').waitFor()
    await (await chosen).finished()
    await page.getByRole('button', { name: 'Create the token' }).click()
    await heading(page, 'The token is made').waitFor()
    page.expectClean()
  })

  test('a call that is refused half way is told in place, with what went through', async () => {
    await using page = await browser.page()
    await openTokens(page, server, '/new?preset=upload')
    await page.getByText('every session may').waitFor()
    await page.route('**/service/userRole/action/add', (route) =>
      route.fulfill({
        headers: OURS,
        json: { objectType: 'KalturaAPIException', code: 'SERVICE_FORBIDDEN', message: 'no roles here' },
      }),
    )
    await page.getByRole('button', { name: 'Create the token' }).click()
    await page.getByText('1 call went through, then it stopped.').waitFor()
    await page.getByText('Not called: appToken.add.').waitFor()
    await page.getByText('no roles here').first().waitFor()
    assert.deepEqual(await page.axe(), [])
    await shootAll(page, 'tokens-5-refused')
    await page.unroute('**/service/userRole/action/add')
    await page.getByRole('button', { name: 'Create the token' }).click()
    await heading(page, 'The token is made').waitFor()
    page.expectClean()
  })

  test('a rotation shows who still uses the old value, and finishing stops it', async () => {
    await using page = await browser.page()
    const token = await addToken(server, await adminSession(server), { description: 'Vendor import', sessionType: 2 })
    await openTokens(page, server, `/${token.id}`)
    await page.getByRole('button', { name: 'Rotate…' }).click()
    await page.getByRole('dialog').getByText('one more day').waitFor()
    await page.getByRole('button', { name: 'Make a new value' }).click()
    await heading(page, 'Its new value').waitFor()
    const value = await shownValue(page)
    assert.notEqual(value, token.token)
    await page.getByText('Nobody uses the old value').waitFor()
    assert.ok((await logIn(server, token, { clientTag: 'nightly-job' })).ks)
    assert.ok((await logIn(server, { ...token, token: value })).ks)
    // Away and back: read anew.
    await page.getByRole('link', { name: '← All tokens' }).click()
    await page.getByRole('link', { name: /^Vendor import/ }).click()
    await page.getByText('nightly-job').waitFor()
    assert.deepEqual(await page.axe(), [])
    await shootAll(page, 'tokens-6-rotated')
    await page.getByRole('button', { name: 'Finish now' }).click()
    await page.getByText('1 client used the old value').waitFor()
    await page.getByRole('button', { name: 'Stop the old value', exact: true }).click()
    await page.getByText('Finished: only the new value').waitFor()
    assert.equal((await logIn(server, token)).code, 'INVALID_APP_TOKEN_HASH')
    page.expectClean()
  })

  test('a token is shrunk, written upon, changed, paused, resumed and deleted, each time after a look', async () => {
    await using page = await browser.page()
    const token = await addToken(server, await adminSession(server), { description: 'Old importer', sessionType: 2 })
    await openTokens(page, server, `/${token.id}`)
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: /^Review: Give it a role/ }).click()
    await dialog.getByRole('button', { name: /^Shrink it to/ }).click()
    await page.getByText('Shrunk.').waitFor()
    await page.getByText('0 deletes').waitFor()
    const change = (title: string) =>
      page.locator('.card', { has: heading(page, title) }).getByRole('button', { name: 'Change' })
    // The button goes with what it does, and so does the form: the focus goes on with them.
    await change('Labels and limits').press('Enter')
    await page.locator('input:focus').waitFor()
    await page.getByRole('button', { name: 'Leave it as it is' }).press('Enter')
    await change('Labels and limits').and(page.locator(':focus')).waitFor()
    await change('Labels and limits').click()
    await page.getByLabel('Labels').fill('legacy')
    await page.getByLabel('Addresses').fill('127.0.0.0/8')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Written down.').waitFor()
    await page.getByText('127.0.0.0/8', { exact: true }).first().waitFor()
    await change('Its sessions').click()
    await page.getByLabel('Expires').selectOption('90')
    await shootAll(page, 'tokens-7-change')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Changed. Sessions that are running').waitFor()
    const kept = await call(server.url, 'appToken.get', { ks: await adminSession(server), id: token.id })
    assert.ok(kept.expiry > Date.now() / 1_000 + 80 * 86_400)
    assert.match(kept.sessionPrivileges, /^setrole:/, 'a change of one thing leaves the others')
    await page.getByRole('button', { name: 'Pause…' }).click()
    await dialog.getByRole('button', { name: 'Pause it' }).click()
    await page.getByText('‖ paused').waitFor()
    assert.equal((await logIn(server, token)).code, 'APP_TOKEN_NOT_ACTIVE')
    await page.getByText('Nothing, while it is paused.').waitFor()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByText('✓ active').waitFor()
    assert.ok((await logIn(server, token)).ks)
    await page.reload()
    await page.getByLabel('Admin secret').fill(server.adminSecret)
    await page.getByLabel('Admin secret').press('Enter')
    await page.getByRole('button', { name: 'Delete…' }).click()
    await dialog.getByText('It has started 1 session').waitFor()
    await dialog.getByText('It is in use:').waitFor()
    assert.deepEqual(await page.axe(), [])
    await shootAll(page, 'tokens-8-delete')
    await dialog.getByRole('button', { name: 'Delete it for good' }).click()
    await page.getByText('Deleted Old importer').waitFor()
    await heading(page, 'Tokens').waitFor()
    await page.getByRole('link', { name: /^ETL nightly/ }).waitFor()
    assert.equal(await page.getByRole('link', { name: /^Old importer/ }).count(), 0)
    await page.goto(`${server.url}/#/tokens/${token.id}`)
    await heading(page, 'There is no such token').waitFor()
    page.expectClean()
  })

  test('long texts, and those from right to left, stay within the page at 360 pixels', async () => {
    await using page = await browser.page({ width: 360 })
    const ks = await adminSession(server)
    const long = {
      description: 'W'.repeat(300),
      sessionPrivileges: `sview:${'x'.repeat(300)}`,
      sessionUserId: 'u'.repeat(90),
    }
    const { id } = await addToken(server, ks, long)
    await addToken(server, ks, { description: 'تفريغ ليلي لجميع مقاطع الفيديو في الحساب' })
    await call(server.url, 'latchkey_token.annotate', { ks, id, labels: ['l'.repeat(100)], note: 'n'.repeat(500) })
    await openTokens(page, server)
    await page.getByText(id).waitFor()
    await page.noSidewaysScroll()
    await page.goto(`${server.url}/#/tokens/${id}`)
    await page.getByText('Shrinks it most').waitFor()
    await page.noSidewaysScroll()
    // The first is gone once it was pressed.
    for (let form = 0; form < 2; form += 1) {
      await page.getByRole('button', { name: 'Change', exact: true }).first().click()
    }
    await page.getByRole('button', { name: 'Leave it as it is' }).nth(1).waitFor()
    await page.noSidewaysScroll()
    assert.deepEqual(await page.axe(), [])
  })

  test('ten thousand tokens come in pages, are searched at once, and are drawn as far as they are seen', async () => {
    await using page = await browser.page()
    const asked: number[] = []
    await page.route('**/service/appToken/action/list', async (route) => {
      const { pager } = route.request().postDataJSON()
      asked.push(pager.pageIndex)
      const first = (pager.pageIndex - 1) * pager.pageSize
      const objects = Array.from({ length: pager.pageSize }, (_, at) => madeUp(first + at))
      await route.fulfill({
        json: { objectType: 'KalturaAppTokenListResponse', objects, totalCount: MANY },
        headers: OURS,
      })
    })
    await openTokens(page, server)
    await page.getByText('10,000 tokens', { exact: true }).waitFor()
    assert.equal(asked.length, MANY / 500)
    const rows = () => page.getByRole('table').getByRole('row').count()
    assert.ok((await rows()) < 60, 'only rows in view are there')
    assert.equal(await page.getByRole('table').getAttribute('aria-rowcount'), String(MANY + 1))
    assert.deepEqual(await page.axe(), [])
    await shootAll(page, 'tokens-9-many')
    await page.evaluate("document.querySelector('.tok-table .table-wrap').scrollTo(0, 1e9)")
    await page.getByText('Job 9999', { exact: true }).waitFor()
    await page.getByLabel('Search').fill('job 77 label-3')
    await page.getByText(/^\d+ of 10,000 tokens$/).waitFor()
    await page.getByText('Job 773', { exact: true }).waitFor()
    await page.waitForURL(/q=job\+77/)
    await page.getByLabel('State').selectOption('expired')
    await page.getByText('None of them').waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByText('10,000 tokens', { exact: true }).waitFor()
    page.expectClean()
  })

  test('a list that is left stops coming, and one that breaks off says so and goes on when told', async () => {
    await using page = await browser.page({ allow: [/net::ERR|Failed to load/] })
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let mode: 'hold' | 'fail' | 'well' = 'hold'
    let asked = 0
    await page.route('**/service/appToken/action/list', async (route) => {
      const { pager } = route.request().postDataJSON()
      asked += 1
      if (pager.pageIndex > 1 && mode === 'hold') await held
      if (pager.pageIndex > 1 && mode === 'fail') return route.abort()
      const first = (pager.pageIndex - 1) * pager.pageSize
      const objects = Array.from({ length: pager.pageSize }, (_, at) => madeUp(first + at))
      await route.fulfill({
        json: { objectType: 'KalturaAppTokenListResponse', objects, totalCount: 1_500 },
        headers: OURS,
      })
    })
    await openTokens(page, server)
    await page.getByText('500 of 1,500 tokens have come.').waitFor()
    await page.getByText('Job 0', { exact: true }).waitFor()
    await shootAll(page, 'tokens-10-coming')
    await page.getByRole('link', { name: 'Help', exact: true }).click()
    await heading(page, 'Help').waitFor()
    release()
    mode = 'fail'
    assert.equal(asked, 2)
    await page.goBack()
    await page.getByText('Not all of them.').waitFor()
    await page.getByText('Not reached.').waitFor()
    await shootAll(page, 'tokens-11-broken')
    mode = 'well'
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('1,500 tokens', { exact: true }).waitFor()
  })
})

const MANY = 10_000
/** By which the page knows what it talks to. */
const OURS = { 'x-latchkey-request': 'made-up' }

function madeUp(at: number) {
  return {
    objectType: 'KalturaAppToken',
    id: `0_${String(at).padStart(8, '0')}`,
    partnerId: 4242,
    createdAt: 1_795_000_000 - at,
    status: at % 7 === 3 ? 1 : 2,
    sessionType: at % 2 === 0 ? 2 : 0,
    sessionUserId: at % 2 === 0 ? '' : `user${at}@example.org`,
    sessionDuration: 86_400,
    sessionPrivileges: '',
    hashType: 'SHA256',
    description: `Job ${at}`,
    labels: [`label-${at % 10}`],
    addresses: [],
  }
}

describe('the tokens page at a server without our extras', () => {
  test('tokens are made, judged and deleted all the same, by what the page can work out', async () => {
    if (!isConsoleBuilt()) await makeConsole()
    await using server = await startServer({ env: { LATCHKEY_FIDELITY: 'vendor' } })
    await using browser = await openBrowser()
    await using page = await browser.page()
    await openTokens(page, server, '/new?preset=get-and-list')
    await page.getByText('Worked out in this page').waitFor()
    await page.getByLabel('User', { exact: true }).fill('etl@example.org')
    await page.getByRole('button', { name: 'Create the token' }).click()
    await heading(page, 'The token is made').waitFor()
    await page.getByText('Worked out in this page.').first().waitFor()
    await page.getByText('0 deletes').waitFor()
    assert.equal(await heading(page, 'Rotate its value').count(), 0)
    assert.deepEqual(await page.axe(), [])
    await shootAll(page, 'tokens-12-vendor')
    const value = await shownValue(page)
    const id = new URL(page.url()).hash.split('/').at(-1) ?? ''
    const session = await logIn(server, { id, token: value })
    assert.equal((await call(server.url, 'media.list', { ks: session.ks })).objectType, 'KalturaMediaListResponse')
    assert.equal((await call(server.url, 'user.delete', { ks: session.ks, userId: 'x' })).code, 'SERVICE_FORBIDDEN')
    await page.getByRole('button', { name: 'Delete…' }).click()
    await page.getByRole('button', { name: 'Delete it for good' }).click()
    await heading(page, 'No app token yet').waitFor()
    page.expectClean()
  })
})
