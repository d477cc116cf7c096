import {
  type Access,
  addEntry,
  type Category,
  countEntries,
  type Deps,
  deleteEntry,
  type EntryFields,
  type EntryFilter,
  getEntry,
  listEntries,
  updateEntry,
} from '@latchkey/authority'
import type { BoundObject } from '@latchkey/wire'
import { refuseReadOnly } from '../v3/refusals.ts'
import { entryView } from '../views/entry.ts'
import type { Action, Call } from './call.ts'
import { numbersOf, orderOf, pageOf, textOf, timesOf, valuesOf } from './lists.ts'

const ORDER = { name: 'name', createdAt: 'createdAt', updatedAt: 'updatedAt', duration: 'durationSeconds' } as const
const NEWEST_FIRST = [{ field: 'createdAt', direction: 'descending' }] as const
const ALL_CATEGORIES = { offset: 0, limit: 500 } as const
const MEDIA_CLIP = '1'

interface EntryService {
  readonly service: string
  /** Name of the parameter of update that carries the entry. */
  readonly changed: string
  readonly listType: string
}

export const entryService: Readonly<Record<string, Action>> = {
  ...actionsOf({ service: 'baseEntry', changed: 'baseEntry', listType: 'KalturaBaseEntryListResponse' }),
  ...actionsOf({ service: 'media', changed: 'mediaEntry', listType: 'KalturaMediaListResponse' }),
}

/** The sandbox has media clips only, so that both services show the same entries. */
function actionsOf({ service, changed, listType }: EntryService): Readonly<Record<string, Action>> {
  return {
    [`${service}.add`]: async ({ deps, access, values }) => {
      const entry = values.object('entry')
      refuseReadOnly(entry)
      return viewed(deps, access, await addEntry(deps, access, fieldsOf(entry)))
    },
    [`${service}.get`]: async ({ deps, access, values }) =>
      viewed(deps, access, await getEntry(deps, access, values.textOr('entryId', ''))),
    [`${service}.list`]: async (call) => list(call, listType),
    [`${service}.count`]: async ({ deps, access, values }) =>
      countEntries(deps, access, await filterOf(deps, access, values.object('filter'))),
    [`${service}.update`]: async ({ deps, access, values }) => {
      const entry = values.object(changed)
      const id = values.textOr('entryId', '')
      refuseReadOnly(entry, await viewed(deps, access, await getEntry(deps, access, id)))
      return viewed(deps, access, await updateEntry(deps, access, id, fieldsOf(entry)))
    },
    [`${service}.delete`]: async ({ deps, access, values }) => {
      await deleteEntry(deps, access, values.textOr('entryId', ''))
      return null
    },
  }
}

async function list({ deps, access, values }: Call, objectType: string): Promise<unknown> {
  const filter = values.object('filter')
  const order = orderOf(filter?.text('orderBy'), ORDER)
  const listed = await listEntries(
    deps,
    access,
    await filterOf(deps, access, filter),
    order.length > 0 ? order : NEWEST_FIRST,
    pageOf(values.object('pager')),
  )
  const categories = await categoriesById(deps, access)
  return { objectType, objects: listed.items.map((entry) => entryView(entry, categories)), totalCount: listed.total }
}

async function viewed(deps: Deps, access: Access, entry: Parameters<typeof entryView>[0]) {
  return entryView(entry, await categoriesById(deps, access))
}

async function categoriesById(deps: Deps, access: Access): Promise<ReadonlyMap<number, Category>> {
  const { items } = await deps.store.categories.list(access.partnerId, {}, [], ALL_CATEGORIES)
  return new Map(items.map((category) => [category.id, category]))
}

async function filterOf(deps: Deps, access: Access, filter: BoundObject | undefined): Promise<EntryFilter> {
  const kinds = valuesOf(filter, 'typeEqual', 'typeIn')
  // The sandbox knows no replaced, redirected or dependent entries, and no kind but media clips.
  const matchesNone =
    textOf(filter, 'redirectFromEntryId') !== undefined ||
    textOf(filter, 'parentEntryIdEqual') !== undefined ||
    (kinds !== undefined && !kinds.includes(MEDIA_CLIP))
  return {
    ids: matchesNone ? [] : valuesOf(filter, 'idEqual', 'idIn'),
    names: only(textOf(filter, 'nameEqual')),
    ownerIds: valuesOf(filter, 'userIdEqual', 'userIdIn'),
    creatorIds: only(textOf(filter, 'creatorIdEqual')),
    referenceIds: valuesOf(filter, 'referenceIdEqual', 'referenceIdIn'),
    mediaTypes: numbersOf(filter, 'mediaTypeEqual', 'mediaTypeIn'),
    statuses: numbersOf(filter, 'statusEqual', 'statusIn'),
    categoryIds: await categoryIdsOf(deps, access, filter),
    nameLike: textOf(filter, 'nameLike'),
    tagsLike: textOf(filter, 'tagsLike'),
    freeText: textOf(filter, 'freeText'),
    createdAt: timesOf(filter, 'createdAt'),
    updatedAt: timesOf(filter, 'updatedAt'),
  }
}

/** A whole text as the one value to match: a comma in it separates nothing. */
function only(text: string | undefined): readonly string[] | undefined {
  return text === undefined ? undefined : [text]
}

/** Entries in any of the categories, named by id or by full name; with both, those that both name. */
async function categoryIdsOf(
  deps: Deps,
  access: Access,
  filter: BoundObject | undefined,
): Promise<readonly number[] | undefined> {
  const listed = textOf(filter, 'categoriesIdsMatchOr')
  const ids = listed === undefined ? undefined : idList(listed)
  const names = textOf(filter, 'categoriesMatchOr')?.split(',')
  if (names === undefined) return ids
  const categories = [...(await categoriesById(deps, access)).values()]
  const named = categories.filter(({ fullName }) => names.includes(fullName)).map(({ id }) => id)
  return ids === undefined ? named : named.filter((id) => ids.includes(id))
}

function idList(text: string): readonly number[] {
  return text.split(',').flatMap((item) => (/^\d{1,15}$/.test(item.trim()) ? [Number(item.trim())] : []))
}

function fieldsOf(entry: BoundObject | undefined): EntryFields {
  return {
    ownerId: entry?.text('userId'),
    name: entry?.text('name'),
    description: entry?.text('description'),
    tags: entry?.text('tags'),
    adminTags: entry?.text('adminTags'),
    referenceId: entry?.text('referenceId'),
    coEditors: listText(entry?.text('entitledUsersEdit')),
    categoryIds: entry?.text('categoriesIds') === undefined ? undefined : idList(entry.textOr('categoriesIds', '')),
    categoryNames: listText(entry?.text('categories')),
    mediaType: entry?.number('mediaType'),
  }
}

function listText(text: string | null | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
