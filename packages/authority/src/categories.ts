import { LatchkeyError } from '@latchkey/core'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { changedFields, givenFields } from './fields.ts'
import type { Category, CategoryFilter, Listed, Order, Page } from './ports.ts'

/** Absent leaves as it is, `null` clears. */
export interface CategoryFields {
  readonly parentId?: number | null | undefined
  readonly name?: string | undefined
  readonly description?: string | null | undefined
  readonly tags?: string | null | undefined
  readonly ownerId?: string | null | undefined
  readonly privacyContext?: string | null | undefined
  readonly referenceId?: string | null | undefined
}

/** @throws {LatchkeyError} `PARENT_CATEGORY_NOT_FOUND`, `CATEGORY_EXISTS` */
export async function addCategory(deps: Deps, access: Access, name: string, fields: CategoryFields): Promise<Category> {
  const fullName = await fullNameOf(deps, access, name, fields.parentId ?? undefined)
  const category = { ...givenFields(fields), partnerId: access.partnerId, name, fullName }
  try {
    return await deps.store.categories.create({ ...category, createdAt: access.now, updatedAt: access.now })
  } catch (error) {
    const isTaken = error instanceof LatchkeyError && error.code === 'ALREADY_EXISTS'
    throw isTaken ? new LatchkeyError('CATEGORY_EXISTS', { name: fullName }, { cause: error }) : error
  }
}

/** @throws {LatchkeyError} `CATEGORY_NOT_FOUND` */
export async function getCategory(deps: Deps, access: Access, id: number): Promise<Category> {
  const category = await deps.store.categories.find(access.partnerId, id)
  if (!category) throw new LatchkeyError('CATEGORY_NOT_FOUND', { id })
  return category
}

export function listCategories(
  deps: Deps,
  access: Access,
  filter: CategoryFilter,
  order: readonly Order<'name' | 'fullName' | 'createdAt' | 'updatedAt'>[],
  page: Page,
): Promise<Listed<Category>> {
  return deps.store.categories.list(access.partnerId, filter, order, page)
}

/** A category stays where it is in the tree. @throws {LatchkeyError} `CATEGORY_NOT_FOUND`, `CATEGORY_EXISTS` */
export async function updateCategory(
  deps: Deps,
  access: Access,
  id: number,
  fields: Omit<CategoryFields, 'parentId'>,
): Promise<Category> {
  const category = await getCategory(deps, access, id)
  const name = fields.name ?? category.name
  const fullName = await fullNameOf(deps, access, name, category.parentId)
  const change = { ...changedFields(fields), name, fullName, updatedAt: access.now }
  const isDone = await deps.store.categories.update(access.partnerId, id, change)
  const after = await getCategory(deps, access, id)
  if (!isDone) throw new LatchkeyError('CATEGORY_EXISTS', { name: fullName })
  return after
}

/** With all categories below it; their entries stay and leave them. @throws {LatchkeyError} `CATEGORY_NOT_FOUND` */
export async function deleteCategory(deps: Deps, access: Access, id: number): Promise<void> {
  if (!(await deps.store.categories.delete(access.partnerId, id))) throw new LatchkeyError('CATEGORY_NOT_FOUND', { id })
}

async function fullNameOf(deps: Deps, access: Access, name: string, parentId: number | undefined): Promise<string> {
  if (!parentId) return name
  const parent = await deps.store.categories.find(access.partnerId, parentId)
  if (!parent) throw new LatchkeyError('PARENT_CATEGORY_NOT_FOUND', { id: parentId })
  return `${parent.fullName}>${name}`
}
