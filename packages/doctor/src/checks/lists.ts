import { firstPrivilegeText, hasPrivilege } from '@latchkey/core'
import { type Check, type DoctorFinding, found } from '../check.ts'
import type { Facts } from '../facts.ts'
import { granted, heldNames, type Wanted, wantedOf } from '../view.ts'

const ENTRY_SERVICES: ReadonlySet<string> = new Set(['media', 'baseentry', 'data', 'playlist', 'livestream', 'mixing'])

/** Lists that come back empty, or shorter than thought, without an error: which filter is on. */
export const lists: Check = (facts) => {
  if (granted(facts) === undefined) return []
  return wantedOf(facts).flatMap((want) => {
    const total = totalOf(want)
    const service = want.name.split('.')[0]?.toLowerCase() ?? ''
    if (total === undefined || !ENTRY_SERVICES.has(service)) return []
    return judge(facts, want.name, total) ?? []
  })
}

function totalOf({ exchange }: Wanted): number | undefined {
  const answer = exchange?.answer
  return answer?.kind === 'reply' && answer.result?.kind === 'list' ? answer.result.totalCount : undefined
}

function judge(facts: Facts, name: string, total: number): DoctorFinding | undefined {
  const info = granted(facts)
  if (info === undefined) return undefined
  const held = heldNames(facts) ?? []
  const severity = total === 0 ? 'warning' : 'note'
  const count = `${name} shows ${total === 0 ? 'nothing' : `${total}`}`
  const evidence = `totalCount of ${name}, beside the privileges in startSession's answer`
  if (info.sessionType !== 2 && !hasPrivilege(info, 'list', '*')) {
    const user = info.userId === '' ? 'nobody' : info.userId
    const saw = `${count}: a USER session without list:* sees the entries of its user only, who is ${user}`
    return found('list-shows-own-entries-only', severity, saw, evidence)
  }
  if (hasPrivilege(info, 'disableentitlement')) return undefined
  const hasEntitlement = held.includes('FEATURE_ENTITLEMENT')
  const context = firstPrivilegeText(info, 'privacycontext')
  if (context !== undefined) {
    if (total > 0) return undefined
    const saw = `${count}: only categories of the context ${context.slice(0, 60)} count`
    return found('entitlement-hides-entries', 'warning', saw, evidence)
  }
  if (total > 0 && !hasEntitlement) return undefined
  const known = hasEntitlement ? 'the account has entitlement on' : 'if the account has entitlement on'
  const saw = `${count}: ${known}, entries in a category with a context are hidden, since there is no disableentitlement`
  return found('entitlement-hides-entries', hasEntitlement ? severity : 'note', saw, evidence)
}
