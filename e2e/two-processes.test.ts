import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type RunningServer, runCli, startServer, temporaryDirectory } from './lib/server.ts'
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

  test('a user blocked through one is refused by the other at the next call, and welcome again once it is not', async () => {
    const token = await addToken(one, admin, { sessionUserId: 'blocked-elsewhere' })
    const { ks } = await logIn(other, token)
    const setStatus = (status: number) =>
      call(one.url, 'user.update', { ks: admin, userId: 'blocked-elsewhere', user: { status } })
    const list = () => call(other.url, 'media.list', { ks })
    for (let round = 0; round < 5; round += 1) {
      assert.equal((await list()).objectType, 'KalturaMediaListResponse')
      assert.equal((await setStatus(0)).status, 0)
      assert.equal((await list()).code, 'USER_BLOCKED')
      assert.equal((await setStatus(1)).status, 1)
    }
    assert.equal((await list()).objectType, 'KalturaMediaListResponse')
  })

  test('a user deleted through one takes its sessions along at the other', async () => {
    const token = await addToken(one, admin, { sessionUserId: 'deleted-elsewhere' })
    const { ks } = await logIn(other, token)
    assert.equal((await call(other.url, 'media.list', { ks })).objectType, 'KalturaMediaListResponse')
    await call(one.url, 'user.delete', { ks: admin, userId: 'deleted-elsewhere' })
    assert.equal((await call(other.url, 'media.list', { ks })).args.KSID, 'LOGOUT')
    assert.equal((await logIn(other, token)).code, 'APP_TOKEN_ID_NOT_FOUND')
  })

  test('an app token changed through one starts changed sessions at the other at once', async () => {
    const token = await addToken(one, admin)
    assert.equal((await logIn(other, token)).userId, '')
    for (const sessionUserId of ['first', 'second', 'third']) {
      await call(one.url, 'appToken.update', { ks: admin, id: token.id, appToken: { sessionUserId } })
      assert.equal((await logIn(other, token)).userId, sessionUserId)
    }
  })

  test('a partner blocked from the command line is refused by both at the next call', async () => {
    const { ks } = await logIn(one, await addToken(one, admin))
    const urls = [one.url, other.url]
    const codes = async () => {
      const answers = await Promise.all(urls.map((url) => call(url, 'media.list', { ks })))
      return answers.map(({ code }) => code)
    }
    const partner = async (what: string) => {
      const { code, stderr } = await runCli(['partner', what, String(one.partnerId)], { LATCHKEY_DATA: one.data })
      assert.equal(code, 0, stderr)
    }
    assert.deepEqual(await codes(), [undefined, undefined])
    await partner('block')
    assert.deepEqual(await codes(), ['SERVICE_FORBIDDEN_CONTENT_BLOCKED', 'SERVICE_FORBIDDEN_CONTENT_BLOCKED'])
    await partner('unblock')
    assert.deepEqual(await codes(), [undefined, undefined])
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
