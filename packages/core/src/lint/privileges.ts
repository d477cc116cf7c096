import { type Finding, finding } from '../finding.ts'
import { formatPrivilege, parseAppTokenPrivileges } from '../privileges.ts'
import { readActionsLimit } from '../validity.ts'
import { uriIsAllowed } from '../validity-uri.ts'
import type { LintCheck } from './lint.ts'

const UPPER_SNAKE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/
const LOGIN_PATH = '/api_v3/service/media/action/list'

/** What stands in `sessionPrivileges`, and what it will not do. */
export const PRIVILEGE_CHECKS: readonly LintCheck[] = [
  ({ token, index }) => {
    const names = own(token.sessionPrivileges).map(({ name }) => name.trim())
    const meant = names.filter((name) => UPPER_SNAKE.test(name) || index.find(name) !== undefined)
    if (meant.length === 0) return undefined
    return finding('permission-name-as-privilege', 'error', `sessionPrivileges has ${meant.slice(0, 5).join(', ')}`)
  },

  ({ token: { sessionPrivileges: text = '' } }) => {
    const items = text.split(',').filter((item) => /\s/.test(item))
    if (items.length === 0) return undefined
    const shown = items.slice(0, 3).map((item) => `"${item.slice(0, 60)}"`)
    return finding('privilege-blank', 'warning', `there are blanks in ${shown.join(', ')}`)
  },

  ({ token: { sessionPrivileges: text = '' } }) => {
    const names = text.split(',').map((item) => item.trim().split(':')[0] ?? '')
    const twice = [...new Set(names.filter((name, at) => name !== '' && names.indexOf(name) !== at))]
    if (twice.length === 0) return undefined
    const severity = twice.includes('setrole') ? 'error' : 'warning'
    return finding('privilege-duplicate', severity, `${twice.join(', ')} is there more than once`)
  },

  ({ token }) =>
    own(token.sessionPrivileges).flatMap((privilege): readonly Finding[] => {
      if (privilege.name.trim() !== 'iprestrict') return []
      const text = formatPrivilege(privilege).trim()
      if (privilege.values.length === 0) {
        return [finding('ip-restriction', 'error', 'iprestrict names no address: every call will be refused')]
      }
      if (privilege.values.some((value) => /^\d{1,3}$/.test(value))) {
        return [finding('ip-restriction', 'error', `${text} is a range: it is read as single addresses and fits none`)]
      }
      const odd = privilege.values.filter((value) => !IPV4.test(value) && !value.includes('::') && !value.includes(':'))
      return odd.length === 0 ? [] : [finding('ip-restriction', 'error', `${odd.join(', ')} in ${text} is no address`)]
    }),

  ({ access: { session } }) => {
    const limit = readActionsLimit(session)
    if (limit.kind === 'none') return undefined
    if (limit.kind === 'invalid') {
      return finding('actions-limit-used-up', 'error', `actionslimit is "${limit.value}": every call will be refused`)
    }
    return finding('actions-limit-used-up', 'warning', `each session is good for ${limit.limit} calls only`)
  },

  ({ token }) => {
    const patterns = own(token.sessionPrivileges).find(({ name }) => name.trim() === 'urirestrict')?.values
    if (patterns === undefined || uriIsAllowed(patterns, LOGIN_PATH)) return undefined
    return finding('uri-restriction', 'warning', `urirestrict does not let a path such as ${LOGIN_PATH} through`)
  },

  ({ token, access, wanted = [] }) => {
    const hasList = own(token.sessionPrivileges).some(({ name }) => name.trim() === 'list')
    const isClosed = wanted.some((action) => action.action === 'list' && !access.held.opens(action))
    if (!hasList || !isClosed) return undefined
    return finding(
      'list-privilege-misread',
      'error',
      'list is among the privileges, and a list that is wanted stays closed',
    )
  },
]

function own(text: string | undefined) {
  return text === undefined || text === '' ? [] : parseAppTokenPrivileges(text)
}
