// `prepack` of every package: what npm would pack without its build is an empty package, and npm calls that done. Plain
// JavaScript without dependencies, since it runs on whatever Node npm runs on.
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isConsoleBuilt } from './console-stamp.mjs'
import { ROOT } from './install.mjs'

/** What goes into a build besides its own sources, where that is more than its declarations. */
const BUNDLED = { client: ['core/src', 'core/noble', 'wire/src'] }
const OWN = ['src', 'node', 'noble']

/**
 * Why a package cannot be packed as it is, or undefined where it can.
 *
 * @param {string} folder of the package
 * @param {{ isConsoleBuilt?: () => boolean }} [pages] the console's are known by what is in their sources
 * @returns {string | undefined}
 */
export function whyNotPacked(folder, pages = { isConsoleBuilt }) {
  const name = basename(folder)
  const again = 'run `npm run build` at the root of the repository, then pack it'
  const absent = `packages/${name} is not built: ${again}`
  const old = `packages/${name} is older than its sources: ${again}`
  if (!existsSync(join(folder, 'dist'))) return absent
  if (name === 'console') return pages.isConsoleBuilt?.() ? undefined : old
  const { exports = {}, bin = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (!targetsIn([exports, bin]).every((path) => existsSync(join(folder, path)))) return absent
  const sources = [
    ...OWN.map((part) => join(folder, part)),
    ...(BUNDLED[/** @type {keyof typeof BUNDLED} */ (name)] ?? []).map((part) => join(folder, '..', part)),
  ]
  return newest(join(folder, 'dist')) < Math.max(...sources.map(newest)) ? old : undefined
}

/** @param {unknown} value @returns {string[]} paths into dist, at any depth */
function targetsIn(value) {
  if (typeof value === 'string') return /^(?:\.\/)?dist\//.test(value) ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(targetsIn) : []
}

/** When the newest file below a folder was written; 0 where there is none. @param {string} folder @returns {number} */
function newest(folder) {
  if (!existsSync(folder)) return 0
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs
  })
  return Math.max(0, ...times)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  // npm runs it in the folder of the package.
  const why = whyNotPacked(join(ROOT, 'packages', basename(process.cwd())))
  if (why !== undefined) {
    console.error(`latchkey: ${why}`)
    process.exitCode = 1
  }
}
