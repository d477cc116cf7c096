import type { JournalFilter, JournalLine } from '@latchkey/authority'

// A line as text, alike on both engines: one JSON object, with the field names of the port. It begins with time and
// partner, so that a reader finds those without parsing the rest.

/** Longest value of each text, in UTF-16 units. */
const MAX = {
  requestId: 100,
  actor: 320,
  action: 100,
  tokenId: 320,
  cause: 100,
  code: 100,
  object: 200,
  address: 100,
  client: 100,
} as const satisfies Partial<Record<keyof JournalLine, number>>

const DOORS = ['v3', 'oauth2', 'cli', 'console'] as const satisfies readonly JournalLine['door'][]
export const OUTCOMES = ['issued', 'refused', 'revoked', 'changed'] as const satisfies readonly JournalLine['outcome'][]
const VALUES = ['current', 'previous'] as const satisfies readonly JournalLine['value'][]

/** As many values of one list as count; other lists of the store read no more either. */
const MAX_LISTED = 500

/** The line without its newline. */
export function formatLine(line: JournalLine): string {
  const text = JSON.stringify(kept(line, cut))
  // JSON writes what must be replaced with this escape, and hardly anything else: looking once is far cheaper.
  return text.includes('\\u') ? JSON.stringify(kept(line, fitted)) : text
}

/** Field by field: whatever else an object carries stays out of the journal. */
function kept(line: JournalLine, fit: <Text extends string | undefined>(text: Text, max: number) => Text | string) {
  return {
    at: line.at,
    partnerId: line.partnerId,
    requestId: fit(line.requestId, MAX.requestId),
    door: line.door,
    action: fit(line.action, MAX.action),
    outcome: line.outcome,
    tokenId: fit(line.tokenId, MAX.tokenId),
    actor: fit(line.actor, MAX.actor),
    cause: fit(line.cause, MAX.cause),
    code: fit(line.code, MAX.code),
    object: fit(line.object, MAX.object),
    address: fit(line.address, MAX.address),
    client: fit(line.client, MAX.client),
    value: line.value,
  }
}

/** Undefined for what is no line of ours, such as one torn by a crash. */
export function parseLine(text: string): JournalLine | undefined {
  try {
    return toLine(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** The line out of an object with its fields, where null is absent. Undefined when one isn't what it should be. */
export function toLine(found: unknown): JournalLine | undefined {
  if (!isObject(found)) return undefined
  const { at, partnerId, requestId, action } = found
  const door = DOORS.find((known) => known === found.door)
  const outcome = OUTCOMES.find((known) => known === found.outcome)
  if (typeof at !== 'number' || typeof partnerId !== 'number') return undefined
  if (typeof requestId !== 'string' || typeof action !== 'string') return undefined
  if (door === undefined || outcome === undefined) return undefined
  return {
    at,
    requestId,
    partnerId,
    actor: optionalText(found.actor),
    door,
    action,
    tokenId: optionalText(found.tokenId),
    outcome,
    cause: optionalText(found.cause),
    code: optionalText(found.code),
    object: optionalText(found.object),
    address: optionalText(found.address),
    client: optionalText(found.client),
    value: VALUES.find((known) => known === found.value),
  }
}

/** The id as lines hold it. */
export function fittedTokenId(tokenId: string): string {
  return fitted(tokenId, MAX.tokenId)
}

/** The filter with its texts as lines hold them, so that whatever was cut when written is found by its whole length. */
export function fittedFilter(filter: JournalFilter): JournalFilter {
  return {
    tokenId: fitted(filter.tokenId, MAX.tokenId),
    outcomes: filter.outcomes,
    actions: filter.actions?.slice(0, MAX_LISTED).map((action) => fitted(action, MAX.action)),
    causes: filter.causes?.slice(0, MAX_LISTED).map((cause) => fitted(cause, MAX.cause)),
    actor: fitted(filter.actor, MAX.actor),
    requestId: fitted(filter.requestId, MAX.requestId),
    at: filter.at,
  }
}

/** @param filter out of {@link fittedFilter} */
export function matches(line: JournalLine, filter: JournalFilter): boolean {
  return (
    (filter.tokenId === undefined || line.tokenId === filter.tokenId) &&
    (filter.actor === undefined || line.actor === filter.actor) &&
    (filter.requestId === undefined || line.requestId === filter.requestId) &&
    (filter.outcomes === undefined || filter.outcomes.includes(line.outcome)) &&
    (filter.actions === undefined || filter.actions.includes(line.action)) &&
    (filter.causes === undefined || (line.cause !== undefined && filter.causes.includes(line.cause))) &&
    !(filter.at?.from !== undefined && line.at < filter.at.from) &&
    !(filter.at?.to !== undefined && line.at > filter.at.to)
  )
}

/** What a refusal counts under. */
export function causeOf(line: JournalLine): string {
  return line.cause ?? line.code ?? UNKNOWN_CAUSE
}

export const UNKNOWN_CAUSE = 'unknown'

function cut<Text extends string | undefined>(text: Text, max: number): Text | string {
  return text !== undefined && text.length > max ? `${text.slice(0, max - 1)}…` : text
}

/** A line is never refused for its texts: a stranger chose some of them. PostgreSQL cannot hold what is replaced here. */
function fitted<Text extends string | undefined>(text: Text, max: number): Text | string {
  return cut(text, max)?.toWellFormed().replaceAll('\u0000', '\uFFFD') ?? text
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
