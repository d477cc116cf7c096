import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startPostgres } from '../packages/store/test/postgres-server.ts'
import { runCli, temporaryDirectory } from './lib/server.ts'

test('latchkey migrate tells and makes the tables of PostgreSQL, and says nothing of its password', async () => {
  await using postgres = await startPostgres()
  await using directory = await temporaryDirectory()
  const url = await postgres.createDatabase('migrate')
  const env = { LATCHKEY_DATABASE_URL: url, LATCHKEY_DATA: directory.path }
  const standing = async (args: readonly string[]) => {
    const { code, stdout, stderr } = await runCli(['migrate', ...args, '--json'], env)
    const { password } = new URL(url)
    assert.ok(password === '' || !`${stdout}${stderr}`.includes(password), 'the password stays where it is')
    return [code, JSON.parse(stdout).state, JSON.parse(stdout).schema === JSON.parse(stdout).knownSchema]
  }
  assert.deepEqual(await standing(['status']), [1, 'empty', false])
  assert.deepEqual(await standing(['apply']), [0, 'up to date', true])
  assert.deepEqual(await standing(['status']), [0, 'up to date', true])
  const wrong = await runCli(['migrate', 'status'], { ...env, LATCHKEY_DATABASE_URL: `${url}_nothere` })
  assert.deepEqual([wrong.code, wrong.stdout], [2, ''])
  assert.match(wrong.stderr, /\nnext: latchkey doctor --local\n$/)
})
