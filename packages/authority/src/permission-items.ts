import { findPermissionItem, LatchkeyError, PERMISSION_ITEMS, type PermissionItem } from '@latchkey/core'
import type { Listed, Order, Page } from './ports.ts'
import { cutList, isOneOf } from './short-lists.ts'

export interface PermissionItemFilter {
  readonly ids?: readonly number[] | undefined
  readonly kinds?: readonly PermissionItem['kind'][] | undefined
  /** Items belong to partner 0, all of them. */
  readonly partnerIds?: readonly number[] | undefined
}

/** @throws {LatchkeyError} `PERMISSION_ITEM_NOT_FOUND` */
export function getPermissionItem(id: number): PermissionItem {
  const item = findPermissionItem(id)
  if (item === undefined) throw new LatchkeyError('PERMISSION_ITEM_NOT_FOUND', { id })
  return item
}

/** Unless told, by service and action, then by object. */
export function listPermissionItems(
  filter: PermissionItemFilter,
  order: readonly Order<'id'>[],
  page: Page,
): Listed<PermissionItem> {
  const matches = ({ id, kind }: PermissionItem) =>
    isOneOf(id, filter.ids) && isOneOf(kind, filter.kinds) && isOneOf(0, filter.partnerIds)
  return cutList<'id', PermissionItem>(PERMISSION_ITEMS, matches, order, page)
}
