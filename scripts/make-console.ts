// Builds the console beside the folder that it is served from, marks of which sources it is, and puts it there as a whole: a
// build that fails leaves the last one as it was, and one that is served meanwhile is not seen half done.
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildConsole } from './build-console.ts'
import { consoleDigest, isConsoleBuilt, STAMP } from './console-stamp.mjs'
import { ROOT } from './install.mjs'

const folder = join(ROOT, 'packages', 'console')
const BUILDING = '.building-'
/** A folder that is older was left behind by a process that was killed. */
const LEFT_AFTER_MS = 600_000
const MOST_TRIES = 5

/** Builds the pages and puts them into `packages/console/dist`. */
export async function makeConsole(): Promise<void> {
  sweep()
  const beside = join(folder, `${BUILDING}${process.pid}`)
  // Before the build: a source that changes meanwhile has the next start build again.
  const digest = consoleDigest()
  try {
    await buildConsole(beside)
    writeFileSync(join(beside, STAMP), digest)
    putInPlace(beside, join(folder, 'dist'))
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

/** Another build may come in between removing and renaming; the last one stays, and they are the same. */
function putInPlace(from: string, to: string): void {
  for (let tries = 1; ; tries += 1) {
    rmSync(to, { recursive: true, force: true })
    try {
      renameSync(from, to)
      return
    } catch (error) {
      if (isConsoleBuilt()) return
      if (tries === MOST_TRIES || !existsSync(from)) throw error
    }
  }
}

function sweep(): void {
  for (const name of readdirSync(folder).filter((name) => name.startsWith(BUILDING))) {
    const path = join(folder, name)
    if (Date.now() - statSync(path).mtimeMs > LEFT_AFTER_MS) rmSync(path, { recursive: true, force: true })
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await makeConsole()
