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
  const { LATCHKEY_TOKEN_VALUE: _, LATCHKEY_SERVICE_URL: __, ...rest } = process.env
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

  assert.match(printed.get('owner') ?? '', /^opens +\d{3} read, \d+ write, 0 delete/)
  assert.match(stderr, /latchkey: made a permission, a role and an app token/)
  const integrator = printed.get('integrator') ?? ''
  assert.match(integrator, /ok {2}user\.list {2}\d+ in all\n\nNothing found that is wrong\.\n[\s\S]*hash-upper-case/)
  const developer = printed.get('developer') ?? ''
  assert.match(developer, /^Welcome to the sandbox\n(?:.+\n){2}SERVICE_FORBIDDEN \{/)
  assert.match(developer, /id: 'role-too-small'[\s\S]*"totalCount": 40/)
  assert.match(printed.get('operator') ?? '', /"alive"[\s\S]*"ready"[\s\S]*LATCHKEY_PORT[\s\S]*\b4242\b/)
})
