import { openBrowser, type TestBrowser } from '../e2e/lib/browser.ts'
import { isConsoleBuilt } from '../scripts/console-stamp.mjs'
import { makeConsole } from '../scripts/make-console.ts'
import { PARTNER, startOurs } from './lib/processes.ts'

/** Milliseconds from the start of a navigation with nothing in the cache. */
export interface PageLoads {
  /** Until there is a control that a person can use, one a round, by the page's address. */
  readonly usable: Readonly<Record<string, readonly number[]>>
  /** Until an answer of the same server with next to nothing in it has been drawn. */
  readonly blank: readonly number[]
}

const PAGES = ['', 'tokens', 'access', 'doctor', 'activity', 'api', 'help'] as const

const LIMIT_MS = 20_000

/** When the page can be used: drawn, with a control of its own in it rather than of what is around it. */
const USABLE = `globalThis.__usableAt = new Promise((resolve) => {
  const look = () => {
    const isDrawn = document.querySelector('main h1:not(.unseen)') !== null && document.querySelector('main .skeleton') === null
    const controls = [...document.querySelectorAll('main :is(a[href], button, input, select, textarea, [role=gridcell]):not(:disabled)')]
    if (isDrawn && controls.some((control) => control.closest('.top, .foot-narrow') === null)) setTimeout(() => resolve(performance.now()))
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})`
const DRAWN = `globalThis.__usableAt = new Promise((resolve) =>
  addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))))`

/** Each page of the console, signed in, in a real Chromium, in turns with a blank one. */
export async function benchPages(rounds: number, pages: readonly string[] = PAGES): Promise<PageLoads> {
  if (!isConsoleBuilt()) await makeConsole()
  await using server = await startOurs()
  await using browser = await openBrowser()
  const signedIn = await keptSession(server.url)
  const usable: Record<string, number[]> = Object.fromEntries(pages.map((page) => [page, []]))
  const blank: number[] = []
  // One round more that does not count, for whatever fills itself at first use; a single round is a try and no measurement.
  for (let round = rounds > 1 ? -1 : 0; round < rounds; round += 1) {
    const drawn = await load(browser, `${server.url}/healthz`, DRAWN)
    if (round >= 0) blank.push(drawn)
    for (const page of pages) {
      const took = await load(browser, `${server.url}/#/${page}`, signedIn + USABLE)
      if (round >= 0) usable[page]?.push(took)
    }
  }
  return { usable, blank }
}

async function load(browser: TestBrowser, url: string, script: string): Promise<number> {
  const context = await browser.raw.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    await context.addInitScript(script)
    const page = await context.newPage()
    await page.goto(url)
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error(`${url} was not usable within ${LIMIT_MS / 1_000} s`)), LIMIT_MS).unref()
    })
    return await Promise.race([page.evaluate<number>('globalThis.__usableAt'), late])
  } finally {
    await context.close()
  }
}

/** A script that leaves a session where the page looks for one that it was asked to keep. */
async function keptSession(url: string): Promise<string> {
  const response = await fetch(`${url}/api_v3/service/session/action/start`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ format: 1, partnerId: PARTNER.id, secret: PARTNER.adminSecret, type: 2 }),
  })
  const expiresAt = Math.floor(Date.now() / 1_000) + 3_600
  const session = { partnerId: PARTNER.id, ks: await response.json(), expiresAt, serviceUrl: url }
  const kept = JSON.stringify(JSON.stringify(session))
  return `sessionStorage.setItem('latchkey.keeps-secrets', '1'); sessionStorage.setItem('latchkey.secret.signed-in', ${kept});`
}
