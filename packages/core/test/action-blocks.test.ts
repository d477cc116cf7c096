import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ACTIONS,
  ActionSet,
  actionBlock,
  actionsOf,
  effectOf,
  findAction,
  matchesPattern,
  parseActionPattern,
  SERVICES,
  withoutBlocked,
} from '@latchkey/core'
import { mustEnd } from '@latchkey/testkit'
import fc from 'fast-check'

const FEATURE = 'FEATURE_LIMIT_ALLOWED_ACTIONS'
const all = SERVICES.flatMap((service) => actionsOf(service))
const nameOf = ({ service, action }: { readonly service: string; readonly action: string }) => `${service}.${action}`

describe('a pattern of actions', () => {
  test('stands for what a regular expression of the same meaning finds, whatever the two are', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '.'), maxLength: 12 })
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '.', '*'), maxLength: 8 })
    fc.assert(
      fc.property(pattern, text, (one, name) => {
        const expression = new RegExp(`^${one.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 'i')
        assert.equal(matchesPattern(one, name), expression.test(name))
      }),
      { numRuns: 5_000 },
    )
  })

  // Trying again behind each star what did not fit would not end within the limit.
  test('is matched to the end, however it is made to be slow', () => {
    for (const pattern of [
      '*a'.repeat(50_000),
      '*'.repeat(100_000),
      `${'a*'.repeat(50_000)}b`,
      `${'a*'.repeat(30)}b`,
    ]) {
      for (const name of ['a'.repeat(60), 'a.a', '']) mustEnd(() => matchesPattern(pattern, name))
      const account = { features: [FEATURE], rules: { blockedActions: [pattern] } }
      mustEnd(() => all.slice(0, 50).map((action) => actionBlock(action, account)))
    }
  })

  test('is kept in lower case, and what is none is refused', () => {
    assert.equal(parseActionPattern(' Media.LIST '), 'media.list')
    assert.equal(parseActionPattern('*'), '*')
    assert.equal(parseActionPattern('metadata_metadata.*'), 'metadata_metadata.*')
    for (const text of ['', ' ', 'media', 'media.list$', 'me dia.*', '[a].b', '.'.repeat(101), 'ü.*']) {
      assert.equal(parseActionPattern(text), undefined, text)
    }
  })
})

describe('an account that blocks', () => {
  test('blocks every action by its own name and by no other, in whatever case', () => {
    for (const action of all.filter(({ kind }) => kind === 'ordinary')) {
      const rules = { blockedActions: [nameOf(action).toUpperCase()] }
      const account = { features: [FEATURE], rules }
      assert.deepEqual(actionBlock(action, account), { pattern: nameOf(action).toUpperCase() })
      const blocked = ACTIONS.filter((other) => actionBlock(other, account) !== undefined)
      assert.ok(blocked.every((other) => other.index === action.index))
    }
  })

  test('for being read-only leaves every read, what is always allowed and the login, and nothing else', () => {
    const account = { status: 4, features: [] }
    const always = new Set(ACTIONS.filter((action) => action.permissions.some((place) => place === alwaysPlace)))
    assert.equal(always.size, 86)
    for (const action of ACTIONS) {
      const isLeft = effectOf(action) === 'read' || always.has(action) || nameOf(action) === 'appToken.startSession'
      assert.equal(actionBlock(action, account) === undefined, isLeft, nameOf(action))
    }
  })

  test('for being read-only still answers questions about access and about the use of a token', () => {
    for (const name of ['explain', 'matrix', 'suggest', 'reach', 'compare', 'lint']) {
      const action = findAction('latchkey_access', name)
      assert.ok(action)
      assert.equal(actionBlock(action, { status: 4, features: [] }), undefined, name)
    }
    const [usage, rotate] = [findAction('latchkey_token', 'usage'), findAction('latchkey_token', 'rotate')]
    assert.ok(usage && rotate)
    assert.equal(actionBlock(usage, { status: 4, features: [] }), undefined)
    assert.deepEqual(actionBlock(rotate, { status: 4, features: [] }), {})
  })

  test('takes from a set of actions just those', () => {
    const opened = ActionSet.of(ACTIONS)
    assert.equal(
      withoutBlocked(opened, { features: [FEATURE] }),
      opened,
      'nothing is made anew where nothing is blocked',
    )
    const rules = { blockedActions: ['media.*'] }
    const left = withoutBlocked(opened, { features: [FEATURE], rules })
    assert.deepEqual(
      left.actions(),
      ACTIONS.filter(({ service }) => service !== 'media'),
    )
    assert.equal(withoutBlocked(opened, { features: [], rules }).size, ACTIONS.length)
  })
})

const alwaysPlace = findAction('session', 'end')?.permissions[0]
