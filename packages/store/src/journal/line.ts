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

const DOORS = ['v3', 'oauth2', 'cli'] as const satisfies readonly JournalLine['door'][]
const OUTCOMES = ['issued', 'refused', 'revoked', 'changed'] as const satisfies readonly JournalLine['outcome'][]
const VALUES = ['current', 'previous'] as const satisfies readonly JournalLine['value'][]

/** As many values of one list as count; other lists of the store read no more either. */
const MAX_LISTED = 500

/** The line without its newline. Field by field: whatever else an object carries stays out of the journal. */
export function formatLine(line: JournalLine): string {
  return JSON.stringify({
    at: line.at,
    partnerId: line.partnerId,
    requestId: fitted(line.requestId, MAX.requestId),
    door: line.door,
    action: fitted(line.action, MAX.action),
    outcome: line.outcome,
    tokenId: fitted(line.tokenId, MAX.tokenId),
    actor: fitted(line.actor, MAX.actor),
    cause: fitted(line.cause, MAX.cause),
    code: fitted(line.code, MAX.code),
    object: fitted(line.object, MAX.object),
    address: fitted(line.address, MAX.address),
    client: fitted(line.client, MAX.client),
    value: line.value,
  })
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
  if (typeof found !== 'object' || found === null) return undefined
  const fields: Readonly<Record<string, unknown>> = { ...found }
  const { at, partnerId, requestId, action } = fields
  const door = DOORS.find((known) => known === fields.door)
  const outcome = OUTCOMES.find((known) => known === fields.outcome)
  if (typeof at !== 'number' || typeof partnerId !== 'number') return undefined
  if (typeof requestId !== 'string' || typeof action !== 'string') return undefined
  if (door === undefined || outcome === undefined) return undefined
  return {
    at,
    requestId,
    partnerId,
    actor: optionalText(fields.actor),
    door,
    action,
    tokenId: optionalText(fields.tokenId),
    outcome,
    cause: optionalText(fields.cause),
    code: optionalText(fields.code),
    object: optionalText(fields.object),
    address: optionalText(fields.address),
    client: optionalText(fields.client),
    value: VALUES.find((known) => known === fields.value),
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

/** A line is never refused for its texts: a stranger chose some of them. PostgreSQL cannot hold what is replaced here. */
function fitted<Text extends string | undefined>(text: Text, max: number): Text | string {
  if (text === undefined) return text
  const cut = text.length > max ? `${text.slice(0, max - 1)}…` : text
  const wellFormed = cut.isWellFormed() ? cut : cut.toWellFormed()
  return wellFormed.includes('\u0000') ? wellFormed.replaceAll('\u0000', '\uFFFD') : wellFormed
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
