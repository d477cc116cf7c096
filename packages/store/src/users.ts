import type { Store, User, UserFilter } from '@latchkey/authority'
import { type AppTokenStatus, LatchkeyError } from '@latchkey/core'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { equal, oneOf, startsWith, within } from './conditions.ts'
import type { UserTable } from './database.ts'
import {
  type Compilable,
  type Engine,
  mustFindNone,
  mustTouch,
  prepared,
  run,
  type Statement,
  type UnitOutcome,
} from './engine.ts'
import { unavailable } from './failures.ts'
import { listed, paged, TOTAL } from './paging.ts'
import { revoke } from './revocations.ts'
import { mustHaveRoles } from './roles.ts'
import { RowCache } from './row-cache.ts'
import { isStorableKey, storableKey } from './storable.ts'
import { changed, changedTo, formatList, orAbsent, orNull, parseNumberList, toFlag } from './values.ts'

const DELETED = 2
const ORDER = { id: 'id', createdAt: 'created_at', updatedAt: 'updated_at' } as const

/** How often a deletion starts over because the user got another token meanwhile. */
const MAX_ATTEMPTS = 20

/** What else must forget rows when users change. */
export interface Dependants {
  readonly forgetTokens: () => void
  readonly forgetRevocation: (key: string) => void
}

export type UserCache = RowCache<Selectable<UserTable>, User>

export function userCacheOn(engine: Engine): UserCache {
  return new RowCache({ version: engine.version, parse, max: 20_000 })
}

export function userKey(partnerId: number, id: string): string {
  return `${partnerId}/${id}`
}

export function usersOn(engine: Engine, cache: UserCache, dependants: Dependants): Store['users'] {
  const { db } = engine
  const byId = prepared((partnerId: number, id: string) =>
    db
      .selectFrom('users')
      .selectAll()
      .where('partner_id', '=', partnerId)
      .where('id', '=', id)
      .where('status', '<>', sql.lit(DELETED)),
  )

  const matching = (partnerId: number, filter: UserFilter) =>
    db
      .selectFrom('users')
      .where('partner_id', '=', partnerId)
      .where('status', '<>', sql.lit(DELETED))
      .where((eb) =>
        eb.and([
          ...oneOf(eb.ref('id'), filter.ids),
          ...startsWith([eb.ref('id'), eb.ref('screen_name')], filter.idOrScreenNameStartsWith),
          ...oneOf(eb.ref('status'), filter.statuses),
          ...equal(eb.ref('is_admin'), changedTo(filter.isAdmin, toFlag)),
          ...within(eb.ref('created_at'), filter.createdAt),
          ...within(eb.ref('updated_at'), filter.updatedAt),
        ]),
      )

  const livingTokensOf = (partnerId: number, id: string) =>
    db
      .selectFrom('app_tokens')
      .select('id')
      .where('partner_id', '=', partnerId)
      .where('session_user_id', '=', id)
      .where('status', '<>', sql.lit<AppTokenStatus>('deleted'))

  return {
    find(partnerId, id) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return Promise.resolve(undefined)
      return cache.find(userKey(partnerId, id), async () => (await engine.read(byId(partnerId, id)))[0])
    },
    async list(partnerId, filter, order, page) {
      if (!isStorableKey(partnerId)) return { total: 0, items: [] }
      const rows = paged(matching(partnerId, filter).selectAll().select(TOTAL), ORDER, order, page)
      return listed(engine, rows, matching(partnerId, filter).select(TOTAL), page, parse)
    },
    async create(user, ownRoleIds = []) {
      const roles = mustHaveRoles(engine, user.partnerId, ownRoleIds)
      const outcome = await engine.write([...roles, mustTouch(insertUser(engine, user))])
      cache.drop(userKey(user.partnerId, user.id))
      assertRoles(outcome, roles.length, ownRoleIds)
      return outcome.done
    },
    async update(partnerId, id, change, ownRoleIds = []) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return false
      const roles = mustHaveRoles(engine, partnerId, ownRoleIds)
      const unit: Statement[] = [
        mustTouch(
          db
            .updateTable('users')
            .set(toChange(partnerId, change))
            .where('partner_id', '=', partnerId)
            .where('id', '=', id)
            .where('status', '<>', sql.lit(DELETED)),
        ),
      ]
      if (change.id !== undefined && change.id !== id) {
        unit.unshift(makeRoomFor(engine, partnerId, change.id))
        // A token is its user's, whatever the user is called: deleting the user must still find it.
        unit.push(
          run(
            db
              .updateTable('app_tokens')
              .set({ session_user_id: change.id })
              .where('partner_id', '=', partnerId)
              .where('session_user_id', '=', id)
              .where('status', '<>', sql.lit<AppTokenStatus>('deleted')),
          ),
        )
      }
      const outcome = await engine.write([...roles, ...unit])
      cache.drop(userKey(partnerId, id))
      if (change.id !== undefined) {
        cache.drop(userKey(partnerId, change.id))
        dependants.forgetTokens()
      }
      if (!outcome.done && outcome.isDuplicate) {
        throw new LatchkeyError('ALREADY_EXISTS', { what: 'user', id: String(change.id) })
      }
      assertRoles(outcome, roles.length, ownRoleIds)
      return outcome.done
    },
    async delete(partnerId, id, now, revocationsOf) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return false
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const tokenIds = (await engine.read(livingTokensOf(partnerId, id).compile())).map((token) => token.id)
        const revocations = revocationsOf(tokenIds)
        const outcome = await engine.write([
          mustTouch(
            db
              .updateTable('users')
              .set({ status: DELETED, updated_at: now })
              .where('partner_id', '=', partnerId)
              .where('id', '=', id)
              .where('status', '<>', sql.lit(DELETED)),
          ),
          ...tokenIds.map((tokenId) =>
            run(
              db
                .updateTable('app_tokens')
                .set({ status: 'deleted', updated_at: now })
                .where('id', '=', tokenId)
                .where('status', '<>', sql.lit<AppTokenStatus>('deleted')),
            ),
          ),
          // A token that came after the list was read has no revocation yet: then all of it is done again.
          mustFindNone(livingTokensOf(partnerId, id)),
          ...revocations.map((revocation) => run(revoke(engine, revocation))),
        ])
        cache.drop(userKey(partnerId, id))
        dependants.forgetTokens()
        for (const { key } of revocations) dependants.forgetRevocation(key)
        if (outcome.done) return true
        if (outcome.refused === 0) return false
      }
      throw unavailable(engine.name, new Error('a user kept getting tokens while it was being deleted'))
    },
  }
}

/** @param statements of the unit that looked for the roles; the first holds their ids, then comes one for each */
function assertRoles(outcome: UnitOutcome, statements: number, ownRoleIds: readonly number[]): void {
  if (outcome.done || outcome.refused >= statements) return
  throw new LatchkeyError('USER_ROLE_UNKNOWN', { id: ownRoleIds[outcome.refused - 1] ?? 0 })
}

/**
 * Inserts the user, or puts it in the place of a deleted one; touches nothing when a living one has its id, but locks
 * that row on PostgreSQL even so, which keeps the user from being deleted until the unit is through.
 */
export function insertUser(engine: Engine, user: User): Compilable {
  const row = toRow(user)
  return engine.db
    .insertInto('users')
    .values(row)
    .onConflict((on) => on.columns(['partner_id', 'id']).doUpdateSet(row).where('users.status', '=', sql.lit(DELETED)))
}

function makeRoomFor(engine: Engine, partnerId: number, id: string): Statement {
  return run(
    engine.db
      .deleteFrom('users')
      .where('partner_id', '=', partnerId)
      .where('id', '=', id)
      .where('status', '=', sql.lit(DELETED)),
  )
}

function toRow(user: User): Insertable<UserTable> {
  return {
    partner_id: user.partnerId,
    id: storableKey(user.id),
    status: user.status,
    is_admin: toFlag(user.isAdmin),
    role_ids: formatList(user.roleIds),
    screen_name: orNull(user.screenName),
    full_name: orNull(user.fullName),
    first_name: orNull(user.firstName),
    last_name: orNull(user.lastName),
    email: orNull(user.email),
    description: orNull(user.description),
    tags: orNull(user.tags),
    partner_data: orNull(user.partnerData),
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  }
}

function toChange(partnerId: number, change: Partial<Omit<User, 'partnerId' | 'createdAt'>>): Updateable<UserTable> {
  return {
    partner_id: partnerId,
    id: storableKey(change.id),
    status: change.status,
    is_admin: changedTo(change.isAdmin, toFlag),
    role_ids: changedTo(change.roleIds, formatList),
    screen_name: changed(change, 'screenName'),
    full_name: changed(change, 'fullName'),
    first_name: changed(change, 'firstName'),
    last_name: changed(change, 'lastName'),
    email: changed(change, 'email'),
    description: changed(change, 'description'),
    tags: changed(change, 'tags'),
    partner_data: changed(change, 'partnerData'),
    updated_at: change.updatedAt,
  }
}

function parse(row: Selectable<UserTable>): User {
  return {
    partnerId: row.partner_id,
    id: row.id,
    status: row.status,
    isAdmin: row.is_admin === 1,
    roleIds: parseNumberList(row.role_ids),
    screenName: orAbsent(row.screen_name),
    fullName: orAbsent(row.full_name),
    firstName: orAbsent(row.first_name),
    lastName: orAbsent(row.last_name),
    email: orAbsent(row.email),
    description: orAbsent(row.description),
    tags: orAbsent(row.tags),
    partnerData: orAbsent(row.partner_data),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
