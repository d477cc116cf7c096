import {
  addCategory,
  type CategoryFields,
  deleteCategory,
  getCategory,
  listCategories,
  updateCategory,
} from '@latchkey/authority'
import { apiError, type BoundObject } from '@latchkey/wire'
import { refuseReadOnly, WireRefusal } from '../v3/refusals.ts'
import { categoryView } from '../views/category.ts'
import type { Action } from './call.ts'
import { numbersOf, orderOf, pageOf, textOf, timesOf } from './lists.ts'

const ORDER = { name: 'name', fullName: 'fullName', createdAt: 'createdAt', updatedAt: 'updatedAt' } as const
const LONGEST_NAME = 60

export const categoryService: Readonly<Record<string, Action>> = {
  async 'category.add'({ deps, access, values }) {
    const category = values.object('category')
    refuseReadOnly(category)
    const name = nameOf(category)
    if (name === undefined)
      throw new WireRefusal(apiError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: 'KalturaCategory::name' }))
    const parentId = category?.number('parentId') ?? undefined
    return categoryView(await addCategory(deps, access, name, { ...fieldsOf(category), parentId }))
  },

  async 'category.get'({ deps, access, values }) {
    return categoryView(await getCategory(deps, access, values.numberOr('id', 0)))
  },

  async 'category.list'({ deps, access, values }) {
    const filter = values.object('filter')
    const listed = await listCategories(
      deps,
      access,
      {
        ids: numbersOf(filter, 'idEqual', 'idIn'),
        parentIds: numbersOf(filter, 'parentIdEqual', 'parentIdIn'),
        fullNameEqual: textOf(filter, 'fullNameEqual'),
        fullNameStartsWith: textOf(filter, 'fullNameStartsWith'),
        freeText: textOf(filter, 'freeText'),
        createdAt: timesOf(filter, 'createdAt'),
        updatedAt: timesOf(filter, 'updatedAt'),
      },
      orderOf(filter?.text('orderBy'), ORDER),
      pageOf(values.object('pager')),
    )
    return {
      objectType: 'KalturaCategoryListResponse',
      objects: listed.items.map(categoryView),
      totalCount: listed.total,
    }
  },

  async 'category.update'({ deps, access, values }) {
    const category = values.object('category')
    const id = values.numberOr('id', 0)
    refuseReadOnly(category, categoryView(await getCategory(deps, access, id)))
    const change = { ...fieldsOf(category), name: nameOf(category) }
    return categoryView(await updateCategory(deps, access, id, change))
  },

  async 'category.delete'({ deps, access, values }) {
    await deleteCategory(deps, access, values.numberOr('id', 0))
    return null
  },
}

function nameOf(category: BoundObject | undefined): string | undefined {
  const name = category?.text('name')
  if (name === undefined) return undefined
  const prop = { PROP_NAME: 'KalturaCategory::name' }
  if (name === null || name === '')
    throw new WireRefusal(apiError('PROPERTY_VALIDATION_MIN_LENGTH', { ...prop, MIN_LEN: 1 }))
  if (name.length > LONGEST_NAME)
    throw new WireRefusal(apiError('PROPERTY_VALIDATION_MAX_LENGTH', { ...prop, MAX_LEN: LONGEST_NAME }))
  // The mark that joins full names; a name with it would be two categories to whoever reads it.
  if (/[>,]/.test(name)) throw new WireRefusal(apiError('INVALID_FIELD_VALUE', { FIELD_NAME: 'name' }))
  return name
}

function fieldsOf(category: BoundObject | undefined): Omit<CategoryFields, 'parentId' | 'name'> {
  return {
    description: category?.text('description'),
    tags: category?.text('tags'),
    ownerId: category?.text('owner'),
    privacyContext: category?.text('privacyContext'),
    referenceId: category?.text('referenceId'),
  }
}
