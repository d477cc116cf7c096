import {
  explainDropped,
  type Finding,
  findAction,
  formatPrivilege,
  lint,
  mergePrivileges,
  parseAppTokenPrivileges,
  SHARED_PERMISSIONS,
  showable,
} from '@latchkey/core'
import {
  answeredSessions,
  found,
  isLogin,
  nameOfCall,
  type PasteCheck,
  type PasteFacts,
  tokenOf,
} from '../paste-facts.ts'
import { type Fields, isFields, textAt, wholeNumberOf } from '../read/fields.ts'
import { isMasked, isPlaceholder } from '../read/masked.ts'
import type { SeenRequest } from '../seen.ts'
import { idFault } from './tokens.ts'

const TOKEN_ID = /^\d+_[0-9a-z]{8}$/
const TEN_YEARS = 315_360_000
const YEAR = 31_536_000
/** Minutes of a day, a week, and months, which as seconds are seldom meant. */
const MINUTES: ReadonlySet<number> = new Set([1_440, 10_080, 40_320, 43_200, 43_800, 44_640, 525_600])
const UPPER_SNAKE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/

/** The arguments of a login, and what became of them. */
export const LOGIN_CHECKS: readonly PasteCheck[] = [
  (facts) =>
    facts.requests.flatMap((request) => {
      const id = textAt(request.params, 'id')
      if (!/^apptoken\.(?:startsession|get|update|delete)$/.test(nameOfCall(request)) || id === undefined) return []
      if (
        TOKEN_ID.test(id) ||
        isMasked(id) ||
        isPlaceholder(id) ||
        /^[A-Za-z]+(?:_[A-Za-z]+|\.[A-Za-z]+|[A-Z][a-z]+)+$/.test(id) ||
        /\{\d+:result/.test(id)
      )
        return []
      return [found(facts, request.where, 'token-id-mangled', 'error', idFault(id))]
    }),

  (facts) =>
    logins(facts).flatMap((request) => {
      const asked = textAt(request.params, 'sessionPrivileges')
      if (asked === undefined || asked === '' || isMasked(asked)) return []
      return [...permissionNames(facts, request, asked), ...dropped(facts, request, asked)]
    }),

  (facts) =>
    logins(facts).flatMap((request): readonly Finding[] => {
      const expiry = wholeNumberOf(request.params.get('expiry'))
      const fault = expiry === undefined ? undefined : expiryFault(expiry)
      return fault === undefined ? [] : [found(facts, request.where, 'session-expiry-unit', fault.severity, fault.saw)]
    }),

  (facts) =>
    logins(facts).flatMap((request) => {
      const saw = ignoredArguments(facts, request)
      return saw.length === 0 ? [] : [found(facts, request.where, 'user-argument-ignored', 'warning', saw.join('; '))]
    }),

  (facts) =>
    facts.requests.flatMap((request) => {
      const secret = textAt(request.params, 'secret')
      if (nameOfCall(request) !== 'session.start' || secret === undefined || secret === '') return []
      const saw = 'session.start is called with a secret of the account, which opens everything'
      return [found(facts, request.where, 'admin-secret-instead', 'warning', saw)]
    }),

  (facts) =>
    answeredSessions(facts).flatMap(({ response, from }) => {
      const { fields } = response
      if (from !== 'login' || !isFields(fields)) return []
      return ofSession(facts, fields).map(({ cause, severity, saw }) =>
        found(facts, response.where, cause, severity, saw),
      )
    }),
]

function logins({ requests }: PasteFacts): readonly SeenRequest[] {
  return requests.filter(isLogin)
}

function permissionNames(facts: PasteFacts, request: SeenRequest, asked: string): readonly Finding[] {
  const names = parseAppTokenPrivileges(asked).map(({ name }) => name.trim())
  const meant = names.filter((name) => UPPER_SNAKE.test(name) || SHARED_PERMISSIONS.find(name) !== undefined)
  if (meant.length === 0) return []
  const saw = `sessionPrivileges asks for ${meant.slice(0, 5).map(showable).join(', ')}`
  return [found(facts, request.where, 'permission-name-as-privilege', 'error', saw)]
}

/** By the answer where there is one, which names all that was granted; else by the rule. */
function dropped(facts: PasteFacts, request: SeenRequest, asked: string): readonly Finding[] {
  const token = tokenOf(facts, request)
  const granted = request.response?.fields === undefined ? undefined : textAt(request.response.fields, 'privileges')
  const { dropped: lost } = mergePrivileges({
    tokenId: token?.record.id ?? '0_00000000',
    token: token?.record.sessionPrivileges,
    requested: asked,
  })
  if (granted !== undefined) {
    const items = new Set(granted.split(',').map((item) => item.trim()))
    const missing = parseAppTokenPrivileges(asked)
      .map(formatPrivilege)
      .filter((item) => !items.has(item.trim()))
    if (missing.length === 0) return []
    const saw = `asked for and not granted: ${missing.slice(0, 5).map(showable).join(', ')}`
    return [found(facts, request.where, 'reserved-privilege-dropped', 'error', saw)]
  }
  if (lost.length === 0) return []
  const unless = token === undefined ? ', unless the app token has it with the value *' : ''
  const saw = lost
    .slice(0, 5)
    .map((one) => explainDropped({ ...one, privilege: one.privilege.slice(0, 80) }))
    .join('; ')
  return [
    found(facts, request.where, 'reserved-privilege-dropped', token === undefined ? 'warning' : 'error', saw + unless),
  ]
}

function expiryFault(expiry: number): { readonly severity: 'warning' | 'note'; readonly saw: string } | undefined {
  if (expiry < 0) return { severity: 'warning', saw: `expiry is ${expiry}: the session has ended before it begins` }
  if (expiry > TEN_YEARS) {
    const what = expiry > 100_000_000_000 ? 'a date in milliseconds' : 'a date in epoch seconds'
    return { severity: 'warning', saw: `expiry is ${expiry}, ${what}, and is taken as seconds from now` }
  }
  if (expiry > YEAR && expiry % 60_000 === 0) {
    return {
      severity: 'warning',
      saw: `expiry is ${expiry}: in seconds that is ${Math.round(expiry / YEAR)} years, in milliseconds ${expiry / 1_000} seconds`,
    }
  }
  if (!MINUTES.has(expiry)) return undefined
  return {
    severity: 'note',
    saw: `expiry is ${expiry}, as many as a day, a week or a month has minutes; it is taken as seconds`,
  }
}

function ignoredArguments(facts: PasteFacts, request: SeenRequest): readonly string[] {
  const token = tokenOf(facts, request)?.record
  const answer = request.response?.fields
  const saw: string[] = []
  const compare = (
    name: string,
    asked: string | undefined,
    own: string | undefined,
    got: string | undefined,
    field: string,
  ) => {
    if (asked === undefined || asked === '' || isMasked(asked)) return
    if (own !== undefined && own !== asked && !isMasked(own))
      saw.push(`${name} is ${showable(asked)}, and ${field} of the app token is ${showable(own)}`)
    else if (got !== undefined && got !== asked)
      saw.push(`${name} was ${showable(asked)}, and the session has ${showable(got)}`)
  }
  const got = (name: string) => (answer === undefined ? undefined : textAt(answer, name))
  compare('userId', textAt(request.params, 'userId'), token?.sessionUserId, got('userId'), 'sessionUserId')
  const type = token?.sessionType === undefined ? undefined : String(token.sessionType)
  compare('type', textAt(request.params, 'type'), type, got('sessionType'), 'sessionType')
  return saw
}

const OF_SESSION: ReadonlySet<string> = new Set([
  'user-session-lacks-permission',
  'role-too-small',
  'internal-only',
  'feature-off',
  'list-shows-own-entries-only',
  'session-expired',
  'actions-limit-used-up',
  'ip-restriction',
])

/** What startSession says of its session, judged as the app token that would give it. */
function ofSession(facts: PasteFacts, info: Fields): readonly Finding[] {
  const now = facts.now ?? facts.clock
  const expiry = wholeNumberOf(info.get('expiry'))
  const { findings } = lint({
    token: {
      id: '0_00000000',
      partnerId: wholeNumberOf(info.get('partnerId')) ?? 0,
      sessionType: wholeNumberOf(info.get('sessionType')) ?? 0,
      sessionUserId: textAt(info, 'userId') ?? '',
      sessionPrivileges: textAt(info, 'privileges'),
      hashType: 'SHA256',
    },
    features: [],
    index: SHARED_PERMISSIONS,
    userRoles: [],
    knowsRoles: false,
    now: 0,
    wanted: facts.wanted.length > 0 ? facts.wanted : called(facts),
  })
  const ended: readonly Finding[] =
    now === undefined || expiry === undefined || expiry > now
      ? []
      : [found(facts, '', 'session-expired', 'note', `the session ended at ${expiry}; it is ${now} now`)]
  return [...findings.filter(({ cause }) => OF_SESSION.has(cause)), ...ended]
}

/** What was called and refused, of what a login's session is for. */
function called({ requests }: PasteFacts) {
  return requests.flatMap((request) => {
    if (request.response?.error?.code !== 'SERVICE_FORBIDDEN' || isLogin(request)) return []
    return findAction(request.service ?? '', request.action ?? '') ?? []
  })
}
