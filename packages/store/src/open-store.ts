import { join } from 'node:path'
import type { Store } from '@latchkey/authority'
import { appTokenCacheOn, appTokensOn } from './app-tokens.ts'
import { categoriesOn } from './categories.ts'
import { openDataKey } from './data-key.ts'
import type { Engine } from './engine.ts'
import { entriesOn, entryCacheOn } from './entries.ts'
import { unavailable } from './failures.ts'
import type { JournalSync } from './journal/appender.ts'
import { CallCounts } from './journal/call-counts.ts'
import { FileJournal } from './journal/file-journal.ts'
import type { OpenJournal } from './journal/open-journal.ts'
import { postgresJournal } from './journal/postgres-journal.ts'
import { migrate, parseSchema, SCHEMA } from './migrations/migrate.ts'
import { partnersOn } from './partners.ts'
import { permissionsOn } from './permissions.ts'
import { openPostgres } from './postgres/engine.ts'
import { revocationCacheOn, revocationsOn } from './revocations.ts'
import { rolesOn } from './roles.ts'
import { createSealer, type Sealer } from './sealing.ts'
import { openSqlite } from './sqlite/engine.ts'
import { userCacheOn, userKey, usersOn } from './users.ts'
import { widgetCacheOn, widgetsOn } from './widgets.ts'

/** @see openStore */
export interface StoreOptions {
  /** `postgres://…`; absent is the embedded database in the data directory. */
  readonly url?: string | undefined
  /** Holds `latchkey.db` and `journal/`; made for its owner alone when missing. Not used with a `url`. */
  readonly dataDirectory: string
  /** File with the key that everything secret is sealed under; made when missing while the store is empty. */
  readonly masterKeyPath: string
  /** How long a write waits for another process before it gives up; 10 seconds unless told. */
  readonly busyTimeoutMs?: number | undefined
  /** Whether a line of the journal counts as kept once the operating system has it (the default) or once the disk has. */
  readonly journalSync?: JournalSync | undefined
  /** A file of the journal that has grown to this is followed by another; 64 MiB unless told. */
  readonly journalFileBytes?: number | undefined
}

/** A store that was opened; `await using` closes it. */
export interface OpenStore extends Store, AsyncDisposable {
  /** True as long as it holds no partner, so that the first start has one to create. */
  readonly isNew: boolean
}

const BUSY_TIMEOUT_MS = 10_000
const JOURNAL_FILE_BYTES = 64 * 1024 * 1024

/**
 * Opens the store, brings its schema up to date and its data key to hand, one process at a time.
 *
 * @throws {LatchkeyError} `STORE_UNAVAILABLE`, `STORE_TOO_NEW`, `MASTER_KEY_MISSING`, `SECRET_UNREADABLE` (wrong master key),
 *   `SETTING_INVALID` (a master key file that is no key or open to others)
 */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const busyTimeoutMs = options.busyTimeoutMs ?? BUSY_TIMEOUT_MS
  const engine =
    options.url === undefined
      ? openSqlite({ path: join(options.dataDirectory, 'latchkey.db'), busyTimeoutMs })
      : openPostgres({ url: options.url, busyTimeoutMs })
  try {
    const { dataKey, isNew } = await engine.exclusively(async (db) => {
      await migrate(db, engine.name)
      const key = await openDataKey(db, options.masterKeyPath)
      const partner = await db.selectFrom('partners').select('id').limit(1).executeTakeFirst()
      return { dataKey: key, isNew: partner === undefined }
    })
    return storeOn(engine, createSealer(dataKey), isNew, journalOn(engine, options))
  } catch (error) {
    await engine.close()
    throw error
  }
}

function journalOn(engine: Engine, options: StoreOptions): OpenJournal {
  const sync = options.journalSync ?? 'turn'
  const counts = new CallCounts(engine)
  if (engine.name === 'postgres') return postgresJournal(engine, sync, counts)
  const maxFileBytes = options.journalFileBytes ?? JOURNAL_FILE_BYTES
  return new FileJournal({ directory: join(options.dataDirectory, 'journal'), sync, maxFileBytes }, counts)
}

function storeOn(engine: Engine, sealer: Sealer, isNew: boolean, journal: OpenJournal): OpenStore {
  const users = userCacheOn(engine)
  const appTokens = appTokenCacheOn(engine, sealer)
  const revocations = revocationCacheOn(engine)
  const entries = entryCacheOn(engine)
  const widgets = widgetCacheOn(engine)
  const forgetRevocation = (key: string): void => revocations.drop(key)
  const close = (): Promise<void> => journal.close().finally(() => engine.close())
  return {
    isNew,
    partners: partnersOn(engine, sealer, widgets),
    users: usersOn(engine, users, { forgetTokens: () => appTokens.clear(), forgetRevocation }),
    appTokens: appTokensOn(engine, sealer, appTokens, {
      forgetUser: (partnerId, id) => users.drop(userKey(partnerId, id)),
      forgetRevocation,
    }),
    roles: rolesOn(engine),
    permissions: permissionsOn(engine),
    widgets: widgetsOn(engine, widgets),
    revocations: revocationsOn(engine, revocations),
    entries: entriesOn(engine, entries),
    categories: categoriesOn(engine, entries),
    journal,
    check: () => check(engine),
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function check(engine: Engine): Promise<void> {
  const query = engine.db.selectFrom('store_info').select('value').where('name', '=', 'schema')
  const found = (await engine.read(query.compile()))[0]?.value
  if (found === undefined || parseSchema(found) !== SCHEMA) {
    throw unavailable(engine.name, new Error('its schema is not the one of this program'))
  }
}
