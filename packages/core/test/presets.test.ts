/** Tokens made of presets: the proposed calls are made, and the whole catalogue is asked of a session that comes of them. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ACTIONS,
  ActionSet,
  type CatalogueAction,
  effectOf,
  isPlainRead,
  isPreset,
  nameOf,
  PRESETS,
  type PresetChoice,
  type PresetId,
  planToken,
  presetActions,
  sensitivityOf,
  type TokenPlan,
} from '@latchkey/core'
import fc from 'fast-check'
import { AccountModel, ALL_FEATURES, action } from './account-model.ts'

const stock = new AccountModel()
const full = new AccountModel({ features: ALL_FEATURES })
const namesIn = (set: ActionSet) => set.actions().map(nameOf)

function planFor(
  account: AccountModel,
  actions: readonly CatalogueAction[] | undefined,
  more: Partial<TokenPlan> = {},
) {
  return planToken({ index: account.index, actions, name: 'Get and list only', takenRoleNames: [], ...more })
}

/** What a session of the token may call, once the account has taken the calls. */
function made(account: AccountModel, plan: ReturnType<typeof planToken>) {
  const { account: after, ids } = account.after(plan)
  const session = after.sessionOf(ids.at(-1) ?? '')
  return { account: after, session, opened: after.openedTo(session) }
}

function presetOf(account: AccountModel, preset: PresetId, choice: PresetChoice = {}) {
  return made(account, planFor(account, presetActions(preset, choice)))
}

describe('get and list only, over the whole catalogue', () => {
  for (const [name, account] of [
    ['a stock account', stock],
    ['an account with every feature', full],
  ] as const) {
    const always = account.openedByNames([])
    const { account: after, session, opened } = presetOf(account, 'get-and-list')

    test(`opens to a token of ${name} only reads, beyond the 86 that are open to all`, () => {
      assert.equal(always.size, 86)
      const beyond = opened.minus(always).actions()
      for (const known of beyond) assert.ok(isPlainRead(known), nameOf(known))
      assert.deepEqual([...new Set(beyond.map(effectOf))], ['read'])
      assert.equal(beyond.length, 221 - ACTIONS.filter((known) => isPlainRead(known) && always.has(known.index)).length)
      assert.equal(always.minus(opened).size, 0)
    })

    test(`gives a token of ${name} no app token, no secret, no change of tokens or roles`, () => {
      const beyond = opened.minus(always).actions()
      assert.deepEqual(beyond.filter(sensitivityOf).map(nameOf), [])
      for (const { service, action: called } of ACTIONS) {
        if (service !== 'appToken') continue
        assert.equal(after.decide(session, action(`appToken.${called}`)).effect, 'deny', called)
      }
    })

    test(`lets a token of ${name} add, change and delete nothing that a call without rights may not`, () => {
      const changing = ACTIONS.filter((known) => effectOf(known) !== 'read')
      const open = changing.filter((known) => after.decide(session, known).effect === 'allow')
      assert.deepEqual(
        open.filter((known) => !always.has(known.index)),
        [],
      )
    })
  }

  test('opens what people mean by it', () => {
    const { opened } = presetOf(stock, 'get-and-list')
    for (const name of [
      'media.list',
      'media.get',
      'category.list',
      'user.list',
      'baseEntry.list',
      'playlist.execute',
    ]) {
      assert.ok(opened.has(action(name).index), name)
    }
  })

  test('of chosen services opens the reads of those, in any case, and of no other', () => {
    const { opened } = presetOf(stock, 'get-and-list', { services: ['MEDIA', 'caption_captionAsset'] })
    const beyond = opened.minus(stock.openedByNames([])).actions()
    assert.deepEqual(new Set(beyond.map(({ service }) => service)), new Set(['media', 'caption_captionasset']))
    assert.ok(beyond.every(isPlainRead))
    assert.deepEqual(presetActions('get-and-list', { services: [] }), presetActions('get-and-list'))
  })

  test('of a service without any read opens nothing', () => {
    assert.deepEqual(presetActions('get-and-list', { services: ['appToken', 'nix'] }), [])
  })

  test('has the same actions wherever it is asked for', () => {
    const actions = presetActions('get-and-list') ?? []
    assert.deepEqual(actions, ACTIONS.filter(isPlainRead))
    assert.equal(actions.length, 221)
  })
})

describe('a plan', () => {
  test('gives just the actions that it is made of, beyond those open to all', () => {
    const always = stock.openedByNames([])
    const ordinary = ACTIONS.filter(({ kind }) => kind === 'ordinary')
    fc.assert(
      fc.property(fc.subarray(ordinary, { maxLength: 40 }), (actions) => {
        const { opened } = made(stock, planFor(stock, actions))
        assert.deepEqual(namesIn(opened), namesIn(always.union(ActionSet.of(actions))))
      }),
      { numRuns: 100 },
    )
  })

  test('of which a step is refused starts sessions that may call nothing', () => {
    for (const actions of [presetActions('get-and-list'), presetActions('recent-calls')]) {
      const plan = planFor(stock, actions)
      for (const refused of plan.slice(0, -1).keys()) {
        const after = stock.afterRefusal(plan, refused)
        const [token] = [...after.tokens.keys()]
        assert.ok(token)
        const session = after.sessionOf(token)
        for (const known of ACTIONS) assert.equal(after.decide(session, known).effect, 'deny', nameOf(known))
      }
    }
  })

  test('of nothing makes a token whose sessions hold what everybody does', () => {
    const plan = planFor(stock, [])
    assert.deepEqual(
      plan.map(({ service }) => service),
      ['userRole', 'appToken'],
    )
    assert.equal(made(stock, plan).opened.size, 86)
  })

  test('is made of ADMIN sessions of a day, hashed with SHA256, which its role alone limits', () => {
    const plan = planFor(stock, presetActions('get-and-list'))
    assert.deepEqual(
      plan.map(({ service, action: called }) => `${service}.${called}`),
      ['permission.add', 'userRole.add', 'appToken.add'],
    )
    const { sessionPrivileges, ...appToken } = Object.fromEntries(Object.entries(Object(plan.at(-1)?.params.appToken)))
    assert.deepEqual(appToken, {
      objectType: 'KalturaAppToken',
      description: 'Get and list only',
      sessionType: 2,
      sessionUserId: '',
      hashType: 'SHA256',
      sessionDuration: 86_400,
    })
    assert.match(String(sessionPrivileges), /^setrole:LATCHKEY_GET_AND_LIST_ONLY_[A-Z0-9]+$/)
    assert.equal(made(stock, plan).session.type, 2)
  })

  test('takes names that are free, also of what is blocked, so that it can be made twice', () => {
    const first = made(stock, planFor(stock, presetActions('get-and-list'))).account
    const taken = {
      takenRoleNames: first.roles.map(({ name }) => name),
      takenPermissionNames: ['LATCHKEY_GET_AND_LIST_ONLY_2'],
    }
    const second = made(first, planFor(first, [action('media.list')], taken))
    assert.equal(second.opened.size, 87)
    assert.deepEqual(
      second.account.own.map(({ name }) => name),
      ['LATCHKEY_GET_AND_LIST_ONLY', 'LATCHKEY_GET_AND_LIST_ONLY_3'],
    )
    assert.deepEqual(
      second.account.roles.map(({ name }) => name),
      ['Get and list only', 'Get and list only 2'],
    )
    assert.equal(new Set(second.account.roles.map(({ systemName }) => systemName)).size, 2)
  })

  test('copes with any name', () => {
    const names = fc.oneof(
      fc.string({ minLength: 1, maxLength: 100 }),
      fc.constantFrom('ä', ',,,', '数据', 'x'.repeat(100)),
    )
    fc.assert(
      fc.property(names, (name) => {
        const { opened } = made(stock, planFor(stock, [action('media.list')], { name }))
        assert.equal(opened.size, 87)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the other presets', () => {
  test('are known by ids that never change', () => {
    assert.deepEqual(Object.keys(PRESETS), ['get-and-list', 'upload', 'recent-calls', 'full'])
    assert.ok(isPreset('full') && !isPreset('toString') && !isPreset('FULL') && !isPreset(''))
  })

  test('upload: adds entries and files, deletes nothing, changes nothing that is there', () => {
    const beyond = namesIn(presetOf(stock, 'upload').opened.minus(stock.openedByNames([])))
    assert.deepEqual(beyond, [
      'baseEntry.add',
      'baseEntry.addContent',
      'baseEntry.get',
      'media.add',
      'media.addContent',
      'media.get',
      'thumbAsset.add',
      'thumbAsset.setContent',
      'uploadToken.add',
      'uploadToken.get',
      'uploadToken.upload',
    ])
  })

  test('recent calls: just those', () => {
    const actions = ['media.list', 'user.get'].map(action)
    const beyond = presetOf(stock, 'recent-calls', { actions }).opened.minus(stock.openedByNames([]))
    assert.deepEqual(namesIn(beyond), ['media.list', 'user.get'])
  })

  test('everything: an ADMIN token without a role, in one call', () => {
    assert.equal(presetActions('full'), undefined)
    const plan = planFor(stock, presetActions('full'))
    assert.equal(plan.length, 1)
    const { session, opened } = made(stock, plan)
    assert.deepEqual([session.privileges.includes('setrole'), opened.size], [false, 627])
  })
})
