import {
  accessMatrix,
  actionNamed,
  compareAccess,
  explainAccess,
  lintToken,
  ownTokenId,
  reachOfToken,
  suggestAccess,
} from '@latchkey/authority'
import { type CatalogueAction, isPreset, LatchkeyError, PRESETS, type TokenRecord } from '@latchkey/core'
import { apiError, type BoundObject, isTree, type ParamTree, textAt } from '@latchkey/wire'
import { WireRefusal } from '../v3/refusals.ts'
import { fieldsOf } from './app-token-fields.ts'
import type { Action } from './call.ts'

/** So many actions one question may name. */
const MOST_ACTIONS = 1_200
/** So many are explained at once, since each carries all that is held; `matrix` tells of all of them in short. */
const MOST_EXPLAINED = 100

export const latchkeyAccessService: Readonly<Record<string, Action>> = {
  async 'latchkey_access.explain'({ deps, access, values }) {
    const context = values.object('context')
    const circumstances = {
      address: context?.text('address') || undefined,
      uri: context?.text('uri') || undefined,
      entryId: context?.text('entryId') || undefined,
    }
    const explained = await explainAccess(
      deps,
      access,
      askedOf(values),
      actionsOf(values, MOST_EXPLAINED),
      circumstances,
    )
    return explained.map((each) => ({ objectType: 'LatchkeyExplanation', ...each }))
  },

  async 'latchkey_access.matrix'({ deps, access, values }) {
    const matrix = await accessMatrix(deps, access, askedOf(values), values.names('services'))
    return { objectType: 'LatchkeyMatrix', ...matrix }
  },

  async 'latchkey_access.suggest'({ deps, access, values }) {
    const preset = values.textOr('preset', '')
    if (preset !== '' && !isPreset(preset)) {
      const error = apiError('INVALID_FIELD_VALUE', { FIELD_NAME: 'preset' })
      throw new WireRefusal(error, Object.keys(PRESETS).join(', '), preset)
    }
    const names = [...new Set(values.names('actions') ?? [])]
    if (names.length > MOST_ACTIONS) throw new LatchkeyError('TOO_MANY_VALUES', { what: 'actions', most: MOST_ACTIONS })
    if (preset === '' && names.length === 0) {
      throw new WireRefusal(apiError('MISSING_MANDATORY_PARAMETER', { PARAM_NAME: 'actions' }))
    }
    const suggested = await suggestAccess(deps, access, {
      names,
      preset: isPreset(preset) ? preset : undefined,
      services: values.names('services'),
      allowSensitive: values.flag('allowSensitive') ?? false,
    })
    return { objectType: 'LatchkeySuggestion', ...suggested }
  },

  async 'latchkey_access.reach'({ deps, access, values }) {
    const id = values.textOr('tokenId', '') || ownTokenId(access)
    if (id === undefined) throw new WireRefusal(apiError('MISSING_MANDATORY_PARAMETER', { PARAM_NAME: 'tokenId' }))
    return { objectType: 'LatchkeyReach', ...(await reachOfToken(deps, access, id)) }
  },

  async 'latchkey_access.compare'({ deps, access, values }) {
    const comparison = await compareAccess(deps, access, values.textOr('a', ''), values.textOr('b', ''))
    return { objectType: 'LatchkeyComparison', ...comparison }
  },

  async 'latchkey_access.lint'({ deps, access, values, params }) {
    const wanted = values.names('actions') === undefined ? [] : actionsOf(values)
    const record = values.object('appToken')
    const tokenId = values.textOr('tokenId', '') || ownTokenId(access)
    if (record === undefined && tokenId === undefined) {
      throw new WireRefusal(apiError('MISSING_MANDATORY_PARAMETER', { PARAM_NAME: 'tokenId' }))
    }
    const about =
      record === undefined ? { tokenId: tokenId ?? '' } : { record: recordIn(record, params, access.partnerId) }
    return { objectType: 'LatchkeyLint', ...(await lintToken(deps, access, about, wanted)) }
  },
}

function askedOf(values: BoundObject) {
  const roleId = values.numberOr('roleId', 0)
  return { tokenId: values.textOr('tokenId', '') || undefined, roleId: roleId === 0 ? undefined : roleId }
}

/** @throws {LatchkeyError} `ACTION_UNKNOWN`, `TOO_MANY_VALUES` */
function actionsOf(values: BoundObject, most = MOST_ACTIONS): readonly CatalogueAction[] {
  const names = values.names('actions') ?? []
  if (names.length > most) throw new LatchkeyError('TOO_MANY_VALUES', { what: 'actions', most })
  return names.map((name) => {
    const action = actionNamed(name)
    if (action === undefined) throw new LatchkeyError('ACTION_UNKNOWN', { action: name.slice(0, 100) })
    return action
  })
}

/** A token as somebody wrote it down. Its expiry as it stands there, since a small one is what is to be told. */
function recordIn(record: BoundObject, params: ParamTree, partnerId: number): TokenRecord {
  const { expiresAt, sessionType, sessionUserId, sessionSeconds, sessionPrivileges, hashType } = fieldsOf(record)
  const sent = isTree(params.appToken) ? Number(textAt(params.appToken, 'expiry') ?? Number.NaN) : Number.NaN
  return {
    id: record.text('id') || 'new',
    partnerId,
    status: record.number('status') === 1 ? 'disabled' : 'active',
    expiresAt: Number.isSafeInteger(sent) ? sent : (expiresAt ?? undefined),
    sessionType: sessionType ?? undefined,
    sessionUserId: sessionUserId ?? undefined,
    sessionSeconds: sessionSeconds ?? undefined,
    sessionPrivileges: sessionPrivileges ?? undefined,
    hashType: hashType ?? undefined,
  }
}
