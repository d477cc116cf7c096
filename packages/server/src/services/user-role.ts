import {
  type Access,
  addRole,
  cloneRole,
  type Deps,
  deleteRole,
  getRole,
  listRoles,
  permissionNamesOf,
  type RoleFields,
  type UserRole,
  updateRole,
} from '@latchkey/authority'
import { apiError, type BoundObject } from '@latchkey/wire'
import { refuseReadOnly, WireRefusal } from '../v3/refusals.ts'
import { roleView } from '../views/role.ts'
import type { Action } from './call.ts'
import { namesOf, numbersOf, orderOf, pageOf, partsOf, settableStatus, textOf, timesOf, valuesOf } from './lists.ts'

const ORDER = { id: 'id', name: 'name', createdAt: 'createdAt', updatedAt: 'updatedAt' } as const

export const userRoleService: Readonly<Record<string, Action>> = {
  async 'userRole.add'({ deps, access, values }) {
    const role = values.object('userRole')
    refuseReadOnly(role)
    const name = role?.text('name') ?? undefined
    if (name === undefined) {
      throw new WireRefusal(apiError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: 'KalturaUserRole::name' }))
    }
    return view(deps, access, await addRole(deps, access, name, fieldsOf(role)))
  },

  async 'userRole.get'({ deps, access, values }) {
    return view(deps, access, await getRole(deps, access, values.numberOr('userRoleId', 0)))
  },

  async 'userRole.list'({ deps, access, values }) {
    const filter = values.object('filter')
    const listed = await listRoles(
      deps,
      access,
      {
        ids: numbersOf(filter, 'idEqual', 'idIn'),
        names: valuesOf(filter, 'nameEqual', 'nameIn'),
        systemNames: valuesOf(filter, 'systemNameEqual', 'systemNameIn'),
        descriptionLike: textOf(filter, 'descriptionLike'),
        statuses: numbersOf(filter, 'statusEqual', 'statusIn'),
        partnerIds: numbersOf(filter, 'partnerIdEqual', 'partnerIdIn'),
        tagsLikeAny: partsOf(filter, 'tagsMultiLikeOr'),
        tagsLikeAll: partsOf(filter, 'tagsMultiLikeAnd'),
        createdAt: timesOf(filter, 'createdAt'),
        updatedAt: timesOf(filter, 'updatedAt'),
      },
      orderOf(filter?.text('orderBy'), ORDER),
      pageOf(values.object('pager')),
    )
    const objects = await Promise.all(listed.items.map((role) => view(deps, access, role)))
    return { objectType: 'KalturaUserRoleListResponse', objects, totalCount: listed.total }
  },

  async 'userRole.update'({ deps, access, values }) {
    const role = values.object('userRole')
    const id = values.numberOr('userRoleId', 0)
    const current = await deps.store.roles.find(access.partnerId, id)
    refuseReadOnly(role, current && (await view(deps, access, current)))
    return view(deps, access, await updateRole(deps, access, id, fieldsOf(role)))
  },

  async 'userRole.delete'({ deps, access, values }) {
    return view(deps, access, await deleteRole(deps, access, values.numberOr('userRoleId', 0)))
  },

  async 'userRole.clone'({ deps, access, values }) {
    return view(deps, access, await cloneRole(deps, access, values.numberOr('userRoleId', 0)))
  },
}

async function view(deps: Deps, access: Access, role: UserRole) {
  return roleView(role, await permissionNamesOf(deps, access, role))
}

function fieldsOf(role: BoundObject | undefined): RoleFields {
  return {
    name: role?.text('name'),
    systemName: role?.text('systemName'),
    description: role?.text('description'),
    status: settableStatus(role?.number('status')),
    permissionNames: namesOf(role?.text('permissionNames')),
    tags: role?.text('tags'),
  }
}
