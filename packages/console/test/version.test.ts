import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { VERSION } from '../src/version.ts'

test('the pages call themselves by the version of their package', () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  assert.equal(Object.entries(manifest ?? {}).find(([name]) => name === 'version')?.[1], VERSION)
})
