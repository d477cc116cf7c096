import type { JournalFilter, JournalLine, Listed, PreviousValueUse, TokenUsage } from '@latchkey/authority'
import type { EpochSeconds } from '@latchkey/core'
import { type Selectable, sql } from 'kysely'
import { equal, oneOf, within } from '../conditions.ts'
import type { JournalTable } from '../database.ts'
import type { Engine } from '../engine.ts'
import { isStorableKey } from '../storable.ts'
import { orAbsent } from '../values.ts'
import type { JournalSync } from './appender.ts'
import type { CallCounts } from './call-counts.ts'
import { fittedFilter, fittedTokenId, formatLine, toLine, UNKNOWN_CAUSE } from './line.ts'
import { type OpenJournal, rangeOf, usageOf, whyNotWritable } from './open-journal.ts'
import { RowBatches } from './row-batches.ts'
import { MAX_PREVIOUS } from './token-totals.ts'

/** The journal in a table of PostgreSQL. */
export function postgresJournal(engine: Engine, sync: JournalSync, counts: CallCounts): OpenJournal {
  const { db } = engine
  const batches = new RowBatches(engine, sync)

  const matching = (partnerId: number, filter: JournalFilter) =>
    db
      .selectFrom('journal')
      .where('partner_id', '=', partnerId)
      .where((eb) =>
        eb.and([
          ...equal(eb.ref('token_id'), filter.tokenId),
          ...oneOf(eb.ref('outcome'), filter.outcomes),
          ...oneOf(eb.ref('action'), filter.actions),
          ...oneOf(eb.ref('cause'), filter.causes),
          ...equal(eb.ref('actor'), filter.actor),
          ...equal(eb.ref('request_id'), filter.requestId),
          ...within(eb.ref('at'), filter.at),
        ]),
      )

  const ofToken = (partnerId: number, tokenId: string) =>
    db.selectFrom('journal').where('partner_id', '=', partnerId).where('token_id', '=', tokenId)

  const outcomesOf = (partnerId: number, tokenId: string) =>
    ofToken(partnerId, tokenId)
      .select(['outcome', sql<string>`coalesce(cause, code, ${sql.lit(UNKNOWN_CAUSE)})`.as('cause')])
      .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('at').as('last_at')])
      .where('outcome', 'in', [sql.lit<'issued'>('issued'), sql.lit<'refused'>('refused')])
      .groupBy([sql.lit(1), sql.lit(2)])

  const previousUsesOf = (partnerId: number, tokenId: string) =>
    ofToken(partnerId, tokenId)
      .select(['client', 'address'])
      .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('at').as('last_at')])
      .where('value', '=', sql.lit<'previous'>('previous'))
      .groupBy(['client', 'address'])
      .orderBy('last_at', 'desc')
      .orderBy(sql`coalesce(client, '')`)
      .orderBy(sql`coalesce(address, '')`)
      .limit(MAX_PREVIOUS)

  return {
    append(line) {
      const why = whyNotWritable(line)
      return why === undefined ? batches.append(formatLine(line)) : Promise.reject(why)
    },
    async list(partnerId, filter, page): Promise<Listed<JournalLine>> {
      if (!isStorableKey(partnerId)) return { total: 0, items: [] }
      const { from, to } = rangeOf(page)
      const found = matching(partnerId, fittedFilter(filter))
      const ordered = found.selectAll().orderBy('at', 'desc').orderBy('id', 'desc')
      const rows = await engine.read(
        ordered
          .limit(to - from)
          .offset(from)
          .compile(),
      )
      // Apart, since counting along with the page would sort all lines for it. Asked second, it can't be less than what is there.
      const counted = await engine.read(found.select((eb) => eb.fn.countAll<number>().as('total')).compile())
      return { total: counted[0]?.total ?? 0, items: rows.map(parse) }
    },
    async usage(partnerId, tokenId): Promise<TokenUsage> {
      if (!isStorableKey(partnerId)) return usageOf(totalsOf([], []), { calls: 0 })
      const id = fittedTokenId(tokenId)
      const [outcomes, uses, calls] = await Promise.all([
        engine.read(outcomesOf(partnerId, id).compile()),
        engine.read(previousUsesOf(partnerId, id).compile()),
        counts.find(partnerId, tokenId),
      ])
      return usageOf(totalsOf(outcomes, uses), calls)
    },
    countCall: (partnerId, tokenId, at) => counts.count(partnerId, tokenId, at),
    async flush() {
      await Promise.all([batches.flush(), counts.flush()])
    },
    async close() {
      const ended = await Promise.allSettled([batches.close(), counts.close()])
      for (const end of ended) if (end.status === 'rejected') throw end.reason
    },
  }
}

interface OutcomeRow {
  readonly outcome: JournalLine['outcome']
  readonly cause: string
  readonly count: number
  readonly last_at: EpochSeconds
}

interface PreviousUseRow {
  readonly client: string | null
  readonly address: string | null
  readonly count: number
  readonly last_at: EpochSeconds
}

function totalsOf(
  outcomes: readonly OutcomeRow[],
  uses: readonly PreviousUseRow[],
): Omit<TokenUsage, 'calls' | 'lastCallAt'> {
  const issued = outcomes.filter(({ outcome }) => outcome === 'issued')
  const refused = outcomes.filter(({ outcome }) => outcome === 'refused')
  return {
    issued: issued.reduce((sum, { count }) => sum + count, 0),
    refusedByCause: Object.fromEntries(refused.map(({ cause, count }) => [cause, count])),
    lastIssuedAt: latest(issued),
    lastRefusedAt: latest(refused),
    previousValue: uses.map(toPreviousUse),
  }
}

function latest(rows: readonly OutcomeRow[]): EpochSeconds | undefined {
  return rows.length === 0 ? undefined : Math.max(...rows.map(({ last_at }) => last_at))
}

function toPreviousUse({ client, address, count, last_at }: PreviousUseRow): PreviousValueUse {
  return { client: orAbsent(client), address: orAbsent(address), lastAt: last_at, count }
}

function parse(row: Selectable<JournalTable>): JournalLine {
  const line = toLine({ ...row, requestId: row.request_id, partnerId: row.partner_id, tokenId: row.token_id })
  if (line === undefined) throw new TypeError('a row of the journal that holds no line')
  return line
}
