import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { addUser, type Deps, deleteUser, type Partner, updateUser } from '@latchkey/authority'
import { LatchkeyError } from '@latchkey/core'
import { role } from '@latchkey/testkit'
import { adminAccess, ask, sandboxDeps, sessionOf } from './sandbox-deps.ts'

const isCode = (code: string) => (error: unknown) => error instanceof LatchkeyError && error.code === code
/** "Publisher Administrator" among the roles that all accounts share. */
const ADMIN_ROLE = 2

async function opens(deps: Deps, partner: Partner, userId: string, action: string): Promise<boolean> {
  return (await ask(deps, action, await sessionOf(deps, partner, { userId }))).decision.effect === 'allow'
}

describe('roles of users', () => {
  test('an admin user who is given no role has the admin role, in all of its sessions', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const access = await adminAccess(deps, partner)
    assert.deepEqual((await addUser(deps, access, 'boss', { isAdmin: true })).roleIds, [ADMIN_ROLE])
    assert.deepEqual((await addUser(deps, access, 'worker', {})).roleIds, [])
    assert.equal(await opens(deps, partner, 'boss', 'user.list'), true)
    assert.equal(await opens(deps, partner, 'worker', 'user.list'), false)
    assert.deepEqual((await updateUser(deps, access, 'worker', { isAdmin: true })).roleIds, [ADMIN_ROLE])
    assert.equal(await opens(deps, partner, 'worker', 'user.list'), true)
  })

  test('an admin user keeps the role that it is given, and gets the admin role when it loses that', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const access = await adminAccess(deps, partner)
    const { id } = await deps.store.roles.create(role({ partnerId: partner.id }))
    assert.deepEqual((await addUser(deps, access, 'boss', { isAdmin: true, roleIds: [id] })).roleIds, [id])
    assert.deepEqual((await updateUser(deps, access, 'boss', { screenName: 'B' })).roleIds, [id])
    assert.deepEqual((await updateUser(deps, access, 'boss', { roleIds: [] })).roleIds, [ADMIN_ROLE])
    assert.deepEqual((await updateUser(deps, access, 'boss', { isAdmin: false, roleIds: [] })).roleIds, [])
  })

  test('an id that is taken is told before a role that is not there, and the id’s form before both', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const access = await adminAccess(deps, partner)
    await addUser(deps, access, 'here', {})
    const roleIds = [999_999]
    await assert.rejects(addUser(deps, access, 'a b', { roleIds }), isCode('USER_ID_INVALID'))
    await assert.rejects(addUser(deps, access, 'here', { roleIds }), isCode('USER_EXISTS'))
    await assert.rejects(addUser(deps, access, 'new', { roleIds }), isCode('USER_ROLE_UNKNOWN'))
    await assert.rejects(updateUser(deps, access, 'gone', { roleIds }), isCode('USER_NOT_FOUND'))
    await assert.rejects(updateUser(deps, access, 'here', { roleIds: [Number.NaN] }), isCode('USER_ROLE_UNKNOWN'))
    const foreign = await deps.store.roles.create(role({ partnerId: partner.id + 1 }))
    await assert.rejects(addUser(deps, access, 'new', { roleIds: [foreign.id] }), isCode('USER_ROLE_UNKNOWN'))
  })

  test('nobody changes the own roles, nor becomes an admin by the own hand', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const access = await adminAccess(deps, partner)
    await addUser(deps, access, 'operator', {})
    for (const fields of [{ roleIds: [ADMIN_ROLE] }, { isAdmin: true }]) {
      await assert.rejects(updateUser(deps, access, 'operator', fields), isCode('OWN_ROLE_CHANGE'))
    }
    assert.deepEqual((await updateUser(deps, access, 'operator', { roleIds: [] })).roleIds, [])
    await assert.rejects(updateUser(deps, access, 'operator', { roleIds: [999_999] }), isCode('USER_ROLE_UNKNOWN'))
  })

  test('a user whose role is gone can be changed, and be given another one', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const access = await adminAccess(deps, partner)
    const { id } = await deps.store.roles.create(role({ partnerId: partner.id }))
    await addUser(deps, access, 'one', { roleIds: [id] })
    await deps.store.roles.update(partner.id, id, { status: 3 })
    assert.equal((await updateUser(deps, access, 'one', { screenName: 'One' })).screenName, 'One')
    assert.deepEqual((await updateUser(deps, access, 'one', { roleIds: [1] })).roleIds, [1])
    await deleteUser(deps, access, 'one')
  })
})
