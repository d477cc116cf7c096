import assert from 'node:assert/strict'
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test } from 'node:test'
import { LatchkeyError, Secret } from '@latchkey/core'
import { appToken, partner } from '@latchkey/testkit'
import { createSealer } from '../src/sealing.ts'
import { openEmbedded, temporaryDirectory } from './open.ts'

const KEY = new Uint8Array(32).fill(7)
const PLACE = { table: 'app_tokens', row: '0_abc', column: 'value' } as const

function isUnreadable(error: unknown): boolean {
  return error instanceof LatchkeyError && error.code === 'SECRET_UNREADABLE'
}

describe('sealing', () => {
  const sealer = createSealer(KEY)

  test('what was sealed for a place opens there, whatever it is', () => {
    for (const text of ['', 'secret', 'nul\u0000', '\u{1F600}', 'x'.repeat(100_000)]) {
      assert.equal(sealer.open(sealer.seal(text, PLACE), PLACE), text)
    }
  })

  test('the same text sealed twice looks different', () => {
    assert.notEqual(sealer.seal('secret', PLACE), sealer.seal('secret', PLACE))
  })

  test('it opens in no other table, row or column, and under no other key', () => {
    const sealed = sealer.seal('secret', PLACE)
    assert.throws(() => sealer.open(sealed, { ...PLACE, table: 'partners' }), isUnreadable)
    assert.throws(() => sealer.open(sealed, { ...PLACE, row: '0_abd' }), isUnreadable)
    assert.throws(() => sealer.open(sealed, { ...PLACE, column: 'other' }), isUnreadable)
    assert.throws(() => createSealer(new Uint8Array(32).fill(8)).open(sealed, PLACE), isUnreadable)
  })

  test('parts of a place cannot be shifted from one to the next', () => {
    const sealed = sealer.seal('secret', { table: 't', row: 'a","b', column: 'c' })
    assert.throws(() => sealer.open(sealed, { table: 't', row: 'a', column: 'b","c' }), isUnreadable)
  })

  test('anything altered or made up is unreadable, never a crash', () => {
    const sealed = sealer.seal('secret', PLACE)
    for (let at = 0; at < sealed.length; at++) {
      // A and Q differ in a bit that counts in the last character too, whose low bits stand for nothing.
      const altered = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'Q' : 'A'}${sealed.slice(at + 1)}`
      assert.throws(() => sealer.open(altered, PLACE), isUnreadable, `altered at ${at}`)
    }
    for (const text of ['', 'v1:', 'v1:AAAA', 'v2:AAAA', 'secret', `${sealed}=`, sealed.slice(0, -4), '\u0000']) {
      assert.throws(() => sealer.open(text, PLACE), isUnreadable)
    }
  })
})

describe('a store at rest', () => {
  const secrets = ['planted-admin-secret', 'planted-old-secret', 'planted-user-secret', 'planted-token-value']

  async function fill(directory: string) {
    const store = await openEmbedded(directory)
    const created = partner({
      adminSecret: new Secret('planted-admin-secret'),
      additionalAdminSecrets: [new Secret('planted-old-secret')],
      userSecret: new Secret('planted-user-secret'),
    })
    await store.partners.create(created)
    await store.partners.create(partner())
    const tokens = [
      appToken({ partnerId: created.id, value: new Secret('planted-token-value'), description: 'planted-in-clear' }),
      appToken({ partnerId: created.id }),
    ]
    for (const token of tokens) await store.appTokens.create(token)
    return { store, created, tokens }
  }

  function change(directory: string, sql: string): void {
    const database = new DatabaseSync(join(directory, 'data', 'latchkey.db'))
    database.exec(sql)
    database.close()
  }

  test('no file of the database holds a secret, in the log or after closing', async () => {
    using directory = temporaryDirectory()
    const { store } = await fill(directory.path)
    const grep = () => {
      const files = readdirSync(join(directory.path, 'data'))
      const bytes = files.map((name) => readFileSync(join(directory.path, 'data', name)))
      assert.ok(
        bytes.some((content) => content.includes('planted-in-clear')),
        'the search finds what is not sealed',
      )
      for (const secret of secrets) {
        for (const form of [
          secret,
          Buffer.from(secret).toString('base64').slice(0, -4),
          Buffer.from(secret).toString('hex'),
        ]) {
          assert.ok(!bytes.some((content) => content.includes(form)), secret)
        }
      }
      return files
    }
    assert.ok(grep().includes('latchkey.db-wal'))
    await store.close()
    grep()
  })

  test('the key that seals lies in the database only wrapped', async () => {
    using directory = temporaryDirectory()
    await (await fill(directory.path)).store.close()
    const master = readFileSync(join(directory.path, 'master.key'), 'utf8').trim()
    assert.match(master, /^[A-Za-z0-9+/]{43}=$/)
    const database = readFileSync(join(directory.path, 'data', 'latchkey.db'))
    assert.ok(!database.includes(master))
    assert.ok(!database.includes(Buffer.from(master, 'base64')))
  })

  test('with another master key it does not open', async () => {
    using directory = temporaryDirectory()
    await (await fill(directory.path)).store.close()
    const path = join(directory.path, 'other')
    await (await openEmbedded(path)).close()
    renameSync(join(path, 'master.key'), join(directory.path, 'master.key'))
    await assert.rejects(openEmbedded(directory.path), isUnreadable)
  })

  test('without its master key it does not open, and no new key is made', async () => {
    using directory = temporaryDirectory()
    await (await fill(directory.path)).store.close()
    rmSync(join(directory.path, 'master.key'))
    const isMissing = (error: unknown) => error instanceof LatchkeyError && error.code === 'MASTER_KEY_MISSING'
    await assert.rejects(openEmbedded(directory.path), isMissing)
    assert.ok(!readdirSync(directory.path).includes('master.key'))
  })

  test('an empty one whose master key is gone starts over with a new one', async () => {
    using directory = temporaryDirectory()
    await (await openEmbedded(directory.path)).close()
    rmSync(join(directory.path, 'master.key'))
    await (await fill(directory.path)).store.close()
    await using store = await openEmbedded(directory.path)
    assert.equal((await store.partners.list()).length, 2)
  })

  test('a ciphertext moved to another row is unreadable there, in a read and in a list', async () => {
    using directory = temporaryDirectory()
    const { store, created, tokens } = await fill(directory.path)
    await store.close()
    change(
      directory.path,
      `create temp table before_it as select id, value from app_tokens;
       update app_tokens set value = (select value from before_it where before_it.id <> app_tokens.id)`,
    )
    await using reopened = await openEmbedded(directory.path)
    for (const { id } of tokens) await assert.rejects(reopened.appTokens.find(created.id, id), isUnreadable)
    await assert.rejects(reopened.appTokens.list(created.id, {}, [], { offset: 0, limit: 10 }), isUnreadable)
  })

  test('a ciphertext moved to another column is unreadable there', async () => {
    using directory = temporaryDirectory()
    const { store, created } = await fill(directory.path)
    await store.close()
    change(directory.path, `update partners set admin_secret = user_secret where id = ${created.id}`)
    await using reopened = await openEmbedded(directory.path)
    await assert.rejects(reopened.partners.find(created.id), (error) => {
      assert.ok(isUnreadable(error))
      for (const secret of secrets) assert.ok(!String(error).includes(secret))
      return true
    })
  })
})
