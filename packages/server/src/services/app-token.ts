import {
  type Access,
  type AppTokenFields,
  addAppToken,
  type Deps,
  deleteAppToken,
  exchangeAppToken,
  getAppToken,
  listAppTokens,
  updateAppToken,
} from '@latchkey/authority'
import {
  type AppToken,
  type AppTokenStatus,
  explainDropped,
  explainExchangeWarning,
  HASH_TYPES,
  type HashType,
} from '@latchkey/core'
import type { BoundObject } from '@latchkey/wire'
import { ExchangeRefused, refuseReadOnly } from '../v3/refusals.ts'
import { appTokenView } from '../views/app-token.ts'
import type { Action, Call } from './call.ts'
import { numbersOf, orderOf, pageOf, textOf, timesOf, valuesOf } from './lists.ts'

const ORDER = { createdAt: 'createdAt', updatedAt: 'updatedAt' } as const
const STATUSES: Readonly<Record<number, AppTokenStatus>> = { 1: 'disabled', 2: 'active', 3: 'deleted' }
/** Who may see values: a read-only role must not be a way to every secret. */
const MANAGES_APP_TOKENS = 'APP_TOKEN_BASE'

export const appTokenService: Readonly<Record<string, Action>> = {
  async 'appToken.add'({ deps, access, values }) {
    const fields = values.object('appToken')
    refuseReadOnly(fields)
    // Whoever makes a token is told its value, this once at least.
    return appTokenView(await addAppToken(deps, access, fieldsOf(fields)), true)
  },

  async 'appToken.get'({ deps, access, values }) {
    return view(access, await getAppToken(deps, access, values.textOr('id', '')))
  },

  async 'appToken.list'({ deps, access, values }) {
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
    return { objectType, objects: listed.items.map((token) => view(access, token)), totalCount: listed.total }
  },

  async 'appToken.update'({ deps, access, values }) {
    const id = values.textOr('id', '')
    const fields = values.object('appToken')
    const current = await getAppToken(deps, access, id)
    refuseReadOnly(fields, appTokenView(current, true))
    return view(access, await updateAppToken(deps, access, id, fieldsOf(fields)))
  },

  async 'appToken.delete'({ deps, access, values }) {
    await deleteAppToken(deps, access, values.textOr('id', ''))
    return null
  },

  'appToken.startSession': startSession,
}

async function startSession({ deps, access, values, params }: Call): Promise<unknown> {
  const exchanged = await exchange(deps, access, values)
  const { grant } = exchanged
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
    dropped: dropped.length > 0 ? dropped : undefined,
    warnings: warnings.length > 0 ? warnings : undefined,
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
  if (exchanged.effect === 'deny') throw new ExchangeRefused(exchanged.reason, exchanged.hashType)
  return exchanged
}

function view(access: Access, token: AppToken) {
  return appTokenView(token, access.holds(MANAGES_APP_TOKENS))
}

function fieldsOf(fields: BoundObject | undefined): AppTokenFields {
  return {
    expiresAt: fields?.number('expiry'),
    sessionType: fields?.number('sessionType'),
    sessionUserId: fields?.text('sessionUserId'),
    sessionSeconds: fields?.number('sessionDuration'),
    sessionPrivileges: fields?.text('sessionPrivileges'),
    hashType: hashTypeOf(fields?.text('hashType')),
    description: fields?.text('description'),
  }
}

function hashTypeOf(text: string | null | undefined): HashType | null | undefined {
  if (text === null || text === undefined) return text
  return isHashType(text) ? text : undefined
}

function isHashType(text: string): text is HashType {
  return Object.hasOwn(HASH_TYPES, text)
}
