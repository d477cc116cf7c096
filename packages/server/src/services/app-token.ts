import {
  type Access,
  addAppToken,
  beyondMakerOf,
  type Deps,
  deleteAppToken,
  exchangeAppToken,
  getAppToken,
  isKeptToItself,
  lintToken,
  listAppTokens,
  recordOf,
  updateAppToken,
} from '@latchkey/authority'
import {
  type AppToken,
  type AppTokenStatus,
  explainDropped,
  explainExchangeWarning,
  type Finding,
  finding,
} from '@latchkey/core'
import type { BoundObject } from '@latchkey/wire'
import { ExchangeRefused, refuseReadOnly } from '../v3/refusals.ts'
import { appTokenView, ownTokenFields } from '../views/app-token.ts'
import { fieldsOf } from './app-token-fields.ts'
import type { Action, Call } from './call.ts'
import { numbersOf, orderOf, pageOf, textOf, timesOf, valuesOf } from './lists.ts'

const ORDER = { createdAt: 'createdAt', updatedAt: 'updatedAt' } as const
const STATUSES: Readonly<Record<number, AppTokenStatus>> = { 1: 'disabled', 2: 'active', 3: 'deleted' }
/** Who may see values: a read-only role must not be a way to every secret. */
const MANAGES_APP_TOKENS = 'APP_TOKEN_BASE'

export const appTokenService: Readonly<Record<string, Action>> = {
  async 'appToken.add'(call) {
    const { deps, access, values } = call
    const fields = values.object('appToken')
    refuseReadOnly(fields)
    const token = await addAppToken(deps, access, fieldsOf(fields))
    call.note({ tokenId: token.id })
    // Whoever makes a token is told its value, this once at least.
    return { ...appTokenView(token, true), ...(await ourFields(call, token, { withWarnings: true })) }
  },

  async 'appToken.get'(call) {
    return view(call, await getAppToken(call.deps, call.access, call.values.textOr('id', '')))
  },

  async 'appToken.list'(call) {
    const { deps, access, values } = call
    const filter = values.object('filter')
    const listed = await listAppTokens(
      deps,
      access,
      {
        ids: valuesOf(filter, 'idEqual', 'idIn'),
        statuses: numbersOf(filter, 'statusEqual', 'statusIn')?.flatMap((status) => STATUSES[status] ?? []),
        sessionUserId: textOf(filter, 'sessionUserIdEqual'),
        createdAt: timesOf(filter, 'createdAt'),
        updatedAt: timesOf(filter, 'updatedAt'),
      },
      orderOf(filter?.text('orderBy'), ORDER),
      pageOf(values.object('pager')),
    )
    const objectType = 'KalturaAppTokenListResponse'
    if (listed === undefined) return { objectType, totalCount: 0 }
    const objects = await Promise.all(listed.items.map((token) => view(call, token)))
    return { objectType, objects, totalCount: listed.total }
  },

  async 'appToken.update'(call) {
    const { deps, access, values } = call
    const id = values.textOr('id', '')
    const fields = values.object('appToken')
    const current = await getAppToken(deps, access, id)
    refuseReadOnly(fields, appTokenView(current, true))
    return view(call, await updateAppToken(deps, access, id, fieldsOf(fields)), { withWarnings: true })
  },

  async 'appToken.delete'({ deps, access, values }) {
    await deleteAppToken(deps, access, values.textOr('id', ''))
    return null
  },

  'appToken.startSession': startSession,
}

async function startSession({ deps, access, values, params, note, fidelity }: Call): Promise<unknown> {
  const exchanged = await exchange(deps, access, values)
  const { grant } = exchanged
  if (grant.provedBy !== undefined) note({ value: grant.provedBy })
  const warnings = grant.warnings.map((warning) => ({ id: warning.code, text: explainExchangeWarning(warning) }))
  const dropped = grant.dropped.map((drop) => ({ ...drop, text: explainDropped(drop) }))
  return {
    objectType: 'KalturaSessionInfo',
    ks: exchanged.sessionText,
    sessionType: grant.type,
    // A text as it stands in the session string, unless the call brought the number itself.
    partnerId: typeof params.partnerId === 'number' ? access.partnerId : String(access.partnerId),
    userId: grant.userId,
    expiry: grant.expiresAt,
    privileges: grant.privileges,
    dropped: fidelity.showsOurs && dropped.length > 0 ? dropped : undefined,
    warnings: fidelity.showsOurs && warnings.length > 0 ? warnings : undefined,
  }
}

async function exchange(deps: Deps, access: Access, values: BoundObject) {
  const exchanged = await exchangeAppToken(
    deps,
    access,
    { tokenId: values.textOr('id', ''), tokenHash: values.textOr('tokenHash', '') },
    {
      // Only what the client sent: nobody is to be warned of a default.
      userId: values.isGiven('userId') ? values.textOr('userId', '') : undefined,
      type: values.isGiven('type') ? values.numberOr('type', 0) : undefined,
      expirySeconds: values.numberOr('expiry', 0),
      privileges: values.textOr('sessionPrivileges', ''),
    },
  )
  if (exchanged.effect === 'deny') throw new ExchangeRefused(exchanged.reason, exchanged.hashType, exchanged.search)
  return exchanged
}

/** Of a session that is kept to itself only of tokens that can do no more than that: their value is as good as they are. */
async function mayKnowValue({ deps, access }: Call, token: AppToken): Promise<boolean> {
  if (!access.holds(MANAGES_APP_TOKENS)) return false
  return !isKeptToItself(deps, access) || (await beyondMakerOf(deps, access, recordOf(token))).length === 0
}

async function view(call: Call, token: AppToken, { withWarnings = false } = {}) {
  const shown = appTokenView(token, await mayKnowValue(call, token))
  return { ...shown, ...(await ourFields(call, token, { withWarnings })) }
}

/** What the original does not have: only for clients that say they take it. Warnings are also named in a header. */
async function ourFields(call: Call, token: AppToken, { withWarnings }: { readonly withWarnings: boolean }) {
  const { deps, access, wantsOurFields, fidelity } = call
  if (!fidelity.showsOurs) return {}
  const warnings = withWarnings ? await warningsOf(deps, access, token) : undefined
  if (warnings !== undefined) call.warn(warnings.map(({ cause }) => cause))
  return wantsOurFields ? { ...ownTokenFields(token), warnings } : {}
}

async function warningsOf(deps: Deps, access: Access, token: AppToken): Promise<readonly Finding[]> {
  const { findings } = await lintToken(deps, access, { record: recordOf(token), isNew: true }, [])
  const beyond = await beyondMakerOf(deps, access, recordOf(token))
  if (beyond.length === 0) return findings
  return [...findings, finding('token-beyond-maker', 'warning', `it goes beyond the session: ${beyond.join('; ')}`)]
}
