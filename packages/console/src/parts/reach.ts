import { formatDuration, formatTime } from '../connection/clock.ts'
import { isObject, numberOf, objectsOf, textOf, textsOf } from '../connection/json.ts'
import { callsIn, type ToldCall } from '../connection/outcome.ts'

/** What whoever holds a token can do with it; of `latchkey_access.reach`, or worked out in the page. */
export interface ToldReach {
  /** How many actions of each kind. */
  readonly read: number
  readonly write: number
  readonly delete: number
  readonly services: readonly {
    readonly service: string
    readonly read: readonly string[]
    readonly write: readonly string[]
    readonly delete: readonly string[]
  }[]
  /** `service.action` that stay closed while the account lacks a plugin. */
  readonly behindPlugins: readonly string[]
  readonly users: { readonly text: string }
  readonly lifetime: {
    readonly sessionSeconds?: number | undefined
    /** Epoch seconds. */
    readonly tokenExpiresAt?: number | undefined
  }
  readonly addresses: { readonly allowed: readonly string[]; readonly text: string }
  readonly shrink?: ToldShrink | undefined
}

/** The one change that takes most away. */
export interface ToldShrink {
  readonly title: string
  /** Actions that it reaches now, and then. */
  readonly from: number
  readonly to: number
  readonly change: readonly ToldCall[]
}

/** @returns undefined where it is none */
export function parseReach(value: unknown): ToldReach | undefined {
  if (!isObject(value)) return undefined
  const [read, write, deletes] = [numberOf(value.read), numberOf(value.write), numberOf(value.delete)]
  if (read === undefined || write === undefined || deletes === undefined) return undefined
  const { users, lifetime, addresses, shrink } = value
  return {
    read,
    write,
    delete: deletes,
    services: objectsOf(value.services).map((row) => ({
      service: textOf(row.service),
      read: textsOf(row.read),
      write: textsOf(row.write),
      delete: textsOf(row.delete),
    })),
    behindPlugins: textsOf(value.behindPlugins),
    users: { text: isObject(users) ? textOf(users.text) : '' },
    lifetime: isObject(lifetime)
      ? { sessionSeconds: numberOf(lifetime.sessionSeconds), tokenExpiresAt: numberOf(lifetime.tokenExpiresAt) }
      : {},
    addresses: isObject(addresses)
      ? { allowed: textsOf(addresses.allowed), text: textOf(addresses.text) }
      : { allowed: [], text: '' },
    shrink: isObject(shrink)
      ? {
          title: textOf(shrink.title),
          from: numberOf(shrink.from) ?? 0,
          to: numberOf(shrink.to) ?? 0,
          change: callsIn(shrink.change),
        }
      : undefined,
  }
}

/** `each session for 1 h, as often as it likes, until 26 Aug 2027, 10:00`. */
export function lifetimeInWords({ sessionSeconds, tokenExpiresAt }: ToldReach['lifetime']): string {
  const each =
    sessionSeconds === undefined
      ? 'each session for as long as the account allows'
      : `each session for ${formatDuration(sessionSeconds)}`
  return `${each}, ${tokenExpiresAt === undefined ? 'and the token never expires' : `until ${formatTime(tokenExpiresAt)}`}`
}
