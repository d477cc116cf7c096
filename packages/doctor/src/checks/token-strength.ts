import { firstPrivilegeText } from '@latchkey/core'
import { type Check, type DoctorFinding, found } from '../check.ts'
import { acceptedHashType, granted, heldNames } from '../view.ts'

/** What works, and is a standing risk. */
export const tokenStrength: Check = (facts) => {
  const info = granted(facts)
  if (info === undefined) return []
  const findings: DoctorFinding[] = []
  const hashType = acceptedHashType(facts)
  if (hashType === 'MD5' || hashType === 'SHA1') {
    const saw = `the app token takes ${hashType}`
    findings.push(found('hash-type-weak', 'warning', saw, 'the login that worked was made with it'))
  }
  const role = firstPrivilegeText(info, 'setrole')
  const held = heldNames(facts) ?? []
  const isLarge = held.includes('*') || held.includes('APP_TOKEN_ADD')
  if (info.sessionType === 2 && (role === undefined || role === '' || role === '0') && isLarge) {
    const saw = 'its sessions are ADMIN and have no role: it can make app tokens, and everything else'
    findings.push(found('admin-without-role', 'warning', saw, "sessionType and privileges in startSession's answer"))
  }
  return findings
}
