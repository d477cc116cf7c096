import {
  annotateAppToken,
  endOverlap,
  pauseAppToken,
  resumeAppToken,
  rotateAppToken,
  usageOf,
} from '@latchkey/authority'
import { appTokenView, ownTokenFields } from '../views/app-token.ts'
import type { Action } from './call.ts'

/** What users of key managers take for granted and the original's appToken service has no word for. */
export const latchkeyTokenService: Readonly<Record<string, Action>> = {
  async 'latchkey_token.pause'({ deps, access, values }) {
    return view(await pauseAppToken(deps, access, values.textOr('id', '')))
  },

  async 'latchkey_token.resume'({ deps, access, values }) {
    return view(await resumeAppToken(deps, access, values.textOr('id', '')))
  },

  async 'latchkey_token.rotate'({ deps, access, values }) {
    const id = values.textOr('id', '')
    if (values.flag('finish') === true) return view(await endOverlap(deps, access, id))
    const overlap = values.numberOr('overlap', 0)
    const token = await rotateAppToken(deps, access, id, { overlapSeconds: overlap === -1 ? undefined : overlap })
    // Whoever rotates it is told the new value, this once at least.
    return { ...appTokenView(token, true), ...ownTokenFields(token) }
  },

  async 'latchkey_token.usage'({ deps, access, values }) {
    const { token, usage } = await usageOf(deps, access, values.textOr('id', ''))
    const { previousValue, ...counts } = usage
    return {
      objectType: 'LatchkeyTokenUsage',
      tokenId: token.id,
      ...counts,
      rotatedAt: token.rotatedAt,
      previousUntil: token.previous?.until,
      isPreviousTaken: token.previous !== undefined && (token.previous.until ?? access.now + 1) > access.now,
      previousValue,
    }
  },

  async 'latchkey_token.annotate'({ deps, access, values }) {
    const said = {
      labels: values.names('labels'),
      note: values.isGiven('note') ? values.textOr('note', '') : undefined,
      addresses: values.names('addresses'),
      startsPerMinute: values.isGiven('startsPerMinute') ? values.numberOr('startsPerMinute', 0) : undefined,
    }
    return view(await annotateAppToken(deps, access, values.textOr('id', ''), said))
  },
}

function view(token: Parameters<typeof appTokenView>[0]) {
  return { ...appTokenView(token, false), ...ownTokenFields(token) }
}
