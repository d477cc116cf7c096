import {
  ACTIONS,
  type CatalogueAction,
  decide,
  describeSessionText,
  findAction,
  resolveAccess,
  SHARED_PERMISSIONS,
} from '@latchkey/core'
import {
  answeredSessions,
  found,
  isLogin,
  lookAtSessionOf,
  nameOfCall,
  type PasteCheck,
  tokenOf,
} from '../paste-facts.ts'
import { textAt, wholeNumberOf } from '../read/fields.ts'
import { isMasked } from '../read/masked.ts'
import { lookAtSession, type SessionDamage } from '../session-text.ts'

/** The session string of a call: whether it is there, whole, of the right account, and the right one. */
export const SESSION_CHECKS: readonly PasteCheck[] = [
  (facts) =>
    facts.requests.flatMap((request) => {
      const ks = textAt(request.params, 'ks')
      const action = findAction(request.service ?? '', request.action ?? '')
      if ((ks !== undefined && ks.trim() !== '') || action === undefined || isOpenToAll(action)) return []
      const name = `${action.service}.${action.action}`
      if (request.hasBearer) {
        const saw = `${name} has its session in the header Authorization, which only a Latchkey looks at`
        return [found(facts, request.where, 'session-not-sent', 'note', saw)]
      }
      const what = ks === undefined ? 'without the parameter ks' : 'with an empty ks'
      const saw = `${name} is called ${what}${isLogin(request) ? '; the hash has not been looked at' : ''}`
      // Of a body alone nobody knows what stood in the URL.
      const isWhole = request.uri !== undefined || request.response?.error?.code === 'SERVICE_FORBIDDEN'
      return [found(facts, request.where, 'session-not-sent', isWhole ? 'error' : 'warning', saw)]
    }),

  (facts) =>
    facts.requests.flatMap((request) => {
      const damage = lookAtSessionOf(facts, request)?.damage
      return damage === undefined
        ? []
        : [damaged(damage, (cause, severity, saw) => found(facts, request.where, cause, severity, saw))]
    }),

  (facts) =>
    facts.sessions.flatMap(({ text, where }) => {
      const { damage } = lookAtSession(facts.primitives, text)
      return damage === undefined
        ? []
        : [damaged(damage, (cause, severity, saw) => found(facts, where, cause, severity, saw))]
    }),

  (facts) =>
    facts.requests.flatMap((request) => {
      const partner = lookAtSessionOf(facts, request)?.header?.partnerId
      if (partner === undefined || nameOfCall(request).startsWith('session.')) return []
      const named = wholeNumberOf(request.params.get('p') ?? request.params.get('partnerId'))
      const token = isLogin(request) ? tokenOf(facts, request)?.record.partnerId : undefined
      if (named !== undefined && named !== partner && named > 0) {
        const saw = `the session is of account ${partner}, and the call names account ${named}`
        return [found(facts, request.where, 'partner-mismatch', 'error', saw)]
      }
      if (token === undefined || token === partner || token === 0) return []
      const saw = `the session is of account ${partner}, and the app token of account ${token}`
      return [found(facts, request.where, 'token-of-other-partner', 'error', saw)]
    }),

  (facts) => {
    const widgets = new Set(answeredSessions(facts).flatMap(({ from, text }) => (from === 'widget' ? [text] : [])))
    return facts.requests.flatMap((request) => {
      const ks = textAt(request.params, 'ks') ?? ''
      const clear = lookAtSessionOf(facts, request)?.clear
      const isWidget = widgets.has(ks) || (clear?.privileges.includes('widget:1') === true && /^0?$/.test(clear.userId))
      const action = findAction(request.service ?? '', request.action ?? '')
      if (!isWidget || action === undefined || isLogin(request) || isOpenToWidgets(action)) return []
      const saw = `${action.service}.${action.action} is called with the widget session (${describeSessionText(ks)})`
      return [found(facts, request.where, 'widget-session-still-used', 'error', saw)]
    })
  },

  (facts) => {
    const now = facts.now ?? facts.clock
    const at = (where: string, text: string) => {
      const { clear, damage } = lookAtSession(facts.primitives, text)
      if (now === undefined || damage !== undefined || clear?.expiresAt === undefined || clear.expiresAt > now)
        return []
      const saw = `the session says that it ended at ${clear.expiresAt}; it is ${now} now`
      // A call of the past was right when it was made.
      return [found(facts, where, 'session-expired', where.startsWith('entry') ? 'note' : 'warning', saw)]
    }
    return [
      ...facts.sessions.flatMap(({ text, where }) => at(where, text)),
      ...facts.requests.flatMap((request) => at(request.where, textAt(request.params, 'ks') ?? '')),
    ]
  },

  (facts) => {
    const sessions = answeredSessions(facts).filter(({ host, text }) => host !== undefined && text.length > 20)
    return facts.requests.flatMap((request) => {
      const ks = textAt(request.params, 'ks')
      const source = sessions.find(({ text }) => text === ks)
      if (source === undefined || request.host === undefined || source.host === request.host) return []
      const saw = `the session came from ${source.host}, and is sent to ${request.host}`
      return [found(facts, request.where, 'wrong-endpoint', 'warning', saw)]
    })
  },

  (facts) =>
    facts.requests.flatMap((request) => {
      if (nameOfCall(request) !== 'session.startwidgetsession') return []
      const id = textAt(request.params, 'widgetId') ?? ''
      if (!/^\s*\d+\s*$/.test(id) || isMasked(id)) return []
      const saw = `widgetId is ${id.trim().slice(0, 20)}: it takes an underscore in front, _${id.trim().slice(0, 20)}`
      return [found(facts, request.where, 'widget-id-without-underscore', 'error', saw)]
    }),

  (facts) =>
    facts.requests.flatMap((request) => {
      if (nameOfCall(request) !== 'session.get') return []
      const isRefused = request.response?.error?.code === 'SERVICE_FORBIDDEN'
      const saw = `session.get ${isRefused ? 'was refused: it' : ''} is open to few sessions; it says nothing about the session itself`
      return [
        found(
          facts,
          request.where,
          'session-get-needs-permission',
          isRefused ? 'error' : 'note',
          saw.replaceAll('  ', ' '),
        ),
      ]
    }),
]

function damaged<T>(
  { cause, saw, isStillRead }: SessionDamage,
  make: (cause: SessionDamage['cause'], severity: 'error' | 'warning', saw: string) => T,
): T {
  return make(cause, isStillRead ? 'warning' : 'error', saw)
}

const NOBODY = resolveAccess({ kind: 'none', userRoles: [], features: [], index: SHARED_PERMISSIONS })
const WIDGET = resolveAccess({ kind: 'widget', userRoles: [], features: [], index: SHARED_PERMISSIONS })

function isOpenToAll(action: CatalogueAction): boolean {
  return decide(action, { kind: 'none', ...NOBODY, isHttps: true }).effect === 'allow'
}

function isOpenToWidgets(action: CatalogueAction): boolean {
  return ACTIONS[action.index] === undefined || WIDGET.held.opens(action)
}
