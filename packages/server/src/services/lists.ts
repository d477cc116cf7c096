import type { Order, Page, TimeRange } from '@latchkey/authority'
import type { BoundObject } from '@latchkey/wire'

const DEFAULT_SIZE = 30
const LARGEST_SIZE = 500
/** Of a comma list in a filter, only so many count. */
const MOST_VALUES = 500

/** `pageSize` and `pageIndex` of a pager, as offset and limit. */
export function pageOf(pager: BoundObject | undefined): Page {
  const limit = Math.max(0, Math.min(pager?.number('pageSize') ?? DEFAULT_SIZE, LARGEST_SIZE))
  const index = Math.max(1, pager?.number('pageIndex') ?? 1)
  return { offset: Math.min((index - 1) * limit, Number.MAX_SAFE_INTEGER), limit }
}

/** `+createdAt,-name`; names that are not in the table are passed over. A plus that a form turned into a blank counts. */
export function orderOf<Field extends string>(
  text: string | null | undefined,
  fields: Readonly<Record<string, Field>>,
): readonly Order<Field>[] {
  return (text ?? '').split(',').flatMap((item): readonly Order<Field>[] => {
    const field = Object.hasOwn(fields, item.slice(1)) ? fields[item.slice(1)] : undefined
    if (field === undefined) return []
    if (item.startsWith('-')) return [{ field, direction: 'descending' }]
    return item.startsWith('+') || item.startsWith(' ') ? [{ field, direction: 'ascending' }] : []
  })
}

/** The values of `xEqual` and `xIn` together: both must hold. `undefined` where neither is given. */
export function valuesOf(filter: BoundObject | undefined, equal: string, isIn?: string): readonly string[] | undefined {
  const one = scalarText(filter, equal)
  const many = (isIn === undefined ? undefined : scalarText(filter, isIn))
    ?.split(',')
    .map((value) => value.trim())
    .slice(0, MOST_VALUES)
  if (one === undefined) return many
  return many === undefined || many.includes(one) ? [one] : []
}

/** As {@link valuesOf}, for numbers; what is no number matches nothing. */
export function numbersOf(
  filter: BoundObject | undefined,
  equal: string,
  isIn?: string,
): readonly number[] | undefined {
  return valuesOf(filter, equal, isIn)?.flatMap((value) => (/^-?\d{1,15}$/.test(value) ? [Number(value)] : []))
}

export function timesOf(filter: BoundObject | undefined, name: string): TimeRange | undefined {
  const from = filter?.number(`${name}GreaterThanOrEqual`) ?? undefined
  const to = filter?.number(`${name}LessThanOrEqual`) ?? undefined
  return from === undefined && to === undefined ? undefined : { from, to }
}

/** Of a text in a filter, the empty one is as good as none. */
export function textOf(filter: BoundObject | undefined, name: string): string | undefined {
  return filter?.text(name) || undefined
}

/** The parts of a comma list, any or all of which a text is to have. */
export function partsOf(filter: BoundObject | undefined, name: string): readonly string[] | undefined {
  const parts = namesOf(textOf(filter, name))
  return parts?.length === 0 ? undefined : parts?.slice(0, MOST_VALUES)
}

/** A comma list as it stands in an object, each name once; a cleared one is empty. */
export function namesOf(text: string | null | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined
  const names = (text ?? '').split(',').map((name) => name.trim())
  return [...new Set(names.filter((name) => name !== ''))]
}

/** Of what has the states active, blocked and deleted: nothing is deleted by setting its state. */
export function settableStatus(status: number | null | undefined): 1 | 2 | undefined {
  return status === 1 || status === 2 ? status : undefined
}

function scalarText(filter: BoundObject | undefined, name: string): string | undefined {
  const value = filter?.value(name)
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}
