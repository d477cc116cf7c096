import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Access, addWidget, getWidget, listWidgets, startWidgetSession } from '@latchkey/authority'
import { LatchkeyError } from '@latchkey/core'
import { role } from '@latchkey/testkit'
import { adminAccess, ask, sandboxDeps, sessionOf } from './sandbox-deps.ts'

const isCode = (code: string) => (error: unknown) => error instanceof LatchkeyError && error.code === code
const ALL = { offset: 0, limit: 500 } as const
const NOBODY: Partial<Access> = { partnerId: 0, partner: undefined, session: undefined, kind: 'none' }

async function opened() {
  const sandbox = await sandboxDeps()
  const { deps, partner } = sandbox
  const accessOf = async (session: string) => (await ask(deps, 'widget.add', session)).access
  return {
    ...sandbox,
    admin: await adminAccess(deps, partner),
    user: await accessOf(await sessionOf(deps, partner, { userId: 'someone' })),
    widget: await accessOf((await startWidgetSession(deps, `_${partner.id}`, 3600)).sessionText),
    opens: async (widgetId: string, action: string) => {
      const { sessionText } = await startWidgetSession(deps, widgetId, 3600)
      return (await ask(deps, action, sessionText)).decision.effect === 'allow'
    },
  }
}

describe('widgets', () => {
  test('the role of a widget is what its sessions hold, where its maker holds all of that', async () => {
    await using sandbox = await opened()
    const { deps, partner, admin, opens } = sandbox
    const { id } = await deps.store.roles.create(role({ partnerId: partner.id, permissionNames: ['ADMIN_BASE'] }))
    const made = await addWidget(deps, admin, { roles: String(id) })
    assert.equal(await opens(made.id, 'user.list'), true)
    assert.equal(await opens(made.id, 'media.list'), false)
    assert.equal(await opens(`_${partner.id}`, 'user.list'), false)
  })

  test('no session makes a widget whose sessions hold more than itself', async () => {
    await using sandbox = await opened()
    const { deps, partner, user, admin } = sandbox
    const { id } = await deps.store.roles.create(role({ partnerId: partner.id, permissionNames: ['ADMIN_BASE'] }))
    for (const roles of [String(id), '2', 'Publisher Administrator', `1,${id}`, '999999', 'LATER', '-1']) {
      await assert.rejects(addWidget(deps, user, { roles }), isCode('PROPERTY_BEYOND_SESSION'), roles)
    }
    assert.equal((await addWidget(deps, user, { roles: '1,null' })).roles, '1,null')
    const narrow = {
      ...admin,
      holds: (name: string) => name === 'ADMIN_BASE' || name === 'BASE_USER_SESSION_PERMISSION',
    }
    const privileges = 'sview:*,setrole:2'
    await assert.rejects(addWidget(deps, narrow, { privileges }), isCode('PROPERTY_BEYOND_SESSION'))
    assert.equal((await addWidget(deps, admin, { privileges })).privileges, privileges)
    for (const access of [user, sandbox.widget]) {
      const fields = { enforceEntitlement: false }
      await assert.rejects(addWidget(deps, access, fields), isCode('PROPERTY_BEYOND_SESSION'))
    }
    assert.equal((await addWidget(deps, admin, { enforceEntitlement: false })).enforceEntitlement, false)
  })

  test('roles and privileges of whoever may not set them are left out', async () => {
    await using sandbox = await opened()
    const { deps, user, widget } = sandbox
    const wishes = { roles: '1', privileges: 'edit:*', uiConfId: 5 }
    const byUser = await addWidget(deps, user, wishes)
    assert.deepEqual([byUser.roles, byUser.privileges, byUser.uiConfId], ['1', undefined, 5])
    const byWidget = await addWidget(deps, widget, wishes)
    assert.deepEqual([byWidget.roles, byWidget.privileges, byWidget.uiConfId], [undefined, undefined, 5])
  })

  test('a widget may show an entry that is there', async () => {
    await using sandbox = await opened()
    const { deps, partner, admin } = sandbox
    const entries = await deps.store.entries.list(partner.id, {}, [], ALL)
    const entryId = entries.items[0]?.id ?? 'none'
    assert.equal((await addWidget(deps, admin, { entryId })).entryId, entryId)
    await assert.rejects(addWidget(deps, admin, { entryId: '0_nothing' }), isCode('ENTRY_NOT_FOUND'))
  })

  test('a widget is read by its own account and by whoever names none, and by no other', async () => {
    await using sandbox = await opened()
    const { deps, partner, admin } = sandbox
    const id = `_${partner.id}`
    assert.equal((await getWidget(deps, admin, id)).id, id)
    assert.equal((await getWidget(deps, { ...admin, ...NOBODY }, id)).id, id)
    await assert.rejects(getWidget(deps, { ...admin, partnerId: partner.id + 1 }, id), isCode('WIDGET_NOT_FOUND'))
    await assert.rejects(getWidget(deps, admin, '_1'), isCode('WIDGET_NOT_FOUND'))
  })

  test('each filter finds just the widgets that it names', async () => {
    await using sandbox = await opened()
    const { deps, partner, admin } = sandbox
    const made = await addWidget(deps, { ...admin, now: admin.now + 5 }, { uiConfId: 7 })
    const found = async (filter: Parameters<typeof listWidgets>[2]) =>
      (await listWidgets(deps, admin, filter, [{ field: 'createdAt', direction: 'descending' }], ALL)).items.map(
        ({ id }) => id,
      )
    assert.deepEqual(await found({}), [made.id, `_${partner.id}`])
    assert.deepEqual(await found({ ids: [made.id] }), [made.id])
    assert.deepEqual(await found({ partnerIds: [0] }), [])
    assert.deepEqual(await found({ uiConfIds: [7, 8] }), [made.id])
    assert.deepEqual(await found({ entryIds: ['0_x'] }), [])
    assert.deepEqual(await found({ createdAt: { from: admin.now + 1 } }), [made.id])
    assert.deepEqual(await found({ updatedAt: { to: admin.now + 1 } }), [`_${partner.id}`])
  })
})
