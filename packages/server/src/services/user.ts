import { addUser, deleteUser, getUser, listUsers, type UserFields, updateUser } from '@latchkey/authority'
import type { BoundObject } from '@latchkey/wire'
import { refuseReadOnly } from '../v3/refusals.ts'
import { userView } from '../views/user.ts'
import type { Action } from './call.ts'
import { numbersOf, orderOf, pageOf, textOf, timesOf, valuesOf } from './lists.ts'

const ORDER = { id: 'id', createdAt: 'createdAt', updatedAt: 'updatedAt' } as const

export const userService: Readonly<Record<string, Action>> = {
  async 'user.add'({ deps, access, values }) {
    const user = values.object('user')
    refuseReadOnly(user)
    return userView(await addUser(deps, access, user?.textOr('id', '') ?? '', fieldsOf(user)))
  },

  async 'user.get'({ deps, access, values }) {
    return userView(await getUser(deps, access, values.textOr('userId', '')))
  },

  async 'user.list'({ deps, access, values }) {
    const filter = values.object('filter')
    const isAdmin = filter?.number('isAdminEqual') ?? undefined
    const listed = await listUsers(
      deps,
      access,
      {
        ids: valuesOf(filter, 'idEqual', 'idIn'),
        idOrScreenNameStartsWith: textOf(filter, 'idOrScreenNameStartsWith') ?? textOf(filter, 'screenNameStartsWith'),
        statuses: numbersOf(filter, 'statusEqual', 'statusIn')?.flatMap((status) => asStatus(status) ?? []),
        isAdmin: isAdmin === undefined || isAdmin < 0 ? undefined : isAdmin === 1,
        createdAt: timesOf(filter, 'createdAt'),
        updatedAt: timesOf(filter, 'updatedAt'),
      },
      orderOf(filter?.text('orderBy'), ORDER),
      pageOf(values.object('pager')),
    )
    return { objectType: 'KalturaUserListResponse', objects: listed.items.map(userView), totalCount: listed.total }
  },

  async 'user.update'({ deps, access, values }) {
    const user = values.object('user')
    const id = values.textOr('userId', '')
    const current = await deps.store.users.find(access.partnerId, id)
    refuseReadOnly(user, current && userView(current))
    return userView(await updateUser(deps, access, id, fieldsOf(user)))
  },

  async 'user.delete'({ deps, access, values }) {
    return userView(await deleteUser(deps, access, values.textOr('userId', '')))
  },
}

function fieldsOf(user: BoundObject | undefined): UserFields {
  const status = user?.number('status') ?? undefined
  return {
    status: status === 0 || status === 1 ? status : undefined,
    isAdmin: user?.flag('isAdmin') ?? undefined,
    roleIds: roleIdsOf(user?.text('roleIds')),
    screenName: user?.text('screenName'),
    fullName: user?.text('fullName'),
    firstName: user?.text('firstName'),
    lastName: user?.text('lastName'),
    email: user?.text('email'),
    description: user?.text('description'),
    tags: user?.text('tags'),
    partnerData: user?.text('partnerData'),
  }
}

/** A comma list of numbers; anything else is the number of no role. */
function roleIdsOf(text: string | null | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined
  const ids = (text ?? '').split(',').flatMap((item) => {
    const id = item.trim()
    if (id === '') return []
    return [/^\d{1,15}$/.test(id) ? Number(id) : Number.NaN]
  })
  return [...new Set(ids)]
}

function asStatus(status: number): 0 | 1 | 2 | undefined {
  return status === 0 || status === 1 || status === 2 ? status : undefined
}
