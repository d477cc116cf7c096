// Plain JavaScript without dependencies: this runs on whatever Node (20 or newer) the machine has, before anything is
// installed. What is installed is judged by npm's own record of it (node_modules/.package-lock.json), not by a mark of
// ours, so that a plain `npm ci` or `npm install` done by hand counts too.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * @typedef {'run' | 'full'} Mode what running needs, or that and what the tests need
 * @typedef {{ version?: string, integrity?: string, link?: boolean, dev?: boolean, devOptional?: boolean, optional?: boolean, bundleDependencies?: string[] } & Record<string, unknown>} LockEntry
 */

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** @param {string} root */
export function pinnedNode(root = ROOT) {
  // The file behind node_modules/.bin/node; asked for directly, since on Windows .bin holds a script in its place.
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/**
 * Why what the mode needs is not installed, or undefined where it is. Reads only; takes a few milliseconds and one start
 * of the pinned Node.
 *
 * @param {Mode} mode
 * @param {string} [root]
 * @returns {string | undefined}
 */
export function whatIsMissing(mode, root = ROOT) {
  if (existsSync(lockPath(root))) return 'an earlier installation did not finish'
  const wanted = readPackages(join(root, 'package-lock.json'))
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'))
  if (wanted === undefined) return 'package-lock.json cannot be read'
  if (installed === undefined) return 'nothing is installed yet'
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes('node_modules/') || (mode === 'run' && (entry.dev || entry.devOptional))) continue
    const found = installed[path]
    // An optional package is one for another platform, more often than not.
    if (found === undefined && entry.optional) continue
    if (found === undefined || !existsSync(join(root, path, 'package.json'))) return `${nameOf(path)} is missing`
    if (found.version !== entry.version || found.integrity !== entry.integrity) return 'package-lock.json has changed'
  }
  const stray = manifestThatDiffers(root, wanted)
  if (stray !== undefined) return `${stray} and package-lock.json do not agree`
  return nodeRuns(root, wanted['node_modules/node']?.version) ? undefined : 'the pinned Node does not run'
}

/**
 * Installs from the lock file what the mode needs, if it is not there, and says so. Two at a time take turns.
 *
 * @param {Mode} mode
 * @param {(line: string) => void} say
 * @param {string} [root]
 * @returns {Promise<boolean>} whether all is there now
 */
export async function ensureInstalled(mode, say, root = ROOT) {
  await turnOf(say, root)
  const missing = whatIsMissing(mode, root)
  if (missing === undefined) return true
  if (!takeTurn(root)) return ensureInstalled(mode, say, root)
  const what = mode === 'run' ? 'what running needs' : 'what running and testing need'
  say(`installing ${what} (${missing}); a first time takes a minute or two`)
  const startedAt = Date.now()
  const status = await npm(['ci', mode === 'run' ? '--omit=dev' : '--include=dev', '--loglevel=error'], root)
  if (status !== 0) {
    say(`npm ci failed (exit code ${status}); its reason is above`)
    return false
  }
  const version = readPackages(join(root, 'package-lock.json'))?.['node_modules/node']?.version
  if (!nodeRuns(root, version)) {
    // The package `node` fetches its binary in an install script, and npm may be set to run none (`ignore-scripts`).
    say('fetching the pinned Node')
    await npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'], root)
  }
  if (!nodeRuns(root, version)) {
    say(`Node ${version} was installed but does not run here: ${pinnedNode(root)}`)
    return false
  }
  // Only now: as long as this is there, the next start installs again.
  rmSync(lockPath(root), { recursive: true, force: true })
  say(`installed in ${Math.round((Date.now() - startedAt) / 1000)} s`)
  return true
}

/** @param {string} path @returns {Record<string, LockEntry> | undefined} */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}

/** @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/**
 * The first package.json whose dependencies the lock file does not know as they are.
 *
 * @param {string} root
 * @param {Record<string, LockEntry>} wanted
 */
function manifestThatDiffers(root, wanted) {
  const folders = Object.keys(wanted).filter((path) => !path.includes('node_modules/'))
  const onDisk = readdirSync(join(root, 'packages')).filter((name) =>
    existsSync(join(root, 'packages', name, 'package.json')),
  )
  for (const folder of new Set([...folders, ...onDisk.map((name) => `packages/${name}`)])) {
    const manifest = join(root, folder, 'package.json')
    if (!existsSync(manifest)) return `${folder}/package.json`
    const now = JSON.parse(readFileSync(manifest, 'utf8'))
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
      if (sorted(now[kind]) !== sorted(wanted[folder]?.[kind]))
        return folder === '' ? 'package.json' : `${folder}/package.json`
    }
  }
  return undefined
}

/** @param {unknown} dependencies */
function sorted(dependencies) {
  return JSON.stringify(Object.entries(dependencies ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** @param {string} root @param {string | undefined} version */
function nodeRuns(root, version) {
  const { status, stdout } = spawnSync(pinnedNode(root), ['--version'], { encoding: 'utf8' })
  return status === 0 && stdout.trim() === `v${version}`
}

// Taking turns: a directory, because making one either succeeds or fails, for one process at a time. It lies outside
// node_modules, which `npm ci` removes, and stays behind when an installation is interrupted.

/** @param {string} root */
function lockPath(root) {
  return join(root, '.installing')
}

/** @param {string} root */
function takeTurn(root) {
  if (isBusy(root)) return false
  rmSync(lockPath(root), { recursive: true, force: true })
  try {
    mkdirSync(lockPath(root))
  } catch {
    return false
  }
  writeFileSync(join(lockPath(root), 'pid'), String(process.pid))
  return true
}

/** @param {(line: string) => void} say @param {string} root */
async function turnOf(say, root) {
  if (isBusy(root)) say('waiting for another installation in this directory to end')
  while (isBusy(root)) await new Promise((resolve) => setTimeout(resolve, 300))
}

/** Whether a live process is installing. What a dead one left behind is not busy, only unfinished. @param {string} root */
function isBusy(root) {
  try {
    const madeAt = statSync(lockPath(root)).mtimeMs
    const pidFile = join(lockPath(root), 'pid')
    // Between the directory and the pid in it lies a moment.
    if (!existsSync(pidFile)) return Date.now() - madeAt < 5_000
    const pid = Number(readFileSync(pidFile, 'utf8'))
    // After an hour the number belongs to somebody else.
    if (!(pid > 0) || pid === process.pid || Date.now() - madeAt > 3_600_000) return false
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** @param {readonly string[]} args @param {string} root @returns {Promise<number>} exit code */
function npm(args, root) {
  const cli = process.env.npm_execpath
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []]
  return new Promise((resolve) => {
    // npm's own words go to stderr, so that stdout stays the server's.
    const child = spawn(command, [...first, ...args], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: command === 'npm' && process.platform === 'win32',
    })
    child.on('error', (error) => {
      process.stderr.write(`npm does not start: ${error.message}\n`)
      resolve(127)
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}
