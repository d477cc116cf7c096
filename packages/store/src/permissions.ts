import type { PermissionRecord, Store } from '@latchkey/authority'
import { LatchkeyError } from '@latchkey/core'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { PermissionTable } from './database.ts'
import { type Engine, mustTouch, prepared } from './engine.ts'
import { areSameLists, RowCache } from './row-cache.ts'
import { drawId, drawnId, lastId } from './sequences.ts'
import { isStorableKey, storableKey } from './storable.ts'
import { changed, changedTo, formatList, orAbsent, orNull, parseNumberList, parseTextList } from './values.ts'

const DELETED = sql.lit<PermissionRecord['status']>(3)
const NONE: readonly PermissionRecord[] = []

export function permissionsOn(engine: Engine): Store['permissions'] {
  const { db } = engine
  const living = () => db.selectFrom('permissions').selectAll().where('status', '<>', DELETED)
  const byName = prepared((partnerId: number, name: string) =>
    living().where('partner_id', '=', partnerId).where('name', '=', name),
  )
  const ofPartner = prepared((partnerId: number) => living().where('partner_id', '=', partnerId).orderBy('id'))
  const cache = new RowCache({ version: engine.version, parse, max: 10_000 })
  const lists = new RowCache<readonly Selectable<PermissionTable>[], readonly PermissionRecord[]>({
    version: engine.version,
    parse: (rows) => rows.map(parse),
    areSame: areSameLists,
    max: 10_000,
  })
  return {
    find(partnerId, name) {
      if (!isStorableKey(partnerId) || !isStorableKey(name)) return Promise.resolve(undefined)
      return cache.find(`${partnerId}/${name}`, async () => (await engine.read(byName(partnerId, name)))[0])
    },
    async list(partnerId) {
      if (!isStorableKey(partnerId)) return NONE
      return (await lists.find(String(partnerId), () => engine.read(ofPartner(partnerId)))) ?? NONE
    },
    async create(permission) {
      const outcome = await engine.write([
        drawId(engine, 'permissions'),
        mustTouch(
          db
            .insertInto('permissions')
            .values({ ...toRow(permission), id: lastId('permissions') })
            .onConflict((on) => on.doNothing()),
        ),
      ])
      cache.drop(`${permission.partnerId}/${permission.name}`)
      if (outcome.done) lists.drop(String(permission.partnerId))
      return outcome.done ? { ...permission, id: drawnId(outcome) } : undefined
    },
    async update(partnerId, id, change) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return false
      const outcome = await engine.write([
        mustTouch(
          db
            .updateTable('permissions')
            .set(toChange(partnerId, change))
            .where('partner_id', '=', partnerId)
            .where('id', '=', id)
            .where('status', '<>', DELETED),
        ),
      ])
      // By its number we don't know which names it had and has.
      cache.clear()
      if (outcome.done) lists.drop(String(partnerId))
      if (!outcome.done && outcome.isDuplicate) {
        throw new LatchkeyError('ALREADY_EXISTS', { what: 'permission', id: String(change.name) })
      }
      return outcome.done
    },
  }
}

function toRow(permission: Omit<PermissionRecord, 'id'>): Omit<Insertable<PermissionTable>, 'id'> {
  return {
    partner_id: permission.partnerId,
    type: permission.type,
    name: storableKey(permission.name),
    friendly_name: orNull(permission.friendlyName),
    description: orNull(permission.description),
    status: permission.status,
    depends_on: formatList(permission.dependsOn),
    item_ids: formatList(permission.itemIds),
    tags: orNull(permission.tags),
    created_at: permission.createdAt,
    updated_at: permission.updatedAt,
  }
}

function toChange(
  partnerId: number,
  change: Partial<Omit<PermissionRecord, 'id' | 'partnerId' | 'createdAt'>>,
): Updateable<PermissionTable> {
  return {
    // Named even though it stays, so that an empty change is a statement too.
    partner_id: partnerId,
    type: change.type,
    name: storableKey(change.name),
    friendly_name: changed(change, 'friendlyName'),
    description: changed(change, 'description'),
    status: change.status,
    depends_on: changedTo(change.dependsOn, formatList),
    item_ids: changedTo(change.itemIds, formatList),
    tags: changed(change, 'tags'),
    updated_at: change.updatedAt,
  }
}

function parse(row: Selectable<PermissionTable>): PermissionRecord {
  return {
    id: row.id,
    partnerId: row.partner_id,
    type: row.type,
    name: row.name,
    friendlyName: orAbsent(row.friendly_name),
    description: orAbsent(row.description),
    status: row.status,
    dependsOn: parseTextList(row.depends_on),
    itemIds: parseNumberList(row.item_ids),
    tags: orAbsent(row.tags),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
