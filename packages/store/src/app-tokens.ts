import type { AppTokenFilter, Store } from '@latchkey/authority'
import { type AppToken, type AppTokenStatus, Secret } from '@latchkey/core'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { equal, oneOf, within } from './conditions.ts'
import type { AppTokenTable } from './database.ts'
import { type Engine, mustTouch, prepared, run, type Statement } from './engine.ts'
import { listed, paged, TOTAL } from './paging.ts'
import { endPause, revoke } from './revocations.ts'
import { RowCache } from './row-cache.ts'
import type { Sealer } from './sealing.ts'
import { isStorableKey, storableKey } from './storable.ts'
import { insertUser } from './users.ts'
import { changed, changedTo, formatList, orAbsent, orNull, parseTextList } from './values.ts'

const ORDER = { createdAt: 'created_at', updatedAt: 'updated_at' } as const
const DELETED = sql.lit<AppTokenStatus>('deleted')

/** What else must forget rows when tokens change. */
export interface Dependants {
  readonly forgetUser: (partnerId: number, id: string) => void
  readonly forgetRevocation: (key: string) => void
}

const MOST_OWNERS = 20_000

export type AppTokenCache = RowCache<Selectable<AppTokenTable>, AppToken>

export function appTokenCacheOn(engine: Engine, sealer: Sealer): AppTokenCache {
  return new RowCache({ version: engine.version, parse: (row) => parse(row, sealer), max: 20_000 })
}

export function appTokensOn(
  engine: Engine,
  sealer: Sealer,
  cache: AppTokenCache,
  dependants: Dependants,
): Store['appTokens'] {
  const { db } = engine
  const keyOf = (partnerId: number, id: string) => `${partnerId}/${id}`
  const byId = prepared((partnerId: number, id: string) =>
    db
      .selectFrom('app_tokens')
      .selectAll()
      .where('partner_id', '=', partnerId)
      .where('id', '=', id)
      .where('status', '<>', DELETED),
  )

  const matching = (partnerId: number, filter: AppTokenFilter) =>
    db
      .selectFrom('app_tokens')
      .where('partner_id', '=', partnerId)
      .where('status', '<>', DELETED)
      .where((eb) =>
        eb.and([
          ...oneOf(eb.ref('id'), filter.ids),
          ...oneOf(eb.ref('status'), filter.statuses),
          ...equal(eb.ref('session_user_id'), filter.sessionUserId),
          ...within(eb.ref('created_at'), filter.createdAt),
          ...within(eb.ref('updated_at'), filter.updatedAt),
        ]),
      )

  const updated = (partnerId: number, id: string, change: Updateable<AppTokenTable>): Statement =>
    mustTouch(
      db
        .updateTable('app_tokens')
        .set(change)
        .where('partner_id', '=', partnerId)
        .where('id', '=', id)
        .where('status', '<>', DELETED),
    )

  const ownerOf = prepared((id: string) => db.selectFrom('app_tokens').select('partner_id').where('id', '=', id))
  /** An id stays with its account for ever, so that what was found need not be asked for again. */
  const owners = new Map<string, number>()

  return {
    async partnerOf(id) {
      const known = owners.get(id)
      if (known !== undefined || !isStorableKey(id)) return known
      const partnerId = (await engine.read(ownerOf(id)))[0]?.partner_id
      if (partnerId === undefined) return undefined
      if (owners.size >= MOST_OWNERS) owners.clear()
      owners.set(id, partnerId)
      return partnerId
    },
    find(partnerId, id) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return Promise.resolve(undefined)
      return cache.find(keyOf(partnerId, id), async () => (await engine.read(byId(partnerId, id)))[0])
    },
    async list(partnerId, filter, order, page) {
      if (!isStorableKey(partnerId)) return { total: 0, items: [] }
      const rows = paged(matching(partnerId, filter).selectAll().select(TOTAL), ORDER, order, page)
      const count = matching(partnerId, filter).select(TOTAL)
      return listed(engine, rows, count, page, (row) => parse(row, sealer))
    },
    async create(token, user) {
      const unit = user === undefined ? [] : [run(insertUser(engine, user))]
      unit.push(
        mustTouch(
          db
            .insertInto('app_tokens')
            .values(toRow(token, sealer))
            .onConflict((on) => on.doNothing()),
        ),
      )
      const { done } = await engine.write(unit)
      cache.drop(keyOf(token.partnerId, token.id))
      if (user !== undefined) dependants.forgetUser(user.partnerId, user.id)
      return done
    },
    async update(partnerId, id, change, { user, pause, endPauseOf } = {}) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return false
      const unit = user === undefined ? [] : [run(insertUser(engine, user))]
      unit.push(updated(partnerId, id, toChange(partnerId, id, change, sealer)))
      if (pause !== undefined) unit.push(run(revoke(engine, pause)))
      if (endPauseOf !== undefined) unit.push(run(endPause(engine, endPauseOf)))
      const { done } = await engine.write(unit)
      cache.drop(keyOf(partnerId, id))
      for (const key of [pause?.key, endPauseOf]) if (key !== undefined) dependants.forgetRevocation(key)
      if (user !== undefined) dependants.forgetUser(user.partnerId, user.id)
      return done
    },
    async delete(partnerId, id, now, revocation) {
      if (!isStorableKey(partnerId) || !isStorableKey(id)) return false
      const { done } = await engine.write([
        updated(partnerId, id, { status: 'deleted', updated_at: now }),
        run(revoke(engine, revocation)),
      ])
      cache.drop(keyOf(partnerId, id))
      dependants.forgetRevocation(revocation.key)
      return done
    },
  }
}

function placeOf(id: string, column: 'value' | 'previous_value' = 'value') {
  return { table: 'app_tokens', row: id, column }
}

function toRow(token: AppToken, sealer: Sealer): Insertable<AppTokenTable> {
  return {
    id: storableKey(token.id),
    partner_id: token.partnerId,
    value: sealer.seal(token.value.expose(), placeOf(token.id)),
    status: token.status,
    expires_at: orNull(token.expiresAt),
    session_type: orNull(token.sessionType),
    session_user_id: storableKey(orNull(token.sessionUserId)),
    session_seconds: token.sessionSeconds,
    session_privileges: orNull(token.sessionPrivileges),
    hash_type: token.hashType,
    description: orNull(token.description),
    ...previousColumns(token.id, token.previous, sealer),
    rotated_at: orNull(token.rotatedAt),
    labels: listOrNull(token.labels),
    note: orNull(token.note),
    addresses: listOrNull(token.addresses),
    starts_per_minute: orNull(token.startsPerMinute),
    created_at: token.createdAt,
    updated_at: token.updatedAt,
  }
}

function previousColumns(id: string, previous: AppToken['previous'], sealer: Sealer) {
  return {
    previous_value: previous === undefined ? null : sealer.seal(previous.value.expose(), placeOf(id, 'previous_value')),
    previous_until: orNull(previous?.until),
  }
}

function previousOf(row: Selectable<AppTokenTable>, sealer: Sealer): AppToken['previous'] {
  if (row.previous_value === null) return undefined
  const value = new Secret(sealer.open(row.previous_value, placeOf(row.id, 'previous_value')))
  return row.previous_until === null ? { value } : { value, until: row.previous_until }
}

/** An empty list is as good as none. */
function listOrNull(list: readonly string[] | undefined): string | null {
  return list === undefined || list.length === 0 ? null : formatList(list)
}

function toChange(
  partnerId: number,
  id: string,
  change: Partial<Omit<AppToken, 'id' | 'partnerId' | 'createdAt'>>,
  sealer: Sealer,
): Updateable<AppTokenTable> {
  return {
    // Named even though it stays, so that an empty change is a statement too.
    partner_id: partnerId,
    value: changedTo(change.value, (value) => sealer.seal(value.expose(), placeOf(id))),
    status: change.status,
    expires_at: changed(change, 'expiresAt'),
    session_type: changed(change, 'sessionType'),
    session_user_id: storableKey(changed(change, 'sessionUserId')),
    session_seconds: change.sessionSeconds,
    session_privileges: changed(change, 'sessionPrivileges'),
    hash_type: change.hashType,
    description: changed(change, 'description'),
    ...('previous' in change && previousColumns(id, change.previous, sealer)),
    rotated_at: changed(change, 'rotatedAt'),
    labels: 'labels' in change ? listOrNull(change.labels) : undefined,
    note: changed(change, 'note'),
    addresses: 'addresses' in change ? listOrNull(change.addresses) : undefined,
    starts_per_minute: changed(change, 'startsPerMinute'),
    updated_at: change.updatedAt,
  }
}

function parse(row: Selectable<AppTokenTable>, sealer: Sealer): AppToken {
  return {
    id: row.id,
    partnerId: row.partner_id,
    value: new Secret(sealer.open(row.value, placeOf(row.id))),
    status: row.status,
    expiresAt: orAbsent(row.expires_at),
    sessionType: orAbsent(row.session_type),
    sessionUserId: orAbsent(row.session_user_id),
    sessionSeconds: row.session_seconds,
    sessionPrivileges: orAbsent(row.session_privileges),
    hashType: row.hash_type,
    description: orAbsent(row.description),
    previous: previousOf(row, sealer),
    rotatedAt: orAbsent(row.rotated_at),
    labels: row.labels === null ? undefined : parseTextList(row.labels),
    note: orAbsent(row.note),
    addresses: row.addresses === null ? undefined : parseTextList(row.addresses),
    startsPerMinute: orAbsent(row.starts_per_minute),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
