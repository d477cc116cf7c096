import { nameOf } from '../access/suggest.ts'
import type { CatalogueAction } from '../catalogue/actions.ts'
import { FEATURE_NAMES } from '../catalogue/permissions.ts'
import { decide } from '../decide.ts'
import { judgeDenial } from '../diagnosis-denial.ts'
import { entitlementOf } from '../entitlement.ts'
import { explain } from '../explain.ts'
import { type Finding, finding } from '../finding.ts'
import { readRolePrivilege } from '../privilege-role.ts'
import { hasPrivilege, hasPrivilegeFlag, parseAppTokenPrivileges } from '../privileges.ts'
import type { LintCheck, LintFacts } from './lint.ts'

const MOST_WANTED = 20

/** What its sessions may call, and whether that is what is wanted. */
export const PERMISSION_CHECKS: readonly LintCheck[] = [
  ({ access, knowsRoles = true }) => {
    const { role } = access
    if (role.kind !== 'refuse') return undefined
    if (!knowsRoles && !role.isInvalid) return undefined
    if (role.role.includes('/')) {
      return finding('role-unknown', 'error', `setrole has two values, ${role.role}: they are looked up as one name`)
    }
    if (role.namedBy === 'account') {
      return finding(
        'role-unknown',
        'error',
        `the account has the role ${role.role} for such sessions, and that role is gone: every call will fail`,
      )
    }
    const named = role.namedBy === 'user' ? 'its user has the role' : `${role.namedBy ?? 'setrole'} names the role`
    return finding(
      'role-unknown',
      'error',
      `${named} ${role.role}, which the account does not have: every call will fail`,
    )
  },

  ({ token: { sessionPrivileges = '' } }) => {
    const named = parseAppTokenPrivileges(sessionPrivileges).find(({ name }) => name.trim() === 'setrole')
    if (named === undefined || sessionPrivileges === '') return undefined
    const value = named.values.join('/')
    if (value !== '' && value !== '0') return undefined
    return finding(
      'role-unknown',
      'error',
      `setrole names no role ("${value}"): it is passed over, as if it were not there`,
    )
  },

  ({ access: { held, role } }) => {
    // What `*` loses to features is no fault of a role.
    const isListed = role.kind === 'use' && role.role?.permissionNames.includes('*') === false
    return (isListed ? held.dropped : []).map(({ permission, missing }) =>
      FEATURE_NAMES.has(missing)
        ? finding('feature-off', 'note', `its role names ${permission}, but the account lacks ${missing}`)
        : finding(
            'permission-dependency-missing',
            'warning',
            `its role names ${permission} but not ${missing}, which that depends on: it is dropped`,
          ),
    )
  },

  (facts) => (facts.wanted ?? []).slice(0, MOST_WANTED).flatMap((action) => againstWanted(facts, action) ?? []),

  ({ access, token, wanted = [] }) => {
    const { session, kind } = access
    if (kind !== 'user' || hasPrivilege(session, 'list', '*')) return undefined
    const lists = wanted.filter(({ service, action }) => ENTRY_SERVICES.has(service) && ENTRY_LISTS.has(action))
    if (wanted.length > 0 && lists.length === 0) return undefined
    const saw = lists.length > 0 ? `${lists.map(nameOf).join(', ')} will show` : 'lists will show'
    const whose = token.sessionUserId === undefined ? 'the user that the caller names' : session.userId || 'nobody'
    return finding(
      'list-shows-own-entries-only',
      lists.length > 0 ? 'warning' : 'note',
      `its sessions are USER without list:*: ${saw} the entries of ${whose} only`,
    )
  },

  ({ access, features }) => {
    const { session } = access
    const entitlement = entitlementOf(session, features)
    if (entitlement === undefined || entitlement.context) return undefined
    const why = hasPrivilegeFlag(session, 'enableentitlement')
      ? 'the token has enableentitlement, and no privacycontext'
      : 'the token has neither disableentitlement nor privacycontext'
    return finding('entitlement-hides-entries', 'note', `the account has entitlement on, and ${why}`)
  },
]

const ENTRY_SERVICES: ReadonlySet<string> = new Set(['media', 'baseEntry', 'data', 'playlist', 'liveStream'])
const ENTRY_LISTS: ReadonlySet<string> = new Set(['list', 'count', 'listByReferenceId'])

function againstWanted(question: LintFacts, action: CatalogueAction): Finding | undefined {
  const { access, now, features, token, knowsRoles = true, rules, partnerStatus = 1 } = question
  const usesRole = readRolePrivilege(access.session).kind !== 'none'
  if (!knowsRoles && usesRole) return undefined
  // A role that is not there has its own finding.
  if (access.role.kind === 'refuse') return undefined
  const decision = decide(action, {
    session: access.session,
    kind: access.kind,
    role: access.role,
    held: access.held,
    isHttps: true,
    // Whether the account lets anybody in is not what is asked; that it is read-only is.
    partner: { id: token.partnerId, status: partnerStatus === 4 ? 4 : 1, isHttpsOnly: false, features, rules },
  })
  if (decision.effect === 'allow') return undefined
  // As the refusal would be judged, so that both name the same cause.
  const facts = { service: action.service, action: action.action, requestId: '', now }
  const { cause, saw } = judgeDenial(decision.reason, explain(decision.reason, action), facts)
  return finding(cause, 'error', saw)
}
