import { type Account, type Answer, addToken, call } from './v3.ts'

/** Parameters by `service.action`. */
export type Calls = Readonly<Record<string, Readonly<Record<string, Answer>>>>

/** One of each kind, made for calls to act upon. */
export interface Targets {
  readonly entryId: string
  readonly otherEntryId: string
  readonly categoryId: number
  readonly userId: string
  readonly token: { readonly id: string; readonly token: string }
  readonly roleId: number
  readonly permissionName: string
  readonly itemId: number
  readonly widgetId: string
}

/** Makes them with the account's own session. */
export async function makeTargets(account: Account, ks: string): Promise<Targets> {
  const add = (action: string, params: object) => call(account.url, action, { ks, ...params })
  const items = await add('permissionItem.list', {})
  const itemId: number = items.objects[0].id
  const permission = await add('permission.add', { permission: { name: 'TARGET', permissionItemsIds: `${itemId}` } })
  return {
    entryId: (await add('media.add', { entry: { name: 'target' } })).id,
    otherEntryId: (await add('media.add', { entry: { name: 'another' } })).id,
    categoryId: (await add('category.add', { category: { name: 'target' } })).id,
    userId: (await add('user.add', { user: { id: 'target@example.org' } })).id,
    token: await addToken(account, ks, { description: 'target', sessionType: 2 }),
    roleId: (await add('userRole.add', { userRole: { name: 'target', permissionNames: 'EP_BASE' } })).id,
    permissionName: permission.name,
    itemId,
    widgetId: (await add('widget.add', { widget: { privacyContext: 'target' } })).id,
  }
}

/** Calls that change the account or a target, all that the server carries out; in an order in which all of them can be done. */
export function changingCalls(targets: Targets): Calls {
  const { entryId, otherEntryId, categoryId, userId, token, roleId, permissionName, itemId } = targets
  const changed = { description: 'changed' }
  return {
    'media.add': { entry: { objectType: 'KalturaMediaEntry', name: 'planted' } },
    'media.update': { entryId, mediaEntry: { objectType: 'KalturaMediaEntry', ...changed } },
    'baseEntry.add': { entry: { objectType: 'KalturaMediaEntry', name: 'planted too' } },
    'baseEntry.update': { entryId, baseEntry: { objectType: 'KalturaBaseEntry', name: 'changed' } },
    'category.add': { category: { objectType: 'KalturaCategory', name: 'planted' } },
    'category.update': { id: categoryId, category: changed },
    'user.add': { user: { objectType: 'KalturaUser', id: 'planted@example.org' } },
    'user.update': { userId, user: { ...changed, roleIds: String(roleId) } },
    'userRole.add': { userRole: { objectType: 'KalturaUserRole', name: 'planted', permissionNames: 'ADMIN_BASE' } },
    'userRole.update': { userRoleId: roleId, userRole: { permissionNames: 'ADMIN_BASE' } },
    'userRole.clone': { userRoleId: roleId },
    'permission.add': { permission: { name: 'PLANTED', permissionItemsIds: String(itemId) } },
    'permission.update': { permissionName, permission: changed },
    'widget.add': { widget: { objectType: 'KalturaWidget', privacyContext: 'planted' } },
    'appToken.add': { appToken: { objectType: 'KalturaAppToken', sessionType: 2, hashType: 'SHA256' } },
    'appToken.update': { id: token.id, appToken: { ...changed, sessionPrivileges: 'edit:*' } },
    'latchkey_token.annotate': { id: token.id, note: 'changed' },
    'latchkey_token.pause': { id: token.id },
    'latchkey_token.resume': { id: token.id },
    'latchkey_token.rotate': { id: token.id },
    'media.delete': { entryId },
    'baseEntry.delete': { entryId: otherEntryId },
    'category.delete': { id: categoryId },
    'appToken.delete': { id: token.id },
    'permission.delete': { permissionName },
    'user.delete': { userId },
    'userRole.delete': { userRoleId: roleId },
  }
}

/** Calls that show a token or what it was used for. */
export function tokenReadingCalls({ token }: Targets): Calls {
  return {
    'appToken.get': { id: token.id },
    'appToken.list': {},
    'latchkey_token.usage': { id: token.id },
    'latchkey_journal.list': {},
  }
}

/** Parameters for everything else: those of the original's actions that many of them share, and some of their own. */
export function otherParameters(name: string, targets: Targets): Readonly<Record<string, Answer>> {
  const { entryId, categoryId, userId, token, roleId, permissionName, itemId, widgetId } = targets
  const own: Calls = {
    'category.get': { id: categoryId },
    'userRole.get': { userRoleId: roleId },
    'permission.get': { permissionName },
    'permissionItem.get': { permissionItemId: itemId },
    'widget.get': { id: widgetId },
    'session.start': { secret: 'none of it', partnerId: 1 },
    'session.impersonate': { secret: 'none of it', partnerId: 1, impersonatedPartnerId: 1 },
    'session.startWidgetSession': { widgetId },
    'appToken.startSession': { id: token.id, tokenHash: 'f'.repeat(64) },
    'latchkey_access.explain': { actions: 'media.list' },
    'latchkey_access.suggest': { actions: 'media.list' },
  }
  return own[name] ?? { id: entryId, entryId, categoryId, userId, objectId: entryId, name: 'planted' }
}
