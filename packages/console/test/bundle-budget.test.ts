import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { buildConsole } from '../../../scripts/build-console.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const BUDGET_BYTES = 120_000
const START_PAGE = /^workflow-page-.*\.js$/

/** What a browser loads before the start page can be used: the entry, the page's chunk, and all that they import at once. */
describe('the first load', () => {
  let folder: string
  let names: readonly string[]
  let first: readonly string[]

  before(async () => {
    // A build of its own: what lies in `dist` may be of another day.
    folder = mkdtempSync(join(tmpdir(), 'latchkey-console-'))
    await buildConsole(folder)
    names = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'))
    const html = readFileSync(join(folder, 'index.html'), 'utf8')
    const entries = [...html.matchAll(/(?:src|href)="\.\/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name)
    const startPage = names.filter((name) => START_PAGE.test(name))
    assert.ok(entries.length > 0 && startPage.length === 1, `${entries} ${startPage}`)
    first = withImports([...entries, ...startPage])
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  const read = (name: string) => readFileSync(join(folder, 'assets', name), 'utf8')

  function withImports(roots: readonly string[]): readonly string[] {
    const found = new Set<string>()
    const visit = (name: string) => {
      if (found.has(name)) return
      found.add(name)
      for (const [, imported = ''] of read(name).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
        visit(imported)
    }
    for (const root of roots) visit(root)
    return [...found]
  }

  test(`is at most ${BUDGET_BYTES / 1_000} kB of compressed script`, (context) => {
    const sizes = first.map((name) => ({ name, bytes: gzipSync(read(name), { level: 9 }).length }))
    const sum = sizes.reduce((total, { bytes }) => total + bytes, 0)
    const list = sizes
      .sort((a, b) => b.bytes - a.bytes)
      .map(({ name, bytes }) => `${(bytes / 1_000).toFixed(1).padStart(8)} kB  ${name}`)
    context.diagnostic(`${(sum / 1_000).toFixed(1)} kB`)
    assert.ok(sum <= BUDGET_BYTES, `${(sum / 1_000).toFixed(1)} kB:\n${list.join('\n')}`)
    assert.ok(sum > 20_000, `so little that something was missed:\n${list.join('\n')}`)
  })

  test('comes with the licences of all that is bundled', () => {
    const licences = readFileSync(join(folder, 'third-party-licences.txt'), 'utf8')
    for (const name of ['preact', '@preact/signals', '@preact/signals-core', '@noble/hashes', '@noble/ciphers']) {
      assert.ok(licences.includes(`\n## ${name} - `), name)
      const own = readFileSync(join(ROOT, 'node_modules', name, 'LICENSE'), 'utf8')
      const holder = /^Copyright .*$/m.exec(own)?.[0] ?? assert.fail(name)
      assert.ok(licences.includes(holder), holder)
    }
  })

  // By words that only they have; each must be in the build, or the test would look for nothing.
  for (const [what, word] of [
    ['the doctor’s checks', 'the endpoint does not know the service system'],
    ['the registry of actions', 'KalturaMediaEntryFilter'],
    ['the documents of the help', 'latchkey settings'],
    ['the snippets', 'HttpClient'],
  ] as const) {
    test(`holds nothing of ${what}`, () => {
      const holders = names.filter((name) => read(name).includes(word))
      assert.ok(holders.length > 0, `“${word}” is nowhere in the build`)
      assert.deepEqual(
        holders.filter((name) => first.includes(name)),
        [],
      )
    })
  }
})
