import type { Category, CategoryFilter, Store } from '@latchkey/authority'
import { LatchkeyError } from '@latchkey/core'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { contains, equal, oneOf, startsWith, within } from './conditions.ts'
import type { CategoryTable } from './database.ts'
import { type Compilable, type Engine, mustFindNone, mustTouch, prepared, run, type Statement } from './engine.ts'
import type { EntryCache } from './entries.ts'
import { listed, paged, TOTAL } from './paging.ts'
import { RowCache } from './row-cache.ts'
import { drawId, drawnId, holdIds, lastId } from './sequences.ts'
import { isStorableKey } from './storable.ts'
import { changed, orAbsent, orNull } from './values.ts'

const ORDER = { name: 'name', fullName: 'full_name', createdAt: 'created_at', updatedAt: 'updated_at' } as const

export function categoriesOn(engine: Engine, entries: EntryCache): Store['categories'] {
  const { db } = engine
  const byId = prepared((partnerId: number, id: number) =>
    db.selectFrom('categories').selectAll().where('partner_id', '=', partnerId).where('id', '=', id),
  )
  const cache = new RowCache({ version: engine.version, parse, max: 10_000 })

  const matching = (partnerId: number, filter: CategoryFilter) =>
    db
      .selectFrom('categories')
      .where('partner_id', '=', partnerId)
      .where((eb) =>
        eb.and([
          ...oneOf(eb.ref('id'), filter.ids),
          ...oneOf(eb.ref('parent_id'), filter.parentIds),
          ...equal(eb.ref('full_name'), filter.fullNameEqual),
          ...startsWith([eb.ref('full_name')], filter.fullNameStartsWith),
          ...contains([eb.ref('name'), eb.ref('tags'), eb.ref('description')], filter.freeText),
          ...within(eb.ref('created_at'), filter.createdAt),
          ...within(eb.ref('updated_at'), filter.updatedAt),
        ]),
      )

  const updated = (partnerId: number, id: number, change: Updateable<CategoryTable>): Statement =>
    mustTouch(db.updateTable('categories').set(change).where('partner_id', '=', partnerId).where('id', '=', id))

  /** No other category has that full name. */
  const nameIsFree = (partnerId: number, fullName: string, id = 0): Statement =>
    mustFindNone(
      db
        .selectFrom('categories')
        .select('id')
        .where('partner_id', '=', partnerId)
        .where('full_name', '=', fullName)
        .where('id', '!=', id),
    )

  return {
    find(partnerId, id) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return Promise.resolve(undefined)
      return cache.find(`${partnerId}/${id}`, async () => (await engine.read(byId(partnerId, id)))[0])
    },
    async list(partnerId, filter, order, page) {
      if (!isStorableKey(partnerId)) return { total: 0, items: [] }
      const rows = paged(matching(partnerId, filter).selectAll().select(TOTAL), ORDER, order, page)
      return listed(engine, rows, matching(partnerId, filter).select(TOTAL), page, parse)
    },
    async create(category) {
      const outcome = await engine.write([
        // Drawing an id holds the sequence, so that nobody takes the name between the look and the insert.
        drawId(engine, 'categories'),
        nameIsFree(category.partnerId, category.fullName),
        run(db.insertInto('categories').values({ ...toRow(category), id: lastId('categories') })),
      ])
      if (!outcome.done) throw new LatchkeyError('ALREADY_EXISTS', { what: 'category', id: category.fullName })
      const id = drawnId(outcome)
      cache.drop(`${category.partnerId}/${id}`)
      return { ...category, id }
    },
    async update(partnerId, id, change) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return false
      const unit: Statement[] = [updated(partnerId, id, toChange(partnerId, change))]
      if (change.fullName !== undefined) {
        unit.unshift(holdIds(engine, 'categories'), nameIsFree(partnerId, change.fullName, id))
      }
      if (change.parentId !== undefined) {
        // One move at a time, since two at once could each be sound and together put a category beneath itself.
        unit.unshift(
          holdIds(engine, 'categories'),
          mustFindNone(
            db
              .selectFrom(treeBelow(engine, partnerId, id).as('tree'))
              .select('id')
              .where('id', '=', change.parentId),
          ),
        )
      }
      if ('name' in change || 'parentId' in change || 'fullName' in change) {
        if (change.fullName === undefined) {
          unit.push(
            run(
              db
                .updateTable('categories')
                .set({ full_name: NAMED_BY_PARENT })
                .where('partner_id', '=', partnerId)
                .where('id', '=', id),
            ),
          )
        }
        unit.push(run(carryFullName(engine, partnerId, id)))
      }
      const { done } = await engine.write(unit)
      cache.clear()
      return done
    },
    async delete(partnerId, id) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return false
      const outcome = await engine.write([
        run(db.deleteFrom('entry_categories').where('category_id', 'in', treeBelow(engine, partnerId, id))),
        mustTouch(db.deleteFrom('categories').where('id', 'in', treeBelow(engine, partnerId, id))),
      ])
      cache.clear()
      entries.clear()
      return outcome.done
    },
  }
}

const NAMED_BY_PARENT = sql<string>`coalesce(
  (select parent.full_name || '>' from categories as parent where parent.id = categories.parent_id), ''
) || name`

/** The ids of a category and of all below it. */
function treeBelow(engine: Engine, partnerId: number, id: number) {
  return engine.db
    .withRecursive('below(id)', (cte) =>
      cte
        .selectFrom('categories')
        .select('id')
        .where('partner_id', '=', partnerId)
        .where('id', '=', id)
        .union((next) =>
          next
            .selectFrom('categories')
            .innerJoin('below', 'below.id', 'categories.parent_id')
            .select('categories.id')
            .where('categories.partner_id', '=', partnerId),
        ),
    )
    .selectFrom('below')
    .select('below.id')
}

/** Builds the full names of all below a category from its own. */
function carryFullName(engine: Engine, partnerId: number, id: number): Compilable {
  return engine.db
    .withRecursive('named(id, full_name)', (cte) =>
      cte
        .selectFrom('categories')
        .select(['id', 'full_name'])
        .where('partner_id', '=', partnerId)
        .where('id', '=', id)
        .unionAll((next) =>
          next
            .selectFrom('categories')
            .innerJoin('named', 'named.id', 'categories.parent_id')
            .select(['categories.id', sql<string>`named.full_name || '>' || categories.name`.as('full_name')])
            .where('categories.partner_id', '=', partnerId),
        ),
    )
    .updateTable('categories')
    .set({
      full_name: sql<string>`(select named.full_name from named where named.id = categories.id)`,
    })
    .where('id', 'in', sql<number>`(select named.id from named)`)
}

function toRow(category: Omit<Category, 'id'>): Omit<Insertable<CategoryTable>, 'id'> {
  return {
    partner_id: category.partnerId,
    parent_id: orNull(category.parentId),
    name: category.name,
    full_name: category.fullName,
    description: orNull(category.description),
    tags: orNull(category.tags),
    owner_id: orNull(category.ownerId),
    privacy_context: orNull(category.privacyContext),
    reference_id: orNull(category.referenceId),
    created_at: category.createdAt,
    updated_at: category.updatedAt,
  }
}

function toChange(
  partnerId: number,
  change: Partial<Omit<Category, 'id' | 'partnerId' | 'createdAt'>>,
): Updateable<CategoryTable> {
  return {
    // Named even though it stays, so that an empty change is a statement too.
    partner_id: partnerId,
    parent_id: changed(change, 'parentId'),
    name: change.name,
    full_name: change.fullName,
    description: changed(change, 'description'),
    tags: changed(change, 'tags'),
    owner_id: changed(change, 'ownerId'),
    privacy_context: changed(change, 'privacyContext'),
    reference_id: changed(change, 'referenceId'),
    updated_at: change.updatedAt,
  }
}

function parse(row: Selectable<CategoryTable>): Category {
  return {
    id: row.id,
    partnerId: row.partner_id,
    parentId: orAbsent(row.parent_id),
    name: row.name,
    fullName: row.full_name,
    description: orAbsent(row.description),
    tags: orAbsent(row.tags),
    ownerId: orAbsent(row.owner_id),
    privacyContext: orAbsent(row.privacy_context),
    referenceId: orAbsent(row.reference_id),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
