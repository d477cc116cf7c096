import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { PermissionIndex } from '@latchkey/core'
import { isObject, textOf } from '../src/connection/json.ts'
import { ACTION_TREE, searchTree, withNames } from '../src/pages/tokens/action-tree.ts'
import { alwaysOpen, forecast } from '../src/pages/tokens/lint-draft.ts'
import { localPlan, planIn } from '../src/pages/tokens/plan.ts'
import { countsInWords, countsOfChoice, KINDS, type KindChoice } from '../src/pages/tokens/presets.ts'
import { FIRST_SETTINGS, readSettings, type TypedSettings } from '../src/pages/tokens/settings.ts'

const NOW = 1_795_000_000
const account = { partnerId: 4242, index: new PermissionIndex([]), features: [] }

function choice(kind: KindChoice['kind'], more: Partial<KindChoice> = {}): KindChoice {
  return { kind, services: [], actions: [], ...more }
}

function seen(of: KindChoice, typed: Partial<TypedSettings> = {}) {
  const read = readSettings({ ...FIRST_SETTINGS, ...typed }, NOW, of.kind !== 'full')
  assert.ok(read.ok)
  return forecast(read.settings, localPlan(of, undefined), account, NOW)
}

describe('what a choice comes to', () => {
  test('“get and list only” and “upload only” delete nothing, and the former changes nothing', () => {
    const { write, delete: deletes, read } = countsOfChoice(choice('get-and-list'))
    assert.ok(read > 100)
    assert.deepEqual([write, deletes], [0, 0])
    assert.equal(countsOfChoice(choice('upload')).delete, 0)
  })

  test('fewer services are fewer reads', () => {
    const some = countsOfChoice(choice('get-and-list', { services: ['media'] }))
    assert.ok(some.read > 0 && some.read < countsOfChoice(choice('get-and-list')).read)
  })

  test('the count beside “everything” is what such a token reaches', () => {
    const { read, write, delete: deletes } = seen(choice('full')).reach
    assert.deepEqual(countsOfChoice(choice('full'), account), { read, write, delete: deletes })
  })

  test('counts are told in words, none of them left out', () => {
    assert.equal(countsInWords({ read: 1, write: 0, delete: 1234 }), '1 read, no write, 1,234 deletes')
  })

  test('what was listed twice or is in no catalogue opens nothing more', () => {
    const exact = choice('exact', { actions: ['media.list', 'MEDIA.LIST', 'media.fly'] })
    assert.deepEqual(localPlan(exact, undefined).opens, ['media.list'])
  })
})

describe('a plan', () => {
  for (const { id } of KINDS) {
    test(`of “${id}” ends with the call that makes the token`, () => {
      const { change, opens } = localPlan(choice(id, { actions: ['media.list'] }), undefined)
      const last = change.at(-1)
      assert.equal(`${last?.service}.${last?.action}`, 'appToken.add')
      const token = last?.params.appToken
      assert.ok(isObject(token))
      // Everything is opened by no role; everything else only by one.
      assert.equal(/^setrole:/.test(textOf(token.sessionPrivileges)), id !== 'full')
      assert.equal(opens === undefined, id === 'full')
    })
  }

  test('an answer of the server that is no suggestion is none', () => {
    for (const strange of [undefined, 'text', {}, { exact: [] }])
      assert.equal(planIn(strange, choice('upload')), undefined)
  })
})

describe('what the token will be', () => {
  test('it reaches what its role opens and what every session may, and no more', () => {
    const { reach, lint } = seen(choice('exact', { actions: ['user.list'] }))
    const always = alwaysOpen(account)
    assert.equal(reach.read, always.read + 1)
    assert.equal(reach.write, always.write)
    assert.match(lint.summary, /with a role of its own; opens/)
    assert.deepEqual(lint.findings, [])
  })

  test('a token that does everything is warned of', () => {
    assert.ok(seen(choice('full')).lint.findings.some(({ cause }) => cause === 'admin-without-role'))
  })

  test('weak hashes, short sessions and a near end are warned of while they are typed', () => {
    const typed = { hashType: 'MD5', duration: 'other', durationOther: '60', expiry: '30' }
    const causes = seen(choice('upload'), typed).lint.findings.map(({ cause }) => cause)
    for (const cause of ['hash-type-weak', 'session-duration-too-short', 'token-expires-soon'] as const) {
      assert.ok(causes.includes(cause), cause)
    }
  })

  test('addresses that were typed bound it', () => {
    assert.deepEqual(seen(choice('upload'), { addresses: '10.0.0.0/8' }).reach.addresses.allowed, ['10.0.0.0/8'])
  })
})

describe('the tree of actions', () => {
  test('a search keeps the actions that hold every word, under their services', () => {
    const found = searchTree('media li')
    assert.ok(found.some(({ service }) => service === 'media'))
    for (const { actions } of found)
      for (const { name } of actions) assert.match(name.toLowerCase(), /media.*li|li.*media/)
  })

  test('only deletes are deletes', () => {
    const found = searchTree('', 'delete')
    assert.ok(found.length > 0 && found.length < ACTION_TREE.length)
    assert.ok(found.every(({ actions }) => actions.every(({ effect }) => effect === 'delete')))
  })

  test('what is chosen twice is there once, and what is taken away is gone', () => {
    assert.deepEqual(withNames(['b.c'], ['a.b', 'b.c'], true), ['a.b', 'b.c'])
    assert.deepEqual(withNames(['a.b', 'b.c'], ['a.b'], false), ['b.c'])
  })
})
