import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { ROOT, startServer } from './lib/server.ts'

test('the login of the README works when pasted, and so does asking why', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
  const block = (name: string) =>
    new RegExp(`<!-- runnable: ${name} -->\\s*\`\`\`sh\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? assert.fail(name)
  await using server = await startServer()
  const env = {
    ...process.env,
    LATCHKEY_URL: server.url,
    LATCHKEY_PARTNER_ID: String(server.partnerId),
    LATCHKEY_ADMIN_SECRET: server.adminSecret,
    NO_COLOR: '1',
  }
  const script = `${block('quick-start')}\necho '== why'\n${block('ask-why')}`
  const { stdout } = await promisify(execFile)('sh', ['-c', script], { env, cwd: ROOT })
  const [login = '', why = ''] = stdout.split('== why\n')
  const list = JSON.parse(login.trim().split('\n').at(-1) ?? '')
  assert.deepEqual([list.objectType, list.totalCount, list.objects.length], ['KalturaMediaListResponse', 40, 3])

  const refused = JSON.parse(why.split('\n')[0] ?? '')
  assert.ok(refused.diagnosis.needed.length > 1 && refused.diagnosis.fixes.length > 0)
  assert.match(why, /^1\. error {2}user-session-lacks-permission\n/m)
  assert.equal(refused.diagnosis.cause.id, 'user-session-lacks-permission', 'the doctor and the answer agree')
  assert.match(why, /^\d\. note {2}list-privilege-misread\n {3}list:\* does not open any action/m)
  assert.match(why, /^Exact: [\s\S]*media\.list, user\.list, and nothing else$/m)
  assert.match(why, /^acts +as reader; with everybody's entries$/m)
})
