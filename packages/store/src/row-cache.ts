/** @see RowCache */
export interface CacheOptions<DbRow extends object, Value> {
  /** Changes when rows that were read before may have changed. */
  readonly version: () => number
  readonly parse: (row: DbRow) => Value
  /** Whether two reads found the same; of single rows, column by column, unless told. */
  readonly areSame?: ((before: DbRow | undefined, after: DbRow | undefined) => boolean) | undefined
  /** Upper bound of the keys that are kept. */
  readonly max: number
}

interface Kept<DbRow, Value> {
  version: number
  readonly row: DbRow | undefined
  readonly value: Value | undefined
  /** Handed out as it is, so that a hit allocates nothing. */
  readonly promise: Promise<Value | undefined>
}

interface Loading<Value> {
  readonly version: number
  readonly promise: Promise<Value | undefined>
}

/**
 * Rows by key, absent ones too. A row that may have changed is read again, and when it has not, the same object is
 * given as before. Bounded by two generations: what was not asked for since the last turnover goes at the next.
 */
export class RowCache<DbRow extends object, Value> {
  readonly #options: CacheOptions<DbRow, Value>
  #young = new Map<string, Kept<DbRow, Value>>()
  #old = new Map<string, Kept<DbRow, Value>>()
  #loading = new Map<string, Loading<Value>>()

  constructor(options: CacheOptions<DbRow, Value>) {
    this.#options = options
  }

  find(key: string, read: () => Promise<DbRow | undefined>): Promise<Value | undefined> {
    let version: number
    try {
      version = this.#options.version()
    } catch (error) {
      return Promise.reject(error)
    }
    const kept = this.#kept(key)
    if (kept !== undefined && kept.version === version) return kept.promise
    const loading = this.#loading.get(key)
    if (loading !== undefined && loading.version === version) return loading.promise
    return this.#load(key, version, kept, read)
  }

  /** What is known at this moment without reading anything; `undefined` when nothing is. */
  known(key: string): { readonly value: Value | undefined } | undefined {
    const kept = this.#kept(key)
    return kept !== undefined && kept.version === this.#options.version() ? kept : undefined
  }

  /** Called after a write and before it is acknowledged. What is being read now will not be kept either. */
  drop(key: string): void {
    this.#young.delete(key)
    this.#old.delete(key)
    this.#loading.delete(key)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
    this.#loading.clear()
  }

  #kept(key: string): Kept<DbRow, Value> | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.#keep(key, old)
    return old
  }

  #keep(key: string, kept: Kept<DbRow, Value>): void {
    if (this.#young.size >= this.#options.max / 2) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, kept)
  }

  #load(
    key: string,
    version: number,
    before: Kept<DbRow, Value> | undefined,
    read: () => Promise<DbRow | undefined>,
  ): Promise<Value | undefined> {
    const promise = read().then((row) => {
      const { areSame = areSameRows } = this.#options
      const isSame = before !== undefined && areSame(before.row, row)
      const value = isSame ? before.value : row === undefined ? undefined : this.#options.parse(row)
      // Dropped or overtaken while it was being read: right for whoever asked then, but not to be kept.
      if (this.#loading.get(key) !== loading) return value
      this.#loading.delete(key)
      if (isSame) {
        before.version = version
        this.#keep(key, before)
      } else {
        this.#keep(key, { version, row, value, promise: Promise.resolve(value) })
      }
      return value
    })
    const loading: Loading<Value> = { version, promise }
    this.#loading.set(key, loading)
    promise.catch(() => {
      if (this.#loading.get(key) === loading) this.#loading.delete(key)
    })
    return promise
  }
}

/** For a cache that keeps all rows of a query under one key. */
export function areSameLists(a: readonly object[] | undefined, b: readonly object[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.length === b.length && a.every((row, place) => areSameRows(row, b[place]))
}

function areSameRows(a: object | undefined, b: object | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  const before = Object.entries(a)
  const after: ReadonlyMap<string, unknown> = new Map(Object.entries(b))
  return before.length === after.size && before.every(([column, value]) => after.get(column) === value)
}
