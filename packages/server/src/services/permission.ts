import {
  addPermission,
  deletePermission,
  getPermission,
  listPermissions,
  type PermissionFields,
  updatePermission,
} from '@latchkey/authority'
import { LatchkeyError } from '@latchkey/core'
import { apiError, type BoundObject } from '@latchkey/wire'
import { refuseReadOnly, WireRefusal } from '../v3/refusals.ts'
import { permissionView } from '../views/permission.ts'
import type { Action } from './call.ts'
import { namesOf, numbersOf, orderOf, pageOf, partsOf, settableStatus, textOf, timesOf, valuesOf } from './lists.ts'

const ORDER = { id: 'id', name: 'name', createdAt: 'createdAt', updatedAt: 'updatedAt' } as const

export const permissionService: Readonly<Record<string, Action>> = {
  async 'permission.add'({ deps, access, values }) {
    const permission = values.object('permission')
    refuseReadOnly(permission)
    const name = permission?.text('name') ?? undefined
    if (name === undefined) {
      throw new WireRefusal(apiError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: 'KalturaPermission::name' }))
    }
    return permissionView(await addPermission(deps, access, name, fieldsOf(permission)))
  },

  async 'permission.get'({ deps, access, values }) {
    return permissionView(await getPermission(deps, access, values.textOr('permissionName', '')))
  },

  async 'permission.list'({ deps, access, values }) {
    const filter = values.object('filter')
    const listed = await listPermissions(
      deps,
      access,
      {
        ids: numbersOf(filter, 'idEqual', 'idIn'),
        types: numbersOf(filter, 'typeEqual', 'typeIn'),
        names: valuesOf(filter, 'nameEqual', 'nameIn'),
        friendlyNameLike: textOf(filter, 'friendlyNameLike'),
        descriptionLike: textOf(filter, 'descriptionLike'),
        statuses: numbersOf(filter, 'statusEqual', 'statusIn'),
        partnerIds: numbersOf(filter, 'partnerIdEqual', 'partnerIdIn'),
        dependsOnLikeAny: partsOf(filter, 'dependsOnPermissionNamesMultiLikeOr'),
        dependsOnLikeAll: partsOf(filter, 'dependsOnPermissionNamesMultiLikeAnd'),
        tagsLikeAny: partsOf(filter, 'tagsMultiLikeOr'),
        tagsLikeAll: partsOf(filter, 'tagsMultiLikeAnd'),
        createdAt: timesOf(filter, 'createdAt'),
        updatedAt: timesOf(filter, 'updatedAt'),
      },
      orderOf(filter?.text('orderBy'), ORDER),
      pageOf(values.object('pager')),
    )
    const objects = listed.items.map(permissionView)
    return { objectType: 'KalturaPermissionListResponse', objects, totalCount: listed.total }
  },

  async 'permission.update'({ deps, access, values }) {
    const permission = values.object('permission')
    const currentName = values.textOr('permissionName', '')
    const current = await deps.store.permissions.find(access.partnerId, currentName)
    refuseReadOnly(permission, current && permissionView(current))
    const name = permission?.text('name')
    const fields = { ...fieldsOf(permission), name: name === null ? '' : name }
    return permissionView(await updatePermission(deps, access, currentName, fields))
  },

  async 'permission.delete'({ deps, access, values }) {
    return permissionView(await deletePermission(deps, access, values.textOr('permissionName', '')))
  },

  'permission.getCurrentPermissions': async ({ access }) => access.held.names().join(','),
}

function fieldsOf(permission: BoundObject | undefined): Omit<PermissionFields, 'name'> {
  return {
    friendlyName: permission?.text('friendlyName'),
    description: permission?.text('description'),
    status: settableStatus(permission?.number('status')),
    dependsOn: namesOf(permission?.text('dependsOnPermissionNames')),
    itemIds: namesOf(permission?.text('permissionItemsIds'))?.map(itemIdOf),
    tags: permission?.text('tags'),
  }
}

function itemIdOf(text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text)
  throw new LatchkeyError('PERMISSION_ITEM_UNKNOWN', { id: text })
}
