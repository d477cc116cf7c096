// `npm start`: installs what running needs where it is missing, then becomes the server as far as anybody outside can
// tell: arguments, stdin, stdout, signals and exit code pass through.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, pinnedNode, ROOT } from './install.mjs'

if (!(await ensureInstalled('run', (line) => process.stderr.write(`latchkey: ${line}\n`)))) process.exit(1)

const entry = join(ROOT, 'packages', 'cli', 'src', 'main.ts')
// npm has changed into the root directory; that is what a relative data directory counts from.
const server = spawn(pinnedNode(), ['--conditions=source', entry, 'serve', ...process.argv.slice(2)], {
  stdio: 'inherit',
})

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
for (const signal of SIGNALS) {
  process.on(signal, () => {
    // At a terminal, Ctrl-C and a hang-up reach the server directly; once more would be a second Ctrl-C.
    if (signal === 'SIGTERM' || !process.stdin.isTTY) server.kill(signal)
  })
}
server.on('error', (error) => {
  process.stderr.write(`latchkey: the server does not start: ${error.message}\n`)
  process.exitCode = 1
})
server.on('close', (code, signal) => {
  process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal])
})
