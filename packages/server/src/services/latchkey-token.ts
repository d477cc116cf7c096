import {
  annotateAppToken,
  endOverlap,
  pauseAppToken,
  resumeAppToken,
  rotateAppToken,
  usageOf,
} from '@latchkey/authority'
import { apiError, textAt } from '@latchkey/wire'
import { WireRefusal } from '../v3/refusals.ts'
import { appTokenView, ownTokenFields } from '../views/app-token.ts'
import type { Action, Call } from './call.ts'

const DAY = 86_400
/** As long as any text that is stored. */
const LONGEST_NOTE = 10_000

/** What users of key managers take for granted and the original's appToken service has no word for. */
export const latchkeyTokenService: Readonly<Record<string, Action>> = {
  async 'latchkey_token.pause'({ deps, access, values }) {
    return view(await pauseAppToken(deps, access, values.textOr('id', '')))
  },

  async 'latchkey_token.resume'({ deps, access, values }) {
    return view(await resumeAppToken(deps, access, values.textOr('id', '')))
  },

  async 'latchkey_token.rotate'(call) {
    const { deps, access, values } = call
    const id = values.textOr('id', '')
    if (values.flag('finish') === true) return view(await endOverlap(deps, access, id))
    const overlap = wholeNumber(call, 'overlap') ?? DAY
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

  async 'latchkey_token.annotate'(call) {
    const { deps, access, values } = call
    const note = values.isGiven('note') ? values.textOr('note', '') : undefined
    if (note !== undefined && note.length > LONGEST_NOTE) {
      throw new WireRefusal(
        apiError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: 'note', MAX_LEN: LONGEST_NOTE }),
        `${LONGEST_NOTE} characters at most`,
      )
    }
    const said = {
      labels: values.names('labels'),
      note,
      addresses: values.names('addresses'),
      startsPerMinute: values.isGiven('startsPerMinute') ? (wholeNumber(call, 'startsPerMinute') ?? null) : undefined,
    }
    return view(await annotateAppToken(deps, access, values.textOr('id', ''), said))
  },
}

/**
 * A number as it was sent. Elsewhere the original's rule holds, by which a text without digits is 0; here that would end an
 * overlap at once, or lift a limit. The empty text is as good as none.
 */
function wholeNumber({ values, params }: Call, name: string): number | undefined {
  const text = textAt(params, name)?.trim()
  if (!values.isGiven(name) || text === '' || params[name] === null) return undefined
  if (text !== undefined && /^[+-]?\d{1,15}$/.test(text)) return Number(text)
  throw new WireRefusal(apiError('INVALID_FIELD_VALUE', { FIELD_NAME: name }), 'a whole number')
}

function view(token: Parameters<typeof appTokenView>[0]) {
  return { ...appTokenView(token, false), ...ownTokenFields(token) }
}
