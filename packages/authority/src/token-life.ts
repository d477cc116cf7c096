import { type AppToken, groupKey, LatchkeyError, Secret } from '@latchkey/core'
import type { Access } from './access.ts'
import { parseRanges } from './address-ranges.ts'
import { getAppToken, refuseBeyondMaker } from './app-tokens.ts'
import type { Deps } from './deps.ts'
import { newSecretText } from './ids.ts'
import type { TokenUsage } from './journal-port.ts'
import type { AppTokenUpdate, Revocation } from './ports.ts'
import { recordOf } from './token-facts.ts'

type TokenChange = Partial<Omit<AppToken, 'id' | 'partnerId' | 'createdAt'>>

/**
 * Stops a token: it starts no session, and those that it started are refused while it is paused.
 *
 * @throws {LatchkeyError} `APP_TOKEN_NOT_FOUND`
 */
export async function pauseAppToken(deps: Deps, access: Access, id: string): Promise<AppToken> {
  await getAppToken(deps, access, id)
  const pause: Revocation = { key: keyOf(deps, access, id), kind: 'pause', createdAt: access.now }
  return change(deps, access, id, { status: 'disabled' }, { pause })
}

/** Lets a paused token go on, with the sessions that have not expired. @throws {LatchkeyError} `APP_TOKEN_NOT_FOUND` */
export async function resumeAppToken(deps: Deps, access: Access, id: string): Promise<AppToken> {
  const token = await getAppToken(deps, access, id)
  await refuseBeyondMaker(deps, access, recordOf(token))
  return change(deps, access, id, { status: 'active' }, { endPauseOf: keyOf(deps, access, id) })
}

export interface Rotation {
  /** For how long the old value is taken beside the new one; absent is until {@link endOverlap}. */
  readonly overlapSeconds?: number | undefined
}

const LONGEST_OVERLAP = 366 * 86_400

/**
 * Gives a token a new value at once; the old one is taken for a while. One old value is kept: whatever was before it is
 * taken no more.
 *
 * @throws {LatchkeyError} `APP_TOKEN_NOT_FOUND`, `OVERLAP_INVALID`
 */
export async function rotateAppToken(deps: Deps, access: Access, id: string, rotation: Rotation): Promise<AppToken> {
  const { now } = access
  const { overlapSeconds } = rotation
  if (overlapSeconds !== undefined && !(overlapSeconds >= 0 && overlapSeconds <= LONGEST_OVERLAP)) {
    throw new LatchkeyError('OVERLAP_INVALID', { seconds: overlapSeconds, most: LONGEST_OVERLAP })
  }
  const token = await getAppToken(deps, access, id)
  // Whoever rotates it learns its value.
  await refuseBeyondMaker(deps, access, recordOf(token))
  const until = overlapSeconds === undefined ? undefined : now + Math.trunc(overlapSeconds)
  const previous = until === now ? undefined : { value: token.value, until }
  return change(deps, access, id, { value: new Secret(newSecretText(deps.primitives)), previous, rotatedAt: now })
}

/** From now on only the new value is taken. @throws {LatchkeyError} `APP_TOKEN_NOT_FOUND` */
export async function endOverlap(deps: Deps, access: Access, id: string): Promise<AppToken> {
  await getAppToken(deps, access, id)
  return change(deps, access, id, { previous: undefined })
}

/** Absent leaves as it is, `null` or an empty list clears. */
export interface Annotation {
  readonly labels?: readonly string[] | null | undefined
  readonly note?: string | null | undefined
  readonly addresses?: readonly string[] | null | undefined
  readonly startsPerMinute?: number | null | undefined
}

const MOST_LABELS = 20
const LONGEST_LABEL = 100

/**
 * What people say of a token, and what it is bound to. New addresses hold for sessions that are started from then on.
 *
 * @throws {LatchkeyError} `APP_TOKEN_NOT_FOUND`, `ADDRESS_INVALID`, `LABEL_INVALID`, `RATE_INVALID`, `TOO_MANY_VALUES`
 */
export async function annotateAppToken(deps: Deps, access: Access, id: string, said: Annotation): Promise<AppToken> {
  const token = await getAppToken(deps, access, id)
  const wanted: { -readonly [Key in keyof TokenChange]: TokenChange[Key] } = {}
  if (said.labels !== undefined) wanted.labels = parseLabels(said.labels ?? [])
  if (said.note !== undefined) wanted.note = said.note || undefined
  if (said.addresses !== undefined) wanted.addresses = parseRanges(said.addresses ?? [])
  if (said.startsPerMinute !== undefined) wanted.startsPerMinute = parseRate(said.startsPerMinute)
  await refuseBeyondMaker(deps, access, recordOf(token))
  await refuseBeyondMaker(deps, access, {
    ...recordOf(token),
    ...('addresses' in wanted && { addresses: wanted.addresses }),
  })
  return change(deps, access, id, wanted)
}

/** How often it was used and refused, when last, and who still uses its old value. @throws {LatchkeyError} `APP_TOKEN_NOT_FOUND` */
export async function usageOf(deps: Deps, access: Access, id: string): Promise<{ token: AppToken; usage: TokenUsage }> {
  const token = await getAppToken(deps, access, id)
  return { token, usage: await deps.store.journal.usage(access.partnerId, id) }
}

async function change(
  deps: Deps,
  access: Access,
  id: string,
  wanted: TokenChange,
  together: AppTokenUpdate = {},
): Promise<AppToken> {
  const isDone = await deps.store.appTokens.update(access.partnerId, id, { ...wanted, updatedAt: access.now }, together)
  if (!isDone) throw new LatchkeyError('APP_TOKEN_NOT_FOUND', { id })
  return getAppToken(deps, access, id)
}

function keyOf(deps: Deps, { partnerId }: Access, id: string): string {
  return groupKey(deps.primitives, partnerId, id)
}

function parseLabels(labels: readonly string[]): readonly string[] {
  const kept = [...new Set(labels.map((label) => label.trim()).filter((label) => label !== ''))]
  if (kept.length > MOST_LABELS) throw new LatchkeyError('TOO_MANY_VALUES', { what: 'labels', most: MOST_LABELS })
  const long = kept.find((label) => label.length > LONGEST_LABEL)
  if (long !== undefined) throw new LatchkeyError('LABEL_INVALID', { length: long.length, most: LONGEST_LABEL })
  return kept
}

function parseRate(perMinute: number | null): number | undefined {
  if (perMinute === null || perMinute === 0) return undefined
  if (Number.isSafeInteger(perMinute) && perMinute > 0 && perMinute <= 1_000_000) return perMinute
  throw new LatchkeyError('RATE_INVALID', { received: perMinute })
}
