// Brings `docs/` into the console when its pages are built: a small list of titles and headings, and a module for each
// document, which comes when somebody opens it. The list follows docs/README.md, in whose order a reader goes.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { type Heading, renderDocument } from './console-docs-html.ts'

export interface ListedDocument {
  readonly path: string
  readonly title: string
  /** What the map says of it. */
  readonly about: string
  readonly headings: readonly Heading[]
}

export interface DocumentGroup {
  readonly title: string
  readonly documents: readonly ListedDocument[]
}

const DOCS = join(dirname(fileURLToPath(import.meta.url)), '..', 'docs')
/** The console shows these in views of its own; decisions are for who changes the code. */
const NOT_SHOWN = new Set(['reference/causes', 'reference/errors', 'adr/README'])
const LIST = 'virtual:latchkey-docs'
const DOCUMENT = 'virtual:latchkey-docs/'
/** What Rollup's plugins put before a module that is no file. */
const MADE = '\0'

export function consoleDocs(folder: string = DOCS): Plugin {
  const read = (path: string) => readFileSync(join(folder, `${path}.md`), 'utf8')
  const isShown = (path: string) => shownPaths(folder).has(path)
  return {
    name: 'latchkey-docs',
    resolveId: (id) => (id === LIST || id.startsWith(DOCUMENT) ? MADE + id : undefined),
    load(id) {
      if (id === MADE + LIST) return listModule(listDocuments(folder))
      if (!id.startsWith(MADE + DOCUMENT)) return undefined
      const path = id.slice(MADE.length + DOCUMENT.length)
      return `export const html = ${JSON.stringify(renderDocument(read(path), { path, isShown }).html)}`
    },
  }
}

/** The documents that the console shows, in the order and the groups of the map. */
export function listDocuments(folder: string = DOCS): readonly DocumentGroup[] {
  const paths = shownPaths(folder)
  return groupsOf(readFileSync(join(folder, 'README.md'), 'utf8'))
    .map(({ title, entries }) => ({
      title,
      documents: entries
        .filter(({ path }) => paths.has(path))
        .map(({ path, about }) => {
          const page = renderDocument(readFileSync(join(folder, `${path}.md`), 'utf8'), {
            path,
            isShown: (other) => paths.has(other),
          })
          return { path, title: page.title, about, headings: page.headings }
        }),
    }))
    .filter(({ documents }) => documents.length > 0)
}

function shownPaths(folder: string): ReadonlySet<string> {
  const groups = groupsOf(readFileSync(join(folder, 'README.md'), 'utf8'))
  return new Set(
    groups.flatMap(({ entries }) => entries.map(({ path }) => path)).filter((path) => !NOT_SHOWN.has(path)),
  )
}

interface MapGroup {
  readonly title: string
  readonly entries: readonly { readonly path: string; readonly about: string }[]
}

/** `## Title: what it is`, and below it `- [Title](path.md): what it is about`. */
function groupsOf(map: string): readonly MapGroup[] {
  return map
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [head = '', ...lines] = section.split('\n')
      const entries = lines.flatMap((line) => {
        const found = /^- \[[^\]]+\]\(([^)#]+)\.md\)(?::\s*(.*))?$/.exec(line)
        return found?.[1] === undefined ? [] : [{ path: found[1], about: (found[2] ?? '').replaceAll('`', '') }]
      })
      return { title: head.split(':')[0]?.trim() ?? head, entries }
    })
}

function listModule(groups: readonly DocumentGroup[]): string {
  const paths = groups.flatMap(({ documents }) => documents.map(({ path }) => path))
  const loaders = paths.map((path) => `  ${JSON.stringify(path)}: () => import(${JSON.stringify(DOCUMENT + path)}),`)
  return `export const GROUPS = ${JSON.stringify(groups)}\nexport const LOADERS = {\n${loaders.join('\n')}\n}\n`
}
