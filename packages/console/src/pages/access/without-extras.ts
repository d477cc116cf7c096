import {
  accessOfKind,
  accessOfNames,
  accessOfToken,
  type LocalAccess,
  type LocalGround,
  localContext,
  readRolePrivilege,
  type SessionKind,
  SHARED_PERMISSIONS,
  type SubjectRole,
  sessionKind,
  type TokenRecord,
} from '@latchkey/core'
import { roleIn } from '@latchkey/wire/answer'
import { call, type Made } from '../../connection/call.ts'
import { isObject, namesIn, numberOf, objectsOf, textOf } from '../../connection/json.ts'
import { callSignedIn } from '../../connection/sign-in.ts'
import type { Account } from './account.ts'
import type { ReadingNote } from './reading.ts'
import { TYPE_WORDS } from './subject.ts'

// An endpoint of the original, or one that hides our extras: what it tells is put together here.

export const WITHOUT_EXTRAS: ReadingNote = {
  tone: 'plain',
  strong: 'Worked out here:',
  text: 'this endpoint does not tell by itself. Roles of the session’s user and rules of the account are not taken into account.',
}

export function unknownIn(account: Account | undefined): readonly ReadingNote[] {
  if (account === undefined || account.unknownPermissions.length === 0) return []
  const text = `What these permissions of the account’s own open could not be read: ${account.unknownPermissions.join(', ')}.`
  return [{ tone: 'warn', strong: 'Not all is known.', text }]
}

export function groundOf(account: Account | undefined): Required<LocalGround> {
  return { index: account?.index ?? SHARED_PERMISSIONS, features: account?.features ?? [] }
}

/** By a token's record and the role that it names. */
export async function localToken(
  token: Readonly<Record<string, unknown>>,
  account: Account | undefined,
  signal: AbortSignal,
): Promise<LocalAccess> {
  const record: TokenRecord = {
    id: textOf(token.id),
    partnerId: numberOf(token.partnerId) ?? account?.partnerId ?? 0,
    sessionType: numberOf(token.sessionType),
    sessionUserId: token.sessionUserId === undefined ? undefined : textOf(token.sessionUserId),
    sessionSeconds: numberOf(token.sessionDuration),
    sessionPrivileges: textOf(token.sessionPrivileges) || undefined,
  }
  const [role, restrictingRole] = await Promise.all([
    roleNamedIn(record, 'setrole', account, signal),
    roleNamedIn(record, 'restrictingrole', account, signal),
  ])
  const { index = SHARED_PERMISSIONS, features = [] } = groundOf(account)
  const found = accessOfToken({ token: record, features, index, setRole: role, restrictingRole, userRoles: [] })
  const context = localContext(found.session, found.kind, found.role, found.held, features)
  return { context, subject: { role, token: { id: record.id, sessionPrivileges: record.sessionPrivileges } } }
}

async function roleNamedIn(
  { sessionPrivileges = '' }: TokenRecord,
  privilege: 'setrole' | 'restrictingrole',
  account: Account | undefined,
  signal: AbortSignal,
): Promise<SubjectRole | undefined> {
  const named = readRolePrivilege({ privileges: sessionPrivileges }, privilege)
  if (named.kind !== 'id' && named.kind !== 'name') return undefined
  const found = await roleOf(named.kind === 'id' ? named.id : named.name, account, signal)
  return 'permissionNames' in found ? found : undefined
}

/** A role by its id or system name, or what came instead of it. */
export async function roleOf(
  idOrName: number | string,
  account: Account | undefined,
  signal: AbortSignal,
): Promise<SubjectRole | Made> {
  const partnerId = account?.partnerId ?? 0
  if (typeof idOrName === 'number') {
    const made = await callSignedIn({ service: 'userRole', action: 'get', params: { userRoleId: idOrName }, signal })
    const { outcome } = made
    return outcome.kind === 'result' && isObject(outcome.value) ? roleIn(outcome.value, partnerId) : made
  }
  const filter = { objectType: 'KalturaUserRoleFilter', systemNameEqual: idOrName }
  const made = await callSignedIn({ service: 'userRole', action: 'list', params: { filter }, signal })
  const { outcome } = made
  const [first] = outcome.kind === 'result' && isObject(outcome.value) ? objectsOf(outcome.value.objects) : []
  return first === undefined ? made : roleIn(first, partnerId)
}

export interface LocalSession {
  readonly access: LocalAccess
  readonly note: ReadingNote
}

/**
 * By what the session may say about itself, each way less exact than the one before.
 *
 * @returns the answer that stands in the way, or `not-loaded` where the part of the page did not come that reads a session's text
 */
export async function localSession(
  ks: string,
  account: Account | undefined,
  signal: AbortSignal,
): Promise<LocalSession | Made | 'not-loaded'> {
  const [current, described] = await Promise.all([
    call({ service: 'permission', action: 'getCurrentPermissions', ks, signal }),
    call({ service: 'session', action: 'get', ks, signal }),
  ])
  const kind = kindIn(described) ?? (await kindInText(ks))
  if (kind === 'not-loaded') return kind
  if (current.outcome.kind === 'result') {
    const access = accessOfNames(kind ?? 'user', namesIn(textOf(current.outcome.value)), groundOf(account))
    const text =
      kind === undefined
        ? 'by the permissions that the session says it holds. Whether it may change all entries or its own could not be read.'
        : 'by the permissions that the session says it holds.'
    return { access, note: { tone: 'plain', strong: 'Worked out here,', text } }
  }
  // Refused for what the session is, rather than for what it may: then there is nothing to work out.
  if (kind === undefined || current.outcome.kind !== 'refused' || current.outcome.refusal.code === 'INVALID_KS') {
    return current
  }
  const text = `it did not tell its permissions: shown is what every ${TYPE_WORDS[kind]} holds where no role is named.`
  return {
    access: accessOfKind(kind, undefined, groundOf(account)),
    note: { tone: 'warn', strong: 'Only in part:', text },
  }
}

function kindIn({ outcome }: Made): SessionKind | undefined {
  if (outcome.kind !== 'result' || !isObject(outcome.value)) return undefined
  const type = numberOf(outcome.value.sessionType)
  if (type === undefined) return undefined
  return sessionKind({ type, userId: textOf(outcome.value.userId), privileges: textOf(outcome.value.privileges) })
}

/** Strings of version 1 say it in clear. Fetched when needed: few sessions come this far. */
async function kindInText(ks: string): Promise<SessionKind | undefined | 'not-loaded'> {
  const parts = await Promise.all([import('@latchkey/doctor'), import('@latchkey/core/noble')]).catch(() => undefined)
  if (parts === undefined) return 'not-loaded'
  const [{ inspectSession }, { noblePrimitives }] = parts
  return inspectSession(noblePrimitives, ks).kind
}
