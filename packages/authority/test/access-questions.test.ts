import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type Access,
  type AppTokenFields,
  accessMatrix,
  actionNamed,
  addUser,
  annotateAppToken,
  compareAccess,
  explainAccess,
  lintToken,
  pauseAppToken,
  reachOfToken,
  resumeAppToken,
  SANDBOX_OWNERS,
  startWidgetSession,
  suggestAccess,
  switchFeature,
} from '@latchkey/authority'
import { ACTIONS, type CatalogueAction, type Cell, nameOf, PERMISSIONS, PRESETS } from '@latchkey/core'
import { role, SeededRandom } from '@latchkey/testkit'
import { ask, sessionOf } from './sandbox-deps.ts'
import { isRefusal, tokenGround } from './token-ground.ts'

const [ANA, BEN] = SANDBOX_OWNERS

type Ground = Awaited<ReturnType<typeof tokenGround>>

function named(...names: readonly string[]): readonly CatalogueAction[] {
  return names.map((name) => {
    const action = actionNamed(name)
    assert.ok(action, name)
    return action
  })
}

async function widgetAccess({ deps, partner }: Ground): Promise<Access> {
  const { sessionText } = await startWidgetSession(deps, `_${partner.id}`, 3_600)
  return (await ask(deps, 'latchkey_access.explain', sessionText)).access
}

async function roleWith({ deps, partner }: Ground, permissionNames: readonly string[]): Promise<number> {
  return (await deps.store.roles.create(role({ partnerId: partner.id, permissionNames }))).id
}

describe('what is said about an app token is what its sessions meet', () => {
  const FIELDS: readonly AppTokenFields[] = [
    { sessionType: 0 },
    { sessionType: 2 },
    { sessionType: 0, sessionUserId: ANA, sessionPrivileges: 'list:*' },
    { sessionType: 2, sessionUserId: 'clerk' },
    { sessionType: 0, sessionUserId: 'boss' },
    { sessionType: 0, sessionUserId: 'blocked' },
    { sessionType: 2, sessionPrivileges: 'setrole:null' },
    { sessionType: 2, sessionPrivileges: 'setrole:2' },
    { sessionType: 0, sessionPrivileges: 'setrole:PLAYBACK_BASE_ROLE' },
    { sessionType: 2, sessionPrivileges: 'setrole:1001,restrictingrole:2' },
    { sessionType: 2, sessionPrivileges: 'restrictingrole:1001' },
    { sessionType: 2, sessionPrivileges: 'setrole:1001, setrole:2' },
    { sessionType: 2, sessionPrivileges: 'setrole:1001/2' },
    { sessionType: 2, sessionPrivileges: 'setrole:-5' },
    { sessionType: 2, sessionPrivileges: 'setrole:1002' },
    { sessionType: 0, sessionPrivileges: 'actionslimit:0' },
    { sessionType: 0, sessionUserId: '', sessionPrivileges: 'widget:1' },
  ]

  for (const features of [[], ['METADATA_PLUGIN_PERMISSION', 'FEATURE_ANALYTICS_TAB']]) {
    for (const version of [1, 2] as const) {
      test(`over the whole catalogue, with ${features.length} features and session strings of version ${version}`, async () => {
        await using ground = await tokenGround()
        const { deps, partner } = ground
        const random = new SeededRandom(features.length * 2 + version)
        const names = PERMISSIONS.map(({ name }) => name)
        assert.equal(await roleWith(ground, random.some(names, 20)), 1001)
        assert.equal(await roleWith(ground, ['BASE_USER_SESSION_PERMISSION', ...random.some(names, 60)]), 1002)
        for (const feature of features) await switchFeature(deps, partner.id, feature, true)
        await deps.store.partners.update(partner.id, { sessionVersion: version })
        const admin = await ground.admin()
        await addUser(deps, admin, 'boss', { isAdmin: true })
        await addUser(deps, admin, 'clerk', { roleIds: [1001, 1002] })
        await addUser(deps, admin, 'blocked', { status: 0 })
        for (const fields of FIELDS) await assertTrue(ground, fields)
      })
    }
  }

  async function assertTrue(ground: Ground, fields: AppTokenFields): Promise<void> {
    const { deps } = ground
    const about = JSON.stringify(fields)
    const token = await ground.make(fields)
    const session = await ground.sessionOf(token)
    const admin = await ground.admin()
    const explained = new Map(
      (await explainAccess(deps, admin, { tokenId: token.id }, ACTIONS)).map((one) => [one.action, one]),
    )
    const { rows } = await accessMatrix(deps, admin, { tokenId: token.id }, undefined)
    const cells = new Map<string, Cell>(
      rows.flatMap(({ service, cells }) =>
        Object.entries(cells).map(([action, cell]) => [`${service}.${action}`, cell] as const),
      ),
    )
    const reached = await reachOfToken(deps, admin, token.id)
    const listed = new Set(
      reached.services.flatMap(({ service, read, write, delete: gone }) =>
        [...read, ...write, ...gone].map((action) => `${service}.${action}`),
      ),
    )
    assert.equal(explained.size, ACTIONS.length)
    assert.equal(reached.read + reached.write + reached.delete, listed.size)
    for (const action of ACTIONS) {
      const name = nameOf(action)
      const { decision } = await ask(deps, name, session, { countsCall: false })
      const told = explained.get(name)
      assert.ok(told, name)
      assert.equal(told.effect, decision.effect, `${name}: ${about}`)
      assert.equal(told.reason, decision.effect === 'deny' ? decision.reason.code : undefined, `${name}: ${about}`)
      const cell = cells.get(name)
      assert.equal(cell === 'allow' || cell === 'own', decision.effect === 'allow', `${name} is ${cell}: ${about}`)
      if (decision.effect === 'deny') continue
      const { openedBy } = decision
      // Without a permission it is open to everybody, and no part of what the token gives.
      if (openedBy === 'public' || openedBy === 'session') continue
      assert.ok(listed.has(name), `${name} is not within reach: ${about}`)
    }
    const itself = (await ask(deps, 'latchkey_access.explain', session)).access
    if (explained.get('system.ping')?.effect !== 'allow') return
    const bySession = await explainAccess(deps, itself, {}, ACTIONS)
    assert.deepEqual(
      bySession.map(({ action, effect }) => [action, effect]),
      ACTIONS.map((action) => [nameOf(action), explained.get(nameOf(action))?.effect]),
      about,
    )
  }

  test('a paused or an expired one opens nothing, and says why', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const [paused, expired] = [await ground.make({ sessionType: 2 }), await ground.make({ expiresAt: 1_600_000_000 })]
    const admin = await ground.admin()
    const told = async (tokenId: string) => {
      const [one] = await explainAccess(deps, admin, { tokenId }, named('media.list'))
      return [one?.effect, one?.reason, one?.verdict]
    }
    assert.deepEqual(await told(paused.id), ['allow', undefined, 'allowed'])
    await pauseAppToken(deps, admin, paused.id)
    assert.deepEqual(await told(paused.id), ['deny', 'revoked', 'not-permission'])
    assert.deepEqual(await told(expired.id), ['deny', 'expired', 'not-permission'])
    const { onlyA } = await compareAccess(deps, admin, '2', paused.id)
    assert.ok(onlyA.length > 100)
    await resumeAppToken(deps, admin, paused.id)
    assert.deepEqual(await told(paused.id), ['allow', undefined, 'allowed'])
  })

  test('under the circumstances that are named, and no others', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const admin = await ground.admin()
    const sessionPrivileges = 'iprestrict:10.0.0.1,urirestrict:/api_v3/*'
    const token = await ground.make({ sessionType: 0, sessionUserId: ANA, sessionPrivileges })
    await annotateAppToken(deps, admin, token.id, { addresses: ['10.0.0.0/24'] })
    const entries = (await deps.store.entries.list(ground.partner.id, {}, [], { offset: 0, limit: 40 })).items
    const entryOf = (owner: string) => entries.find(({ ownerId }) => ownerId === owner)?.id ?? ''
    const told = async (circumstances: object, action = 'media.update') => {
      const [one] = await explainAccess(deps, admin, { tokenId: token.id }, named(action), circumstances)
      return one?.reason ?? one?.effect
    }
    assert.equal(await told({}), 'allow')
    assert.equal(await told({ address: '10.0.0.1' }), 'allow')
    assert.equal(await told({ address: '10.0.0.2' }), 'address-not-allowed')
    assert.equal(await told({ address: 'nowhere' }), 'address-not-allowed')
    assert.equal(await told({ uri: '/api_v3/x' }), 'allow')
    assert.equal(await told({ uri: '/x' }), 'uri-not-allowed')
    assert.equal(await told({ entryId: entryOf(ANA) }), 'allow')
    assert.equal(await told({ entryId: entryOf(BEN) }), 'entry-not-owned')
    assert.equal(await told({ entryId: '0_notthere' }), 'allow')
    assert.equal(await told({ entryId: entryOf(BEN) }, 'media.get'), 'allow')
  })
})

describe('who may ask', () => {
  test('a widget session, and any other, asks about itself', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const widget = await widgetAccess(ground)
    const [start, list] = await explainAccess(deps, widget, {}, named('appToken.startSession', 'user.list'))
    assert.deepEqual([start?.effect, list?.effect, list?.verdict], ['allow', 'deny', 'session-kind'])
    const { rows, columns } = await accessMatrix(deps, widget, {}, ['APPTOKEN'])
    assert.deepEqual(
      rows.map(({ service, cells }) => [service, cells.startSession, cells.list]),
      [['appToken', 'allow', 'deny']],
    )
    assert.deepEqual(columns, Object.keys(rows[0]?.cells ?? {}).sort())
    assert.ok((await suggestAccess(deps, widget, { names: ['media.list'] })).exact.permissionItemsIds)
  })

  test('a session of a token asks about its own token, by name or not, and its own role', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const roleId = await roleWith(ground, ['CONTENT_MANAGE_BASE'])
    const token = await ground.make({ sessionType: 2, sessionPrivileges: `setrole:${roleId}` })
    const own = await ground.accessOf(token, 'latchkey_access.reach')
    assert.equal(own.holds('APP_TOKEN_BASE'), false)
    assert.ok((await reachOfToken(deps, own, token.id)).read > 0)
    assert.equal((await explainAccess(deps, own, { tokenId: token.id }, named('media.list'))).length, 1)
    assert.equal((await accessMatrix(deps, own, { roleId }, ['media'])).rows.length, 1)
    assert.match((await lintToken(deps, own, { tokenId: token.id }, [])).summary, /./)
    const { onlyA, onlyB } = await compareAccess(deps, own, token.id, String(roleId))
    assert.deepEqual([onlyA, onlyB], [[], []])
  })

  test('about others only whoever holds APP_TOKEN_BASE does, whatever there is of them', async () => {
    await using ground = await tokenGround()
    const { deps, partner } = ground
    const other = await ground.make({ sessionType: 2 })
    const stranger = await ground.accessOf(await ground.make(), 'latchkey_access.explain')
    const session = await sessionOf(deps, partner, { type: 2 })
    const actions = named('media.list')
    for (const asker of [stranger, await widgetAccess(ground)]) {
      // An id that there is not is answered alike, so that nobody learns which there are.
      for (const id of [other.id, '0_notthere']) {
        for (const asked of [
          () => explainAccess(deps, asker, { tokenId: id }, actions),
          () => accessMatrix(deps, asker, { tokenId: id }, undefined),
          () => reachOfToken(deps, asker, id),
          () => lintToken(deps, asker, { tokenId: id }, []),
          () => compareAccess(deps, asker, id, id),
        ])
          await assert.rejects(asked(), isRefusal('NOT_ABOUT_ITSELF'))
      }
      for (const roleId of [2, 77_777]) {
        await assert.rejects(accessMatrix(deps, asker, { roleId }, undefined), isRefusal('NOT_ABOUT_ITSELF'))
      }
      await assert.rejects(compareAccess(deps, asker, session, session), isRefusal('NOT_ABOUT_ITSELF'))
      await assert.rejects(compareAccess(deps, asker, 'rubbish', 'rubbish'), isRefusal('NOT_ABOUT_ITSELF'))
    }
    const holder = (await ask(deps, 'appToken.list', session)).access
    assert.equal((await explainAccess(deps, holder, { tokenId: other.id }, actions)).length, 1)
    await assert.rejects(reachOfToken(deps, holder, '0_notthere'), isRefusal('APP_TOKEN_NOT_FOUND'))
    await assert.rejects(accessMatrix(deps, holder, { roleId: 77_777 }, undefined), isRefusal('ROLE_NOT_FOUND'))
    await assert.rejects(compareAccess(deps, holder, 'rubbish', '2'), isRefusal('SESSION_MALFORMED'))
  })

  test('nobody asks about another account’s', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make()
    const roleId = await roleWith(ground, [])
    const admin = { ...(await ground.admin()), partnerId: 4243 }
    await assert.rejects(reachOfToken(deps, admin, token.id), isRefusal('APP_TOKEN_NOT_FOUND'))
    await assert.rejects(accessMatrix(deps, admin, { roleId }, undefined), isRefusal('ROLE_NOT_FOUND'))
    const session = await ground.sessionOf(token)
    await assert.rejects(compareAccess(deps, admin, session, '2'), isRefusal('SESSION_OF_OTHER_PARTNER'))
  })
})

describe('a suggestion', () => {
  test('opens what was asked for and nothing else, once its calls are made', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const admin = await ground.admin()
    const { change, exact, always, impossible } = await suggestAccess(deps, admin, {
      names: ['media.list', 'MEDIA.GET', 'user.list', 'no.such', 'nothing', 'batch.getExclusiveImportJobs'],
    })
    assert.deepEqual(exact.surplus, [])
    assert.deepEqual(
      [...exact.actions].sort(),
      ['media.get', 'media.list', 'user.list'].filter((name) => !always.includes(name)),
    )
    assert.deepEqual(impossible.map(({ action, reason }) => [action, reason]).slice(0, 2), [
      ['no.such', 'unknown'],
      ['nothing', 'unknown'],
    ])
    assert.deepEqual(
      change.map(({ service, action }) => `${service}.${action}`),
      ['permission.add', 'userRole.add', 'appToken.add'],
    )
  })

  test('for a preset names services in any case, and refuses those that there are not', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const widget = await widgetAccess(ground)
    const suggested = await suggestAccess(deps, widget, {
      names: [],
      preset: 'get-and-list',
      services: ['MEDIA', 'user'],
    })
    const services = new Set(suggested.exact.actions.map((name) => name.split('.')[0]))
    assert.ok([...services].every((service) => service === 'media' || service === 'user'))
    const unknown = suggestAccess(deps, widget, { names: [], preset: 'get-and-list', services: ['media', 'medium'] })
    await assert.rejects(unknown, isRefusal('SERVICE_UNKNOWN', { service: 'medium' }))
    await assert.rejects(accessMatrix(deps, widget, {}, ['media', '']), isRefusal('SERVICE_UNKNOWN', { service: '' }))
  })

  test('of every preset is a token, and only that of everything is without a role', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const widget = await widgetAccess(ground)
    for (const preset of ['get-and-list', 'upload', 'recent-calls', 'full'] as const) {
      assert.ok(preset in PRESETS)
      const { change } = await suggestAccess(deps, widget, { names: ['media.count'], preset })
      const last = change.at(-1)
      assert.deepEqual([last?.service, last?.action], ['appToken', 'add'])
      assert.equal(JSON.stringify(last?.params).includes('setrole:'), preset !== 'full', preset)
    }
  })

  test('names its role like none that there is', async () => {
    await using ground = await tokenGround()
    const { deps, partner } = ground
    const admin = await ground.admin()
    const nameIn = async () => {
      const { change } = await suggestAccess(deps, admin, { names: [], preset: 'upload' })
      const { userRole } = change.find(({ service }) => service === 'userRole')?.params ?? {}
      return String(Reflect.get(Object(userRole), 'name'))
    }
    const names: string[] = []
    for (let round = 0; round < 3; round += 1) {
      const name = await nameIn()
      assert.ok(!names.includes(name))
      names.push(name)
      await deps.store.roles.create(role({ partnerId: partner.id, name }))
    }
  })
})

describe('a comparison', () => {
  test('is of sets: what each has more and what both have', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const admin = await ground.admin()
    const [a, b] = [await roleWith(ground, ['CONTENT_MANAGE_BASE']), await roleWith(ground, ['APP_TOKEN_BASE'])]
    const { onlyA, onlyB, both } = await compareAccess(deps, admin, String(a), String(b))
    assert.ok(onlyA.includes('media.list') || both.includes('media.list'))
    assert.ok(onlyB.includes('appToken.list'))
    assert.ok(both.includes('system.ping'))
    const turned = await compareAccess(deps, admin, String(b), String(a))
    assert.deepEqual([turned.onlyA, turned.onlyB, turned.both], [onlyB, onlyA, both])
    assert.equal(new Set([...onlyA, ...onlyB, ...both]).size, onlyA.length + onlyB.length + both.length)
  })
})
