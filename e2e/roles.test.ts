import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { attempt, kaltura, officialClient, request } from './lib/official-client.ts'
import { type RunningServer, startServer, temporaryDirectory } from './lib/server.ts'
import { type Answer, addToken, adminSession, call, logIn, post } from './lib/v3.ts'

const ALWAYS = 'ALWAYS_ALLOWED_ACTIONS'

describe('roles and permissions over the wire', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>
  let one: RunningServer
  let other: RunningServer
  let admin: string

  before(async () => {
    directory = await temporaryDirectory()
    one = await startServer({ data: `${directory.path}/data` })
    other = await startServer({ data: `${directory.path}/data`, adminSecret: one.adminSecret })
    admin = await adminSession(one)
  })
  after(async () => {
    await other?.[Symbol.asyncDispose]()
    await one?.[Symbol.asyncDispose]()
    await directory?.[Symbol.asyncDispose]()
  })

  const ask = (action: string, params: object = {}) => call(one.url, action, { ks: admin, ...params })
  /** As the original has it: what its users look for is the code, and what they read is the message. */
  const refusal = async (action: string, params: object) => {
    const { code, message } = await ask(action, params)
    return `${code}: ${message}`
  }
  const byClient = (service: string, action: string, ...args: readonly unknown[]) =>
    attempt(request(service, action, ...args), officialClient(one.url, admin))
  const object = (name: string, fields: object) => new (kaltura.objects[name] ?? Object)(fields)

  async function itemOf(service: string, action: string): Promise<Answer> {
    const { objects } = await ask('permissionItem.list', { pager: { pageSize: 500, pageIndex: 1 } })
    const more = await ask('permissionItem.list', { pager: { pageSize: 500, pageIndex: 2 } })
    return [...objects, ...more.objects].find((item) => item.service === service && item.action === action)
  }

  async function sessionWith(roleId: number, fields: object = {}): Promise<string> {
    const token = await addToken(one, admin, { sessionType: 2, sessionPrivileges: `setrole:${roleId}`, ...fields })
    return (await logIn(one, token)).ks
  }

  const isOpen = async (url: string, action: string, ks: string) =>
    (await call(url, action, { ks })).objectType !== 'KalturaAPIException'

  test('the official client makes a token that opens one action and nothing else', async () => {
    const item = await itemOf('media', 'list')
    const permission = await byClient(
      'permission',
      'add',
      object('Permission', { name: 'ONLY_MEDIA_LIST', permissionItemsIds: String(item.id) }),
    )
    assert.deepEqual(
      [permission.objectType, permission.type, permission.status, permission.friendlyName, permission.partnerId],
      ['KalturaPermission', 1, 1, 'ONLY_MEDIA_LIST', one.partnerId],
    )
    const role = await byClient(
      'userRole',
      'add',
      object('UserRole', { name: 'Only media.list', permissionNames: 'ONLY_MEDIA_LIST' }),
    )
    assert.deepEqual([role.objectType, role.status, role.permissionNames], ['KalturaUserRole', 1, 'ONLY_MEDIA_LIST'])
    const ks = await sessionWith(role.id)
    const client = officialClient(one.url, ks)
    const listed = await attempt(request('media', 'listAction'), client)
    assert.ok(listed.totalCount > 0)
    for (const [service, action, ...args] of [
      ['baseEntry', 'listAction'],
      ['media', 'get', listed.objects[0].id],
      ['user', 'listAction'],
      ['userRole', 'get', role.id],
      ['permission', 'listAction'],
    ] as const) {
      assert.equal((await attempt(request(service, action, ...args), client)).code, 'SERVICE_FORBIDDEN')
    }
    const current = await attempt(request('permission', 'getCurrentPermissions'), client)
    assert.deepEqual(current.split(',').sort(), [ALWAYS, 'ONLY_MEDIA_LIST'])
  })

  test('what a call holds is told to anybody, without a session too', async () => {
    const held = async (ks?: string) =>
      (await call(one.url, 'permission.getCurrentPermissions', ks ? { ks } : {})).split(',')
    assert.deepEqual(await held(), [ALWAYS])
    const widget = await call(one.url, 'session.startWidgetSession', { widgetId: `_${one.partnerId}` })
    assert.deepEqual((await held(widget.ks)).sort(), [ALWAYS, 'WIDGET_SESSION_PERMISSION'])
    assert.ok((await held(admin)).includes('ADMIN_ROLE_ADD'))
  })

  test('a change of a role holds at the next call of a running session, in the other process too', async () => {
    const role = await ask('userRole.add', { userRole: { name: 'changing', permissionNames: 'ADMIN_BASE' } })
    const ks = await sessionWith(role.id)
    const change = (permissionNames: string) =>
      ask('userRole.update', { userRoleId: role.id, userRole: { permissionNames } })
    for (let round = 0; round < 5; round += 1) {
      assert.deepEqual([await isOpen(other.url, 'user.list', ks), await isOpen(one.url, 'user.list', ks)], [true, true])
      assert.equal((await change('APP_TOKEN_BASE')).permissionNames, 'APP_TOKEN_BASE')
      assert.deepEqual(
        [await isOpen(other.url, 'user.list', ks), await isOpen(one.url, 'user.list', ks)],
        [false, false],
      )
      assert.equal(await isOpen(other.url, 'appToken.list', ks), true)
      await change('ADMIN_BASE')
    }
    assert.equal((await ask('userRole.delete', { userRoleId: role.id })).status, 3)
    for (const { url } of [other, one]) assert.equal((await call(url, 'user.list', { ks })).code, 'INVALID_OBJECT_ID')
  })

  test('a change of an own permission holds at the next call too, and so does its end', async () => {
    const [list, count] = [await itemOf('media', 'list'), await itemOf('media', 'count')]
    await ask('permission.add', { permission: { name: 'MOVING', permissionItemsIds: `${list.id}` } })
    const role = await ask('userRole.add', { userRole: { name: 'moving', permissionNames: 'MOVING' } })
    const ks = await sessionWith(role.id)
    const opens = async () => {
      const answers = []
      for (const { url } of [other, one]) {
        for (const action of ['media.list', 'media.count']) answers.push(await isOpen(url, action, ks))
      }
      return answers
    }
    const change = (permission: object) => ask('permission.update', { permissionName: 'MOVING', permission })
    for (let round = 0; round < 5; round += 1) {
      assert.deepEqual(await opens(), [true, false, true, false])
      await change({ permissionItemsIds: `${count.id}` })
      assert.deepEqual(await opens(), [false, true, false, true])
      await change({ permissionItemsIds: `${list.id}` })
    }
    await change({ permissionItemsIds: `${list.id},${count.id}` })
    assert.deepEqual(await opens(), [true, true, true, true])
    await change({ status: 2 })
    assert.deepEqual(await opens(), [false, false, false, false])
    await change({ status: 1 })
    assert.deepEqual(await opens(), [true, true, true, true])
    await ask('permission.delete', { permissionName: 'MOVING' })
    assert.deepEqual(await opens(), [false, false, false, false])
  })

  test('a role that a user has decides in all of its sessions, and is not deleted meanwhile', async () => {
    const role = await ask('userRole.add', { userRole: { name: 'of a user', permissionNames: 'ADMIN_BASE' } })
    await ask('user.add', { user: { id: 'with-role', roleIds: String(role.id) } })
    const ks = (await logIn(one, await addToken(one, admin, { sessionUserId: 'with-role' }))).ks
    assert.deepEqual([await isOpen(one.url, 'user.list', ks), await isOpen(one.url, 'media.list', ks)], [true, false])
    const refused = await ask('userRole.delete', { userRoleId: role.id })
    assert.deepEqual([refused.code, refused.diagnosis.cause.id], ['ROLE_IS_BEING_USED', 'role-in-use'])
    await ask('user.delete', { userId: 'with-role' })
    assert.equal((await ask('userRole.delete', { userRoleId: role.id })).status, 3)
  })

  test('an admin user without roles is an administrator whatever its session is', async () => {
    assert.equal((await ask('user.add', { user: { id: 'boss', isAdmin: true } })).roleIds, '2')
    const ks = (await logIn(one, await addToken(one, admin, { sessionUserId: 'boss' }))).ks
    assert.equal(await isOpen(one.url, 'user.list', ks), true)
  })

  test('every refusal of roles is told by the original’s code and message', async () => {
    await ask('userRole.add', { userRole: { name: 'there', systemName: 'THERE' } })
    const add = (userRole: object) => refusal('userRole.add', { userRole })
    const rows = [
      [add({}), 'PROPERTY_VALIDATION_CANNOT_BE_NULL: The property "KalturaUserRole::name" cannot be null'],
      [
        add({ name__null: '' }),
        'PROPERTY_VALIDATION_CANNOT_BE_NULL: The property "KalturaUserRole::name" cannot be null',
      ],
      [add({ name: 'there' }), 'ROLE_NAME_ALREADY_EXISTS: A role with the same name already exists'],
      [
        add({ name: '', permissionNames: 'NO_SUCH' }),
        `PERMISSION_NOT_FOUND: Permission [NO_SUCH] was not found for partner [${one.partnerId}]`,
      ],
      [
        add({ name: '' }),
        'PROPERTY_VALIDATION_MIN_LENGTH: The property "KalturaUserRole::name" must have a min length of 1 characters',
      ],
      [add({ name: 'new', systemName: 'THERE' }), 'SYSTEM_NAME_ALREADY_EXISTS: System name [THERE] already exists'],
      [
        add({ name: 'new', id: 5 }),
        'PROPERTY_VALIDATION_NOT_UPDATABLE: The property "KalturaUserRole::id" cannot be updated',
      ],
      [
        add({ name: 'new', status: 9 }),
        'INVALID_ENUM_VALUE: Invalid enumeration value "9" for parameter "status", expecting enumeration type "KalturaUserRoleStatus"',
      ],
      [refusal('userRole.get', { userRoleId: 77 }), 'INVALID_OBJECT_ID: Invalid object id [77]'],
      [refusal('userRole.update', { userRoleId: 2, userRole: {} }), 'INVALID_OBJECT_ID: Invalid object id [2]'],
      [refusal('userRole.delete', { userRoleId: 2 }), 'INVALID_OBJECT_ID: Invalid object id [2]'],
      [refusal('userRole.clone', { userRoleId: 0 }), 'INVALID_OBJECT_ID: Invalid object id [0]'],
      [refusal('userRole.get', {}), 'MISSING_MANDATORY_PARAMETER: Missing parameter "userRoleId"'],
    ] as const
    for (const [told, expected] of rows) assert.equal(await told, expected)
  })

  test('every refusal of permissions and their items is told by the original’s code and message', async () => {
    await ask('permission.add', { permission: { name: 'THERE' } })
    const add = (permission: object) => refusal('permission.add', { permission })
    const rows = [
      [add({}), 'PROPERTY_VALIDATION_CANNOT_BE_NULL: The property "KalturaPermission::name" cannot be null'],
      [add({ name: 'A,B' }), 'INVALID_FIELD_VALUE: value in field [name] is not valid'],
      [
        add({ name: 'THERE' }),
        `PERMISSION_ALREADY_EXISTS: Permission [THERE] already exists for partner [${one.partnerId}]`,
      ],
      [
        add({ name: 'ADMIN_BASE' }),
        `PERMISSION_ALREADY_EXISTS: Permission [ADMIN_BASE] already exists for partner [${one.partnerId}]`,
      ],
      [add({ name: 'NEW', permissionItemsIds: '5' }), 'PERMISSION_ITEM_NOT_FOUND: Permission item does not exists'],
      [add({ name: 'NEW', permissionItemsIds: 'x' }), 'PERMISSION_ITEM_NOT_FOUND: Permission item does not exists'],
      [
        add({ name: 'NEW', type: 2 }),
        'PROPERTY_VALIDATION_NOT_UPDATABLE: The property "KalturaPermission::type" cannot be updated',
      ],
      [refusal('permission.get', { permissionName: 'NONE' }), 'INVALID_OBJECT_ID: Invalid object id [NONE]'],
      [
        refusal('permission.update', { permissionName: 'ADMIN_BASE', permission: {} }),
        'INVALID_OBJECT_ID: Invalid object id [ADMIN_BASE]',
      ],
      [
        refusal('permission.delete', { permissionName: 'ADMIN_BASE' }),
        'INVALID_OBJECT_ID: Invalid object id [ADMIN_BASE]',
      ],
      [refusal('permissionItem.get', { permissionItemId: 5 }), 'INVALID_OBJECT_ID: Invalid object id [5]'],
    ] as const
    for (const [told, expected] of rows) assert.equal(await told, expected)
    assert.match(await refusal('permissionItem.add', {}), /^SERVICE_FORBIDDEN: /)
  })

  test('shared roles and permissions are listed with the account’s own, filtered, sorted and cut', async () => {
    const role = await ask('userRole.add', { userRole: { name: 'zz last', tags: 'kmc', permissionNames: '*' } })
    const last = await byClient('userRole', 'listAction', object('UserRoleFilter', { orderBy: '-name' }))
    assert.equal(last.objects[0].id, role.id)
    const shared = await ask('userRole.list', { filter: { partnerIdEqual: 0 }, pager: { pageSize: 5 } })
    assert.deepEqual([shared.totalCount, shared.objects.length, shared.objects[1].id], [23, 5, 2])
    assert.equal('createdAt' in shared.objects[0], false)
    const names = role.permissionNames.split(',')
    assert.ok(names.includes('ADMIN_BASE') && !names.includes('*'))
    const own = { nameIn: 'ONLY_MEDIA_LIST,ADMIN_BASE,NONE', orderBy: '-name' }
    const permissions = await byClient('permission', 'listAction', object('PermissionFilter', own))
    assert.deepEqual(
      permissions.objects.map((permission: Answer) => permission.name),
      ['ONLY_MEDIA_LIST', 'ADMIN_BASE'],
    )
    assert.equal((await ask('permission.list', { filter: { partnerIdEqual: 0 } })).totalCount, 189)
    const copy = await ask('userRole.clone', { userRoleId: role.id })
    assert.match(copy.name, /^zz last copy \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\)$/)
  })

  test('a fetched role is sent back whole but for its times and stays as it is', async () => {
    const { id } = await ask('userRole.add', {
      userRole: { name: 'sent back', permissionNames: 'ADMIN_BASE,KMC_ACCESS' },
    })
    const { createdAt, updatedAt, ...fetched } = await ask('userRole.get', { userRoleId: id })
    const changed = await ask('userRole.update', { userRoleId: id, userRole: { ...fetched, description: 'd' } })
    assert.deepEqual([changed.permissionNames, changed.description], ['ADMIN_BASE,KMC_ACCESS', 'd'])
    const all = await ask('userRole.update', { userRoleId: id, userRole: { ...fetched, createdAt } })
    assert.equal(all.args.PROP_NAME, 'KalturaUserRole::createdAt')
    assert.ok(updatedAt >= createdAt)
  })

  test('items are listed without a pager, of one kind or both, each with the class of its own', async () => {
    const all = await ask('permissionItem.list')
    assert.deepEqual([all.totalCount, all.objects.length], [922, 30])
    assert.deepEqual(Object.keys(all.objects[0]).sort(), ['action', 'id', 'objectType', 'partnerId', 'service', 'type'])
    const filter = object('PermissionItemFilter', { typeEqual: 'kApiParameterPermissionItem' })
    const parameters = await byClient('permissionItem', 'listAction', filter, object('FilterPager', { pageSize: 1 }))
    const [first] = parameters.objects
    assert.deepEqual(
      [parameters.totalCount, first.objectType, first.type, first.action],
      [150, 'KalturaApiParameterPermissionItem', 'KalturaApiParameterPermissionItem', 'insert'],
    )
    assert.deepEqual(await ask('permissionItem.get', { permissionItemId: first.id }), { ...first })
    assert.equal((await ask('permissionItem.list', { filter: { tagsMultiLikeOr: 'x' } })).totalCount, 0)
  })

  test('in XML a role has every property, in the original’s order', async () => {
    const response = await post(one.url, 'userRole.get', { ks: admin, userRoleId: 4, format: 2 })
    assert.match(
      await response.text(),
      /<objectType>KalturaUserRole<\/objectType><id>4<\/id><name>BULK_LOG_VIEWER<\/name><systemName>BULK_LOG_VIEWER<\/systemName><description><\/description><status>1<\/status><partnerId>0<\/partnerId><permissionNames>BULK_LOG_DOWNLOAD_EMAIL<\/permissionNames><tags><\/tags><createdAt><\/createdAt><updatedAt><\/updatedAt>/,
    )
  })

  test('a widget is read by everybody, listed by its account, and never opens more than its maker could', async () => {
    const id = `_${one.partnerId}`
    assert.equal((await call(one.url, 'widget.get', { id })).partnerId, one.partnerId)
    assert.equal(await refusal('widget.get', { id: '_1' }), 'INVALID_WIDGET_ID: Unknown widget [_1]')
    const ks = (await logIn(one, await addToken(one, admin))).ks
    const grab = await call(one.url, 'widget.add', { ks, widget: { roles: '2' } })
    assert.deepEqual(
      [grab.code, grab.message],
      [
        'PROPERTY_VALIDATION_NO_INSERT_PERMISSION',
        'Current user does not have permission to insert property "KalturaWidget::roles"',
      ],
    )
    const smuggled = await call(one.url, 'widget.add', { ks, widget: { privacyContext: 'a,setrole:2' } })
    assert.equal(smuggled.args.FIELD_NAME, 'privacyContext')
    const made = await byClient('widget', 'add', object('Widget', { uiConfId: 5, roles: '1', securityType: 1 }))
    assert.deepEqual([made.uiConfId, made.roles, made.securityType, made.enforceEntitlement], [5, '1', 1, true])
    assert.equal('roles' in (await call(one.url, 'widget.get', { id: made.id })), false)
    const session = await call(one.url, 'session.startWidgetSession', { widgetId: made.id })
    assert.match(
      await call(one.url, 'permission.getCurrentPermissions', { ks: session.ks }),
      /BASE_USER_SESSION_PERMISSION/,
    )
    const listed = await ask('widget.list', { filter: { uiConfIdEqual: 5 } })
    assert.deepEqual([listed.totalCount, listed.objects[0].id], [1, made.id])
    assert.equal((await ask('widget.list', { filter: { sourceWidgetIdEqual: '_1' } })).totalCount, 0)
  })
})
