import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { ROOT, startServer } from './lib/server.ts'

test('the quick starts work when pasted, in at most ten lines each', async () => {
  const page = await readFile(join(ROOT, 'docs', 'quick-starts.md'), 'utf8')
  const blocks = [...page.matchAll(/<!-- runnable: ([a-z]+) -->\s*```sh\n([\s\S]*?)```/g)].map(
    ([, name = '', code = '']) => [name, code] as const,
  )
  assert.deepEqual(
    blocks.map(([name]) => name),
    ['owner', 'integrator', 'developer', 'operator'],
  )
  for (const [name, code] of blocks) assert.ok(code.trimEnd().split('\n').length <= 10, name)

  await using server = await startServer()
  const { LATCHKEY_TOKEN_VALUE: _, ...rest } = process.env
  const env = {
    ...rest,
    LATCHKEY_URL: server.url,
    LATCHKEY_DATA: server.data,
    LATCHKEY_PARTNER_ID: String(server.partnerId),
    LATCHKEY_ADMIN_SECRET: server.adminSecret,
    NO_COLOR: '1',
  }
  const script = blocks.map(([name, code]) => `echo "== ${name}"\n${code}`).join('\n')
  const { stdout, stderr } = await promisify(execFile)('sh', ['-c', script], { env, cwd: ROOT })
  const parts = stdout.split(/^== (.*)\n/m).slice(1)
  const printed = new Map(blocks.map(([name], at) => [name, parts[at * 2 + 1] ?? '']))

  const reach = JSON.parse(printed.get('owner') ?? '')
  assert.deepEqual([reach.objectType ?? 'LatchkeyReach', reach.delete], ['LatchkeyReach', 0])
  assert.ok(reach.read > 100, 'it reads')
  assert.match(printed.get('integrator') ?? '', /capital/i)
  assert.doesNotMatch(printed.get('integrator') ?? '', /permission-missing|hash-wrong/)
  assert.match(printed.get('developer') ?? '', /"totalCount": 40[\s\S]*refused, with the code above/)
  assert.match(stderr, /INVALID_APP_TOKEN_HASH: Invalid application token hash/)
  assert.match(printed.get('operator') ?? '', /"alive"[\s\S]*"ready"[\s\S]*LATCHKEY_PORT[\s\S]*\b4242\b/)
})
