import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestPage } from './browser.ts'
import type { RunningServer } from './server.ts'

/** The link that a start without a terminal leaves in a file: it signs in once. */
export async function signInLink({ data }: RunningServer): Promise<string> {
  return (await readFile(join(data, 'console-link.txt'), 'utf8')).trim()
}

/** Opens the start page and waits until the workflow is there. */
export async function openWorkflow(page: TestPage, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('heading', { name: 'App token workflow' }).waitFor()
}

/** By the form, as whoever knows the account's secret. */
export async function signIn(page: TestPage, server: { readonly adminSecret: string }): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).first().click()
  await page.getByLabel('Admin secret').fill(server.adminSecret)
  await page.getByLabel('Admin secret').press('Enter')
  await page.getByText('signed in · admin').waitFor()
}

/** Fills the second step with a token. */
export async function typeToken(page: TestPage, token: { readonly id: string; readonly token: string }): Promise<void> {
  await page.getByRole('textbox', { name: 'Token id' }).fill(token.id)
  await page.getByRole('textbox', { name: 'Token value' }).fill(token.token)
}

/** The card of a step, by its title. */
export function step(page: TestPage, title: 'Widget session' | 'Hash' | 'Session' | 'Call') {
  return page.locator('.rail > li').filter({ has: page.getByRole('heading', { name: title, exact: true, level: 2 }) })
}

/** Waits until a step says of itself what it came to. */
export async function waitForStep(
  page: TestPage,
  title: 'Widget session' | 'Hash' | 'Session' | 'Call',
  state: 'waiting' | 'running' | 'done' | 'refused' | 'stale',
): Promise<void> {
  await step(page, title)
    .and(page.locator(`[data-state="${state}"]`))
    .waitFor()
}

/** Types an action into the picker, and takes it as it is typed. */
export async function chooseAction(page: TestPage, name: string, params?: string): Promise<void> {
  const picker = page.getByRole('combobox', { name: 'Action' })
  await picker.fill(name)
  await picker.press('Enter')
  assert.equal(await picker.inputValue(), name)
  if (params !== undefined) await page.getByLabel('Parameters, as JSON').fill(params)
}

/** Four pictures of a state, where pictures are wanted at all: 1280 and 390 pixels wide, light and dark. */
export async function shootAll(page: TestPage, name: string): Promise<void> {
  if (!process.env.LATCHKEY_SHOTS) return
  const size = page.viewportSize()
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 })
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      await page.shoot(`${name}-${width}-${theme}`)
    }
    await page.noSidewaysScroll()
  }
  await page.emulateMedia({ colorScheme: 'light' })
  if (size !== null) await page.setViewportSize(size)
}
