import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

test('the bench runs and prints a ratio for each comparison and each page', async () => {
  const script = fileURLToPath(new URL('./run.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', script, '--quick'])
  assert.equal(stdout.match(/\*\*\d+\.\d\d\*\*/g)?.length, 8 + 2, stdout)
})
