import { sql } from 'kysely'
import { type Engine, run } from '../engine.ts'
import { unavailable } from '../failures.ts'
import type { JournalSync } from './appender.ts'

/** Fields of a line's JSON as columns of the table. */
const COLUMNS = [
  ['at', 'at', 'bigint'],
  ['partnerId', 'partner_id', 'bigint'],
  ['requestId', 'request_id', 'text'],
  ['door', 'door', 'text'],
  ['action', 'action', 'text'],
  ['outcome', 'outcome', 'text'],
  ['tokenId', 'token_id', 'text'],
  ['actor', 'actor', 'text'],
  ['cause', 'cause', 'text'],
  ['code', 'code', 'text'],
  ['object', 'object', 'text'],
  ['address', 'address', 'text'],
  ['client', 'client', 'text'],
  ['value', 'value', 'text'],
] as const

interface Batch {
  readonly lines: string[]
  readonly promise: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Inserts lines by the batch: those of one turn of the loop, and all that came while the last batch was under way, in one
 * statement and so in one transaction.
 */
export class RowBatches {
  readonly #engine: Engine
  readonly #sync: JournalSync
  readonly #insertion: string
  #next: Batch | undefined
  /** Never rejects. */
  #writing: Promise<void> | undefined
  /** Whether a commit went ahead of the disk since the last flush. */
  #isAhead = false
  #isClosed = false

  constructor(engine: Engine, sync: JournalSync) {
    this.#engine = engine
    this.#sync = sync
    this.#insertion = insertion(sync)
  }

  /**
   * @param line as JSON
   * @throws {LatchkeyError} `STORE_UNAVAILABLE`
   */
  append(line: string): Promise<void> {
    if (this.#isClosed) return Promise.reject(unavailable(this.#engine.name, new Error('its journal is closed')))
    let batch = this.#next
    if (batch === undefined) {
      batch = { lines: [], ...Promise.withResolvers<void>() }
      this.#next = batch
      setImmediate(this.#write)
    }
    batch.lines.push(line)
    return batch.promise
  }

  /** @throws {LatchkeyError} `STORE_UNAVAILABLE` */
  async flush(): Promise<void> {
    // One batch may be under way, and what was appended since is in the next one.
    await this.#writing
    this.#write()
    await this.#writing
    if (!this.#isAhead) return
    this.#isAhead = false
    // Its commit waits for the disk, and so for all before it. It needs a change of something to have one.
    const query = this.#engine.db.updateTable('store_info').set({ value: sql<string>`value` })
    await this.#engine.write([run(query.where('name', '=', 'schema'))])
  }

  /** As {@link RowBatches.flush}; nothing is taken any more. */
  close(): Promise<void> {
    this.#isClosed = true
    return this.flush()
  }

  readonly #write = (): void => {
    const batch = this.#next
    if (batch === undefined || this.#writing !== undefined) return
    this.#next = undefined
    this.#writing = this.#insert(batch)
  }

  async #insert(batch: Batch): Promise<void> {
    try {
      await this.#engine.write([{ sql: this.#insertion, parameters: [`[${batch.lines.join(',')}]`] }])
      this.#isAhead = this.#sync === 'turn'
      batch.resolve()
    } catch (error) {
      batch.reject(error)
    }
    this.#writing = undefined
    this.#write()
  }
}

/** One text with all lines as its only parameter, so that the statement is the same however many there are. */
function insertion(sync: JournalSync): string {
  const inserted = COLUMNS.map(([, column]) => `"${column}"`).join(', ')
  const selected = COLUMNS.map(([field]) => `line."${field}"`).join(', ')
  const fields = COLUMNS.map(([field, , type]) => `"${field}" ${type}`).join(', ')
  // Within the statement's own transaction and for no longer. The server has the lines then, and writes them out within
  // three times its `wal_writer_delay`, 0.2 seconds unless set otherwise.
  const mode = `set_config('synchronous_commit', '${sync === 'always' ? 'on' : 'off'}', true)`
  return `with mode as materialized (select ${mode})
    insert into journal (${inserted}) select ${selected}
    from mode cross join rows from (json_to_recordset($1::json) as (${fields})) with ordinality
    as line(${COLUMNS.map(([field]) => `"${field}"`).join(', ')}, place) order by place`
}
