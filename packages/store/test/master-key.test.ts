import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { LatchkeyError } from '@latchkey/core'
import { loadMasterKey } from '@latchkey/store'
import { temporaryDirectory } from './open.ts'

const onPosix = { skip: process.platform === 'win32' }

function thrownBy(act: () => unknown): LatchkeyError {
  try {
    act()
  } catch (error) {
    assert.ok(error instanceof LatchkeyError, String(error))
    return error
  }
  throw new assert.AssertionError({ message: 'nothing was thrown' })
}

describe('loadMasterKey', () => {
  test('makes a missing file where it may, with its directory, and gives the same key again', () => {
    using directory = temporaryDirectory()
    const path = join(directory.path, 'keys', 'deep', 'master.key')
    const made = loadMasterKey({ path, mayCreate: true })
    assert.equal(made.length, 32)
    assert.deepEqual(loadMasterKey({ path, mayCreate: true }), made)
    assert.deepEqual(loadMasterKey({ path, mayCreate: false }), made)
    assert.deepEqual(readdirSync(join(directory.path, 'keys', 'deep')), ['master.key'], 'no draft is left')
  })

  test('makes another key each time', () => {
    using directory = temporaryDirectory()
    const [a, b] = ['a', 'b'].map((name) => loadMasterKey({ path: join(directory.path, name), mayCreate: true }))
    assert.notDeepEqual(a, b)
  })

  test('makes the file for its owner alone', onPosix, () => {
    using directory = temporaryDirectory()
    const path = join(directory.path, 'keys', 'master.key')
    loadMasterKey({ path, mayCreate: true })
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.equal(statSync(join(directory.path, 'keys')).mode & 0o777, 0o700)
  })

  test('makes none where it may not', () => {
    using directory = temporaryDirectory()
    const path = join(directory.path, 'master.key')
    assert.equal(thrownBy(() => loadMasterKey({ path, mayCreate: false })).code, 'MASTER_KEY_MISSING')
    assert.deepEqual(readdirSync(directory.path), [])
  })

  test('reads base64 and hex, with white space around', () => {
    using directory = temporaryDirectory()
    const key = Uint8Array.from({ length: 32 }, (_, n) => n * 8 + 7)
    const hex = Buffer.from(key).toString('hex')
    for (const text of [hex, hex.toUpperCase(), `${hex}\r\n`, ` ${Buffer.from(key).toString('base64')}\n`]) {
      const path = join(directory.path, 'master.key')
      writeFileSync(path, text, { mode: 0o600 })
      assert.deepEqual(new Uint8Array(loadMasterKey({ path, mayCreate: false })), key)
    }
  })

  test('refuses what is no key of 32 bytes, and never replaces or repeats it', () => {
    using directory = temporaryDirectory()
    const path = join(directory.path, 'master.key')
    for (const text of [
      '',
      'planted-secret',
      'ab'.repeat(31),
      'ab'.repeat(33),
      `${'A'.repeat(42)}==`,
      'zz'.repeat(32),
    ]) {
      writeFileSync(path, text, { mode: 0o600 })
      const error = thrownBy(() => loadMasterKey({ path, mayCreate: true }))
      assert.equal(error.code, 'SETTING_INVALID')
      if (text.length > 0) assert.ok(!error.message.includes(text))
      assert.equal(readFileSync(path, 'utf8'), text)
    }
  })

  test('refuses a file that others may read or write, and says how to mend it', onPosix, () => {
    using directory = temporaryDirectory()
    const path = join(directory.path, 'master.key')
    loadMasterKey({ path, mayCreate: true })
    for (const mode of [0o644, 0o640, 0o604, 0o620, 0o602, 0o610]) {
      chmodSync(path, mode)
      const error = thrownBy(() => loadMasterKey({ path, mayCreate: true }))
      assert.equal(error.code, 'SETTING_INVALID')
      assert.ok(error.message.includes(`chmod 600 ${path}`), error.message)
    }
    chmodSync(path, 0o400)
    loadMasterKey({ path, mayCreate: false })
  })

  test('refuses a directory and a place where no file can be', () => {
    using directory = temporaryDirectory()
    mkdirSync(join(directory.path, 'master.key'), { mode: 0o700 })
    writeFileSync(join(directory.path, 'file'), 'x')
    for (const path of [join(directory.path, 'master.key'), join(directory.path, 'file', 'master.key')]) {
      assert.equal(thrownBy(() => loadMasterKey({ path, mayCreate: true })).code, 'SETTING_INVALID')
    }
  })
})
