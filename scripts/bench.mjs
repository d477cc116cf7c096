// `npm run bench`: the benchmarks on the pinned Node; what they need is what the tests need.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled, pinnedNode, ROOT } from './install.mjs'

if (!(await ensureInstalled('full', (line) => process.stderr.write(`latchkey: ${line}\n`)))) process.exit(1)
const entry = join(ROOT, 'bench', 'run.ts')
const { status, error } = spawnSync(pinnedNode(), ['--conditions=source', entry, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
})
if (error !== undefined) process.stderr.write(`latchkey: the benchmarks do not start: ${error.message}\n`)
process.exitCode = status ?? 1
