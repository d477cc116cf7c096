import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type Access,
  type AppTokenFields,
  addAppToken,
  addUser,
  annotateAppToken,
  beyondMakerOf,
  deleteAppToken,
  endOverlap,
  getAppToken,
  listEntries,
  pauseAppToken,
  recordOf,
  resumeAppToken,
  rotateAppToken,
  SANDBOX_OWNERS,
  switchFeature,
  updateAppToken,
} from '@latchkey/authority'
import { type AppToken, type ExchangeRequest, LatchkeyError, PERMISSIONS } from '@latchkey/core'
import { category, entry, role, SeededRandom } from '@latchkey/testkit'
import { ask, sessionOf } from './sandbox-deps.ts'
import { isRefusal, tokenGround } from './token-ground.ts'

const [ANA, BEN] = SANDBOX_OWNERS
const ALL = { offset: 0, limit: 500 }

type Ground = Awaited<ReturnType<typeof tokenGround>>

/** Who makes tokens: a session by the account's secret, in most tests of a narrow kind. */
async function makerOf(
  { deps, partner }: Ground,
  wishes: { type?: number; userId?: string; privileges?: string; address?: string } = {},
): Promise<Access> {
  const { address = '127.0.0.1', ...rest } = wishes
  return (await ask(deps, 'appToken.add', await sessionOf(deps, partner, rest), { address })).access
}

/** A role of the account's own with these permissions, by its id. */
async function roleWith({ deps, partner }: Ground, permissionNames: readonly string[]): Promise<number> {
  return (await deps.store.roles.create(role({ partnerId: partner.id, permissionNames }))).id
}

const MAKES = ['APP_TOKEN_BASE', 'APP_TOKEN_ADD', 'APP_TOKEN_UPDATE', 'APP_TOKEN_DELETE']

describe('under strict, a session makes no token beyond itself', () => {
  /** What each session may make, and what not, with what it lacks. */
  const rows: readonly (readonly [
    about: string,
    maker: { readonly type?: number; readonly userId?: string; readonly privileges?: string },
    token: AppTokenFields,
    lacks: RegExp | undefined,
  ])[] = [
    ['an ADMIN session everything', { type: 2 }, { sessionType: 2 }, undefined],
    ['an ADMIN session what its holder chooses', { type: 2 }, {}, undefined],
    ['an ADMIN session a token of any user', { type: 2 }, { sessionUserId: 'anyone', sessionType: 0 }, undefined],
    ['an ADMIN session every grant', { type: 2 }, { sessionPrivileges: 'edit:*,list:*,download:*,sview' }, undefined],
    ['a USER session one of its own user', { userId: 'me' }, { sessionType: 0, sessionUserId: 'me' }, undefined],
    ['a USER session nothing of type ADMIN', { userId: 'me' }, { sessionType: 2, sessionUserId: 'me' }, /type ADMIN/],
    ['a USER session no type to choose', { userId: 'me' }, { sessionUserId: 'me' }, /type of its own choice/],
    ['a USER session no other user', { userId: 'me' }, { sessionType: 0, sessionUserId: 'you' }, /the user you/],
    ['a USER session no user to choose', { userId: 'me' }, { sessionType: 0 }, /user of its own choice/],
    [
      'a USER session no grant',
      { userId: 'me' },
      { sessionType: 0, sessionUserId: 'me', sessionPrivileges: 'edit:0_a' },
      /edit:0_a/,
    ],
    [
      'what it holds itself',
      { userId: 'me', privileges: 'edit:0_a/0_b' },
      { sessionType: 0, sessionUserId: 'me', sessionPrivileges: 'edit:0_a' },
      undefined,
    ],
    [
      'nothing wider than that',
      { userId: 'me', privileges: 'edit:0_a/0_b' },
      { sessionType: 0, sessionUserId: 'me', sessionPrivileges: 'edit:*' },
      /edit:\*/,
    ],
    ['a limited number of calls not without it', { type: 2, privileges: 'actionslimit:5' }, {}, /without actionslimit/],
    [
      'nor with more of them',
      { type: 2, privileges: 'actionslimit:5' },
      { sessionPrivileges: 'actionslimit:6' },
      /without actionslimit/,
    ],
    [
      'nor with as many as the request says',
      { type: 2, privileges: 'actionslimit:5' },
      { sessionPrivileges: 'actionslimit:*' },
      /without actionslimit/,
    ],
    ['but with fewer', { type: 2, privileges: 'actionslimit:5' }, { sessionPrivileges: 'actionslimit:4' }, undefined],
    ['an address not without it', { type: 2, privileges: 'iprestrict:127.0.0.1' }, {}, /without iprestrict/],
    [
      'nor with another one beside it',
      { type: 2, privileges: 'iprestrict:127.0.0.1' },
      { sessionPrivileges: 'iprestrict:127.0.0.1/10.0.0.1' },
      /without iprestrict/,
    ],
    [
      'nor with the one that the request says',
      { type: 2, privileges: 'iprestrict:127.0.0.1' },
      { sessionPrivileges: 'iprestrict:*' },
      /without iprestrict/,
    ],
    [
      'but with one of its own',
      { type: 2, privileges: 'iprestrict:127.0.0.1/10.0.0.1' },
      { sessionPrivileges: 'iprestrict:10.0.0.1' },
      undefined,
    ],
    ['URIs not without them', { type: 2, privileges: 'urirestrict:/api_v3/*' }, {}, /without urirestrict/],
    [
      'nor with wider ones that share their parts',
      { type: 2, privileges: 'urirestrict:/api_v3/*' },
      { sessionPrivileges: 'urirestrict:*' },
      /without urirestrict/,
    ],
    [
      'nor with another pattern beside',
      { type: 2, privileges: 'urirestrict:/api_v3/*' },
      { sessionPrivileges: 'urirestrict:/api_v3/*|/x*' },
      /without urirestrict/,
    ],
    [
      'but with narrower ones',
      { type: 2, privileges: 'urirestrict:/api_v3/*' },
      { sessionPrivileges: 'urirestrict:/api_v3/service/*' },
      undefined,
    ],
    ['entitlement not lifted', { type: 2 }, { sessionPrivileges: 'disableentitlement' }, /disableentitlement/],
    [
      'not even where its own has a value and so is none',
      { type: 2, privileges: 'disableentitlement:0_a' },
      { sessionPrivileges: 'disableentitlement' },
      /disableentitlement/,
    ],
    [
      'entitlement lifted as it is for itself',
      { type: 2, privileges: 'disableentitlement' },
      { sessionPrivileges: 'disableentitlement' },
      undefined,
    ],
    [
      'but not what is switched on for it',
      { type: 2, privileges: 'disableentitlement,enableentitlement' },
      { sessionPrivileges: 'disableentitlement' },
      /without enableentitlement/,
    ],
    ['no context of entitlement', { type: 2 }, { sessionPrivileges: 'privacycontext:a' }, /privacycontext:a/],
    [
      'no other one than its own',
      { type: 2, privileges: 'privacycontext:a/b' },
      { sessionPrivileges: 'privacycontext:a' },
      /privacycontext:a/,
    ],
    ['none that the request says', { type: 2 }, { sessionPrivileges: 'privacycontext:*' }, /privacycontext:\*/],
    [
      'an entry that entitlement is lifted for, its own alone',
      { type: 2, privileges: 'disableentitlementforentry:0_a' },
      { sessionPrivileges: 'disableentitlementforentry:0_a/0_b' },
      /disableentitlementforentry:0_b/,
    ],
    ['one entry not without it', { type: 2, privileges: 'limitentry:0_a' }, {}, /without limitentry/],
    ['moderation not without it', { type: 2, privileges: 'enablecategorymoderation' }, {}, /enablecategorymoderation/],
    ['a role that is not there, which could come', { type: 2 }, { sessionPrivileges: 'setrole:77777' }, /role 77777/],
    ['a role that the request says', { type: 2 }, { sessionPrivileges: 'setrole:*' }, /role \*/],
  ]
  for (const [about, maker, fields, lacks] of rows) {
    test(`${JSON.stringify(maker)}: ${about}`, async () => {
      await using ground = await tokenGround('strict')
      const access = await makerOf(ground, maker)
      const made = addAppToken(ground.deps, access, fields)
      if (lacks === undefined) {
        assert.ok((await made).id)
        return
      }
      await assert.rejects(made, (error: unknown) => {
        assert.ok(error instanceof LatchkeyError && error.code === 'TOKEN_BEYOND_MAKER', String(error))
        assert.match(String(Reflect.get(error.details, 'what')), lacks)
        return true
      })
      const tokens = await ground.deps.store.appTokens.list(ground.partner.id, {}, [], ALL)
      assert.equal(tokens.total, 0)
    })
  }

  test('by a role of its own, neither without it nor with a wider one', async () => {
    await using ground = await tokenGround('strict')
    const narrow = await roleWith(ground, MAKES)
    const wide = await roleWith(ground, [...MAKES, 'ADMIN_BASE'])
    const access = await makerOf(ground, { type: 2, privileges: `setrole:${narrow}` })
    const make = (fields: AppTokenFields) => addAppToken(ground.deps, access, { sessionType: 2, ...fields })
    assert.ok((await make({ sessionPrivileges: `setrole:${narrow}` })).id)
    assert.ok((await make({ sessionPrivileges: 'setrole:null' })).id)
    for (const sessionPrivileges of [
      '',
      'setrole:0',
      'setrole',
      `setrole:${wide}`,
      `setrole:2`,
      `setrole:${narrow}/2`,
    ]) {
      await assert.rejects(make({ sessionPrivileges }), isRefusal('TOKEN_BEYOND_MAKER'), sessionPrivileges)
    }
  })

  test('no user whose roles open more, neither by name nor by the choice of whoever logs in', async () => {
    await using ground = await tokenGround('strict')
    const { deps } = ground
    await addUser(deps, await ground.admin(), 'boss', { isAdmin: true })
    const narrow = await roleWith(ground, [...MAKES, 'BASE_USER_SESSION_PERMISSION'])
    const access = await makerOf(ground, { type: 2, privileges: `setrole:${narrow}` })
    const make = (fields: AppTokenFields) => addAppToken(deps, access, { sessionType: 0, ...fields })
    await assert.rejects(make({ sessionUserId: 'boss' }), isRefusal('TOKEN_BEYOND_MAKER'))
    await assert.rejects(make({}), isRefusal('TOKEN_BEYOND_MAKER'))
    assert.ok((await make({ sessionUserId: 'worker' })).id)
    // A role of the token's own decides, whoever logs in.
    assert.ok((await make({ sessionPrivileges: `setrole:${narrow}` })).id)
  })

  test('with entitlement on, an ADMIN session makes none for users who see what it does not', async () => {
    await using ground = await tokenGround('strict')
    await switchFeature(ground.deps, ground.partner.id, 'FEATURE_ENTITLEMENT', true)
    const make = async (privileges: string, fields: AppTokenFields) =>
      addAppToken(ground.deps, await makerOf(ground, { type: 2, userId: 'me', privileges }), fields)
    for (const fields of [{}, { sessionUserId: ANA }]) {
      await assert.rejects(make('', fields), isRefusal('TOKEN_BEYOND_MAKER'))
      assert.ok((await make('disableentitlement', fields)).id)
    }
    assert.ok((await make('', { sessionUserId: 'me' })).id)
  })

  test('bound to addresses, none that may be used from elsewhere, and changes none to be', async () => {
    await using ground = await tokenGround('strict')
    const { deps } = ground
    const admin = await ground.admin()
    const token = await ground.make({ sessionType: 2 })
    await annotateAppToken(deps, admin, token.id, { addresses: ['10.0.0.0/24'] })
    const bound = await ground.accessOf(token, 'appToken.add', { address: '10.0.0.1' })
    await assert.rejects(addAppToken(deps, bound, { sessionType: 2 }), isRefusal('TOKEN_BEYOND_MAKER'))
    const within = { sessionType: 2, sessionPrivileges: 'latchkey_addresses:10.0.0.0-24' }
    await assert.rejects(addAppToken(deps, bound, within), isRefusal('TOKEN_BEYOND_MAKER'))
    for (const addresses of [[], ['10.0.0.0/23'], ['10.0.0.0/24', '192.0.2.1']]) {
      await assert.rejects(
        annotateAppToken(deps, bound, token.id, { addresses }),
        isRefusal('TOKEN_BEYOND_MAKER', { what: 'being without latchkey_addresses' }),
      )
    }
    assert.equal((await annotateAppToken(deps, bound, token.id, { note: 'mine' })).note, 'mine')
    assert.equal((await updateAppToken(deps, bound, token.id, { description: 'd' })).description, 'd')
  })

  test('changes, rotates and resumes none beyond itself, but may pause it, end its overlap and delete it', async () => {
    await using ground = await tokenGround('strict')
    const { deps } = ground
    const wide = await ground.make({ sessionType: 2, description: 'wide' })
    await rotateAppToken(deps, await ground.admin(), wide.id, {})
    const narrow = await roleWith(ground, MAKES)
    const access = await makerOf(ground, { type: 2, privileges: `setrole:${narrow}` })
    const { value, description } = await getAppToken(deps, await ground.admin(), wide.id)
    for (const change of [
      () => updateAppToken(deps, access, wide.id, { description: 'taken over' }),
      () => updateAppToken(deps, access, wide.id, { sessionUserId: 'me' }),
      () => rotateAppToken(deps, access, wide.id, {}),
      () => resumeAppToken(deps, access, wide.id),
      () => annotateAppToken(deps, access, wide.id, { addresses: [] }),
      () => annotateAppToken(deps, access, wide.id, { note: 'n' }),
    ]) {
      await assert.rejects(change(), isRefusal('TOKEN_BEYOND_MAKER'))
    }
    const after = await getAppToken(deps, await ground.admin(), wide.id)
    assert.deepEqual([after.value.expose(), after.description], [value.expose(), description])
    assert.equal((await pauseAppToken(deps, access, wide.id)).status, 'disabled')
    assert.equal((await endOverlap(deps, access, wide.id)).previous, undefined)
    // Narrowed to what the session holds, it would show its value, which is as good as ever when that is taken back.
    const own = { sessionPrivileges: `setrole:${narrow}` }
    await assert.rejects(updateAppToken(deps, access, wide.id, own), isRefusal('TOKEN_BEYOND_MAKER'))
    await deleteAppToken(deps, access, wide.id)
  })
})

describe('under vendor', () => {
  test('a session makes any token, and is told what that can do beyond it', async () => {
    await using ground = await tokenGround('vendor')
    const { deps } = ground
    const narrow = await roleWith(ground, MAKES)
    const access = await makerOf(ground, { type: 2, privileges: `setrole:${narrow},actionslimit:9` })
    const token = await addAppToken(deps, access, { sessionType: 2 })
    const beyond = await beyondMakerOf(deps, access, recordOf(token))
    assert.match(beyond.join('; '), /and \d+ more actions.*being without actionslimit$/)
    const own = { sessionType: 2, sessionPrivileges: `actionslimit:9,setrole:${narrow}` }
    assert.deepEqual(await beyondMakerOf(deps, access, recordOf(await addAppToken(deps, access, own))), [])
    assert.deepEqual(await beyondMakerOf(deps, await ground.admin(), recordOf(token)), [])
  })
})

describe('whatever token a session manages to make under strict', () => {
  const ROUNDS = 400
  const ADDRESSES = ['127.0.0.1', '10.0.0.1', '192.0.2.9']
  const URIS = ['/api_v3/', '/api_v3/service/media/action/list', '/x']
  /** Privileges of which sessions, tokens and requests get some. */
  const PRIVILEGES = [
    'edit:*',
    'edit:0_hidden_a',
    'edit:0_hidden_a/0_hidden_b',
    'list:*',
    'list',
    'disableentitlement',
    'disableentitlement:0_hidden_a',
    'enableentitlement',
    'disableentitlementforentry:0_hidden_a',
    'disableentitlementforentry:*',
    'privacycontext:a',
    'privacycontext:b',
    'privacycontext:*',
    'iprestrict:127.0.0.1',
    'iprestrict:127.0.0.1/10.0.0.1',
    'iprestrict:*',
    'urirestrict:/api_v3/*',
    'urirestrict:*',
    'urirestrict:/api_v3/*|/x',
    'actionslimit:3',
    'actionslimit:*',
    'restrictingrole:2',
    'restrictingrole:null',
    'setrole:null',
    'setrole:0',
    'setrole:*',
    'setrole:2',
    ' setrole:2',
    'widget:1',
    'all:*',
    '*',
    'latchkey_addresses:127.0.0.1',
    'edituser:*',
    'sessionid:x',
    'apptoken:x',
  ]

  for (const hasEntitlement of [false, true]) {
    test(`opens, sees and changes nothing that the session could not${hasEntitlement ? ', with entitlement on' : ''}`, async () => {
      await using ground = await tokenGround('strict')
      const { deps, partner } = ground
      if (hasEntitlement) await switchFeature(deps, partner.id, 'FEATURE_ENTITLEMENT', true)
      const random = new SeededRandom(hasEntitlement ? 11 : 12)
      const admin = await ground.admin()
      await plantHiddenEntries(ground)
      const roleIds: number[] = []
      const names = PERMISSIONS.map(({ name }) => name)
      const bases = ['BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION', ...MAKES]
      for (let made = 0; made < 8; made += 1) {
        roleIds.push(await roleWith(ground, [...random.some(names, random.one([1, 10, 60])), ...random.some(bases, 4)]))
      }
      const users = ['me', ANA, 'boss', 'clerk', '']
      await addUser(deps, admin, 'boss', { isAdmin: true })
      await addUser(deps, admin, 'clerk', { roleIds: [random.one(roleIds)] })

      const maybe = <T>(items: readonly T[]) => (random.percent(25) ? undefined : random.one(items))
      const privileges = (own = ''): string => {
        const items = own.split(',').filter((item) => item !== '' && random.percent(85))
        for (let more = random.whole(3); more > 0; more -= 1) items.push(random.one(PRIVILEGES))
        if (random.percent(40)) items.push(`setrole:${random.one(roleIds)}`)
        return items.join(',')
      }
      const fieldsLike = (maker: Access): AppTokenFields => {
        const userId = maker.session?.userId
        return {
          sessionType: maybe([0, 0, 2, maker.kind === 'admin' ? 2 : 0]),
          sessionUserId: random.percent(50) ? (userId ?? '') : maybe(users),
          sessionPrivileges: privileges(maker.session?.privileges),
        }
      }
      const request = (): ExchangeRequest => ({
        userId: maybe(users),
        type: maybe([0, 2]),
        privileges: random.percent(50) ? privileges() : '',
      })
      const made: boolean[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const maker = await makerOf(ground, {
          type: random.one([0, 2, 2]),
          userId: random.one(users),
          privileges: privileges(),
        }).catch(() => undefined)
        // By a role that is not there no session starts at all.
        if (maker === undefined) continue
        const token = await makeOrChange(ground, maker, fieldsLike(maker), round % 3 === 0)
        made.push(token !== undefined)
        if (token === undefined) continue
        for (let logins = 0; logins < 2; logins += 1) await assertWithin(ground, maker, token, request())
      }
      const count = made.filter((isMade) => isMade).length
      assert.ok(count > ROUNDS / 20 && count < made.length / 2, `${count} of ${made.length} were made`)
    })
  }

  async function plantHiddenEntries({ deps, partner }: Ground): Promise<void> {
    for (const context of ['a', 'b']) {
      const { id } = await deps.store.categories.create(category({ partnerId: partner.id, privacyContext: context }))
      await deps.store.entries.create([
        entry({ partnerId: partner.id, id: `0_hidden_${context}`, ownerId: ANA, categoryIds: [id] }),
        entry({ partnerId: partner.id, id: `0_other_${context}`, ownerId: BEN, categoryIds: [id], coEditors: ['me'] }),
      ])
    }
  }

  async function makeOrChange(
    ground: Ground,
    maker: Access,
    fields: AppTokenFields,
    changes: boolean,
  ): Promise<AppToken | undefined> {
    try {
      if (!changes) return await addAppToken(ground.deps, maker, fields)
      const token = await ground.make({ sessionType: 2, sessionPrivileges: 'edit:*' })
      return await updateAppToken(ground.deps, maker, token.id, fields)
    } catch (error) {
      assert.ok(error instanceof LatchkeyError && error.code === 'TOKEN_BEYOND_MAKER', String(error))
      return undefined
    }
  }

  async function assertWithin(ground: Ground, maker: Access, token: AppToken, request: ExchangeRequest): Promise<void> {
    const { deps } = ground
    const exchanged = await ground.logIn(token, { request })
    assert.ok(exchanged.effect === 'allow')
    const about = JSON.stringify({ maker: maker.session, token: recordOf(token), request, got: exchanged.grant.fields })
    const [own = '', text] = [maker.sessionText, exchanged.sessionText]
    const made = (await ask(deps, 'media.list', text)).access

    const more = made.held.opened.minus(maker.held.opened).actions()
    assert.deepEqual(more.map(({ service, action }) => `${service}.${action}`).slice(0, 5), [], about)
    if (maker.kind !== 'admin') {
      assert.notEqual(made.kind, 'admin', about)
      assert.equal(made.session?.userId || '', maker.session?.userId || '', about)
    }
    for (const filter of [{}, { ids: ['0_hidden_a', '0_hidden_b', '0_other_a', '0_other_b'] }]) {
      const seenBy = async (access: Access) =>
        new Set((await listEntries(deps, access, filter, [], ALL)).items.map(({ id }) => id))
      const [seen, before] = [await seenBy(made), await seenBy(maker)]
      assert.deepEqual(
        [...seen].filter((id) => !before.has(id)),
        [],
        about,
      )
    }
    const lets = async (sessionText: string, more: Parameters<typeof ask>[3]) =>
      (await ask(deps, 'media.update', sessionText, { countsCall: false, ...more })).decision.effect === 'allow'
    for (const resourceId of ['0_hidden_a', '0_other_b', (await someEntry(ground, BEN)).id]) {
      if (await lets(text, { resourceId }))
        assert.ok(await lets(own, { resourceId }), `changes ${resourceId}: ${about}`)
    }
    for (const address of ADDRESSES) {
      if (await lives(ground, text, { address }))
        assert.ok(await lives(ground, own, { address }), `${address}: ${about}`)
    }
    for (const uri of URIS) {
      if (await lives(ground, text, { uri })) assert.ok(await lives(ground, own, { uri }), `${uri}: ${about}`)
    }
  }

  async function someEntry({ deps, partner }: Ground, ownerId: string) {
    const { items } = await deps.store.entries.list(partner.id, { ownerIds: [ownerId] }, [], { offset: 0, limit: 1 })
    const [first] = items
    assert.ok(first)
    return first
  }

  /** Whether a session is valid for a call, whatever its permissions are. */
  async function lives({ deps }: Ground, text: string, more: { address?: string; uri?: string }): Promise<boolean> {
    const { decision } = await ask(deps, 'media.list', text, { countsCall: false, ...more })
    if (decision.effect === 'allow') return true
    return !['address-not-allowed', 'uri-not-allowed', 'revoked'].includes(decision.reason.code)
  }
})
