import { formatPrivilege, isReservedPrivilege, parseAppTokenPrivileges } from '@latchkey/core'
import { type Check, type DoctorFinding, found } from '../check.ts'
import { granted, wantedOf } from '../view.ts'

const EVIDENCE = "startSession's answer beside what was asked"

/** Arguments of startSession that had no effect. */
export const loginArguments: Check = (facts) => {
  const info = granted(facts)
  if (info === undefined) return []
  const { userId, type, privileges } = facts.told
  const findings: DoctorFinding[] = []
  const dropped = lost(privileges ?? '', info.privileges)
  if (dropped.length > 0) {
    const severity = wantedOf(facts).some(({ outcome }) => outcome === 'refused') ? 'error' : 'warning'
    const saw = `${dropped.join(', ')} was asked for and is not in the session`
    findings.push(found('reserved-privilege-dropped', severity, saw, EVIDENCE))
  }
  if (userId !== undefined && userId !== info.userId) {
    const saw = `userId ${userId} was asked for, and the session is of ${info.userId === '' ? 'nobody' : info.userId}`
    findings.push(found('user-argument-ignored', 'warning', saw, EVIDENCE))
  }
  if (type !== undefined && type !== info.sessionType) {
    const saw = `type ${type} was asked for, and the session is of type ${info.sessionType}`
    findings.push(found('user-argument-ignored', 'warning', saw, EVIDENCE))
  }
  return findings
}

/** Reserved ones that were asked for and not granted; of others the token may have its own value. */
function lost(asked: string, got: string): readonly string[] {
  if (asked === '') return []
  const there = new Set(parseAppTokenPrivileges(got).map(formatPrivilege))
  return parseAppTokenPrivileges(asked)
    .filter((privilege) => isReservedPrivilege(privilege.name.trim()) && !there.has(formatPrivilege(privilege)))
    .map(formatPrivilege)
}
