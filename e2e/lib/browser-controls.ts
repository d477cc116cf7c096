import type { Locator, Page } from 'playwright-core'
import { type Change, type ChangeWishes, changeAfter } from './browser-change.ts'
import { type FoundControl, findAgain, listControls } from './browser-in-page.ts'
import type { Traffic } from './browser-traffic.ts'

/** Something that a person can use on the page. */
export interface Control extends FoundControl {
  /** `button "Copy" #2`: finds it again when the page was drawn anew. */
  readonly key: string
  readonly locator: Locator
}

/** Finds the controls of a page, and those that it has found before at their old places. */
export class ControlFinder {
  readonly #page: Page
  readonly #known = new Map<string, Control>()
  constructor(page: Page) {
    this.#page = page
  }

  /** Every visible control that can be used now, in the order of the document; under a modal dialog only those inside it. */
  async all(): Promise<readonly Control[]> {
    const seen = new Map<string, number>()
    const all = (await listControls(this.#page)).map((found) => {
      const label = `${found.role} "${found.name}"`
      const nth = (seen.get(label) ?? 0) + 1
      seen.set(label, nth)
      return { ...found, key: `${label} #${nth}`, locator: this.#page.locator(found.path) }
    })
    for (const control of all) this.#known.set(control.key, control)
    return all
  }

  async find(key: string): Promise<Control | undefined> {
    const known = this.#known.get(key)
    const again = known && (await findAgain(this.#page, known))
    if (known !== undefined && again !== undefined) return { ...known, ...again }
    return (await this.all()).find((control) => control.key === key)
  }
}

/**
 * Uses a control as its kind is used: a click, a character typed, another option chosen. What only hovering or focusing shows
 * is there before the first look, so that it does not pass for the work of the click.
 */
export async function useControl(
  page: Page,
  traffic: Traffic,
  control: Control,
  wishes: ChangeWishes,
): Promise<Change> {
  const { locator } = control
  await locator.scrollIntoViewIfNeeded()
  await locator.hover()
  await locator.focus()
  return changeAfter(page, traffic, () => act(control), { countsScrolling: true, ...wishes })
}

const TYPED = new Set(['', 'text', 'search', 'email', 'url', 'tel', 'password'])
const SAMPLES: Readonly<Record<string, readonly [string, string]>> = {
  number: ['1', '2'],
  date: ['2030-01-01', '2030-01-02'],
  time: ['10:00', '11:00'],
  'datetime-local': ['2030-01-01T10:00', '2030-01-01T11:00'],
  color: ['#000000', '#ffffff'],
}

async function act({ tag, type, locator }: Control): Promise<void> {
  if (tag === 'textarea' || (tag === 'input' && TYPED.has(type))) return locator.press('x')
  if (tag === 'input' && type === 'range') {
    const before = await locator.inputValue()
    await locator.press('ArrowRight')
    return (await locator.inputValue()) === before ? locator.press('ArrowLeft') : undefined
  }
  if (tag === 'input' && type === 'file') {
    return locator.setInputFiles({ name: 'sample.txt', mimeType: 'text/plain', buffer: Buffer.from('sample') })
  }
  const samples = tag === 'input' ? SAMPLES[type] : undefined
  if (samples !== undefined) {
    const [one, other] = samples
    return locator.fill((await locator.inputValue()) === one ? other : one)
  }
  if (tag === 'select') return chooseAnother(locator)
  return locator.click()
}

async function chooseAnother(select: Locator): Promise<void> {
  const chosen = await select.inputValue()
  for (const option of await select.locator('option:not(:disabled)').all()) {
    const value = (await option.getAttribute('value')) ?? (await option.textContent()) ?? ''
    if (value === chosen) continue
    await select.selectOption(value)
    return
  }
}
