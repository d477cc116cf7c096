import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import { consoleDigest, isConsoleBuilt, STAMP } from './console-stamp.mjs'

const root = mkdtempSync(join(tmpdir(), 'latchkey-stamp-'))
after(() => rmSync(root, { recursive: true, force: true }))

const SOURCES = [
  'packages/console/src/main.tsx',
  'packages/console/index.html',
  'packages/core/src/index.ts',
  'packages/core/noble/index.ts',
  'packages/doctor/src/index.ts',
  'packages/wire/src/index.ts',
  'docs/how-to/one.md',
  'scripts/build-console.ts',
  'package-lock.json',
]
const OTHERS = [
  'packages/console/test/a.test.ts',
  'packages/console/dist/assets/a.js',
  'packages/console/.building-7/index.html',
  'packages/core/test/a.test.ts',
  'packages/server/src/index.ts',
  'docs/hash-and-session.html',
  'scripts/start.mjs',
]

function put(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

describe('the built console', () => {
  beforeEach(() => {
    rmSync(root, { recursive: true, force: true })
    for (const path of [...SOURCES, ...OTHERS]) put(path, 'as it was')
    put('packages/console/dist/index.html', '')
    put(`packages/console/dist/${STAMP}`, consoleDigest(root))
  })

  test('is what its sources are right after it was built', () => {
    assert.ok(isConsoleBuilt(root))
  })

  for (const path of SOURCES) {
    test(`is not, once ${path} has changed or is gone`, () => {
      put(path, 'as it is')
      assert.ok(!isConsoleBuilt(root))
      if (path === 'package-lock.json') return
      rmSync(join(root, path))
      assert.ok(!isConsoleBuilt(root))
    })
  }

  test('still is, whatever happens to what it is not made of, or to the times of what it is', () => {
    for (const path of OTHERS) put(path, 'as it is')
    for (const path of SOURCES) utimesSync(join(root, path), 1, 1)
    assert.ok(isConsoleBuilt(root))
  })

  test('is not, once a source has another name', () => {
    rmSync(join(root, 'packages/console/src/main.tsx'))
    put('packages/console/src/start.tsx', 'as it was')
    assert.ok(!isConsoleBuilt(root))
  })

  test('is not, where the start page or the mark is missing', () => {
    for (const name of ['index.html', STAMP]) {
      rmSync(join(root, 'packages/console/dist', name))
      assert.ok(!isConsoleBuilt(root))
    }
  })
})

test('looking whether the console is built takes less than a tenth of a second', () => {
  const times = Array.from({ length: 5 }, () => {
    const from = performance.now()
    isConsoleBuilt()
    return performance.now() - from
  })
  assert.ok(Math.min(...times) < 100, `${times}`)
})
