import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { LATCHKEY_ACTIONS } from '../packages/wire/src/registry/latchkey.ts'
import { fillServices } from './services-page.ts'

const page = readFileSync(
  join(dirname(fileURLToPath(import.meta.url)), '..', 'docs', 'reference', 'latchkey-services.md'),
  'utf8',
)
const EXPLAIN = '<!-- action: latchkey_access.explain -->'

describe('the page of our services', () => {
  test('says of every action and every parameter of the registry what the registry says', () => {
    assert.deepEqual(fillServices(page), { text: page, problems: [] })
    for (const { service, action, parameters, about } of LATCHKEY_ACTIONS) {
      const [, section = ''] = page.split(`### ${service}.${action}\n`)
      const [block = ''] = section.split('<!-- end -->')
      assert.ok(block.includes(about), `${service}.${action}`)
      for (const parameter of parameters) assert.ok(block.includes(`| \`${parameter.name}\` |`), parameter.name)
    }
  })

  test('is made anew between its marks only', () => {
    const changed = page.replace('| `actions` | texts | refused |', '| `actions` | texts | passed over |')
    assert.notEqual(changed, page)
    assert.deepEqual(fillServices(changed), { text: page, problems: [] })
    const emptied = page.replace(new RegExp(`${EXPLAIN}[\\s\\S]*?<!-- end -->`), `${EXPLAIN}\n\n<!-- end -->`)
    assert.deepEqual(fillServices(emptied), { text: page, problems: [] })
  })

  test('that lacks a mark, has it twice or has one of nothing is refused', () => {
    const renamed = fillServices(page.replace(EXPLAIN, '<!-- action: latchkey_access.guess -->'))
    assert.deepEqual(renamed.problems, [
      'the mark "action: latchkey_access.guess" names nothing of ours',
      'the mark "action: latchkey_access.explain" is missing',
    ])
    const twice = fillServices(`${page}\n${EXPLAIN}\n\n<!-- end -->\n`)
    assert.deepEqual(twice.problems, ['the mark "action: latchkey_access.explain" is there twice'])
  })

  test('tells who may call: any session, or one with a permission', () => {
    const callers = [...page.matchAll(/^### (\S+)\n[\s\S]*?\nWho may call it: (.*)\.$/gm)].map(([, name, who]) => [
      name,
      who,
    ])
    const told = Object.fromEntries(callers)
    assert.equal(told['latchkey_access.reach'], 'any session')
    assert.equal(told['latchkey_token.pause'], 'a session with `APP_TOKEN_UPDATE`')
    assert.equal(told['latchkey_journal.list'], 'a session with `APP_TOKEN_BASE` or `KMC_READ_ONLY`')
  })
})
