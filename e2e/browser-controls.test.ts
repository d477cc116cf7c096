import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openBrowser, type TestBrowser } from './lib/browser.ts'
import { html, LIVELY, LIVELY_SCRIPT, type Site, serveSite } from './lib/browser-pages.ts'

const SITE = {
  '/plain': html('<p>Another tab.</p>'),
  '/lively': LIVELY,
  '/lively.js': LIVELY_SCRIPT,
  '/dead': html('<button id="dead">Dead</button><p id="hint" hidden>A hint</p><p role="timer"></p>', '/dead.js'),
  '/dead.js': `
    const button = document.getElementById('dead')
    for (const event of ['mouseenter', 'focus']) button.addEventListener(event, () => { document.getElementById('hint').hidden = false })
    setInterval(() => { document.querySelector('[role=timer]').textContent = String(Date.now()) }, 10)`,
}

describe('controls, as the browser of the tests sees them', () => {
  let site: Site
  let browser: TestBrowser

  before(async () => {
    ;[site, browser] = await Promise.all([serveSite(SITE), openBrowser()])
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    await site?.[Symbol.asyncDispose]()
  })

  test('every control that can be used is listed with the role and name that a screen reader gets', async () => {
    await using page = await browser.page()
    await page.goto(`${site.url}/lively`)
    const keys = (await page.controls()).map(({ key }) => key)
    assert.deepEqual(keys.slice(10), [
      'link "Skip" #1',
      'textbox "Name" #1',
      'spinbutton "Age" #1',
      'checkbox "Agreed" #1',
      'slider "Size" #1',
      'textbox "File" #1',
      'combobox "Kind" #1',
      'textbox "Notes" #1',
      'button "More" #1',
      'tab "First" #1',
      'tab "Second" #1',
    ])
    assert.deepEqual(
      (await page.controls()).filter(({ isChosen }) => isChosen).map(({ key }) => key),
      ['tab "First" #1'],
    )
    await page.use(await page.control('button "Open" #1'))
    assert.deepEqual(
      (await page.controls()).map(({ key }) => key),
      ['button "Close" #1'],
      'under a modal dialog nothing else can be used',
    )
    await assert.rejects(page.control('button "Copy" #1'), /there is no button "Copy" #1; there are button "Close" #1/)
  })

  test('each control of a lively page changes something, and what it changed is told', async () => {
    await using page = await browser.page()
    await page.goto(`${site.url}/lively`)
    const told: Record<string, string> = {}
    const keys = (await page.controls()).map(({ key }) => key)
    for (const key of keys) {
      const control = await page.control(key)
      if (control.isChosen) continue
      const change = await page.use(control)
      assert.ok(change.hasChanged, `${key} does nothing`)
      told[key] = change.what.join(' | ')
      if (key.includes('Open')) await page.use(await page.control('button "Close" #1'))
    }
    assert.match(told['button "Details" #1'] ?? '', /\+ state button "Details" aria-expanded=true/)
    assert.match(told['button "Copy" #1'] ?? '', /^\+ copied 1 times$/)
    assert.match(told['button "Save" #1'] ?? '', /^\+ downloads 1, last words.txt$/)
    assert.match(told['button "Ask" #1'] ?? '', /\+ requests \d+/)
    assert.match(told['button "Dark" #1'] ?? '', /^\+ html data-theme=dark$/)
    assert.match(told['button "Find" #1'] ?? '', /\+ focus input "Name"/)
    assert.match(told['button "To the end" #1'] ?? '', /\+ scrolled html to \d+/)
    assert.match(told['button "Open" #1'] ?? '', /\+ state dialog "A question" open=/)
    assert.match(told['button "New tab" #1'] ?? '', /\+ opened 1 more tabs/)
    assert.match(told['button "Mark" #1'] ?? '', /\+ title Marked/, 'what comes late is waited for')
    assert.match(told['combobox "Kind" #1'] ?? '', /\+ field select .* value=two/)
    assert.match(told['tab "Second" #1'] ?? '', /\+ state tab "Second" aria-selected=true/)
    assert.equal(await page.clipboard(), 'copied words')
    assert.equal(await page.downloads()[0]?.text(), 'saved words')
  })

  test('a dead button is found out, even beside a clock and with a hint that hovering shows', async () => {
    await using page = await browser.page()
    await page.goto(`${site.url}/dead`)
    const change = await page.use(await page.control('button "Dead" #1'), { limitMs: 300 })
    assert.deepEqual(change, { hasChanged: false, what: [] })
    assert.ok(await page.getByText('A hint').isVisible(), 'the hint was there')
  })
})
