import {
  endSession,
  impersonate,
  inspectSession,
  type SecretLogin,
  startSession,
  startWidgetSession,
} from '@latchkey/authority'
import type { BoundObject } from '@latchkey/wire'
import type { Action } from './call.ts'

const DAY = 86_400

export const sessionService: Readonly<Record<string, Action>> = {
  'session.start': ({ deps, values }) => startSession(deps, loginOf(values)),

  async 'session.startWidgetSession'({ deps, values }) {
    const widget = await startWidgetSession(deps, values.textOr('widgetId', ''), values.numberOr('expiry', DAY))
    // The declared type of userId is a text; the original sends the number 0.
    return {
      objectType: 'KalturaStartWidgetSessionResponse',
      partnerId: widget.partnerId,
      ks: widget.sessionText,
      userId: 0,
    }
  },

  async 'session.get'({ deps, access, values }) {
    const session = await inspectSession(deps, access, values.textOr('session', ''))
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
