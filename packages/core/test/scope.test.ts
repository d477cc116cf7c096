import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ActionScope,
  actionOfCode,
  actionScopeOf,
  actionScopeValues,
  actionsOf,
  type CatalogueAction,
  codeOf,
  decide,
  findAction,
  formatScope,
  isScopeText,
  mergePrivileges,
  nameOf,
  parseScope,
  presetActions,
  privilegesReadBack,
  resolveHeld,
  SERVICES,
} from '@latchkey/core'
import { mustEnd } from '@latchkey/testkit'
import fc from 'fast-check'

const ALL = SERVICES.flatMap(actionsOf)
const some = fc.uniqueArray(fc.constantFrom(...ALL), { maxLength: 300, selector: nameOf })

function named(...names: string[]): readonly CatalogueAction[] {
  return names.map((name) => {
    const [service = '', action = ''] = name.split('.')
    const found = findAction(service, action)
    assert.ok(found, name)
    return found
  })
}

function sessionWith(privileges: string) {
  return { privileges }
}

describe('the code of an action', () => {
  test('is its own: no two names of the catalogue meet, and each leads back', () => {
    assert.equal(new Set(ALL.map(codeOf)).size, ALL.length)
    for (const action of ALL) assert.equal(actionOfCode(codeOf(action)), action)
  })

  test('stays what it was, whatever the catalogue comes to hold: sessions are out with it', () => {
    assert.deepEqual(named('media.list', 'user.exportToCsv', 'latchkey_access.explain').map(codeOf), CODES)
  })
})

const CODES = ['-kXa', 'kmwv', '82ZQ']

describe('the privilege that limits a session to actions', () => {
  // Comparing each code of one with all of the other would not end within the limit.
  test('is read to its end, however much of it somebody with a secret has written', () => {
    const [list, get] = named('media.list', 'media.get').map((action) => codeOf(action).repeat(600_000))
    const session = sessionWith(`latchkey_actions:${list},latchkey_actions:${get}`)
    assert.deepEqual(mustEnd(() => actionScopeOf(session))?.names(), [])
  })

  test('reads back as it was written, through both versions of session strings', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(1 as const, 2 as const), (actions, version) => {
        const written = `sessionid:0_a,latchkey_actions:${actionScopeValues(new ActionScope(actions)).join('/')},list:*`
        const read = actionScopeOf(sessionWith(privilegesReadBack(written, version)))
        assert.deepEqual(read?.names(), actions.map(nameOf).sort())
      }),
      { numRuns: 100 },
    )
  })

  test('of all that can be read and listed fits a header and a cookie', () => {
    const scope = new ActionScope(presetActions('get-and-list') ?? [])
    const [value = ''] = actionScopeValues(scope)
    assert.ok(scope.actions.length > 200)
    assert.ok(value.length < 1_000, `${value.length}`)
    assert.match(value, /^[\w-]+$/)
  })

  test('whatever stands there, allows nothing that is not named in it', () => {
    const held = resolveHeld({ kind: 'admin', features: [] })
    const piece = fc.oneof(
      fc.constantFrom(
        '*',
        '',
        '/',
        ':',
        ',latchkey_actions:',
        ' ',
        'media.list',
        '.',
        'media.',
        codeOf({ service: 'media', action: 'get' }),
      ),
      fc.string({ maxLength: 9 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom(...ALL), (pieces, action) => {
        const privileges = `latchkey_actions:${pieces.join('')}`
        const session = {
          version: 2 as const,
          partnerId: 1,
          expiresAt: 9,
          type: 2,
          userId: '',
          privileges,
          fingerprint: 'f',
        }
        const decision = decide(action, {
          session,
          kind: 'admin',
          role: { kind: 'use', role: undefined },
          held,
          isHttps: true,
        })
        if (decision.effect === 'deny') return
        assert.ok(
          privileges.toLowerCase().includes(nameOf(action).toLowerCase()) || privileges.includes(codeOf(action)),
        )
      }),
      { numRuns: 500 },
    )
  })

  test('comes neither from the app token nor from a request for a session', () => {
    for (const text of [
      'latchkey_actions:media.list',
      ' latchkey_actions',
      'latchkey_parents:x',
      '\tlatchkey_parents:*',
    ]) {
      const merged = mergePrivileges({ tokenId: '0_a', token: text, requested: text })
      assert.equal(merged.privileges, 'sessionid:0_a,apptoken:0_a')
      assert.deepEqual(
        merged.dropped.map(({ reason }) => reason),
        ['reserved', 'reserved'],
      )
    }
  })

  test('leaves of the permissions those that open nothing else', () => {
    const held = resolveHeld({ kind: 'admin', features: [] })
    const place = held.index.find('APP_TOKEN_DELETE')?.index ?? -1
    const opened = held.index.actionsOpenedBy(place).actions()
    const whole = held.within(new ActionScope(opened))
    assert.ok(whole.hasName('APP_TOKEN_DELETE'))
    assert.deepEqual(whole.opened.actions(), opened)
    const part = held.within(new ActionScope(named('appToken.get', 'media.list')))
    assert.equal(part.hasName('APP_TOKEN_BASE'), false, 'which shows the values of app tokens')
    assert.deepEqual(part.opened.actions().map(nameOf).sort(), ['appToken.get', 'media.list'])
    assert.equal(held.within(new ActionScope([])).opened.size, 0)
  })
})

describe('a scope', () => {
  test('names actions, presets and privileges, in any order and case', () => {
    const read = parseScope('Media.GET media.list  priv:list:* priv:edit:0_a/0_b media.list')
    assert.deepEqual(read.actions?.map(nameOf), ['media.get', 'media.list'])
    assert.deepEqual(read.privileges, [
      { name: 'list', values: ['*'] },
      { name: 'edit', values: ['0_a', '0_b'] },
    ])
    assert.deepEqual([read.unknown, read.presets, read.isFull], [[], [], false])
    assert.deepEqual(parseScope('get-and-list').actions, presetActions('get-and-list'))
    assert.deepEqual(parseScope('UPLOAD').presets, ['upload'])
    assert.deepEqual([parseScope('full').actions, parseScope('full media.list').isFull], [undefined, true])
  })

  test('of privileges only, or of nothing, limits no actions; one of wrong names limits to none', () => {
    assert.equal(parseScope('').actions, undefined)
    assert.equal(parseScope('priv:list:*').actions, undefined)
    assert.deepEqual(parseScope('media.lits').actions, [])
  })

  for (const [text, says] of [
    ['media.lits', /no action.*media\.list is close/],
    ['read', /neither an action/],
    ['get-and-lists', /get-and-list is close/],
    ['media.get,media.list', /comma/],
    ['priv:list:*,edit:*', /privilege/],
    ['priv:', /privilege/],
    ['priv:_e:99', /privilege/],
    ['priv:.m:x', /privilege/],
    ['recent-calls', /neither/],
  ] as const) {
    test(`${text} is told to be none`, () => {
      const { unknown, privileges } = parseScope(text)
      assert.deepEqual([unknown.length, privileges], [1, []])
      assert.match(unknown[0]?.text ?? '', says)
    })
  }

  test('is written so that it reads back as the same', () => {
    fc.assert(
      fc.property(some, (actions) => {
        const scope = new ActionScope(actions)
        const text = formatScope(scope, [{ name: 'list', values: ['*'] }])
        const read = parseScope(text)
        assert.deepEqual(new ActionScope(read.actions ?? []).names(), scope.names())
        assert.ok(isScopeText(text))
      }),
      { numRuns: 50 },
    )
    assert.equal(formatScope(new ActionScope(presetActions('get-and-list') ?? [])), 'get-and-list')
    assert.equal(formatScope(undefined), 'full')
  })

  test('of any text at all is read without throwing', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void parseScope(text)))
  })

  test('of very many words is read to its end', () => {
    for (const word of ['med#.list', 'media.lis#', 'priv:a#', 'priv:edit:#', 'priv:a,b#', 'latchkey_#']) {
      const words = Array.from({ length: 50_000 }, (_, index) => word.replace('#', String(index)))
      const { unknown, privileges } = mustEnd(() => parseScope(words.join(' ')))
      assert.equal(unknown.length + privileges.length, words.length, word)
    }
  })

  test('of many wrong words is compared with what is near for the first ten alone', () => {
    const words = Array.from('abcdefghijklmnopqrs', (letter) => `media.lis${letter}`)
    const { unknown } = parseScope(words.join(' '))
    assert.deepEqual(
      unknown.map(({ text }) => text.includes('media.list is close to it')),
      words.map((_, index) => index < 10),
    )
  })

  test('has the form that the standard gives it, or is none', () => {
    for (const text of ['media.list', 'a b', 'priv:list:*']) assert.ok(isScopeText(text), text)
    for (const text of ['', ' ', 'a"b', 'a\\b', 'a\tb', 'ä', ' a', 'a\n']) assert.equal(isScopeText(text), false, text)
  })
})
