import {
  lint,
  type Reach,
  reach,
  readRolePrivilege,
  SHARED_PERMISSIONS,
  type SubjectRole,
  type TokenFacts,
} from '@latchkey/core'
import { loadAccount } from '../access/state.ts'
import { groundOf, roleOf } from '../access/without-extras.ts'
import type { ToldLint } from './server-lint.ts'
import { recordOf, type Token } from './token.ts'

/**
 * Reach and lint of a stored token, for a server that tells neither. Roles of the token's user and rules of the account are
 * not known here.
 */
export async function localVerdict(
  token: Token,
  now: number,
  signal: AbortSignal,
): Promise<{ readonly reach?: Reach | undefined; readonly lint: ToldLint }> {
  const account = await loadAccount()
  const named = readRolePrivilege({ privileges: token.sessionPrivileges })
  const found =
    named.kind === 'id' || named.kind === 'name'
      ? await roleOf(named.kind === 'id' ? named.id : named.name, account, signal)
      : undefined
  const role: SubjectRole | undefined = found !== undefined && 'permissionNames' in found ? found : undefined
  const { index = SHARED_PERMISSIONS, features = [] } = groundOf(account)
  const facts: TokenFacts = { token: recordOf(token), index, features, setRole: role, userRoles: [] }
  const isRoleUnknown = found !== undefined && role === undefined
  return {
    // By a role that could not be read nothing can be told.
    reach: isRoleUnknown ? undefined : reach(facts, role, now),
    lint: lint({ ...facts, now, knowsRoles: role !== undefined }),
  }
}
