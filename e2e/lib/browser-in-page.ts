import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import type { Page } from 'playwright-core'
import { injectAxe } from './browser-axe.ts'

// The code that runs inside the page is type-checked on its own, since only there is a `document`.
const FOLDER = new URL('../in-page/', import.meta.url)
const PARTS = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))
const SOURCE = PARTS.map((name) => stripTypeScriptTypes(readFileSync(new URL(name, FOLDER), 'utf8'))).join('\n')

/** The name by which the page calls back with each violation of its policy. */
export const REPORT = '__harnessReport'
const HARNESS = '__harness'

/** To run before each document's own scripts. Not enumerable, so that a page that lists its globals sees what it expects. */
export const INIT_SCRIPT: string = `(() => {
${SOURCE}
watchPage((line) => globalThis.${REPORT}?.(line))
Object.defineProperty(globalThis, '${HARNESS}', { value: { measureOverflow, listControls, findAgain, observe } })
})()`

export interface Overflow {
  readonly scrollWidth: number
  readonly clientWidth: number
  readonly widest: readonly string[]
}

/** How far the page scrolls sideways, and the elements that reach furthest. */
export function measureOverflow(page: Page): Promise<Overflow> {
  return page.evaluate<Overflow>(`${HARNESS}.measureOverflow()`)
}

export interface FoundControl {
  /** As a screen reader is told. */
  readonly role: string
  readonly name: string
  readonly tag: string
  readonly type: string
  /** Whether it stands for what is shown already (a selected tab, the link to this page), so that a click need not change a thing. */
  readonly isChosen: boolean
  /** A selector for this very element. */
  readonly path: string
  /** By which {@link findAgain} knows it. */
  readonly looks: string
}

/** Each control that a person could use now, in the order of the document. */
export async function listControls(page: Page): Promise<readonly FoundControl[]> {
  await injectAxe(page)
  return page.evaluate<readonly FoundControl[]>(`(() => {
    axe.teardown()
    axe.setup()
    try {
      const { text, aria } = axe.commons
      return ${HARNESS}.listControls({ roleOf: (element) => aria.getRole(element), nameOf: (element) => text.accessibleText(element) })
    } finally {
      axe.teardown()
    }
  })()`)
}

/** The same control as it is now, if it is there and unchanged in what it is called; much quicker than to list all. */
export async function findAgain(page: Page, { path, looks }: FoundControl): Promise<{ isChosen: boolean } | undefined> {
  return page.evaluate<{ isChosen: boolean } | undefined>(`${HARNESS}.findAgain(${JSON.stringify({ path, looks })})`)
}

/**
 * What can be seen and told of the page once it has drawn its next frame, one fact a line.
 *
 * @param ignore selectors of parts that change by themselves, such as a countdown
 */
export function observe(page: Page, ignore: readonly string[]): Promise<readonly string[]> {
  return page.evaluate<
    readonly string[]
  >(`new Promise((resolve, reject) => requestAnimationFrame(() => setTimeout(() => {
    try { resolve(${HARNESS}.observe(${JSON.stringify(ignore)})) } catch (error) { reject(error) }
  })))`)
}
