import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import * as sdk from '../src/index.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const page = readFileSync(join(root, 'docs', 'reference', 'client.md'), 'utf8')
const sources = readdirSync(join(root, 'packages', 'client', 'src')).map((name) =>
  readFileSync(join(root, 'packages', 'client', 'src', name), 'utf8'),
)

test('the reference has each code of the SDK, and no other', () => {
  const errors = sources.find((text) => text.includes('class LatchkeyClientError')) ?? ''
  const unions = [...errors.matchAll(/export type \w+Code =([^\n]*(?:\n\s+.*)*)/g)].map(([, text = '']) => text)
  assert.equal(unions.length, 3)
  const codes = [...unions.join().matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code)
  const table = page.slice(page.indexOf('| class | codes'), page.indexOf('No error, no property'))
  const told = [...table.matchAll(/`([A-Z_]{5,})`/g)].map(([, code]) => code)
  assert.deepEqual(told.sort(), codes.sort())
})

test('the reference has each option, and each function and class that the SDK exports', () => {
  const options = /export interface SessionOptions \{([\s\S]*?)\n\}/.exec(sources.join('\n'))?.[1] ?? ''
  const names = [...options.matchAll(/readonly (\w+)\??:/g)].map(([, name = '']) => name)
  assert.ok(names.length > 10)
  for (const name of [...names, ...Object.keys(sdk)]) assert.match(page, new RegExp(`\`${name}\\b|## ${name}\\b`), name)
})
