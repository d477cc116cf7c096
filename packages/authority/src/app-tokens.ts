import { type AppToken, beyondMaker, type HashType, LatchkeyError, Secret, type TokenRecord } from '@latchkey/core'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { fidelityOf } from './fidelity.ts'
import { changedFields, givenFields } from './fields.ts'
import { newObjectId, newSecretText } from './ids.ts'
import type { AppTokenFilter, Listed, Order, Page, User } from './ports.ts'
import { endOfToken } from './revocation.ts'
import { isKeptToItself } from './strict.ts'
import { accountOf, recordOf, tokenFactsOf } from './token-facts.ts'
import { cutUserId, isUserId } from './user-id.ts'

/** What whoever makes or changes a token may say of it. Absent leaves as it is, `null` clears. */
export interface AppTokenFields {
  readonly expiresAt?: number | null | undefined
  readonly sessionType?: number | null | undefined
  readonly sessionUserId?: string | null | undefined
  readonly sessionSeconds?: number | null | undefined
  readonly sessionPrivileges?: string | null | undefined
  readonly hashType?: HashType | null | undefined
  readonly description?: string | null | undefined
}

const TRIES_FOR_A_FREE_ID = 10

/**
 * Makes an app token with a fresh id and value, and its session user where the account has none of that id.
 *
 * @throws {LatchkeyError} `APP_TOKEN_USER_INVALID`; under the policy `strict` also `TOKEN_BEYOND_MAKER`
 */
export async function addAppToken(deps: Deps, access: Access, fields: AppTokenFields): Promise<AppToken> {
  const { now, partnerId } = access
  const user = await sessionUser(deps, access, fields.sessionUserId ?? undefined)
  for (let attempt = 0; attempt < TRIES_FOR_A_FREE_ID; attempt += 1) {
    const token: AppToken = {
      id: newObjectId(deps.primitives),
      partnerId,
      value: new Secret(newSecretText(deps.primitives)),
      status: 'active',
      sessionSeconds: fields.sessionSeconds ?? access.partner?.maxSessionSeconds ?? 86_400,
      hashType: fields.hashType ?? 'SHA1',
      createdAt: now,
      updatedAt: now,
      ...givenFields({
        expiresAt: fields.expiresAt,
        sessionType: fields.sessionType,
        sessionUserId: fields.sessionUserId && cutUserId(fields.sessionUserId),
        sessionPrivileges: fields.sessionPrivileges,
        description: fields.description,
      }),
    }
    if (attempt === 0) await refuseBeyondMaker(deps, access, recordOf(token))
    if (await deps.store.appTokens.create(token, user)) return token
  }
  throw new LatchkeyError('STORE_UNAVAILABLE', { store: 'app tokens: no free id' })
}

/** @throws {LatchkeyError} `APP_TOKEN_NOT_FOUND`, also for another partner's and for deleted ones */
export async function getAppToken(deps: Deps, access: Access, id: string): Promise<AppToken> {
  const token = await deps.store.appTokens.find(access.partnerId, id)
  if (!token) throw new LatchkeyError('APP_TOKEN_NOT_FOUND', { id })
  return token
}

/** Undefined where the filter names a user that the account does not have: the original answers that apart. */
export async function listAppTokens(
  deps: Deps,
  access: Access,
  filter: AppTokenFilter,
  order: readonly Order<'createdAt' | 'updatedAt'>[],
  page: Page,
): Promise<Listed<AppToken> | undefined> {
  const { sessionUserId } = filter
  if (sessionUserId && !(await deps.store.users.find(access.partnerId, sessionUserId))) return undefined
  return deps.store.appTokens.list(access.partnerId, filter, order, page)
}

/**
 * Changes what `fields` names; running sessions keep what was put into them.
 *
 * @throws {LatchkeyError} `APP_TOKEN_NOT_FOUND`, `APP_TOKEN_USER_INVALID`; under the policy `strict` also
 *   `TOKEN_BEYOND_MAKER`
 */
export async function updateAppToken(
  deps: Deps,
  access: Access,
  id: string,
  fields: AppTokenFields,
): Promise<AppToken> {
  const token = await getAppToken(deps, access, id)
  const sessionUserId = fields.sessionUserId === undefined ? token.sessionUserId : (fields.sessionUserId ?? undefined)
  const user = await sessionUser(deps, access, sessionUserId)
  const change = {
    ...changedFields({ ...fields, sessionUserId: fields.sessionUserId && cutUserId(fields.sessionUserId) }),
    // Neither may be absent on a token: cleared, they fall back as they do on add.
    sessionSeconds:
      fields.sessionSeconds === null
        ? (access.partner?.maxSessionSeconds ?? 86_400)
        : (fields.sessionSeconds ?? token.sessionSeconds),
    hashType: fields.hashType ?? token.hashType,
    updatedAt: access.now,
  }
  // As it is, too: whoever takes a larger token's rights away could learn its value, and wait for them to come back.
  await refuseBeyondMaker(deps, access, recordOf(token))
  await refuseBeyondMaker(deps, access, recordOf({ ...token, ...change }))
  if (!(await deps.store.appTokens.update(access.partnerId, id, change, { user }))) {
    throw new LatchkeyError('APP_TOKEN_NOT_FOUND', { id })
  }
  return getAppToken(deps, access, id)
}

/**
 * Deletes it and ends every session that was made from it.
 *
 * @throws {LatchkeyError} `APP_TOKEN_NOT_FOUND`
 */
export async function deleteAppToken(deps: Deps, access: Access, id: string): Promise<void> {
  const revocation = await endOfToken(deps, await getAppToken(deps, access, id), access.now)
  if (!(await deps.store.appTokens.delete(access.partnerId, id, access.now, revocation))) {
    throw new LatchkeyError('APP_TOKEN_NOT_FOUND', { id })
  }
}

/** What sessions of a token could do that the calling session cannot, in words; empty where it stays within it. */
export async function beyondMakerOf(deps: Deps, access: Access, token: TokenRecord): Promise<readonly string[]> {
  const { session, kind, held } = access
  if (session === undefined) return []
  const account = await accountOf(deps, access)
  const beyond = new Set<string>()
  // A token outlives a change of the account's session strings, and a privilege that is there twice reads otherwise then.
  for (const sessionVersion of [1, 2] as const) {
    const facts = await tokenFactsOf(deps, { ...account, sessionVersion }, token)
    for (const what of beyondMaker({ session, kind, opened: held.opened }, facts)) beyond.add(what)
  }
  return [...beyond]
}

/**
 * Under the policy `strict`, or limited to some actions, a session makes and changes no token that could do more than itself.
 * Else it may, as in the original, and is warned.
 *
 * @throws {LatchkeyError} `TOKEN_BEYOND_MAKER`
 */
export async function refuseBeyondMaker(deps: Deps, access: Access, token: TokenRecord): Promise<void> {
  if (!isKeptToItself(deps, access)) return
  const beyond = await beyondMakerOf(deps, access, token)
  if (beyond.length > 0) throw new LatchkeyError('TOKEN_BEYOND_MAKER', { what: beyond.join('; ') })
}

/**
 * The user row to write beside the token: the store inserts it only where no living one has its id, in the same
 * transaction, so that a user who is deleted meanwhile leaves no living token behind. No id, or an empty one, needs none.
 */
async function sessionUser(deps: Deps, access: Access, userId: string | undefined): Promise<User | undefined> {
  if (!userId) {
    if (userId === undefined) requireNobody(deps, access)
    return undefined
  }
  const { now, partnerId } = access
  const id = cutUserId(userId)
  if (!isUserId(userId) && !(await deps.store.users.find(partnerId, id))) {
    throw new LatchkeyError('APP_TOKEN_USER_INVALID', { length: userId.length })
  }
  return {
    partnerId,
    id,
    status: 1,
    isAdmin: false,
    roleIds: [],
    screenName: id,
    firstName: id,
    createdAt: now,
    updatedAt: now,
  }
}

/** Under `vendor` a token without a user needs a row for nobody, which some accounts have. @throws {LatchkeyError} `APP_TOKEN_USER_INVALID` */
function requireNobody(deps: Deps, { partner }: Access): void {
  const { userlessTokenNeeds } = fidelityOf(deps)
  if (userlessTokenNeeds === undefined || partner?.features.includes(userlessTokenNeeds)) return
  throw new LatchkeyError('APP_TOKEN_USER_INVALID', { length: 0 })
}
