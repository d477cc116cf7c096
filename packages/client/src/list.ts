import type { KnownService, ListedBy, Open, ParamsOf } from './call-types.ts'
import { fieldsOf } from './diagnosis.ts'
import { invalid, LatchkeyAnswerError } from './errors.ts'
import { asAnswered, type Session } from './session.ts'
import type { WaitOptions } from './transport.ts'

export interface ListOptions extends WaitOptions {
  /** How many objects in all at most. */
  readonly limit?: number | undefined
  /** How many a request; 100 unless given, and servers mostly answer 500 at most. */
  readonly pageSize?: number | undefined
  /** The action that lists; `list` unless given. */
  readonly action?: string | undefined
}

/** A list that is fetched as it is read: `for await (const entry of list(…))`. */
export interface ObjectList<T> extends AsyncIterable<T> {
  /** The same, a request at a time. */
  pages(): AsyncIterable<readonly T[]>
}

/**
 * All objects of a list, page by page, each once, also while others are added or deleted.
 *
 * Oldest first unless the filter has an `orderBy`. Each page then begins where the last one ended by the time of creation,
 * so that neither what is deleted shifts the rest nor the server's limit on how far pages go ends it; with `-createdAt`
 * likewise, the newest first. In another order, or where objects have no `id` or `createdAt`, pages are counted, and what
 * changes meanwhile may be missed.
 */
export function list<const S extends Open<KnownService>>(
  session: Session,
  service: S,
  params: Omit<ParamsOf<S, 'list'>, 'pager'> = asAnswered({}),
  options: ListOptions = {},
): ObjectList<ListedBy<S>> {
  const pages = () => pagesOf<ListedBy<S>>(session, service, { ...params }, options)
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page
    },
  }
}

async function* pagesOf<T>(
  session: Session,
  service: string,
  params: Readonly<Record<string, unknown>>,
  { limit = Number.POSITIVE_INFINITY, pageSize = 100, action = 'list', ...options }: ListOptions,
): AsyncGenerator<readonly T[], void, undefined> {
  if (!(Number.isInteger(pageSize) && pageSize > 0)) throw invalid('pageSize', 'a whole number above 0')
  if (!(limit >= 0)) throw invalid('limit', 'a number, 0 or more')
  const given = fieldsOf(params.filter)
  const orderBy = given.orderBy ?? '+createdAt'
  let isByTime = orderBy === '+createdAt' || orderBy === '-createdAt'
  /** Times count backwards where the newest comes first. */
  const sign = orderBy === '-createdAt' ? -1 : 1
  let hasFilter = true
  /** The time at which the last page ended; undefined on the first. */
  let from: number | undefined
  let pageIndex = 1
  let read = 0
  let pagesRead = 0
  let stalePages = 0
  let seen = new Set<unknown>()
  let left = limit
  const size = Math.min(pageSize, limit)
  while (left > 0) {
    const filter = {
      ...given,
      orderBy,
      ...(from !== undefined && {
        [sign < 0 ? 'createdAtLessThanOrEqual' : 'createdAtGreaterThanOrEqual']: sign * from,
      }),
    }
    const page = { ...params, ...(hasFilter && { filter }), pager: { pageSize: size, pageIndex } }
    const answer = await session.call<string, string>(service, action, page, options).then(fieldsOf, (error) => {
      // Some lists take only filters of a subclass, which the caller has not named.
      if (params.filter === undefined && hasFilter && error?.code === 'OBJECT_TYPE_ABSTRACT') return undefined
      throw error
    })
    if (answer === undefined) {
      hasFilter = false
      isByTime = false
      continue
    }
    const objects = answer.objects ?? []
    if (!Array.isArray(objects)) {
      throw new LatchkeyAnswerError('UNEXPECTED_ANSWER', `${service}.${action} answered no list`, 200)
    }
    const times = objects.map((object) => sign * Number(fieldsOf(object).createdAt))
    if (isByTime && !isAscending(times, from)) {
      // Neither ordered nor bounded as asked: such a server's pages can only be counted.
      isByTime = false
      if (from !== undefined) {
        from = undefined
        pageIndex = pagesRead + 1
        read = pagesRead * size
        continue
      }
    }
    const fresh = objects.filter((object) => {
      const { id } = fieldsOf(object)
      return id === undefined || !seen.has(id)
    })
    if (fresh.length > 0) yield fresh.slice(0, left).map((object) => asAnswered<T>(object))
    left -= fresh.length
    pagesRead += 1
    read += objects.length
    stalePages = fresh.length === 0 ? stalePages + 1 : 0
    // Without a count, fewer than were asked for may be what the server gives at most.
    const isLast = objects.length < size && Number(answer.totalCount) <= read
    // A server that takes no notice of the index answers the same for ever.
    if (objects.length === 0 || isLast || stalePages > 1) return
    const end = times.at(-1)
    if (isByTime && end !== undefined && end !== from) {
      from = end
      pageIndex = 1
      read = 0
      seen = idsOf(objects.filter((_, index) => times[index] === end))
    } else {
      pageIndex += 1
      // Within one second of creation all; where pages are counted, the last two.
      seen = isByTime ? new Set([...seen, ...idsOf(objects)]) : idsOf(objects)
    }
  }
}

function isAscending(times: readonly number[], from: number | undefined): boolean {
  return times.every((time, index) => time >= (times[index - 1] ?? from ?? Number.NEGATIVE_INFINITY))
}

function idsOf(objects: readonly unknown[]): Set<unknown> {
  return new Set(objects.map((object) => fieldsOf(object).id))
}
