import {
  ACTIONS_PRIVILEGE,
  ADDRESSES_PRIVILEGE,
  actionScopeOf,
  createSigningKey,
  describeSessionText,
  type EpochSeconds,
  explain,
  type Finding,
  finding,
  formatPrivilege,
  isReservedPrivilege,
  isWidgetSession,
  LatchkeyError,
  openSession,
  PARENTS_PRIVILEGE,
  type Primitives,
  parsePrivileges,
  RESERVED_PRIVILEGES,
  readActionsLimit,
  readRolePrivilege,
  type Secret,
  type Session,
  valueAsRange,
} from '@latchkey/core'
import { lookAtSession, type SessionLook } from './session-text.ts'

export interface InspectedPrivilege {
  readonly text: string
  /** What it does; absent for what the server passes over. */
  readonly meaning?: string | undefined
  /** Those that it limits the session to, by name. */
  readonly actions?: readonly string[] | undefined
}

/** What is inside a session string. Fields that cannot be seen are absent. */
export interface InspectedSession {
  readonly version?: 1 | 2 | undefined
  readonly partnerId?: number | undefined
  /** Characters. */
  readonly length: number
  /** Edges and length. */
  readonly shown: string
  /** Whether it decodes and has all its parts, or whole blocks. */
  readonly isWhole: boolean
  /** Cipher blocks of 16 bytes, of version 2. */
  readonly blocks?: number | undefined
  /** `proven`: a secret opened it. `not-this-secret`: none did. `unproven`: nobody tried. */
  readonly signature: 'proven' | 'not-this-secret' | 'unproven'
  readonly kind?: 'widget' | 'user' | 'admin' | undefined
  readonly expiresAt?: EpochSeconds | undefined
  readonly userId?: string | undefined
  readonly privileges?: readonly InspectedPrivilege[] | undefined
  readonly findings: readonly Finding[]
}

export interface InspectOptions {
  /** Admin secrets of the account, tried in turn. */
  readonly secrets?: readonly Secret[] | undefined
  readonly now?: EpochSeconds | undefined
}

/** Says what can be seen of a session string: version 1 in clear, version 2 with the account's admin secret. Never throws. */
export function inspectSession(primitives: Primitives, text: string, options: InspectOptions = {}): InspectedSession {
  const look = lookAtSession(primitives, text)
  const { secrets = [], now } = options
  const opened = secrets.length === 0 ? undefined : openWith(primitives, look, secrets)
  const seen = opened ?? clearSession(look)
  const { header } = look
  return {
    version: header?.version,
    partnerId: header?.partnerId,
    length: text.length,
    shown: describeSessionText(text),
    isWhole: header !== undefined && look.damage?.isStillRead !== false,
    blocks: header?.version === 2 ? header.exposeBody().length / 16 : undefined,
    signature:
      opened !== undefined ? 'proven' : secrets.length > 0 && header !== undefined ? 'not-this-secret' : 'unproven',
    kind: seen === undefined ? undefined : kindOf(seen),
    expiresAt: seen?.expiresAt,
    userId: seen?.userId,
    privileges: seen === undefined ? undefined : parsePrivileges(seen.privileges).map(meant),
    findings: findingsOf(look, seen, { isRefused: opened === undefined && secrets.length > 0, now }),
  }
}

type Seen = Pick<Session, 'type' | 'userId' | 'privileges' | 'expiresAt'>

function openWith(primitives: Primitives, { header }: SessionLook, secrets: readonly Secret[]): Session | undefined {
  if (header === undefined) return undefined
  try {
    return openSession(
      primitives,
      header,
      secrets.map((secret) => createSigningKey(primitives, secret)),
    )
  } catch (error) {
    if (error instanceof LatchkeyError) return undefined
    throw error
  }
}

function clearSession({ clear }: SessionLook): Seen | undefined {
  if (clear === undefined) return undefined
  return { type: clear.type ?? 0, userId: clear.userId, privileges: clear.privileges, expiresAt: clear.expiresAt ?? 0 }
}

function kindOf(session: Seen): 'widget' | 'user' | 'admin' {
  if (session.type >= 1) return 'admin'
  return isWidgetSession(session) ? 'widget' : 'user'
}

function meant(privilege: Parameters<typeof formatPrivilege>[0]): InspectedPrivilege {
  const { name } = privilege
  const text = formatPrivilege(privilege)
  if (isReservedPrivilege(name)) return { text, meaning: RESERVED_PRIVILEGES[name] }
  if (name === ACTIONS_PRIVILEGE) {
    const actions = actionScopeOf({ privileges: text })?.names() ?? []
    return { text, meaning: onlyThese(actions), actions }
  }
  if (name === ADDRESSES_PRIVILEGE) {
    return { text, meaning: `only from these addresses: ${privilege.values.map(valueAsRange).join(', ')}` }
  }
  return { text, meaning: OTHERS[name] }
}

function onlyThese(actions: readonly string[]): string {
  if (actions.length === 0) return 'no action at all'
  return `only ${actions.length === 1 ? 'this action' : `these ${actions.length} actions`}: ${actions.join(', ')}`
}

const OTHERS: Readonly<Record<string, string>> = {
  [PARENTS_PRIVILEGE]: 'it was narrowed from other sessions, and ends with any of them',
  widget: 'a session that anybody can get, where no user is named',
  view: 'nothing: it is only carried along',
  caption: 'serve these captions',
  all: 'nothing beside other privileges; alone, as *, it grants everything',
  '*': 'everything, while it stands alone',
}

function findingsOf(
  { damage, header }: SessionLook,
  seen: Seen | undefined,
  { isRefused, now }: { readonly isRefused: boolean; readonly now: EpochSeconds | undefined },
): readonly Finding[] {
  const findings: Finding[] = []
  if (damage !== undefined) findings.push(finding(damage.cause, damage.isStillRead ? 'warning' : 'error', damage.saw))
  if (isRefused && header !== undefined) {
    const saw =
      'none of the secrets that were given signed it: it is of another account or server, the secret was changed, or it is the user secret'
    findings.push(finding('wrong-endpoint', 'error', saw))
  }
  if (seen === undefined) return findings
  if (now !== undefined && seen.expiresAt <= now) {
    findings.push(
      finding('session-expired', 'error', explain({ code: 'expired', expiredAt: seen.expiresAt }, NO_ACTION)),
    )
  }
  const limit = readActionsLimit(seen)
  if (limit.kind === 'limit')
    findings.push(finding('actions-limit-used-up', 'note', `it is good for ${limit.limit} calls`))
  if (limit.kind === 'invalid')
    findings.push(finding('actions-limit-used-up', 'error', 'its actionslimit is no number'))
  if (kindOf(seen) === 'admin' && readRolePrivilege(seen).kind === 'none') {
    findings.push(
      finding(
        'admin-without-role',
        'note',
        'it is ADMIN and names no role: unless its user has one, it can do everything',
      ),
    )
  }
  return findings
}

const NO_ACTION = { service: '', action: '' }
