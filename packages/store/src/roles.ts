import type { Role, Store, User } from '@latchkey/authority'
import { LatchkeyError } from '@latchkey/core'
import { type Insertable, type Selectable, type SqlBool, sql, type Updateable } from 'kysely'
import type { RoleTable } from './database.ts'
import { type Engine, mustFindNone, mustTouch, prepared, run, type Statement } from './engine.ts'
import { RowCache } from './row-cache.ts'
import { drawId, drawnId, holdIds, lastId } from './sequences.ts'
import { isStorableKey, isStorableText, storableKey } from './storable.ts'
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
  const byName = prepared((partnerId: number, name: string) =>
    living().where('partner_id', '=', partnerId).where('name', '=', name).orderBy('id').limit(sql.lit(1)),
  )
  const ofPartner = prepared((partnerId: number) => living().where('partner_id', '=', partnerId).orderBy('id'))
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
    async findByName(partnerId, name) {
      if (!isStorableKey(partnerId) || !isStorableText(name)) return undefined
      const [row] = await engine.read(byName(partnerId, name))
      return row && parse(row)
    },
    async list(partnerId) {
      if (!isStorableKey(partnerId)) return []
      return (await engine.read(ofPartner(partnerId))).map(parse)
    },
    async create(role) {
      const names = namesFree(role.partnerId, role)
      const outcome = await engine.write([
        // Drawing an id holds the sequence, so that nobody takes the names between the look and the insert.
        drawId(engine, 'roles'),
        ...names.map(({ statement }) => statement),
        run(db.insertInto('roles').values({ ...toRow(role), id: lastId('roles') })),
      ])
      if (!outcome.done) throw names[outcome.refused - 1]?.taken ?? new TypeError('a role that was not created')
      const id = drawnId(outcome)
      cache.drop(`${role.partnerId}/${id}`)
      named.clear()
      return { ...role, id }
    },
    async update(partnerId, id, change) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return false
      const names = namesFree(partnerId, change, id)
      const outcome = await engine.write([
        ...(names.length > 0 ? [holdIds(engine, 'roles')] : []),
        ...names.map(({ statement }) => statement),
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
      const taken = outcome.done ? undefined : names[outcome.refused - 1]?.taken
      if (taken !== undefined) throw taken
      return outcome.done
    },
    async delete(partnerId, id, now) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return false
      const outcome = await engine.write([
        // Whoever gives a role to a user waits here too, so that no user gets it between the look and the deletion.
        holdIds(engine, 'roles'),
        mustTouch(
          db
            .updateTable('roles')
            .set({ status: 3, updated_at: now })
            .where('partner_id', '=', partnerId)
            .where('id', '=', id)
            .where('status', '<>', DELETED),
        ),
        mustFindNone(usersWith(engine, partnerId, id)),
      ])
      cache.drop(`${partnerId}/${id}`)
      named.clear()
      if (!outcome.done && outcome.refused === 2) throw new LatchkeyError('ROLE_IN_USE', { id })
      return outcome.done
    },
  }

  /** For each name that is given: that no other living role has it, and what to say where one does. */
  function namesFree(
    partnerId: number,
    { name, systemName }: Partial<Role>,
    except?: number,
  ): readonly { readonly statement: Statement; readonly taken: LatchkeyError }[] {
    const others = () => {
      const roles = living().where('partner_id', '=', partnerId)
      return except === undefined ? roles : roles.where('id', '<>', except)
    }
    const free: { statement: Statement; taken: LatchkeyError }[] = []
    if (name !== undefined) {
      const statement = mustFindNone(others().where('name', '=', name))
      free.push({ statement, taken: new LatchkeyError('ROLE_NAME_TAKEN', { name }) })
    }
    if (systemName !== undefined) {
      const statement = mustFindNone(others().where('system_name', '=', systemName))
      free.push({ statement, taken: new LatchkeyError('ROLE_SYSTEM_NAME_TAKEN', { name: systemName }) })
    }
    return free
  }
}

/**
 * That these roles of the partner are there, for a unit that gives them to a user. Comes first in it: it makes whoever
 * deletes one wait.
 */
export function mustHaveRoles(engine: Engine, partnerId: number, ids: readonly number[]): readonly Statement[] {
  if (ids.length === 0) return []
  const living = (id: number) =>
    engine.db
      .selectFrom('roles')
      .select('id')
      .where('partner_id', '=', partnerId)
      .where('id', '=', id)
      .where('status', '<>', DELETED)
  return [holdIds(engine, 'roles'), ...ids.map((id) => mustTouch(living(id)))]
}

/** The column is a list in JSON: between its numbers stand commas, and brackets around them. */
function usersWith(engine: Engine, partnerId: number, roleId: number) {
  const listed = sql<string>`replace(replace(role_ids, '[', ','), ']', ',')`
  return engine.db
    .selectFrom('users')
    .select('id')
    .where('partner_id', '=', partnerId)
    .where('status', '<>', sql.lit<User['status']>(2))
    .where(sql<SqlBool>`${listed} like ${`%,${roleId},%`}`)
    .limit(sql.lit(1))
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
