import type { Revocation, Store } from '@latchkey/authority'
import type { EpochSeconds } from '@latchkey/core'
import { type Selectable, sql } from 'kysely'
import type { RevocationTable } from './database.ts'
import { type Compilable, type Engine, mustTouch, prepared, run } from './engine.ts'
import { RowCache } from './row-cache.ts'
import { isStorableKey, storableKey } from './storable.ts'
import { orAbsent, orNull } from './values.ts'

export type RevocationCache = RowCache<Selectable<RevocationTable>, Revocation>

export function revocationCacheOn(engine: Engine): RevocationCache {
  return new RowCache({ version: engine.version, parse, max: 50_000 })
}

const NONE: Promise<readonly Revocation[]> = Promise.resolve([])

export function revocationsOn(engine: Engine, cache: RevocationCache): Store['revocations'] {
  const { db } = engine
  const byKey = prepared((key: string) => db.selectFrom('revocations').selectAll().where('key', '=', key))
  const remainingOf = prepared((key: string) =>
    db.selectFrom('call_counters').select('remaining').where('key', '=', key),
  )
  const findOne = (key: string) =>
    isStorableKey(key)
      ? cache.find(key, async () => (await engine.read(byKey(key)))[0])
      : Promise.resolve<Revocation | undefined>(undefined)

  // The usual case on the way of every call: all keys known, none revoked, nothing to allocate or to await.
  const areKnownLive = (keys: readonly string[]): boolean => {
    for (const key of keys) {
      const known = cache.known(key)
      if (known === undefined || known.value !== undefined) return false
    }
    return true
  }
  const findAll = async (keys: readonly string[], now: EpochSeconds): Promise<readonly Revocation[]> => {
    const found = await Promise.all(keys.map(findOne))
    return found.filter((revocation) => revocation !== undefined).filter((revocation) => isInForce(revocation, now))
  }

  return {
    async find(keys, now) {
      return areKnownLive(keys) ? NONE : findAll(keys, now)
    },
    async add(revocations) {
      if (revocations.length === 0) return
      await engine.write(revocations.map((revocation) => run(revoke(engine, revocation))))
      for (const { key } of revocations) cache.drop(key)
    },
    async takeCall(key, limit, validUntil) {
      if (!(limit >= 1)) return false
      const remaining = Math.floor(Math.min(limit, Number.MAX_SAFE_INTEGER)) - 1
      const { done } = await engine.write([
        mustTouch(
          db
            .insertInto('call_counters')
            .values({ key: storableKey(key), remaining, valid_until: validUntil })
            // One statement, so that two calls at once can't both take the last one.
            .onConflict((on) =>
              on
                .column('key')
                .doUpdateSet({ remaining: sql<number>`call_counters.remaining - 1` })
                .where('call_counters.remaining', '>', sql.lit(0)),
            ),
        ),
      ])
      return done
    },
    async hasCallLeft(key, limit) {
      if (!(limit >= 1)) return false
      const [counter] = await engine.read(remainingOf(storableKey(key)))
      return counter === undefined || counter.remaining > 0
    },
    async purge(now) {
      const outcome = await engine.write([
        run(db.deleteFrom('revocations').where('valid_until', '<=', now)),
        run(db.deleteFrom('call_counters').where('valid_until', '<=', now)),
      ])
      cache.clear()
      return outcome.done ? outcome.results.reduce((sum, { count }) => sum + count, 0) : 0
    },
  }
}

/**
 * Revokes a key, or keeps the later of two ends when it is revoked already. A pause never takes the place of what lasts, and
 * gives way to it.
 */
export function revoke(engine: Engine, revocation: Revocation): Compilable {
  return engine.db
    .insertInto('revocations')
    .values({
      key: storableKey(revocation.key),
      kind: revocation.kind,
      valid_until: orNull(revocation.validUntil),
      created_at: revocation.createdAt,
    })
    .onConflict((on) =>
      on.column('key').doUpdateSet({
        kind: sql<
          Revocation['kind']
        >`case when revocations.kind = 'pause' then excluded.kind else revocations.kind end`,
        valid_until: sql<number | null>`case
          when revocations.valid_until is null or excluded.valid_until is null then null
          when revocations.valid_until > excluded.valid_until then revocations.valid_until
          else excluded.valid_until end`,
      }),
    )
}

/** Sessions that were refused for as long as their app token was paused live again. */
export function endPause(engine: Engine, key: string): Compilable {
  return engine.db
    .deleteFrom('revocations')
    .where('key', '=', storableKey(key))
    .where('kind', '=', sql.lit<Revocation['kind']>('pause'))
}

function isInForce(revocation: Revocation, now: EpochSeconds): boolean {
  return revocation.validUntil === undefined || revocation.validUntil > now
}

function parse(row: Selectable<RevocationTable>): Revocation {
  return { key: row.key, kind: row.kind, validUntil: orAbsent(row.valid_until), createdAt: row.created_at }
}
