import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type RunningServer, startServer, temporaryDirectory } from './lib/server.ts'
import { addToken, adminSession, call, logIn } from './lib/v3.ts'

describe('two processes on one data directory', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>
  let one: RunningServer
  let other: RunningServer
  let admin: string

  before(async () => {
    directory = await temporaryDirectory()
    const data = `${directory.path}/data`
    one = await startServer({ data })
    other = await startServer({ data, adminSecret: one.adminSecret })
    admin = await adminSession(one)
  })
  after(async () => {
    await other?.[Symbol.asyncDispose]()
    await one?.[Symbol.asyncDispose]()
    await directory?.[Symbol.asyncDispose]()
  })

  test('a token that one of them made starts sessions at the other', async () => {
    const token = await addToken(one, admin)
    assert.equal((await logIn({ ...other, partnerId: one.partnerId }, token)).objectType, 'KalturaSessionInfo')
  })

  test('a token deleted through one is refused by the other at the next call, and so are its sessions', async () => {
    for (let round = 0; round < 10; round += 1) {
      const token = await addToken(one, admin)
      const { ks } = await logIn(other, token)
      assert.equal((await call(other.url, 'media.list', { ks })).objectType, 'KalturaMediaListResponse')
      assert.equal(await call(one.url, 'appToken.delete', { ks: admin, id: token.id }), null)
      assert.equal((await call(other.url, 'media.list', { ks })).args.KSID, 'LOGOUT')
      assert.equal((await logIn(other, token)).code, 'APP_TOKEN_ID_NOT_FOUND')
    }
  })

  test('a session ended at one is refused by the other, and the next one of its token is not', async () => {
    const token = await addToken(one, admin)
    const { ks } = await logIn(one, token)
    const { ks: next } = await logIn(one, token)
    assert.equal(await call(one.url, 'session.end', { ks }), null)
    assert.equal((await call(other.url, 'media.list', { ks })).args.KSID, 'LOGOUT')
    assert.equal((await call(other.url, 'media.list', { ks: next })).objectType, 'KalturaMediaListResponse')
  })

  test('calls of a limited session at both count together, to the last one', async () => {
    const token = await addToken(one, admin, { sessionPrivileges: 'actionslimit:10' })
    const { ks } = await logIn(one, token)
    const calls = Array.from({ length: 24 }, (_, index) => call((index % 2 ? one : other).url, 'system.ping', { ks }))
    const answers = await Promise.all(calls)
    assert.equal(answers.filter((answer) => answer === true).length, 10)
    assert.ok(
      answers.filter((answer) => answer !== true).every((answer) => answer.args.KSID === 'EXCEEDED_ACTIONS_LIMIT'),
    )
  })
})
