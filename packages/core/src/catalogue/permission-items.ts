import { ACTIONS, type CatalogueAction } from './actions.ts'
import { PARAMETER_ROWS } from './parameter-rows.ts'
import { PERMISSIONS } from './permissions.ts'

/** One action, as an item that permissions are made of. */
export interface ActionItem {
  readonly kind: 'action'
  /** Above 0; the same for ever, since permissions of accounts are stored as lists of these. */
  readonly id: number
  /** In lower case, as items have it on the wire. */
  readonly service: string
  readonly action: string
  /** Permissions that all accounts share and that hold it; indices of `PERMISSIONS`. */
  readonly permissions: readonly number[]
}

/** What may be done to one property of an object, as such an item. */
export interface ParameterItem {
  readonly kind: 'parameter'
  readonly id: number
  readonly object: string
  /** A property of it; where it is named as the object itself, the whole object. */
  readonly parameter: string
  readonly access: 'read' | 'insert' | 'update' | 'all'
  readonly permissions: readonly number[]
}

export type PermissionItem = ActionItem | ParameterItem

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/**
 * An id that follows from the name alone, so that it stays when rows are added or put in another order: FNV-1a over the
 * name, which is ASCII, its top bit folded onto the lowest so that the id is a positive `int` on the wire. A test holds
 * that no two names meet.
 */
function idOf(name: string): number {
  let hash = FNV_OFFSET
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), FNV_PRIME)
  return (hash & 0x7fffffff) ^ (hash >>> 31)
}

function actionItem({ service, action, permissions }: CatalogueAction): ActionItem {
  const names = { service: service.toLowerCase(), action: action.toLowerCase() }
  return { kind: 'action', id: idOf(`${names.service}.${names.action}`), ...names, permissions }
}

function parseAccess(text: string): ParameterItem['access'] {
  if (text === 'read' || text === 'insert' || text === 'update' || text === 'all') return text
  throw new TypeError(`a row of a parameter item with an unknown access: ${text}`)
}

/**
 * An object is a line; its properties follow, indented: the name, the access, and the indices of the permissions that
 * hold it, `-` where only internal accounts have such.
 */
function parseParameters(rows: string): readonly ParameterItem[] {
  const items: ParameterItem[] = []
  let object = ''
  for (const row of rows.trim().split('\n')) {
    if (!row.startsWith(' ')) {
      object = row
      continue
    }
    const [parameter = '', word = '', indices = '-'] = row.trim().split(' ')
    const access = parseAccess(word)
    const permissions = indices === '-' ? [] : indices.split(',').map(Number)
    items.push({
      kind: 'parameter',
      id: idOf(`${object}.${parameter}.${access}`),
      object,
      parameter,
      access,
      permissions,
    })
  }
  return items
}

const actionItems: readonly ActionItem[] = ACTIONS.map(actionItem)

/** All items there are: one for each of `ACTIONS`, in their order, then those of properties. */
export const PERMISSION_ITEMS: readonly PermissionItem[] = [...actionItems, ...parseParameters(PARAMETER_ROWS)]

const byId = new Map(PERMISSION_ITEMS.map((item) => [item.id, item]))
const actionById = new Map(actionItems.map(({ id }, index) => [id, ACTIONS[index]]))

export function findPermissionItem(id: number): PermissionItem | undefined {
  return byId.get(id)
}

/** The item that opens the action; that of the action whose permissions count for it, if it is another. */
export function itemIdOf(action: CatalogueAction): number | undefined {
  return actionItems[action.index]?.id
}

/** Undefined for what is no item, or an item of a property. */
export function actionOfItem(id: number): CatalogueAction | undefined {
  return actionById.get(id)
}

let itemIdsByPermission: readonly (readonly number[])[] | undefined

/** Ids of the items that a permission shared by all accounts holds, by its index. Made when first asked for. */
export function itemIdsOf(permission: number): readonly number[] {
  itemIdsByPermission ??= gatherItemIds()
  return itemIdsByPermission[permission] ?? []
}

function gatherItemIds(): readonly (readonly number[])[] {
  const gathered: number[][] = PERMISSIONS.map(() => [])
  for (const { id, permissions } of PERMISSION_ITEMS) for (const index of permissions) gathered[index]?.push(id)
  return gathered
}
