// Plain JavaScript without dependencies: this runs at every start, before anything else does.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { ROOT } from './install.mjs'

/** In the folder of the built pages: a digest of all that they were built of. */
export const STAMP = '.built'

/** All that goes into the pages: their sources, those of ours that they import, and the documents that they show. */
const FOLDERS = [
  'packages/console',
  'packages/core/src',
  'packages/core/noble',
  'packages/doctor/src',
  'packages/wire/src',
]
const NO_SOURCES = new Set(['dist', 'test', 'node_modules'])

/**
 * Of the sources, by their content: a checkout changes times, and a copy keeps none. Some tens of milliseconds.
 *
 * @param {string} [root]
 */
export function consoleDigest(root = ROOT) {
  const hash = createHash('sha256')
  const files = [
    ...FOLDERS.flatMap((folder) => filesBelow(root, folder)),
    ...filesBelow(root, 'docs').filter((path) => path.endsWith('.md')),
    ...filesBelow(root, 'scripts').filter((path) => /^scripts\/[^/]*console[^/]*$/.test(path)),
    'package-lock.json',
  ]
  for (const path of files.sort()) {
    const bytes = readFileSync(join(root, path))
    hash.update(`${path} ${bytes.length}\n`).update(bytes)
  }
  return hash.digest('hex')
}

/**
 * Whether the pages are built, of the sources as they are.
 *
 * @param {string} [root]
 */
export function isConsoleBuilt(root = ROOT) {
  const folder = join(root, 'packages', 'console', 'dist')
  const stamp = join(folder, STAMP)
  return (
    existsSync(join(folder, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === consoleDigest(root)
  )
}

/** @param {string} root @param {string} folder @returns {string[]} */
function filesBelow(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NO_SOURCES.has(entry.name) || entry.name.startsWith('.')) return []
    const path = [folder, entry.name].join('/').split(sep).join('/')
    if (entry.isDirectory()) return filesBelow(root, path)
    return entry.isFile() ? [path] : []
  })
}
