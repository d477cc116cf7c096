import assert from 'node:assert/strict'
import {
  type Access,
  type AppTokenFields,
  addAppToken,
  type Exchanged,
  exchangeAppToken,
  startWidgetSession,
} from '@latchkey/authority'
import {
  type AppToken,
  type ErrorCode,
  type ExchangeRequest,
  LatchkeyError,
  type PrivilegePolicy,
  type Secret,
  tokenHash,
} from '@latchkey/core'
import { adminAccess, ask, sandboxDeps } from './sandbox-deps.ts'

export interface Login {
  readonly request?: ExchangeRequest
  readonly address?: string
  /** In place of the token's present one. */
  readonly value?: Secret | undefined
  /** In place of the right one. */
  readonly hash?: string
}

/** An account with an administrator who makes tokens, and whoever logs in with them. */
export async function tokenGround(policy: PrivilegePolicy = 'vendor') {
  const sandbox = await sandboxDeps(policy)
  const { deps, partner } = sandbox

  const admin = (): Promise<Access> => adminAccess(deps, partner)

  const make = async (fields: AppTokenFields = {}): Promise<AppToken> =>
    addAppToken(deps, await admin(), { hashType: 'SHA256', sessionType: 0, ...fields })

  const logIn = async (token: AppToken, login: Login = {}): Promise<Exchanged> => {
    const { address = '127.0.0.1', value = token.value } = login
    const { sessionText } = await startWidgetSession(deps, `_${partner.id}`, 3_600)
    const { access, decision } = await ask(deps, 'appToken.startSession', sessionText, { address })
    assert.equal(decision.effect, 'allow')
    const hash = login.hash ?? tokenHash(deps.primitives, token.hashType, sessionText, value)
    return exchangeAppToken(deps, access, { tokenId: token.id, tokenHash: hash }, login.request ?? {})
  }

  /** What came of a login: `allow`, or the code of the reason against it. */
  const outcome = async (token: AppToken, login: Login = {}): Promise<string> => {
    const exchanged = await logIn(token, login)
    return exchanged.effect === 'allow' ? 'allow' : exchanged.reason.code
  }

  const sessionOf = async (token: AppToken, login: Login = {}): Promise<string> => {
    const exchanged = await logIn(token, login)
    assert.ok(exchanged.effect === 'allow')
    return exchanged.sessionText
  }

  /** The access that a call of `action` with a session of the token has. */
  const accessOf = async (token: AppToken, action = 'media.list', login: Login = {}): Promise<Access> =>
    (await ask(deps, action, await sessionOf(token, login))).access

  return {
    ...sandbox,
    admin,
    make,
    logIn,
    outcome,
    sessionOf,
    accessOf,
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  }
}

/** That a promise is refused with this code, and with these among its details. */
export function isRefusal(code: ErrorCode, details: Readonly<Record<string, unknown>> = {}) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof LatchkeyError, String(error))
    assert.equal(error.code, code)
    for (const [name, value] of Object.entries(details)) assert.deepEqual(Reflect.get(error.details, name), value)
    return true
  }
}
