import { type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import { type Engine, mustTouch, type Statement, type UnitOutcome } from './engine.ts'

export type SequenceName = Extract<keyof Database, 'roles' | 'permissions' | 'categories'>

/** Draws the next id. Comes before the statement that uses {@link lastId}, in the same unit. */
export function drawId(engine: Engine, name: SequenceName): Statement {
  return mustTouch(
    engine.db.updateTable('sequences').set({ last: sql<number>`last + 1` }).where('name', '=', name).returning('last'),
  )
}

/** Waits for whoever draws an id of this kind, and makes the next one wait. SQLite has one writer anyway. */
export function holdIds(engine: Engine, name: SequenceName): Statement {
  return mustTouch(engine.db.updateTable('sequences').set({ last: sql<number>`last` }).where('name', '=', name))
}

/** The id that was just drawn, as a value of the row to insert. */
export function lastId(name: SequenceName): RawBuilder<number> {
  return sql<number>`(select last from sequences where name = ${name})`
}

/** The id out of a unit that began with {@link drawId}. */
export function drawnId(outcome: UnitOutcome): number {
  const id = outcome.done ? outcome.results[0]?.rows[0]?.last : undefined
  if (typeof id !== 'number') throw new TypeError('a unit that drew no id')
  return id
}
