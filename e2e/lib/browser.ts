import type { Browser, BrowserContextOptions } from 'playwright-core'
import { launchChromium } from './browser-launch.ts'
import { equipPage, type TestPage } from './browser-page.ts'

export type { ServiceCall } from './browser-calls.ts'
export type { Change, ChangeWishes } from './browser-change.ts'
export type { Control } from './browser-controls.ts'
export type { NetworkWish, TestPage } from './browser-page.ts'
export type { Problem } from './browser-problems.ts'

export interface PageWishes {
  /** CSS pixels; 1280 × 800 unless told. */
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly theme?: 'light' | 'dark' | undefined
  readonly reducedMotion?: boolean | undefined
  /** From the start; {@link TestPage.network} changes it later. */
  readonly offline?: boolean | undefined
  readonly javaScriptEnabled?: boolean | undefined
  /** Such as `ar`; the machine's own unless told. */
  readonly locale?: string | undefined
  /** Problems that the test provokes, for {@link TestPage.expectClean}. */
  readonly allow?: readonly RegExp[] | undefined
}

export interface TestBrowser extends AsyncDisposable {
  readonly version: string
  /** A fresh page that shares nothing with others: no storage, no cookie, no cache. It closes with the browser or by `await using`. */
  page(wishes?: PageWishes): Promise<TestPage>
  readonly raw: Browser
}

/**
 * Starts a real Chromium. One for each test file, and a page for each test, is a good measure.
 *
 * @throws an Error that names what was tried, if no browser can start
 */
export async function openBrowser(): Promise<TestBrowser> {
  const raw = await launchChromium()
  return {
    raw,
    version: raw.version(),
    page: async (wishes = {}) => {
      const context = await raw.newContext(contextOptions(wishes))
      try {
        return await equipPage(context, wishes.allow ?? [])
      } catch (error) {
        await context.close()
        throw error
      }
    },
    [Symbol.asyncDispose]: () => raw.close(),
  }
}

function contextOptions(wishes: PageWishes): BrowserContextOptions {
  return {
    viewport: { width: wishes.width ?? 1280, height: wishes.height ?? 800 },
    colorScheme: wishes.theme ?? 'light',
    reducedMotion: wishes.reducedMotion === true ? 'reduce' : 'no-preference',
    offline: wishes.offline ?? false,
    javaScriptEnabled: wishes.javaScriptEnabled ?? true,
    permissions: ['clipboard-read', 'clipboard-write'],
    acceptDownloads: true,
    ...(wishes.locale === undefined ? {} : { locale: wishes.locale }),
  }
}
