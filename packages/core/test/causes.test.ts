import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { CAUSES, type CauseId, type CauseText, docsOf } from '@latchkey/core'
import { causesPage } from '../../../scripts/causes-page.ts'

const ROOT = new URL('../../../', import.meta.url)
const causes: readonly (readonly [string, CauseText])[] = Object.entries(CAUSES)

describe('the causes', () => {
  test('are on the page as the code has them', () => {
    assert.equal(readFileSync(new URL('docs/reference/causes.md', ROOT), 'utf8'), causesPage())
  })

  test('each stand once on the page, at the place that a diagnosis names', () => {
    const isId = (id: string): id is CauseId => Object.hasOwn(CAUSES, id)
    for (const id of Object.keys(CAUSES).filter(isId)) {
      const [path, anchor] = docsOf(id).split('#')
      assert.equal(anchor, id)
      const page = readFileSync(new URL(path ?? '', ROOT), 'utf8')
      assert.equal(page.split(`<a id="${anchor}"></a>`).length, 2, id)
    }
  })

  test('each say what is seen, how to tell and what to do, and no two are called the same', () => {
    assert.equal(new Set(causes.map(([, { title }]) => title)).size, causes.length)
    for (const [id, { title, symptom, check, remedy }] of causes) {
      assert.match(id, /^[a-z]+(?:-[a-z0-9]+)+$/)
      assert.doesNotMatch(title, /\.$/, id)
      assert.ok(symptom !== '' && /[.:]$/.test(check), id)
      assert.ok(remedy.length > 0 && remedy.every((step) => /[.:]$/.test(step)), id)
    }
  })
})
