import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openBrowser, type TestBrowser } from './lib/browser.ts'
import { appearWhole } from './lib/browser-launch.ts'
import { html, LIVELY, LIVELY_SCRIPT, type Site, serveSite } from './lib/browser-pages.ts'
import { temporaryDirectory } from './lib/server.ts'

const SITE = {
  '/plain': html('<p>Nothing wrong here.</p>'),
  '/lively': LIVELY,
  '/lively.js': LIVELY_SCRIPT,
  '/faulty': html('<p style="color: #bbb; background: #fff">Pale.</p><script>window.ran = true</script>', '/faulty.js'),
  '/faulty.js': `
    console.debug('a word too many')
    fetch('/broken').catch(() => setTimeout(() => { throw new Error('thrown later') }))`,
  '/wide': html(
    '<div style="overflow-x: auto; width: 100px"><p style="width: 3000px">in a box</p></div><p id="wide" style="width: 900px">wide</p>',
  ),
  '/boxed': html('<div style="overflow-x: auto; width: 100px"><p style="width: 3000px">in a box</p></div>'),
  '/missing': html('<p>Asks for what is not there.</p>', '/not-there.js'),
}

describe('the browser of the tests', () => {
  let site: Site
  let browser: TestBrowser

  before(async () => {
    ;[site, browser] = await Promise.all([serveSite(SITE), openBrowser()])
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    await site?.[Symbol.asyncDispose]()
  })

  test('a good page is clean, accessible and no wider than the window', async () => {
    await using page = await browser.page({ width: 360 })
    await page.goto(`${site.url}/lively`, { waitUntil: 'networkidle' })
    page.expectClean()
    assert.deepEqual(await page.axe(), [])
    await page.noSidewaysScroll()
  })

  test('a console message of any level, an error, a broken policy and a failed request are each a problem', async () => {
    await using page = await browser.page()
    const thrown = page.waitForEvent('pageerror')
    await page.goto(`${site.url}/faulty`)
    await thrown
    const lines = page.problems().map(({ line }) => line)
    for (const pattern of [
      /^console: debug: a word too many/,
      /^error: Error: thrown later/,
      /^policy: script-src-elem forbids inline/,
      /^request: GET \S+\/broken net::ERR_EMPTY_RESPONSE/,
    ]) {
      assert.ok(
        lines.some((line) => pattern.test(line)),
        `${pattern} among\n${lines.join('\n')}`,
      )
    }
    assert.equal(await page.evaluate('window.ran'), undefined)
    assert.throws(() => page.expectClean(), /thrown later/)
    assert.throws(() => page.expectClean([/a word too many/, /Security Policy/, /policy/]), /thrown later/)
  })

  test('a problem that the test expects is allowed, and no other', async () => {
    await using page = await browser.page({ allow: [/status of 404/] })
    await page.goto(`${site.url}/missing`, { waitUntil: 'networkidle' })
    assert.throws(() => page.expectClean(), /not-there\.js net::ERR_ABORTED/)
    page.expectClean([/not-there\.js net::ERR_ABORTED/])
  })

  test('axe names the rule, the place and the remedy of what it finds, within the part asked for', async () => {
    await using page = await browser.page()
    await page.goto(`${site.url}/faulty`)
    const [violation = '', ...more] = await page.axe()
    assert.match(violation, /^color-contrast \(serious\) at p: .*contrast ratio of 4\.5:1/)
    assert.deepEqual(more, [])
    assert.deepEqual(await page.axe('h1'), [])
  })

  test('a page that scrolls sideways fails with the element that makes it, and not for what scrolls in its own box', async () => {
    await using page = await browser.page({ width: 390 })
    await page.goto(`${site.url}/boxed`)
    await page.noSidewaysScroll()
    await page.goto(`${site.url}/wide`)
    await assert.rejects(page.noSidewaysScroll(), ({ message }: Error) => {
      assert.match(message, /908 px in a window of 390 px\np#wide "wide" to 908 px$/)
      return true
    })
  })

  test('the v3 calls of a page are listed by service and action, and no value is in the list', async () => {
    await using page = await browser.page()
    await page.goto(`${site.url}/lively`)
    await page.use(await page.control('button "Ask" #1'))
    const origin = site.url
    assert.deepEqual(page.serviceCalls(), [{ service: 'media', action: 'list', parameters: ['ks', 'pager'], origin }])
    await page.evaluate(`(async () => {
      const form = new FormData()
      form.set('ks', 'very-secret')
      form.set('name', 'two\\nlines')
      await fetch('/api_v3/service/upload/action/add', { method: 'POST', body: form })
      await fetch('/api_v3/', { method: 'POST', body: new URLSearchParams('service=multirequest&2:service=user&2:action=get&1:service=session&1:action=start&1:secret=s') })
      await fetch('/api_v3/?service=system&action=ping&format=1')
    })()`)
    assert.deepEqual(
      page
        .serviceCalls()
        .slice(1)
        .map(({ service, action, parameters }) => `${service}.${action}(${parameters})`),
      ['upload.add(ks,name)', 'session.start(secret)', 'user.get()', 'system.ping()'],
    )
    assert.ok(!JSON.stringify(page.serviceCalls()).includes('very-secret'))
    assert.ok(page.requestUrls().includes(`${site.url}/lively`))
  })

  test('the network can be cut, slowed down and given back', { timeout: 60_000 }, async () => {
    await using page = await browser.page()
    await page.goto(`${site.url}/plain`)
    const ask = `fetch('/api_v3/').then(() => 'answered')`
    // What is on its way while the network is this slow comes last.
    const asking = `(async () => {
      const giveUp = new AbortController()
      const answer = fetch('/api_v3/', { signal: giveUp.signal }).then(() => 'answered', () => 'given up')
      const first = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 500, 'the timer'))])
      giveUp.abort()
      return [first, await answer]
    })()`
    await page.network('offline')
    assert.equal(await page.evaluate('navigator.onLine'), false)
    await assert.rejects(page.evaluate(ask), /Failed to fetch/)
    await page.network({ latencyMs: 600_000, kbps: 500 })
    assert.deepEqual(await page.evaluate(asking), ['the timer', 'given up'])
    await page.network('online')
    assert.equal(await page.evaluate(ask), 'answered')
    assert.equal(await page.evaluate('navigator.onLine'), true)
  })

  test('theme, motion, size, language and the absence of scripts reach the page', async () => {
    await using page = await browser.page({ width: 360, height: 500, theme: 'dark', reducedMotion: true, locale: 'ar' })
    await page.goto(`${site.url}/plain`)
    const facts = await page.evaluate(`[innerWidth, innerHeight, matchMedia('(prefers-color-scheme: dark)').matches,
      matchMedia('(prefers-reduced-motion: reduce)').matches, navigator.language]`)
    assert.deepEqual(facts, [360, 500, true, true, 'ar'])
    await using silent = await browser.page({ javaScriptEnabled: false })
    await silent.goto(`${site.url}/faulty`, { waitUntil: 'load' })
    assert.deepEqual(silent.problems(), [])
  })

  test('a shot is the whole page, and none is taken unless a folder is named', async () => {
    await using folder = await temporaryDirectory()
    const previous = process.env.LATCHKEY_SHOTS
    await using page = await browser.page()
    await page.goto(`${site.url}/lively`)
    try {
      delete process.env.LATCHKEY_SHOTS
      assert.equal(await page.shoot('none'), undefined)
      process.env.LATCHKEY_SHOTS = join(folder.path, 'shots')
      const path = await page.shoot('lively')
      const png = await readFile(path ?? '')
      assert.equal(path, join(folder.path, 'shots', 'lively.png'))
      assert.equal(png.readUInt32BE(16), 1280)
      assert.ok(png.readUInt32BE(20) > 2000, 'as high as the page')
    } finally {
      if (previous === undefined) delete process.env.LATCHKEY_SHOTS
      else process.env.LATCHKEY_SHOTS = previous
    }
  })
})

describe('starting the browser of the tests', () => {
  test('a browser that cannot start fails the test and names what was tried', async () => {
    process.env.LATCHKEY_CHROMIUM = '/nowhere/chromium'
    try {
      await assert.rejects(openBrowser(), /no browser could be started[\s\S]*\/nowhere\/chromium/)
    } finally {
      delete process.env.LATCHKEY_CHROMIUM
    }
  })

  test('of several that unpack at once none sees half a folder, and nothing is left over', async () => {
    await using ground = await temporaryDirectory()
    const folder = join(ground.path, 'cache', 'unpacked')
    let arrived = 0
    const all = Promise.withResolvers<void>()
    const fill = async (staging: string) => {
      await mkdir(join(staging, 'inner'))
      await writeFile(join(staging, 'first'), '1')
      arrived += 1
      if (arrived === 3) all.resolve()
      await all.promise
      assert.equal(existsSync(folder) && !existsSync(join(folder, 'second')), false)
      await writeFile(join(staging, 'second'), '2')
    }
    await Promise.all([1, 2, 3].map(() => appearWhole(folder, fill)))
    assert.deepEqual((await readdir(folder)).sort(), ['first', 'inner', 'second'])
    assert.deepEqual(await readdir(join(ground.path, 'cache')), ['unpacked'])
    await assert.rejects(
      appearWhole(`${folder}-2`, () => Promise.reject(new Error('disk full'))),
      /disk full/,
    )
    assert.equal(existsSync(`${folder}-2`), false)
  })
})
