import type { TestPage } from './browser.ts'

/** All that a page has put where it outlives a look at it, and what of it stands outside its body: one text, to search for a secret. */
export async function tracesOnPage(page: TestPage): Promise<string> {
  const kept = await page.evaluate<string>(`JSON.stringify([
    location.href,
    document.title,
    history.state,
    document.cookie,
    ...(() => {
      try {
        return [Object.entries(localStorage), Object.entries(sessionStorage)]
      } catch {
        return []
      }
    })(),
  ])`)
  return [
    kept,
    ...page.requestUrls(),
    ...page.problems().map(({ line }) => line),
    ...(await page.locator('[role=status], [role=alert], .toast').allTextContents()),
  ].join('\n')
}
