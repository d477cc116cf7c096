// Builds the console beside the folder that it is served from, marks of which sources it is, and puts it there as a whole: a
// build that fails leaves the last one as it was, and one that is served meanwhile is not seen half done.
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildConsole } from './build-console.ts'
import { consoleDigest, isConsoleBuilt, STAMP } from './console-stamp.mjs'
import { ROOT } from './install.mjs'

const dist = join(ROOT, 'packages', 'console', 'dist')
/** With the process that builds in it. At the root, where no check takes it for a package's source. */
const BUILDING = '.building-'
/** By then its number belongs to somebody else. */
const LEFT_AFTER_MS = 600_000
const MOST_TRIES = 5

/** Builds the pages and puts them into `packages/console/dist`. */
export async function makeConsole(): Promise<void> {
  sweep()
  const beside = join(ROOT, `${BUILDING}${process.pid}`)
  // Before the build: a source that changes meanwhile has the next start build again.
  const digest = consoleDigest()
  try {
    await buildConsole(beside)
    writeFileSync(join(beside, STAMP), digest)
    putInPlace(beside, dist)
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

/** Another build may come in between removing and renaming; the last one stays, and they are the same. */
function putInPlace(from: string, to: string): void {
  for (let tries = 1; ; tries += 1) {
    try {
      rmSync(to, { recursive: true, force: true })
      renameSync(from, to)
      return
    } catch (error) {
      if (isConsoleBuilt()) return
      if (tries === MOST_TRIES || !existsSync(from)) throw error
    }
  }
}

/** Takes away what processes left behind that were killed. */
function sweep(): void {
  for (const name of readdirSync(ROOT).filter((name) => name.startsWith(BUILDING))) {
    if (!isBuilding(Number(name.slice(BUILDING.length)), join(ROOT, name)))
      rmSync(join(ROOT, name), { recursive: true, force: true })
  }
}

function isBuilding(pid: number, path: string): boolean {
  try {
    if (Date.now() - statSync(path).mtimeMs > LEFT_AFTER_MS) return false
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await makeConsole()
