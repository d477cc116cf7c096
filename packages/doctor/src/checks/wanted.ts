import {
  type CauseId,
  FEATURE_NAMES,
  findPermission,
  firstPrivilegeText,
  isKnownService,
  nearestName,
  PERMISSIONS,
  SERVICES,
  servicesNamedAlike,
  showable,
} from '@latchkey/core'
import { type Check, type DoctorFinding, found } from '../check.ts'
import type { Facts } from '../facts.ts'
import { codeOf } from '../rungs.ts'
import { granted, heldNames, lastOf, type Wanted, wantedOf } from '../view.ts'

/** So many of the normal permissions are all that an account can give. */
const MOST_OF_ALL = 0.5
const NORMAL_COUNT = PERMISSIONS.filter(({ type }) => type === 1).length

/** The job itself: what is wanted, and what of it the session may not. */
export const wanted: Check = (facts) =>
  granted(facts) === undefined ? [] : wantedOf(facts).flatMap((want) => judge(facts, want))

function judge(facts: Facts, want: Wanted): readonly DoctorFinding[] {
  const code = want.exchange === undefined ? undefined : codeOf(want.exchange)
  if (code === 'SERVICE_DOES_NOT_EXISTS' || code === 'ACTION_DOES_NOT_EXISTS') return [unknownName(want, code)]
  if (code === 'FEATURE_FORBIDDEN') {
    return [found('feature-off', 'error', `${want.name} needs a feature that is off`, `${want.name} answered ${code}`)]
  }
  if (want.outcome !== 'refused') return []
  if (code !== undefined && code !== 'SERVICE_FORBIDDEN' && code !== 'MISSING_MANDATORY_PARAMETER') return []
  const held = heldNames(facts) ?? []
  const cause = causeOf(facts, want, held)
  const evidence =
    code === 'SERVICE_FORBIDDEN'
      ? `${want.name} answered SERVICE_FORBIDDEN; permission.getCurrentPermissions shows what is held`
      : `the catalogue says what ${want.name} needs, permission.getCurrentPermissions what is held`
  const saw = sawOf(facts, want, held)
  const told = code === 'SERVICE_FORBIDDEN' ? causeTold(want) : undefined
  if (told === undefined || told === cause) return [found(cause, 'error', saw, evidence)]
  // A server that says why knows; what can be seen from here is beside it.
  return [
    found(told, 'error', saw, `${want.name} answered SERVICE_FORBIDDEN, and its diagnosis names this cause`),
    found(cause, 'note', saw, evidence),
  ]
}

function causeTold({ exchange }: Wanted): CauseId | undefined {
  return exchange?.answer.kind === 'reply' ? exchange.answer.error?.cause : undefined
}

function unknownName({ name, known }: Wanted, code: string): DoctorFinding {
  const [service = '', action = ''] = name.split('.')
  const evidence = `${name} answered ${code}`
  const alike = servicesNamedAlike(service)
  if (known !== undefined) {
    return found('not-in-sandbox', 'note', `this endpoint does not have ${name}, which others have`, evidence)
  }
  if (alike.length > 0 && !isKnownService(service)) {
    return found(
      'plugin-service-prefix',
      'error',
      `there is no service ${showable(service)}, but there is ${alike.join(', ')}`,
      evidence,
    )
  }
  if (code === 'ACTION_DOES_NOT_EXISTS') {
    return found('action-unknown', 'error', `${service} has no action ${showable(action)}`, evidence)
  }
  const near = nearestName(service, SERVICES)
  const close = near === undefined ? '' : `; ${near} is close to it`
  return found('service-unknown', 'error', `there is no service ${showable(service)}${close}`, evidence)
}

function sawOf(facts: Facts, { name, needed, known }: Wanted, held: readonly string[]): string {
  const info = granted(facts)
  const type = info?.sessionType === 2 ? 'ADMIN' : 'USER'
  if (known !== undefined && known.kind !== 'ordinary') return `${name} is open to no ordinary account`
  const any =
    needed.length > 4
      ? `${needed.slice(0, 4).join(', ')} or ${needed.length === 5 ? 'another one' : `${needed.length - 4} others`}`
      : needed.join(' or ')
  const has = held.length > 4 ? `${held.length} permissions, none of them` : held.join(' and ') || 'none'
  return `${name} needs ${any}; this ${type} session holds ${has}`
}

function causeOf(facts: Facts, { name, needed, known }: Wanted, held: readonly string[]): CauseId {
  const info = granted(facts)
  const privileges = info?.privileges ?? ''
  const role = firstPrivilegeText({ privileges }, 'setrole')
  const hasRole = role !== undefined && role !== '' && role !== '0'
  if (known !== undefined && known.kind !== 'ordinary') return 'internal-only'
  const lost = dependency(facts, needed, held)
  if (lost !== undefined) return lost
  const isList = /^list/i.test(name.split('.')[1] ?? '')
  if (isList && firstPrivilegeText({ privileges }, 'list') !== undefined && !hasRole) return 'list-privilege-misread'
  if (info?.sessionType === 2) {
    if (hasRole) return 'role-too-small'
    if (held.includes('*') || held.length > NORMAL_COUNT * MOST_OF_ALL) return 'feature-off'
    return 'user-role-wins'
  }
  if (name.toLowerCase() === 'session.get' && !hasRole) return 'session-get-needs-permission'
  if (hasRole || !held.includes('BASE_USER_SESSION_PERMISSION')) return 'role-too-small'
  return 'user-session-lacks-permission'
}

/** The role names a permission that would do, and still it is not held: something that it depends on is missing. */
function dependency(facts: Facts, needed: readonly string[], held: readonly string[]): CauseId | undefined {
  const read = lastOf(facts, 'role')
  const named =
    read?.answer.kind === 'reply' && read.answer.result?.kind === 'role'
      ? read.answer.result.names
      : (facts.told.rolePermissions ?? [])
  for (const name of needed) {
    if (!named.includes(name) || held.includes(name)) continue
    const missing = findPermission(name)?.dependsOn.find((other) => !held.includes(other))
    if (missing === undefined) continue
    return FEATURE_NAMES.has(missing) ? 'feature-off' : 'permission-dependency-missing'
  }
  return undefined
}
