import { finding } from '../finding.ts'
import { readRolePrivilege } from '../privilege-role.ts'
import { agoInWords, dayInWords } from '../time-words.ts'
import type { LintCheck } from './lint.ts'

const DAY = 86_400
const SOON = 35 * DAY
/** Below, the original takes a time for one that is relative to now. */
export const RELATIVE = 315_360_000
/** Epoch seconds beyond this are milliseconds: the year 5138. */
const MILLISECONDS = 100_000_000_000
const SHORT = 600

/** How the token itself is set up. */
export const TOKEN_CHECKS: readonly LintCheck[] = [
  ({ token }) =>
    token.status === 'disabled'
      ? finding('token-disabled', 'error', 'its status is disabled: it starts no session until it is resumed')
      : undefined,

  ({ token: { sessionSeconds } }) => {
    if (sessionSeconds === undefined || sessionSeconds >= SHORT) return undefined
    const severity = sessionSeconds <= 0 ? 'error' : 'warning'
    return finding('session-duration-too-short', severity, `its sessionDuration is ${sessionSeconds} seconds`)
  },

  ({ token: { expiresAt }, now }) => {
    if (expiresAt === undefined) return undefined
    if (expiresAt > MILLISECONDS) {
      const meant = Math.floor(expiresAt / 1_000)
      return finding(
        'token-expiry-unit',
        'error',
        `its expiry ${expiresAt} is in milliseconds; in seconds it is ${meant}`,
      )
    }
    if (expiresAt < RELATIVE) {
      return finding('token-expiry-unit', 'error', `its expiry ${expiresAt} is a number of seconds, not a time`)
    }
    const day = dayInWords(expiresAt)
    if (expiresAt <= now) {
      const ago = agoInWords(expiresAt, now)
      return finding('token-expired', 'error', `its expiry ${expiresAt} is past: it was ${day}, ${ago}`)
    }
    const left = expiresAt - now
    if (left >= SOON) return undefined
    return finding('token-expires-soon', 'warning', `it expires at ${expiresAt} (${day}), in ${inDays(left)}`)
  },

  ({ token: { hashType = 'SHA1' } }) =>
    hashType === 'MD5' || hashType === 'SHA1'
      ? finding('hash-type-weak', 'warning', `its hashType is ${hashType}`)
      : undefined,

  ({ token, access }) => {
    const hasRole = readRolePrivilege(access.session).kind !== 'none'
    if (token.sessionType === undefined) {
      const who = token.sessionUserId === undefined ? ' and no sessionUserId' : ''
      return finding('holder-chooses-identity', 'warning', `it has no sessionType${who}: a request may ask for ADMIN`)
    }
    // A role goes before those of any user, so that naming one gains nothing.
    if (token.sessionUserId !== undefined || hasRole) return undefined
    return finding(
      'holder-chooses-identity',
      'warning',
      'it has no sessionUserId and no setrole: a request may name a user who has a larger role',
    )
  },

  ({ access, token, userRoles, knowsRoles = true }) => {
    const isAdmin = access.kind === 'admin'
    if (!isAdmin || readRolePrivilege(access.session).kind !== 'none') return undefined
    if (!knowsRoles && token.sessionUserId) return undefined
    if (userRoles.length > 0) return undefined
    const count = access.held.opened.size
    const may = token.sessionType === undefined ? 'may be of ADMIN type and have' : 'are ADMIN and have'
    return finding('admin-without-role', 'warning', `its sessions ${may} no role: this token can do ${count} things`)
  },

  ({ access, token, userRoles }) => {
    const isAdmin = access.kind === 'admin' && token.sessionType !== undefined
    if (!isAdmin || userRoles.length === 0 || readRolePrivilege(access.session).kind !== 'none') return undefined
    const roles = userRoles.map(({ id }) => id).join(', ')
    return finding('user-role-wins', 'warning', `its user ${token.sessionUserId} has the role ${roles}, which counts`)
  },
]

function inDays(seconds: number): string {
  const days = Math.floor(seconds / DAY)
  return days < 1 ? 'less than a day' : `${days} day${days === 1 ? '' : 's'}`
}
