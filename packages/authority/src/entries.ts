import { LatchkeyError } from '@latchkey/core'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { fidelityOf } from './fidelity.ts'
import { changedFields, givenFields } from './fields.ts'
import { newObjectId } from './ids.ts'
import type { Entry, EntryFilter, Listed, Order, Page } from './ports.ts'
import { isVisible } from './visibility.ts'

/** Absent leaves as it is, `null` clears. */
export interface EntryFields {
  readonly ownerId?: string | null | undefined
  readonly name?: string | null | undefined
  readonly description?: string | null | undefined
  readonly tags?: string | null | undefined
  readonly adminTags?: string | null | undefined
  readonly referenceId?: string | null | undefined
  readonly coEditors?: readonly string[] | undefined
  readonly categoryIds?: readonly number[] | undefined
  /** Full names, in place of ids. */
  readonly categoryNames?: readonly string[] | undefined
  readonly mediaType?: number | null | undefined
}

const NO_CONTENT = 7
const DELETED = 3
const TRIES_FOR_A_FREE_ID = 10

/** @throws {LatchkeyError} `ADMIN_PROPERTY`, `CATEGORY_NOT_FOUND` */
export async function addEntry(deps: Deps, access: Access, fields: EntryFields): Promise<Entry> {
  const { now, partnerId } = access
  const changes = await checked(deps, access, fields)
  const creatorId = access.session?.userId
  for (let attempt = 0; attempt < TRIES_FOR_A_FREE_ID; attempt += 1) {
    const entry: Entry = {
      id: newObjectId(deps.primitives),
      partnerId,
      ownerId: creatorId,
      creatorId,
      coEditors: [],
      name: '',
      categoryIds: [],
      mediaType: 1,
      durationSeconds: 0,
      status: NO_CONTENT,
      createdAt: now,
      updatedAt: now,
      ...givenFields(changes),
    }
    if (await deps.store.entries.create([entry])) return entry
  }
  throw new LatchkeyError('STORE_UNAVAILABLE', { store: 'entries: no free id' })
}

/** @throws {LatchkeyError} `ENTRY_NOT_FOUND`, also for another partner's and for deleted ones */
export async function getEntry(deps: Deps, access: Access, id: string): Promise<Entry> {
  const { partnerId, viewer } = access
  const entry = await deps.store.entries.find(partnerId, id)
  const isThere = entry !== undefined && entry.status !== DELETED
  const isSeen = isThere && (viewer === undefined || (await isVisible(deps, partnerId, id, viewer)))
  // One answer for both where entitlement is on, or else it would tell which entries there are.
  if (!isSeen) throw new LatchkeyError('ENTRY_NOT_FOUND', { id, isEntitled: viewer !== undefined })
  return entry
}

/**
 * Whose entries a list may show: undefined is everybody's. A session that is not ADMIN and has no `list:*` sees its own
 * user's, hence none where it has no user.
 */
export function visibleOwner(deps: Deps, access: Access): string | undefined {
  const { hasPrivilege } = fidelityOf(deps).core
  if (access.kind === 'admin' || (access.session && hasPrivilege(access.session, 'list', '*'))) return undefined
  return access.session?.userId ?? ''
}

/**
 * Lists what the session may see. A filter by id or reference lifts the limit to the session user's own entries.
 */
export async function listEntries(
  deps: Deps,
  access: Access,
  filter: EntryFilter,
  order: readonly Order<'name' | 'createdAt' | 'updatedAt' | 'durationSeconds'>[],
  page: Page,
): Promise<Listed<Entry>> {
  const owner = filter.ids || filter.referenceIds ? undefined : visibleOwner(deps, access)
  return listOwned(deps, access, filter, owner, order, page)
}

/** As {@link listEntries}, but no filter lifts the limit. */
export async function countEntries(deps: Deps, access: Access, filter: EntryFilter): Promise<number> {
  return (await listOwned(deps, access, filter, visibleOwner(deps, access), [], { offset: 0, limit: 1 })).total
}

/** Whether the session may is decided before. @throws {LatchkeyError} `ENTRY_NOT_FOUND`, `ADMIN_PROPERTY`, `CATEGORY_NOT_FOUND` */
export async function updateEntry(deps: Deps, access: Access, id: string, fields: EntryFields): Promise<Entry> {
  const entry = await getEntry(deps, access, id)
  const changes = await checked(deps, access, fields, entry)
  const change: Partial<Omit<Entry, 'id' | 'partnerId' | 'createdAt'>> = {
    ...changedFields(changes),
    name: changes.name === null ? '' : (changes.name ?? entry.name),
    mediaType: changes.mediaType ?? entry.mediaType,
    updatedAt: access.now,
  }
  if (!(await deps.store.entries.update(access.partnerId, id, change)))
    throw new LatchkeyError('ENTRY_NOT_FOUND', { id, isEntitled: access.viewer !== undefined })
  // As it is now, also where the session has put it out of its own sight.
  return (await deps.store.entries.find(access.partnerId, id)) ?? { ...entry, ...change }
}

/** @throws {LatchkeyError} `ENTRY_NOT_FOUND` */
export async function deleteEntry(deps: Deps, access: Access, id: string): Promise<void> {
  await getEntry(deps, access, id)
  await deps.store.entries.update(access.partnerId, id, { status: DELETED, updatedAt: access.now })
}

async function listOwned(
  deps: Deps,
  access: Access,
  filter: EntryFilter,
  owner: string | undefined,
  order: readonly Order<'name' | 'createdAt' | 'updatedAt' | 'durationSeconds'>[],
  page: Page,
): Promise<Listed<Entry>> {
  if (owner === '') return { total: 0, items: [] }
  const asked = filter.ownerIds
  const ownerIds = owner === undefined ? asked : asked && !asked.includes(owner) ? [] : [owner]
  return deps.store.entries.list(
    access.partnerId,
    {
      ...filter,
      ownerIds,
      visibleTo: access.viewer,
      statuses: filter.statuses?.filter((status) => status !== DELETED) ?? [2, NO_CONTENT],
    },
    order,
    page,
  )
}

type Checked = Omit<EntryFields, 'categoryNames'>

async function checked(deps: Deps, access: Access, fields: EntryFields, entry?: Entry): Promise<Checked> {
  const { categoryNames, ...rest } = fields
  requireOwnerRight(deps, access, fields, entry)
  const categoryIds = categoryNames ? await idsOf(deps, access, categoryNames) : fields.categoryIds
  for (const id of fields.categoryIds ?? []) {
    if (!(await deps.store.categories.find(access.partnerId, id))) throw new LatchkeyError('CATEGORY_NOT_FOUND', { id })
  }
  return categoryIds ? { ...rest, categoryIds } : rest
}

/** Owner and admin tags are an admin's to set, but for the privileges that say otherwise. */
function requireOwnerRight(deps: Deps, access: Access, fields: EntryFields, entry: Entry | undefined): void {
  if (access.kind === 'admin') return
  const { hasPrivilege } = fidelityOf(deps).core
  const { session } = access
  const owner = fields.ownerId
  const keeps = owner === undefined || owner === (entry ? entry.ownerId : session?.userId)
  if (
    !keeps &&
    !(session && owner && (hasPrivilege(session, 'edituser', owner) || hasPrivilege(session, 'edituser', '*')))
  ) {
    throw new LatchkeyError('ADMIN_PROPERTY', { property: 'userId' })
  }
  if (
    fields.adminTags !== undefined &&
    fields.adminTags !== entry?.adminTags &&
    !(session && hasPrivilege(session, 'editadmintags', '*'))
  ) {
    throw new LatchkeyError('ADMIN_PROPERTY', { property: 'adminTags' })
  }
}

async function idsOf(deps: Deps, access: Access, names: readonly string[]): Promise<readonly number[]> {
  const ids: number[] = []
  for (const fullNameEqual of names) {
    const found = await deps.store.categories.list(access.partnerId, { fullNameEqual }, [], { offset: 0, limit: 1 })
    const [category] = found.items
    if (!category) throw new LatchkeyError('CATEGORY_NOT_FOUND', { id: fullNameEqual })
    ids.push(category.id)
  }
  return ids
}
