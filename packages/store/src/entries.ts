import type { Entry, EntryFilter, EntryViewer, Store } from '@latchkey/authority'
import { type Expression, type Insertable, type Selectable, type SqlBool, sql, type Updateable } from 'kysely'
import { contains, oneOf, within } from './conditions.ts'
import type { EntryTable } from './database.ts'
import { type Engine, mustTouch, prepared, run, type Statement } from './engine.ts'
import { listed, paged, TOTAL } from './paging.ts'
import { RowCache } from './row-cache.ts'
import { isStorableKey, isStorableText, storableKey } from './storable.ts'
import { changed, changedTo, formatList, orAbsent, orNull, parseTextList } from './values.ts'

const ORDER = {
  name: 'name',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  durationSeconds: 'duration_seconds',
} as const

type FoundEntry = Selectable<EntryTable> & { readonly category_ids: string | null }

/** The entry's categories in its own order, as numbers between commas. */
const CATEGORY_IDS = sql<string | null>`(
  select string_agg(cast(category_id as text), ',' order by place) from entry_categories where entry_id = entries.id
)`.as('category_ids')

/** In no category with a privacy context, in one of the viewer's own context, or the viewer's by other means. */
function visibleTo({ userId, context, entryIds }: EntryViewer): Expression<SqlBool> {
  const categories = sql`entry_categories join categories on categories.id = entry_categories.category_id
    where entry_categories.entry_id = entries.id and categories.privacy_context`
  const ways = [sql<SqlBool>`not exists (select 1 from ${categories} <> '')`]
  if (context && isStorableText(context)) ways.push(sql`exists (select 1 from ${categories} = ${context})`)
  if (userId && isStorableText(userId)) {
    ways.push(sql`owner_id = ${userId}`)
    // Of a list in JSON, whose texts stand between quotes.
    ways.push(sql`replace(co_editors, ${JSON.stringify(userId)}, '') <> co_editors`)
  }
  const ids = entryIds.filter((id) => isStorableKey(id))
  if (ids.length > 0) ways.push(sql`entries.id in (${sql.join(ids)})`)
  return sql<SqlBool>`(${sql.join(ways, sql` or `)})`
}

export type EntryCache = RowCache<FoundEntry, Entry>

export function entryCacheOn(engine: Engine): EntryCache {
  return new RowCache({ version: engine.version, parse, max: 10_000 })
}

export function entriesOn(engine: Engine, cache: EntryCache): Store['entries'] {
  const { db } = engine
  const keyOf = (partnerId: number, id: string) => `${partnerId}/${id}`
  const byId = prepared((partnerId: number, id: string) =>
    db.selectFrom('entries').selectAll().select(CATEGORY_IDS).where('partner_id', '=', partnerId).where('id', '=', id),
  )

  const matching = (partnerId: number, filter: EntryFilter) =>
    db
      .selectFrom('entries')
      .where('partner_id', '=', partnerId)
      .where((eb) =>
        eb.and([
          ...oneOf(eb.ref('id'), filter.ids),
          ...oneOf(eb.ref('owner_id'), filter.ownerIds),
          ...oneOf(eb.ref('creator_id'), filter.creatorIds),
          ...oneOf(eb.ref('name'), filter.names),
          ...oneOf(eb.ref('reference_id'), filter.referenceIds),
          ...oneOf(eb.ref('media_type'), filter.mediaTypes),
          ...oneOf(eb.ref('status'), filter.statuses),
          ...contains([eb.ref('name')], filter.nameLike),
          ...contains([eb.ref('name'), eb.ref('tags'), eb.ref('description')], filter.freeText),
          ...contains([eb.ref('tags')], filter.tagsLike),
          ...within(eb.ref('created_at'), filter.createdAt),
          ...within(eb.ref('updated_at'), filter.updatedAt),
          ...(filter.visibleTo === undefined ? [] : [visibleTo(filter.visibleTo)]),
        ]),
      )
      .$if(filter.categoryIds !== undefined, (query) =>
        query.where('id', 'in', (eb) =>
          eb
            .selectFrom('entry_categories')
            .select('entry_id')
            .where((inner) => inner.and([...oneOf(inner.ref('category_id'), filter.categoryIds)])),
        ),
      )

  const putInto = (entryId: string, categoryIds: readonly number[]): readonly Statement[] =>
    [...new Set(categoryIds)].map((categoryId, place) =>
      run(db.insertInto('entry_categories').values({ entry_id: entryId, category_id: categoryId, place })),
    )

  return {
    find(partnerId, id) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return Promise.resolve(undefined)
      return cache.find(keyOf(partnerId, id), async () => (await engine.read(byId(partnerId, id)))[0])
    },
    async list(partnerId, filter, order, page) {
      if (!isStorableKey(partnerId)) return { total: 0, items: [] }
      const rows = paged(matching(partnerId, filter).selectAll().select(CATEGORY_IDS).select(TOTAL), ORDER, order, page)
      return listed(engine, rows, matching(partnerId, filter).select(TOTAL), page, parse)
    },
    async create(entries) {
      if (entries.length === 0) return true
      const unit = entries.flatMap((entry) => [
        mustTouch(
          db
            .insertInto('entries')
            .values(toRow(entry))
            .onConflict((on) => on.doNothing()),
        ),
        ...putInto(entry.id, entry.categoryIds),
      ])
      const { done } = await engine.write(unit)
      for (const { partnerId, id } of entries) cache.drop(keyOf(partnerId, id))
      return done
    },
    async update(partnerId, id, change) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return false
      const unit: Statement[] = [
        mustTouch(
          db
            .updateTable('entries')
            .set(toChange(partnerId, change))
            .where('partner_id', '=', partnerId)
            .where('id', '=', id),
        ),
      ]
      if (change.categoryIds !== undefined) {
        unit.push(run(db.deleteFrom('entry_categories').where('entry_id', '=', id)), ...putInto(id, change.categoryIds))
      }
      const { done } = await engine.write(unit)
      cache.drop(keyOf(partnerId, id))
      return done
    },
  }
}

function toRow(entry: Entry): Insertable<EntryTable> {
  return {
    id: storableKey(entry.id),
    partner_id: entry.partnerId,
    owner_id: orNull(entry.ownerId),
    creator_id: orNull(entry.creatorId),
    co_editors: formatList(entry.coEditors),
    name: entry.name,
    description: orNull(entry.description),
    tags: orNull(entry.tags),
    admin_tags: orNull(entry.adminTags),
    reference_id: orNull(entry.referenceId),
    media_type: entry.mediaType,
    duration_seconds: entry.durationSeconds,
    status: entry.status,
    created_at: entry.createdAt,
    updated_at: entry.updatedAt,
  }
}

function toChange(
  partnerId: number,
  change: Partial<Omit<Entry, 'id' | 'partnerId' | 'createdAt'>>,
): Updateable<EntryTable> {
  return {
    // Named even though it stays, so that an empty change is a statement too.
    partner_id: partnerId,
    owner_id: changed(change, 'ownerId'),
    creator_id: changed(change, 'creatorId'),
    co_editors: changedTo(change.coEditors, formatList),
    name: change.name,
    description: changed(change, 'description'),
    tags: changed(change, 'tags'),
    admin_tags: changed(change, 'adminTags'),
    reference_id: changed(change, 'referenceId'),
    media_type: change.mediaType,
    duration_seconds: change.durationSeconds,
    status: change.status,
    updated_at: change.updatedAt,
  }
}

function parse(row: FoundEntry): Entry {
  return {
    id: row.id,
    partnerId: row.partner_id,
    ownerId: orAbsent(row.owner_id),
    creatorId: orAbsent(row.creator_id),
    coEditors: parseTextList(row.co_editors),
    name: row.name,
    description: orAbsent(row.description),
    tags: orAbsent(row.tags),
    adminTags: orAbsent(row.admin_tags),
    referenceId: orAbsent(row.reference_id),
    categoryIds: row.category_ids === null ? [] : row.category_ids.split(',').map(Number),
    mediaType: row.media_type,
    durationSeconds: row.duration_seconds,
    status: row.status,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
