import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { whyNotPacked } from './check-pack.mjs'

const PACKAGES = join(import.meta.dirname, '..', 'packages')

describe('a package', () => {
  const root = mkdtempSync(join(tmpdir(), 'latchkey-pack-'))
  after(() => rmSync(root, { recursive: true, force: true }))
  const folder = join(root, 'client')
  /** @param at epoch seconds */
  const write = (path: string, at: number, text = '') => {
    const file = join(root, path)
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, text)
    utimesSync(file, at, at)
  }

  test('is packed once it is built whole, and no longer when what goes into it has changed', () => {
    const manifest = { exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } } }
    write('client/package.json', 100, JSON.stringify(manifest))
    write('client/src/index.ts', 100)
    assert.match(whyNotPacked(folder) ?? '', /^packages\/client is not built: run `npm run build`/)
    write('client/dist/index.js', 200)
    assert.match(whyNotPacked(folder) ?? '', /is not built/, 'half of it is there')
    write('client/dist/index.d.ts', 200)
    assert.equal(whyNotPacked(folder), undefined)
    write('client/test/index.test.ts', 300)
    assert.equal(whyNotPacked(folder), undefined, 'tests are not in it')
    write('core/src/index.ts', 300)
    assert.match(whyNotPacked(folder) ?? '', /^packages\/client is older than its sources/)
    write('client/dist/index.js', 400)
    write('client/src/deep/er.ts', 500)
    assert.match(whyNotPacked(folder) ?? '', /is older/)
  })

  test('of pages is packed when they are built of what is there', () => {
    const pages = join(root, 'console')
    assert.match(whyNotPacked(pages) ?? '', /not built/)
    write('console/dist/index.html', 100)
    assert.match(whyNotPacked(pages, { isConsoleBuilt: () => false }) ?? '', /is older/)
    assert.equal(whyNotPacked(pages, { isConsoleBuilt: () => true }), undefined)
  })

  test('is looked at before it is packed, whichever it is', () => {
    for (const name of readdirSync(PACKAGES)) {
      const { private: isPrivate, scripts } = JSON.parse(readFileSync(join(PACKAGES, name, 'package.json'), 'utf8'))
      if (isPrivate !== true) assert.equal(scripts?.prepack, 'node ../../scripts/check-pack.mjs', name)
    }
  })
})
