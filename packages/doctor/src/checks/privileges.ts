import { findPermission, parseAppTokenPrivileges, type Severity } from '@latchkey/core'
import { type Check, type DoctorFinding, found } from '../check.ts'
import type { Facts } from '../facts.ts'
import { granted, wantedOf } from '../view.ts'

const UPPER_SNAKE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/

/** What stands in a privileges string and does not do what its writer hopes. */
export const privileges: Check = (facts) =>
  textsOf(facts).flatMap(({ text, where }) => judge(text, where, hurts(facts)))

/** As somebody wrote them before as they came out, since version 2 mends some of it on the way. */
function textsOf(facts: Facts): readonly { readonly text: string; readonly where: string }[] {
  const written = facts.told.record?.sessionPrivileges
  const asked = facts.told.privileges
  const got = granted(facts)?.privileges
  return [
    ...(written === undefined ? [] : [{ text: written, where: "the record's sessionPrivileges" }]),
    ...(asked === undefined ? [] : [{ text: asked, where: 'the sessionPrivileges of the login' }]),
    ...(got === undefined ? [] : [{ text: got, where: "privileges in startSession's answer" }]),
  ]
}

function judge(text: string, where: string, severity: Severity): readonly DoctorFinding[] {
  const findings: DoctorFinding[] = []
  const names = parseAppTokenPrivileges(text).map(({ name }) => name.trim())
  const meant = names.filter((name) => UPPER_SNAKE.test(name) || findPermission(name) !== undefined)
  if (meant.length > 0) {
    const saw = `${meant.slice(0, 5).join(', ')} is the name of a permission, and does nothing as a privilege`
    findings.push(found('permission-name-as-privilege', 'error', saw, where))
  }
  const blank = text.split(',').filter((item) => /\s/.test(item))
  if (blank.length > 0) {
    const shown = blank.slice(0, 3).map((item) => `"${item.slice(0, 60)}"`)
    findings.push(found('privilege-blank', severity, `there are blanks in ${shown.join(', ')}`, where))
  }
  const items = text.split(',').map((item) => item.trim().split(':')[0] ?? '')
  const twice = [...new Set(items.filter((name, at) => name !== '' && items.indexOf(name) !== at))]
  if (twice.length > 0) {
    findings.push(found('privilege-duplicate', severity, `${twice.join(', ')} is there more than once`, where))
  }
  return findings
}

function hurts(facts: Facts): Severity {
  return wantedOf(facts).some(({ outcome }) => outcome === 'refused') ? 'error' : 'warning'
}
