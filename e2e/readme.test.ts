import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { ROOT, startServer } from './lib/server.ts'

test('the login of the README works when pasted', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
  const block = /<!-- runnable: quick-start -->\s*```sh\n([\s\S]*?)```/.exec(readme)?.[1]
  assert.ok(block, 'the README has a runnable quick start')
  await using server = await startServer()
  const env = {
    ...process.env,
    LATCHKEY_URL: server.url,
    LATCHKEY_PARTNER_ID: String(server.partnerId),
    LATCHKEY_ADMIN_SECRET: server.adminSecret,
  }
  const { stdout } = await promisify(execFile)('sh', ['-c', block], { env })
  const list = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  assert.deepEqual([list.objectType, list.totalCount, list.objects.length], ['KalturaMediaListResponse', 40, 3])
})
