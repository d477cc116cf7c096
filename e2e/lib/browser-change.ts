import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { observe } from './browser-in-page.ts'
import type { Traffic } from './browser-traffic.ts'

/** What could be told apart before and after an action. */
export interface Change {
  readonly hasChanged: boolean
  /** `+` what is there now, `-` what was there before; text, states, values, focus, address, copies, downloads, requests. */
  readonly what: readonly string[]
}

export interface ChangeWishes {
  /** Selectors of parts that change by themselves. A `role=timer` is always left out. */
  readonly ignore?: readonly string[] | undefined
  /** How long to wait for a first sign of change, for what turns out to do nothing. */
  readonly limitMs?: number | undefined
  /** Whether a scrolled page counts. Not unless told, since to click something scrolls it into view. */
  readonly countsScrolling?: boolean | undefined
}

/** Between two looks: what is waited for needs the processor as well. */
const PAUSE_MS = 25
const LIMIT_MS = 1_500
const QUIET_LIMIT_MS = 3_000

/** Observes, acts, and waits until something differs and the page is quiet again. */
export async function changeAfter(
  page: Page,
  traffic: Traffic,
  action: () => Promise<unknown>,
  wishes: ChangeWishes = {},
): Promise<Change> {
  const ignore = ['[role=timer]', ...(wishes.ignore ?? [])]
  const look = async () => {
    const lines = [...(await observeWhenReady(page, ignore)), ...traffic.lines()]
    return wishes.countsScrolling === true ? lines : lines.filter((line) => !line.startsWith('scrolled '))
  }
  const before = await quiet(await look(), look, traffic)
  await action()
  const limit = Date.now() + (wishes.limitMs ?? LIMIT_MS)
  let now = await look()
  while (compare(before, now).length === 0 && Date.now() < limit) {
    await setTimeout(PAUSE_MS)
    now = await look()
  }
  // The first sign may be a "working…" that gives way to the result.
  const what = compare(before, await quiet(now, look, traffic))
  return { hasChanged: what.length > 0, what }
}

/** Until no request is under way and two looks see the same; a page that never rests is taken as it is. */
async function quiet(
  first: readonly string[],
  look: () => Promise<readonly string[]>,
  traffic: Traffic,
): Promise<readonly string[]> {
  const limit = Date.now() + QUIET_LIMIT_MS
  let last = first
  while (Date.now() < limit) {
    await setTimeout(PAUSE_MS)
    const now = await look()
    if (traffic.underWay() === 0 && compare(last, now).length === 0) return now
    last = now
  }
  return last
}

async function observeWhenReady(page: Page, ignore: readonly string[]): Promise<readonly string[]> {
  for (let left = 3; ; left -= 1) {
    try {
      await page.waitForLoadState('domcontentloaded')
      return await observe(page, ignore)
    } catch (error) {
      // A page that is being left takes its document with it; the next one answers.
      if (left === 0 || page.isClosed()) throw error
    }
  }
}

/** Lines as a bag: order does not count, number does. Focus counts where it arrives, not where it left. */
function compare(before: readonly string[], after: readonly string[]): readonly string[] {
  const balance = new Map<string, number>()
  for (const line of before) balance.set(line, (balance.get(line) ?? 0) - 1)
  for (const line of after) balance.set(line, (balance.get(line) ?? 0) + 1)
  return [...balance]
    .filter(([line, count]) => count > 0 || (count < 0 && !line.startsWith('focus ')))
    .map(([line, count]) => `${count > 0 ? '+' : '-'} ${line}`)
}
