import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startPostgres } from '../packages/store/test/postgres-server.ts'
import { startServer, temporaryDirectory } from './lib/server.ts'
import { addToken, adminSession, call, logIn } from './lib/v3.ts'

test('the whole login works on PostgreSQL, and outlives the process', async () => {
  await using postgres = await startPostgres()
  const LATCHKEY_DATABASE_URL = await postgres.createDatabase('e2e')
  await using directory = await temporaryDirectory()
  const data = `${directory.path}/data`
  const first = await startServer({ data, env: { LATCHKEY_DATABASE_URL } })
  const admin = await adminSession(first)
  const token = await addToken(first, admin, { sessionPrivileges: 'list:*' })
  const { ks } = await logIn(first, token)
  assert.equal((await call(first.url, 'media.list', { ks })).totalCount, 40)
  await first.stop()

  const again = { data, adminSecret: first.adminSecret, env: { LATCHKEY_DATABASE_URL } }
  await using second = await startServer(again)
  assert.equal((await call(second.url, 'media.list', { ks })).totalCount, 40)
  assert.equal(await call(second.url, 'appToken.delete', { ks: admin, id: token.id }), null)
  assert.equal((await call(second.url, 'media.list', { ks })).args.KSID, 'LOGOUT')
})
