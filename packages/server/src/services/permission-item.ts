import { getPermissionItem, listPermissionItems } from '@latchkey/authority'
import type { PermissionItem } from '@latchkey/core'
import { apiError, type BoundObject } from '@latchkey/wire'
import { WireRefusal } from '../v3/refusals.ts'
import { permissionItemView } from '../views/permission-item.ts'
import type { Action } from './call.ts'
import { numbersOf, orderOf, pageOf, partsOf, timesOf, valuesOf } from './lists.ts'

/** What items show as their type, and the original's own names beside. */
const KINDS: Readonly<Record<string, PermissionItem['kind']>> = {
  KalturaApiActionPermissionItem: 'action',
  kApiActionPermissionItem: 'action',
  KalturaApiParameterPermissionItem: 'parameter',
  kApiParameterPermissionItem: 'parameter',
}

export const permissionItemService: Readonly<Record<string, Action>> = {
  async 'permissionItem.get'({ values }) {
    return permissionItemView(getPermissionItem(values.numberOr('permissionItemId', 0)))
  },

  async 'permissionItem.list'({ values, fidelity }) {
    const pager = values.object('pager')
    if (pager === undefined && !fidelity.defaultsPagerOfItems) throw new WireRefusal(apiError('INTERNAL_SERVERL_ERROR'))
    const filter = values.object('filter')
    const listed = listPermissionItems(
      {
        ids: hasWhatItemsLack(filter) ? [] : numbersOf(filter, 'idEqual', 'idIn'),
        kinds: valuesOf(filter, 'typeEqual', 'typeIn')?.flatMap((type) => KINDS[type] ?? []),
        partnerIds: numbersOf(filter, 'partnerIdEqual', 'partnerIdIn'),
      },
      orderOf(filter?.text('orderBy'), { id: 'id' }),
      pageOf(pager),
    )
    const objects = listed.items.map(permissionItemView)
    return { objectType: 'KalturaPermissionItemListResponse', objects, totalCount: listed.total }
  },
}

/** Items have no tags and no times, so that whoever asks for some finds none. */
function hasWhatItemsLack(filter: BoundObject | undefined): boolean {
  const asked = [partsOf(filter, 'tagsMultiLikeOr'), partsOf(filter, 'tagsMultiLikeAnd')]
  return [...asked, timesOf(filter, 'createdAt'), timesOf(filter, 'updatedAt')].some((wish) => wish !== undefined)
}
