// Runs the parts of a plan under node:test, each in a process of its own: `node test-run.mjs <file with the plan>`. The
// command `node --test` would put them into an order of its own, and give each file a process.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from 'node:test'
import { pathToFileURL } from 'node:url'
import { ROOT } from './install.mjs'
import { reportTests } from './test-reporter.mjs'

/** @typedef {{ readonly parts: readonly import('./test-plan.mjs').Part[], readonly timeoutMs: number, readonly concurrency: number }} Order */

const path = process.argv[2] ?? ''
/** @type {Order} */
const { parts, timeoutMs, concurrency } = JSON.parse(readFileSync(path, 'utf8'))
const ending = new AbortController()
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => {
    // Ends those that run. What did not begin has not failed, so nothing is told of it; the totals so far are in their file.
    ending.abort()
    process.exit(1)
  })
}

run({
  files: parts.map(fileOf),
  concurrency,
  timeout: timeoutMs,
  execArgv: ['--conditions=source'],
  signal: ending.signal,
})
  .on('test:fail', ({ todo }) => {
    if (todo === undefined || todo === false) process.exitCode = 1
  })
  .compose(reportTests(parts.flatMap(({ files }) => files)))
  .pipe(process.stdout)

/** One that imports them where there are several. @param {import('./test-plan.mjs').Part} part */
function fileOf({ name, files }) {
  const [first = ''] = files
  if (files.length === 1) return join(ROOT, first)
  const whole = join(dirname(path), `${name}.mjs`)
  writeFileSync(whole, files.map((file) => `import ${JSON.stringify(pathToFileURL(join(ROOT, file)).href)}\n`).join(''))
  return whole
}
