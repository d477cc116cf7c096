import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { isConsoleBuilt } from './console-stamp.mjs'
import { ensureInstalled, pinnedNode, ROOT } from './install.mjs'

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Installs what running needs where it is missing, and before serving builds the console where it is not what its sources
 * are; then becomes `latchkey` as far as anybody outside can tell: arguments,
 * stdin, stdout, signals and exit code pass through. Sets the exit code of this process.
 *
 * @param {readonly string[]} args
 */
export async function runLatchkey(args) {
  if (!(await ensureInstalled('run', say)) || (args[0] === 'serve' && !(await ensureConsole()))) {
    process.exitCode = 1
    return
  }
  const entry = join(ROOT, 'packages', 'cli', 'src', 'main.ts')
  // The sources run as they are; what is made of them is kept, which halves the time of a start.
  const env = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compiled'), ...process.env }
  const child = spawn(pinnedNode(), ['--conditions=source', entry, ...args], { stdio: 'inherit', env })
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      // At a terminal, Ctrl-C and a hang-up reach the child directly; once more would be a second Ctrl-C.
      if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => {
    process.stderr.write(`latchkey does not start: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on('close', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal])
  })
}

/**
 * Builds the pages where their sources have changed since. A server without them, or with those of yesterday, would leave
 * whoever opens it guessing: a build that fails is a reason to stop.
 *
 * @returns {Promise<boolean>} whether they are there now
 */
async function ensureConsole() {
  if (isConsoleBuilt()) return true
  say('building the console; this takes some seconds, and only after a change')
  const builder = join(ROOT, 'scripts', 'make-console.ts')
  // What the build says goes to stderr: stdout is the server's.
  const child = spawn(pinnedNode(), ['--conditions=source', builder], { cwd: ROOT, stdio: ['ignore', 2, 2] })
  const code = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', resolve)
  })
  if (code !== 0) say(`building the console failed (${code}); its reason is above`)
  return code === 0
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`latchkey: ${line}\n`)
}
