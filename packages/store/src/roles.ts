import type { Role, Store } from '@latchkey/authority'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { RoleTable } from './database.ts'
import { type Engine, mustTouch, prepared, run } from './engine.ts'
import { RowCache } from './row-cache.ts'
import { drawId, drawnId, lastId } from './sequences.ts'
import { isStorableKey, storableKey } from './storable.ts'
import { changed, changedTo, formatList, orAbsent, orNull, parseTextList } from './values.ts'

const DELETED = sql.lit<Role['status']>(3)

export function rolesOn(engine: Engine): Store['roles'] {
  const { db } = engine
  const living = () => db.selectFrom('roles').selectAll().where('status', '<>', DELETED)
  const byId = prepared((partnerId: number, id: number) =>
    living().where('partner_id', '=', partnerId).where('id', '=', id),
  )
  const bySystemName = prepared((partnerId: number, name: string) =>
    living().where('partner_id', '=', partnerId).where('system_name', '=', name).orderBy('id').limit(sql.lit(1)),
  )
  const cache = new RowCache({ version: engine.version, parse, max: 10_000 })
  const named = new RowCache({ version: engine.version, parse, max: 10_000 })
  return {
    find(partnerId, id) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return Promise.resolve(undefined)
      return cache.find(`${partnerId}/${id}`, async () => (await engine.read(byId(partnerId, id)))[0])
    },
    findBySystemName(partnerId, name) {
      if (!isStorableKey(partnerId) || !isStorableKey(name)) return Promise.resolve(undefined)
      return named.find(`${partnerId}/${name}`, async () => (await engine.read(bySystemName(partnerId, name)))[0])
    },
    async list(partnerId) {
      if (!isStorableKey(partnerId)) return []
      return (await engine.read(living().where('partner_id', '=', partnerId).orderBy('id').compile())).map(parse)
    },
    async create(role) {
      const outcome = await engine.write([
        drawId(engine, 'roles'),
        run(db.insertInto('roles').values({ ...toRow(role), id: lastId('roles') })),
      ])
      const id = drawnId(outcome)
      cache.drop(`${role.partnerId}/${id}`)
      named.clear()
      return { ...role, id }
    },
    async update(partnerId, id, change) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return false
      const { done } = await engine.write([
        mustTouch(
          db
            .updateTable('roles')
            .set(toChange(partnerId, change))
            .where('partner_id', '=', partnerId)
            .where('id', '=', id)
            .where('status', '<>', DELETED),
        ),
      ])
      cache.drop(`${partnerId}/${id}`)
      named.clear()
      return done
    },
  }
}

function toRow(role: Omit<Role, 'id'>): Omit<Insertable<RoleTable>, 'id'> {
  return {
    partner_id: role.partnerId,
    name: role.name,
    system_name: storableKey(orNull(role.systemName)),
    description: orNull(role.description),
    status: role.status,
    permission_names: formatList(role.permissionNames),
    tags: orNull(role.tags),
    created_at: role.createdAt,
    updated_at: role.updatedAt,
  }
}

function toChange(
  partnerId: number,
  change: Partial<Omit<Role, 'id' | 'partnerId' | 'createdAt'>>,
): Updateable<RoleTable> {
  return {
    // Named even though it stays, so that an empty change is a statement too.
    partner_id: partnerId,
    name: change.name,
    system_name: storableKey(changed(change, 'systemName')),
    description: changed(change, 'description'),
    status: change.status,
    permission_names: changedTo(change.permissionNames, formatList),
    tags: changed(change, 'tags'),
    updated_at: change.updatedAt,
  }
}

function parse(row: Selectable<RoleTable>): Role {
  return {
    id: row.id,
    partnerId: row.partner_id,
    name: row.name,
    systemName: orAbsent(row.system_name),
    description: orAbsent(row.description),
    status: row.status,
    permissionNames: parseTextList(row.permission_names),
    tags: orAbsent(row.tags),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
