import type { TestPage } from './browser.ts'

/** Opens the tokens page, or a place of it, and signs in where it asks for that. */
export async function openTokens(
  page: TestPage,
  server: { readonly url: string; readonly adminSecret: string },
  place = '',
): Promise<void> {
  await page.goto(`${server.url}/#/tokens${place}`)
  await page.getByLabel('Admin secret').fill(server.adminSecret)
  await page.getByLabel('Admin secret').press('Enter')
  await page.getByText('signed in · admin').waitFor()
}

/** Until nothing is awaited any more that would still move things. */
export async function settled(page: TestPage): Promise<void> {
  await page.locator('#main:not(:has([aria-busy="true"], .skeleton))').waitFor()
}
