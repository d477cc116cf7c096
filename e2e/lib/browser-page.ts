import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { findAxeViolations } from './browser-axe.ts'
import type { ServiceCall } from './browser-calls.ts'
import { type Change, type ChangeWishes, changeAfter } from './browser-change.ts'
import { type Control, ControlFinder, useControl } from './browser-controls.ts'
import { INIT_SCRIPT, measureOverflow } from './browser-in-page.ts'
import { collectProblems, type Problem } from './browser-problems.ts'
import { type SavedFile, watchTraffic } from './browser-traffic.ts'

export type NetworkWish = 'online' | 'offline' | { readonly latencyMs: number; readonly kbps: number }

/** What the harness adds to Playwright's own page. */
export interface PageTools {
  /** All that went wrong so far, in order: console messages of any level, errors, broken policies, failed requests. */
  problems(): readonly Problem[]
  /** Asserts that nothing went wrong but what is allowed, here or when the page was opened. */
  expectClean(allow?: readonly RegExp[]): void
  /** What axe finds, one line for each element; an empty list on a good page. */
  axe(within?: string): Promise<readonly string[]>
  /** Writes `<name>.png`, the full page, into the folder `LATCHKEY_SHOTS`; without one, nothing. Resolves with the path. */
  shoot(name: string): Promise<string | undefined>
  /** Asserts that the page is not wider than the window, and names what reaches furthest. */
  noSidewaysScroll(): Promise<void>
  /** Slows down or cuts the network of this page from now on; `kbps` in 1000 bits a second, each way. */
  network(wish: NetworkWish): Promise<void>
  requestUrls(): readonly string[]
  /** The v3 calls made so far, with names of parameters and without their values. */
  serviceCalls(): readonly ServiceCall[]
  controls(): Promise<readonly Control[]>
  /** The control with that key, if it can be used now. */
  findControl(key: string): Promise<Control | undefined>
  /** The same, asserting that it is there. */
  control(key: string): Promise<Control>
  /** Acts, and tells what changed by it. */
  changeAfter(action: () => Promise<unknown>, wishes?: ChangeWishes): Promise<Change>
  /** Uses a control as its kind is used, and tells what changed by it. */
  use(control: Control, wishes?: ChangeWishes): Promise<Change>
  /** The text on the clipboard, which all pages of one browser share. */
  clipboard(): Promise<string>
  downloads(): readonly SavedFile[]
}

export type TestPage = Page & PageTools & AsyncDisposable

/** A page in a context of its own, with the tools attached. */
export async function equipPage(context: BrowserContext, allowed: readonly RegExp[]): Promise<TestPage> {
  const problems = await collectProblems(context)
  await context.addInitScript(INIT_SCRIPT)
  const page = await context.newPage()
  const traffic = watchTraffic(context, page)
  const finder = new ControlFinder(page)
  let session: CDPSession | undefined
  const tools: PageTools & AsyncDisposable = {
    problems: () => [...problems],
    expectClean(allow = []) {
      const patterns = [...allowed, ...allow]
      const lines = problems.map(({ line }) => line).filter((line) => !patterns.some((pattern) => pattern.test(line)))
      assert.ok(lines.length === 0, `the page is not clean:\n${lines.join('\n')}`)
    },
    axe: (within) => findAxeViolations(page, within),
    async shoot(name) {
      const folder = process.env.LATCHKEY_SHOTS
      if (!folder) return undefined
      await mkdir(folder, { recursive: true })
      const path = join(folder, `${name}.png`)
      await page.screenshot({ path, fullPage: true, animations: 'disabled', caret: 'hide' })
      return path
    },
    async noSidewaysScroll() {
      const { scrollWidth, clientWidth, widest } = await measureOverflow(page)
      const what = `the page scrolls sideways: ${scrollWidth} px in a window of ${clientWidth} px`
      assert.ok(scrollWidth <= clientWidth, `${what}\n${widest.join('\n')}`)
    },
    async network(wish) {
      session ??= await context.newCDPSession(page)
      await session.send('Network.emulateNetworkConditions', networkConditions(wish))
    },
    requestUrls: () => [...traffic.urls],
    serviceCalls: () => [...traffic.calls],
    controls: () => finder.all(),
    findControl: (key) => finder.find(key),
    async control(key) {
      const control = await finder.find(key)
      if (control !== undefined) return control
      const keys = (await finder.all()).map((one) => one.key)
      assert.fail(`there is no ${key}; there are ${keys.join(', ') || 'no controls'}`)
    },
    changeAfter: (action, wishes) => changeAfter(page, traffic, action, wishes),
    use: (control, wishes = {}) => useControl(page, traffic, control, wishes),
    clipboard: () => page.evaluate<string>('navigator.clipboard.readText()'),
    downloads: () => [...traffic.files],
    [Symbol.asyncDispose]: () => context.close(),
  }
  return Object.assign(page, tools)
}

function networkConditions(wish: NetworkWish) {
  if (typeof wish === 'string')
    return { offline: wish === 'offline', latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
  const bytesPerSecond = (wish.kbps * 1000) / 8
  return {
    offline: false,
    latency: wish.latencyMs,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  }
}
