import { readFile } from 'node:fs/promises'
import type { BrowserContext, Download, Page } from 'playwright-core'
import { readServiceCalls, type ServiceCall } from './browser-calls.ts'

export interface SavedFile {
  readonly name: string
  text(): Promise<string>
}

/** All that left or entered the pages of one context. */
export interface Traffic {
  /** Every address asked for, in order, those of other tabs and of workers too. */
  readonly urls: readonly string[]
  readonly calls: readonly ServiceCall[]
  readonly files: readonly SavedFile[]
  /** Number of requests that have not ended. */
  underWay(): number
  /** Totals as facts to compare, in the manner of the observed page. */
  lines(): readonly string[]
}

export function watchTraffic(context: BrowserContext, page: Page): Traffic {
  const urls: string[] = []
  const calls: ServiceCall[] = []
  const files: SavedFile[] = []
  const underWay = new Set<object>()
  context.on('request', (request) => {
    urls.push(request.url())
    calls.push(...readServiceCalls(request))
    underWay.add(request)
  })
  context.on('requestfinished', (request) => underWay.delete(request))
  context.on('requestfailed', (request) => underWay.delete(request))
  let tabs = 0
  context.on('page', (opened) => {
    tabs += 1
    opened.on('download', (download) => files.push(saved(download)))
  })
  page.on('download', (download) => files.push(saved(download)))
  return {
    urls,
    calls,
    files,
    underWay: () => underWay.size,
    lines: () => [
      `requests ${urls.length}`,
      ...(files.length > 0 ? [`downloads ${files.length}, last ${files.at(-1)?.name}`] : []),
      ...(tabs > 0 ? [`opened ${tabs} more tabs`] : []),
    ],
  }
}

function saved(download: Download): SavedFile {
  return { name: download.suggestedFilename(), text: async () => readFile(await download.path(), 'utf8') }
}
