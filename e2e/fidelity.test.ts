import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Fidelity } from '@latchkey/core'
import { fidelityGround, type Switches } from './lib/fidelity-ground.ts'
import { ADDITION_ROWS, FAULT_ROWS, type FidelityRow } from './lib/fidelity-rows.ts'
import { ROOT, startServer } from './lib/server.ts'
import { call } from './lib/v3.ts'

const MODES = ['mended', 'vendor'] as const
/** What the last column of the page says of a row that has two behaviours, and of one that has one. */
const TWO = ['as there', 'as there, if switched on', 'gone']
const ONE = ['as here', 'stays']

describe('fidelity', () => {
  const grounds = new Map<string, ReturnType<typeof fidelityGround>>()
  after(async () => {
    for (const ground of grounds.values()) await (await ground)[Symbol.asyncDispose]()
  })

  for (const { name, when, account, switches, act, ...expected } of [...FAULT_ROWS, ...ADDITION_ROWS])
    for (const mode of MODES)
      test(`${name}: ${when} ${expected[mode].does}, in ${mode} fidelity`, async () => {
        const ground = await groundOf(mode, switches)
        assert.deepEqual(await act(await ground.account(account)), expected[mode].gives)
      })

  function groundOf(mode: Fidelity, switches: Switches = {}): ReturnType<typeof fidelityGround> {
    const key = JSON.stringify([mode, switches])
    const ground = grounds.get(key) ?? fidelityGround(mode, switches)
    grounds.set(key, ground)
    return ground
  }

  for (const [heading, rows] of [
    ['Mended', FAULT_ROWS],
    ['Additions', ADDITION_ROWS],
  ] as const) {
    const listed = pageRows(heading)

    test(`every row under ${heading} that says it has two behaviours was tried in both`, () => {
      assert.ok(listed.length > 5)
      const said = listed.filter(({ vendor }) => TWO.includes(vendor)).map(({ name }) => name)
      assert.deepEqual(
        said.sort(),
        rows
          .filter(hasTwo)
          .map(({ name }) => name)
          .sort(),
      )
    })

    test(`every row under ${heading} says what becomes of it in vendor fidelity, and what was tried is listed`, () => {
      for (const { name, vendor } of listed) assert.ok([...TWO, ...ONE].includes(vendor), `${name}: ${vendor}`)
      const names = listed.map(({ name }) => name)
      assert.equal(new Set(names).size, names.length)
      for (const { name } of rows) assert.ok(names.includes(name), name)
      const switched = listed.filter(({ vendor }) => vendor.endsWith('switched on')).map(({ name }) => name)
      assert.deepEqual(
        switched.sort(),
        rows
          .filter(({ switches }) => switches !== undefined)
          .map(({ name }) => name)
          .sort(),
      )
    })
  }

  test('the settings bring the faults, the caches and the rate, and the server says so', async () => {
    const env = { LATCHKEY_FIDELITY: 'vendor', LATCHKEY_VENDOR_CACHES: 'on', LATCHKEY_VENDOR_RATE: '3' }
    await using server = await startServer({ env })
    const widgetId = `_${server.partnerId}`
    const { url, partnerId } = server
    const [one, other] = [
      await call(url, 'session.startWidgetSession', { widgetId }),
      await call(url, 'session.startWidgetSession', { widgetId }),
    ]
    assert.equal(one.ks, other.ks)
    const answers = [1, 2, 3, 4].map((x) => call(url, 'user.get', { partnerId, x }))
    const codes = (await Promise.all(answers)).map(({ code, diagnosis }) => [code, diagnosis])
    const blocked = ['ACTION_BLOCKED', undefined]
    const forbidden = ['SERVICE_FORBIDDEN', undefined]
    assert.deepEqual(codes.sort(), [blocked, forbidden, forbidden, forbidden])
    assert.match(server.output().stderr, /warning: LATCHKEY_FIDELITY=vendor reproduces faults/)
  })
})

function hasTwo({ mended, vendor }: FidelityRow): boolean {
  return JSON.stringify(mended.gives) !== JSON.stringify(vendor.gives)
}

/** First and last cell of each row of the table under a heading. */
function pageRows(heading: string): readonly { readonly name: string; readonly vendor: string }[] {
  const page = readFileSync(join(ROOT, 'docs', 'reference', 'compatibility.md'), 'utf8')
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim())
      return { name: cells[1]?.replaceAll('`', '') ?? '', vendor: cells.at(-2) ?? '' }
    })
}
