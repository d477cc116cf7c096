import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ACTIONS, actionsOf, type CatalogueAction, findAction, SERVICES } from '@latchkey/core'
import { ACTION_TOTAL, actionGroups, parseEffects } from '../src/pages/api/actions.ts'
import { codesOnTheWay } from '../src/pages/api/codes.ts'
import { previewText } from '../src/pages/api/preview.ts'
import { whoMayCall } from '../src/pages/api/standing.ts'

const ALL = { text: '', effects: [], isDescribed: false } as const
const names = (filter: Parameters<typeof actionGroups>[0]) =>
  actionGroups(filter).flatMap(({ actions }) => actions.map(({ service, action }) => `${service}.${action}`))
const found = (name: string): CatalogueAction => {
  const [service = '', action = ''] = name.split('.')
  const known = findAction(service, action)
  assert.ok(known !== undefined, name)
  return known
}
const standings = (name: string) => whoMayCall(found(name)).kinds.map(({ standing }) => standing)

describe('the list of actions', () => {
  test('every action that exists and can be opened is in it, once', () => {
    const listed = names(ALL)
    assert.equal(listed.length, ACTION_TOTAL)
    assert.equal(new Set(listed).size, listed.length)
    for (const { service, action, isFound } of ACTIONS) {
      assert.equal(listed.includes(`${service}.${action}`), isFound, `${service}.${action}`)
    }
  })
  test('parts of names find an action, in any order, and words of its description do', () => {
    assert.ok(names({ ...ALL, text: 'list media.' }).includes('media.list'))
    assert.ok(names({ ...ALL, text: 'exchanges app token' }).includes('appToken.startSession'))
    assert.deepEqual(names({ ...ALL, text: 'zebra' }), [])
  })
  test('it can be narrowed to what deletes, and to what is described', () => {
    assert.ok(names({ ...ALL, effects: ['delete'] }).every((name) => !name.endsWith('.list')))
    assert.ok(!names({ ...ALL, isDescribed: true }).includes('media.flag'))
  })
  test('a query names effects, and nothing else', () => {
    assert.deepEqual(parseEffects('delete,read,__proto__'), ['read', 'delete'])
    assert.deepEqual(parseEffects(undefined), [])
  })
})

describe('whoMayCall', () => {
  test('media.list is open from the widget session up', () => {
    assert.deepEqual(standings('media.list'), ['closed', 'open', 'open', 'open'])
  })
  test('media.delete is open to a USER session for its own entries only', () => {
    assert.deepEqual(standings('media.delete'), ['closed', 'closed', 'own', 'open'])
    assert.match(whoMayCall(found('media.delete')).notes.join(), /entryId.*edit:\*/)
  })
  test('an internal action is closed to ADMIN sessions too, and says so', () => {
    const internal = SERVICES.flatMap((service) => actionsOf(service)).find(({ kind }) => kind === 'internal')
    assert.ok(internal !== undefined)
    const { kinds, rule } = whoMayCall(internal)
    assert.ok(kinds.every(({ standing }) => standing === 'closed'))
    assert.match(rule ?? '', /itself/)
  })
  test('what changes app tokens is marked', () => {
    assert.match(whoMayCall(found('appToken.add')).notes.join(), /changes app tokens/)
    assert.deepEqual(whoMayCall(found('media.list')).notes, [])
  })
})

test('a code of the hash can stop the login, but no other call', () => {
  const has = (service: string, action: string) =>
    codesOnTheWay(service, action).some(({ codes }) => codes.includes('INVALID_APP_TOKEN_HASH'))
  assert.equal(has('appToken', 'startSession'), true)
  assert.equal(has('media', 'list'), false)
})

test('a preview holds no secret that was typed into a field', () => {
  const text = previewText({
    serviceUrl: 'https://example.org',
    service: 'session',
    action: 'start',
    caller: 'signed-in',
    params: {
      secret: '0123456789abcdef0123456789abcdef',
      deep: [{ token: 'fedcba9876543210fedcba9876543210' }],
      type: 2,
    },
  })
  assert.ok(!text.includes('0123456789abcdef0123') && !text.includes('fedcba9876543210fedc'), text)
  assert.ok(text.includes('"type": 2') && text.includes('the signed-in session'))
})
