import {
  accessOfToken,
  type LocalAccess,
  localContext,
  readRolePrivilege,
  type SubjectRole,
  type TokenFacts,
  type TokenRecord,
} from '@latchkey/core'
import { roleIn, WITHOUT_VALUES } from '@latchkey/wire/answer'
import { CommandFailure } from '../command-failure.ts'
import type { Connection } from '../connect/endpoint.ts'
import { isObject, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../connect/json.ts'
import { type Account, readAccount } from './account.ts'

// At an endpoint without our extras, what an app token may do is put together of what the API tells.

export interface KnownToken {
  readonly facts: TokenFacts
  readonly role: SubjectRole | undefined
}

/** @throws {CommandFailure} also where there is no such app token */
export async function readTokenFacts(connection: Connection, id: string): Promise<KnownToken> {
  const [account, token] = await Promise.all([
    readAccount(connection),
    connection.ask('appToken', 'get', { id, responseProfile: WITHOUT_VALUES }),
  ])
  if (!isObject(token)) {
    throw new CommandFailure(`app token ${id} could not be read`, { next: ['latchkey token list'], exitCode: 1 })
  }
  const record = recordIn(token, account.partnerId)
  const [role, restrictingRole] = await Promise.all([
    roleNamedIn(connection, record, 'setrole', account),
    roleNamedIn(connection, record, 'restrictingrole', account),
  ])
  const { features, index } = account
  return { facts: { token: record, features, index, setRole: role, restrictingRole, userRoles: [] }, role }
}

export function localAccessOf({ facts, role }: KnownToken): LocalAccess {
  const found = accessOfToken(facts)
  const context = localContext(found.session, found.kind, found.role, found.held, facts.features)
  const { id, sessionPrivileges } = facts.token
  return { context, subject: { role, token: { id, sessionPrivileges } } }
}

function recordIn(token: JsonObject, partnerId: number): TokenRecord {
  const expiry = numberOf(token.expiry) ?? 0
  return {
    id: textOf(token.id),
    partnerId,
    expiresAt: expiry > 0 ? expiry : undefined,
    sessionType: numberOf(token.sessionType),
    sessionUserId: typeof token.sessionUserId === 'string' ? token.sessionUserId : undefined,
    sessionSeconds: numberOf(token.sessionDuration),
    sessionPrivileges: textOf(token.sessionPrivileges) || undefined,
  }
}

async function roleNamedIn(
  connection: Connection,
  { sessionPrivileges = '' }: TokenRecord,
  privilege: 'setrole' | 'restrictingrole',
  { partnerId }: Account,
): Promise<SubjectRole | undefined> {
  const named = readRolePrivilege({ privileges: sessionPrivileges }, privilege)
  if (named.kind === 'id') {
    const outcome = await connection.call({ service: 'userRole', action: 'get', params: { userRoleId: named.id } })
    return outcome.kind === 'result' && isObject(outcome.value) ? roleIn(outcome.value, partnerId) : undefined
  }
  if (named.kind !== 'name') return undefined
  const filter = { objectType: 'KalturaUserRoleFilter', systemNameEqual: named.name }
  const outcome = await connection.call({ service: 'userRole', action: 'list', params: { filter } })
  const [first] = outcome.kind === 'result' ? objectsOf(objectOf(outcome.value).objects) : []
  return first === undefined ? undefined : roleIn(first, partnerId)
}
