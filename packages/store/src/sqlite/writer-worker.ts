import { parentPort, workerData } from 'node:worker_threads'
import type { Statement, StatementResult, UnitOutcome } from '../engine.ts'
import { connect, isDuplicate } from './connection.ts'
import { bindable, Statements } from './statements.ts'
import type { FromWriter, ToWriter, UnitReply, WriterOptions } from './writer-messages.ts'

// The one thread of this process that writes to the file. It may wait for another process's lock; nobody else does.

const options: WriterOptions = workerData
const database = connect(options.path, options.busyTimeoutMs)
const statements = new Statements(database)

parentPort?.on('message', (message: ToWriter) => {
  if (message.type === 'close') {
    database.close()
    reply({ type: 'closed' })
    parentPort?.close()
  } else {
    reply({ type: 'written', replies: writeAll(message.units) })
  }
})

function reply(message: FromWriter): void {
  parentPort?.postMessage(message)
}

/** One transaction for all units, since it is the flush to disk that takes the time. */
function writeAll(units: readonly (readonly Statement[])[]): readonly UnitReply[] {
  try {
    database.exec('begin immediate')
    const replies = units.map(writeUnit)
    database.exec('commit')
    return replies
  } catch (error) {
    try {
      if (database.isTransaction) database.exec('rollback')
    } catch {
      // What led here tells more.
    }
    return units.map(() => failure(error))
  }
}

function writeUnit(unit: readonly Statement[]): UnitReply {
  database.exec('savepoint unit')
  try {
    const outcome = runUnit(unit)
    if (!outcome.done) database.exec('rollback to unit')
    database.exec('release unit')
    return { type: 'outcome', outcome }
  } catch (error) {
    // SQLite ends the whole transaction on some errors, such as a full disk; then no unit of it was done.
    if (!database.isTransaction) throw error
    database.exec('rollback to unit')
    database.exec('release unit')
    return failure(error)
  }
}

function runUnit(unit: readonly Statement[]): UnitOutcome {
  const results: StatementResult[] = []
  for (const [index, { sql, parameters, expect }] of unit.entries()) {
    const result = runStatement(sql, parameters)
    if (result === 'duplicate') return { done: false, refused: index, isDuplicate: true }
    if (expect !== undefined && result.count > 0 !== (expect === 'some')) {
      return { done: false, refused: index, isDuplicate: false }
    }
    results.push(result)
  }
  return { done: true, results }
}

function runStatement(sql: string, parameters: readonly unknown[]): StatementResult | 'duplicate' {
  const statement = statements.of(sql)
  const bound = bindable(parameters)
  try {
    if (statement.columns().length === 0) return { count: Number(statement.run(...bound).changes), rows: [] }
    const rows = statement.all(...bound)
    return { count: rows.length, rows }
  } catch (error) {
    if (isDuplicate(error)) return 'duplicate'
    throw error
  }
}

function failure(error: unknown): UnitReply {
  return { type: 'failed', message: error instanceof Error ? error.message : String(error) }
}
