import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const OPTIONS: RunOptions = { runOnly: { type: 'tag', values: RULES }, resultTypes: ['violations'] }
/** What is halfway through fading in has half its contrast, and what is drawn anew meanwhile would begin to fade. */
const inStill = (work: string) => `(async () => {
  for (const animation of document.getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish()
  }
  const still = new CSSStyleSheet()
  still.replaceSync('*, ::before, ::after { transition: none !important }')
  document.adoptedStyleSheets.push(still)
  try {
    return await ${work}
  } finally {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still)
  }
})()`

/** Once for each document. It is run through the debugger's door, so the page's own policy stays in force. */
export async function injectAxe(page: Page): Promise<void> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(SOURCE)
}

/**
 * What axe finds wrong, one line for each element: rule, impact, where, and what to do.
 *
 * @param within a selector, to look at a part of the page only
 */
export async function findAxeViolations(page: Page, within?: string): Promise<readonly string[]> {
  await injectAxe(page)
  const { violations } = await page.evaluate<Pick<AxeResults, 'violations'>>(
    inStill(
      `axe.run(${JSON.stringify(within ?? null)} ?? document, ${JSON.stringify(OPTIONS)}).then(({ violations }) => ({ violations }))`,
    ),
  )
  return violations.flatMap(({ id, impact, nodes, help }) =>
    nodes.map(
      ({ target, failureSummary, html }) =>
        `${id} (${impact ?? 'minor'}) at ${target.join(' ')}: ${oneLine(failureSummary ?? help)}; ${shorten(oneLine(html))}`,
    ),
  )
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ')
}

function shorten(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text
}
