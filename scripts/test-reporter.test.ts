import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ROOT } from './install.mjs'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-reporter-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const reporter = join(dirname(fileURLToPath(import.meta.url)), 'test-reporter.mjs')
const HEAD = "import { before, describe, test } from 'node:test'\n"
let count = 0

/** The totals over one test file with this body. */
function totalsOf(body: string) {
  count += 1
  const file = join(folder, `sample-${count}.test.mjs`)
  const totalsFile = join(folder, `totals-${count}.json`)
  writeFileSync(file, HEAD + body)
  // Without NODE_TEST_CONTEXT, which would make the runner inside believe that it is a part of this one.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const args = ['--test', `--test-reporter=${reporter}`, file]
  const { stdout } = spawnSync(process.execPath, args, {
    env: { ...env, LATCHKEY_TEST_TOTALS: totalsFile },
    encoding: 'utf8',
  })
  const totals = JSON.parse(readFileSync(totalsFile, 'utf8'))
  return { stdout, counts: [totals.passed, totals.failed, totals.skipped], totals }
}

describe('counting tests', () => {
  test('suites and tests that hold tests are not counted', () => {
    const body =
      "describe('a', () => { describe('b', () => { test('c', () => {}) }); test('d', () => {}) })\ntest('e', async (t) => { await t.test('f', () => {}); await t.test('g', () => {}) })\n"
    assert.deepEqual(totalsOf(body).counts, [4, 0, 0])
  })

  test('a failing test is counted once, however deep it lies', () => {
    const { counts, totals } = totalsOf(
      "describe('a', () => { describe('b', () => { test('c', () => { throw new Error('no') }) }) })\n",
    )
    assert.deepEqual(counts, [0, 1, 0])
    assert.match(totals.failures[0].name, /› a › b › c$/)
    assert.match(totals.failures[0].detail, /Error: no/)
  })

  test('a skipped test is named with its reason and is not passed', () => {
    const { counts, stdout } = totalsOf(
      "test('a', { skip: 'no database' }, () => {})\ntest('b', (t) => { t.skip() })\n",
    )
    assert.deepEqual(counts, [0, 0, 2])
    assert.match(stdout, /- a \(skipped: no database\)/)
  })

  test('a file without a test is a failure, and so is one that crashes', () => {
    assert.deepEqual(totalsOf('').counts, [0, 1, 0])
    assert.deepEqual(totalsOf('process.exit(3)\n').counts, [0, 1, 0])
    assert.deepEqual(totalsOf("test('a', () => {})\nthrow new Error('late')\n").counts[1], 1)
  })

  test('files that share a process are told apart, and one of them without a test is a failure', () => {
    const [one, other] = ['one', 'other'].map((name) => relative(ROOT, join(folder, `${name}.test.mjs`)))
    const order = join(folder, 'order.json')
    writeFileSync(join(ROOT, one ?? ''), `${HEAD}test('a', () => {})\ntest('b', () => { throw new Error('no') })\n`)
    writeFileSync(join(ROOT, other ?? ''), HEAD)
    writeFileSync(
      order,
      JSON.stringify({ parts: [{ name: 'both', files: [one, other] }], timeoutMs: 30_000, concurrency: 2 }),
    )
    const totalsFile = join(folder, 'totals-shared.json')
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'test-run.mjs'), order], {
      cwd: ROOT,
      env: { ...env, LATCHKEY_TEST_TOTALS: totalsFile },
    })
    const totals = JSON.parse(readFileSync(totalsFile, 'utf8'))
    assert.deepEqual([status, totals.passed, totals.failed, totals.skipped], [1, 1, 2, 0])
    assert.deepEqual(
      totals.failures.map(({ name }: { name: string }) => name),
      [`${one} › b`, other],
    )
  })

  test('a failing hook is a failure', () => {
    const { totals } = totalsOf(
      "describe('a', () => { before(() => { throw new Error('hook') }); test('b', () => {}) })\n",
    )
    assert.ok(totals.failed >= 1)
    assert.equal(totals.passed, 0)
  })
})
