import {
  endSession,
  impersonate,
  inspectSession,
  type SecretLogin,
  startSession,
  startWidgetSession,
} from '@latchkey/authority'
import { LatchkeyError } from '@latchkey/core'
import type { BoundObject } from '@latchkey/wire'
import { WireRefusal } from '../v3/refusals.ts'
import type { Action } from './call.ts'

const DAY = 86_400

export const sessionService: Readonly<Record<string, Action>> = {
  'session.start'({ deps, values, note }) {
    const login = loginOf(values)
    note({ actor: login.userId || undefined })
    return startSession(deps, login)
  },

  async 'session.startWidgetSession'({ deps, values, note }) {
    const widget = await startWidgetSession(deps, values.textOr('widgetId', ''), values.numberOr('expiry', DAY))
    // Its account is told by the widget alone.
    note({ partnerId: widget.partnerId })
    // The declared type of userId is a text; the original sends the number 0.
    return {
      objectType: 'KalturaStartWidgetSessionResponse',
      partnerId: widget.partnerId,
      ks: widget.sessionText,
      userId: 0,
    }
  },

  async 'session.get'({ deps, access, values, fidelity }) {
    const text = values.textOr('session', '')
    const session = await inspectSession(deps, access, text).catch((error: unknown) => {
      throw isUnreadable(error) ? new WireRefusal(fidelity.errorOfInspected(text)) : error
    })
    // Texts, since the original reads them out of the session string as they are.
    return (
      session && {
        objectType: 'KalturaSessionInfo',
        sessionType: String(session.type),
        partnerId: String(session.partnerId),
        userId: session.userId === '' ? undefined : session.userId,
        expiry: String(session.expiresAt),
        privileges: session.privileges,
      }
    )
  },

  async 'session.end'({ deps, access }) {
    await endSession(deps, access)
    return null
  },

  'session.impersonate': ({ deps, values }) =>
    impersonate(deps, loginOf(values), values.numberOr('impersonatedPartnerId', 0)),
}

/** Of the session that is asked about, not of the one that asks. */
function isUnreadable(error: unknown): boolean {
  return (
    error instanceof LatchkeyError &&
    ['SESSION_MALFORMED', 'SESSION_PARTNER_UNKNOWN', 'SESSION_SIGNATURE_MISMATCH'].includes(error.code)
  )
}

function loginOf(values: BoundObject): SecretLogin {
  return {
    partnerId: values.numberOr('partnerId', 0),
    secret: values.textOr('secret', ''),
    userId: values.textOr('userId', ''),
    type: values.numberOr('type', 0),
    expirySeconds: values.numberOr('expiry', DAY),
    privileges: values.textOr('privileges', ''),
  }
}
