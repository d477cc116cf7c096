import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, pinnedNode, ROOT } from './install.mjs'

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Installs what running needs where it is missing, then becomes `latchkey` as far as anybody outside can tell: arguments,
 * stdin, stdout, signals and exit code pass through. Sets the exit code of this process.
 *
 * @param {readonly string[]} args
 */
export async function runLatchkey(args) {
  if (!(await ensureInstalled('run', (line) => process.stderr.write(`latchkey: ${line}\n`)))) {
    process.exitCode = 1
    return
  }
  const entry = join(ROOT, 'packages', 'cli', 'src', 'main.ts')
  const child = spawn(pinnedNode(), ['--conditions=source', entry, ...args], { stdio: 'inherit' })
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
