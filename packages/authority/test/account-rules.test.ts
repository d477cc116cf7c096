import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { beyondMakerOf, changePartnerRules, type Deps, type Partner, type Store } from '@latchkey/authority'
import { findAction, itemIdOf } from '@latchkey/core'
import { role } from '@latchkey/testkit'
import { ask, sandboxDeps, sessionOf } from './sandbox-deps.ts'

async function roleOf(deps: Deps, partner: Partner, permissionNames: readonly string[]): Promise<number> {
  return (await deps.store.roles.create(role({ partnerId: partner.id, permissionNames }))).id
}

async function outcome(answer: ReturnType<typeof ask>): Promise<string> {
  const { decision } = await answer
  return decision.effect === 'deny' ? decision.reason.code : decision.openedBy
}

/** The store, with a word for each look-up of a role. */
function watched(store: Store, seen: string[]): Store {
  const roles = new Proxy(store.roles, {
    get(target, name) {
      seen.push(`roles.${String(name)}`)
      const method: unknown = Reflect.get(target, name)
      return typeof method === 'function' ? method.bind(target) : method
    },
  })
  return Object.assign(Object.create(store), { roles })
}

function itemOfUserList(): number | undefined {
  const action = findAction('user', 'list')
  return action && itemIdOf(action)
}

describe("an account's own rules", () => {
  test('are looked up where there are some, and where there are none nothing is', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const small = await roleOf(deps, partner, ['ADMIN_BASE'])
    const session = await sessionOf(deps, partner)
    const seen: string[] = []
    const watching = { ...deps, store: watched(deps.store, seen) }
    assert.equal(await outcome(ask(watching, 'media.list', session)), 'BASE_USER_SESSION_PERMISSION')
    assert.deepEqual(seen, [])
    await changePartnerRules(deps, partner.id, { userRoleIds: [small] })
    assert.equal(await outcome(ask(watching, 'media.list', session)), 'permission-missing')
    assert.deepEqual(seen, ['roles.find'])
    assert.equal(await outcome(ask(deps, 'user.list', session)), 'ADMIN_BASE')
  })

  test('are kept where they are not named, and name nothing that is not there', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const small = await roleOf(deps, partner, ['ADMIN_BASE'])
    await changePartnerRules(deps, partner.id, { adminRoleId: small, blockedActions: ['media.*'] })
    const changed = await changePartnerRules(deps, partner.id, { adminRoleId: null, alwaysAllowed: ['ADMIN_BASE'] })
    assert.deepEqual(
      [changed.rules?.adminRoleId, changed.rules?.blockedActions, changed.rules?.alwaysAllowed],
      [undefined, ['media.*'], ['ADMIN_BASE']],
    )
    for (const [change, code] of [
      [{ widgetRoleId: 999_999 }, 'ROLE_NOT_FOUND'],
      [{ userRoleIds: [small, 999_999] }, 'ROLE_NOT_FOUND'],
      [{ alwaysAllowed: ['NOT_A_PERMISSION'] }, 'PERMISSION_NOT_FOUND'],
    ] as const) {
      await assert.rejects(changePartnerRules(deps, partner.id, change), { code })
    }
    assert.deepEqual((await deps.store.partners.find(partner.id))?.rules, changed.rules)
    assert.equal((await changePartnerRules(deps, partner.id, null)).rules, undefined)
  })

  test('let a widget session hold a permission of the account that its own role lists', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const item = itemOfUserList()
    assert.ok(item)
    await deps.store.permissions.create({
      partnerId: partner.id,
      type: 1,
      name: 'OWN_READS',
      dependsOn: [],
      itemIds: [item],
      status: 1,
      createdAt: 1,
      updatedAt: 1,
    })
    const own = await roleOf(deps, partner, ['OWN_READS'])
    const widget = await sessionOf(deps, partner, { userId: '0', privileges: 'view:*,widget:1' })
    assert.equal(await outcome(ask(deps, 'user.list', widget)), 'permission-missing')
    await changePartnerRules(deps, partner.id, { widgetRoleId: own })
    assert.equal(await outcome(ask(deps, 'user.list', widget)), 'OWN_READS')
    await changePartnerRules(deps, partner.id, { widgetRoleId: null, alwaysAllowed: ['OWN_READS'] })
    assert.equal(await outcome(ask(deps, 'user.list', widget)), 'OWN_READS')
    assert.equal(await outcome(ask(deps, 'user.list', undefined, { requestedPartnerId: partner.id })), 'OWN_READS')
  })

  test('count for what a token would go beyond its maker, of whichever type its holder may choose', async () => {
    await using sandbox = await sandboxDeps('strict')
    const { deps, partner } = sandbox
    const narrow = await roleOf(deps, partner, ['APP_TOKEN_ADD', 'BASE_USER_SESSION_PERMISSION'])
    await changePartnerRules(deps, partner.id, { adminRoleId: narrow })
    const session = await sessionOf(deps, partner, { type: 2, userId: 'operator' })
    const { access } = await ask(deps, 'appToken.add', session)
    const token = { id: '0_00000001', partnerId: partner.id, sessionUserId: 'operator' }
    assert.deepEqual(await beyondMakerOf(deps, access, { ...token, sessionType: 2 }), [])

    const wide = await roleOf(deps, partner, ['*'])
    await changePartnerRules(deps, partner.id, { userRoleIds: [wide] })
    const made = (await ask(deps, 'appToken.add', session)).access
    assert.deepEqual(await beyondMakerOf(deps, made, { ...token, sessionType: 2 }), [])
    assert.notDeepEqual(await beyondMakerOf(deps, made, token), [])
    assert.notDeepEqual(await beyondMakerOf(deps, made, { ...token, sessionType: 0 }), [])
  })
})
