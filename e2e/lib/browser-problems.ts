import type { BrowserContext } from 'playwright-core'
import { REPORT } from './browser-in-page.ts'

/** Something that a page should not do, as one readable line. */
export interface Problem {
  readonly kind: 'console' | 'error' | 'policy' | 'request'
  readonly line: string
}

/**
 * Collects from now on what goes wrong in any page of the context. Console messages of every level count: our pages write none.
 * A policy that is broken shows twice, as the event and as the browser's own message.
 */
export async function collectProblems(context: BrowserContext): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  const add = (kind: Problem['kind'], text: string) => problems.push({ kind, line: `${kind}: ${text}` })
  context.on('console', (message) => {
    const { url, lineNumber } = message.location()
    add('console', `${message.type()}: ${message.text()}${url ? ` (${url}:${lineNumber})` : ''}`)
  })
  context.on('weberror', (error) => {
    const thrown: unknown = error.error()
    add('error', thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown))
  })
  context.on('requestfailed', (request) => {
    add('request', `${request.method()} ${request.url()} ${request.failure()?.errorText ?? 'failed'}`)
  })
  await context.exposeBinding(REPORT, (_source, line: unknown) => add('policy', String(line)))
  return problems
}
