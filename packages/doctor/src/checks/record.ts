import { findAction, lint, PermissionIndex } from '@latchkey/core'
import type { Check } from '../check.ts'
import { granted } from '../view.ts'

const SHARED = new PermissionIndex([])

/** The app token as somebody wrote it down. Where a login was made, what it may call has been tried and is not said twice. */
export const record: Check = (facts) => {
  const { record: token, wanted } = facts.told
  if (token === undefined) return []
  const hasTried = granted(facts) !== undefined
  const actions = wanted.flatMap((name) => findAction(name.split('.')[0] ?? '', name.split('.')[1] ?? '') ?? [])
  const { findings } = lint({
    token,
    features: [],
    index: SHARED,
    setRole: undefined,
    userRoles: [],
    knowsRoles: false,
    now: facts.startedAt,
    wanted: hasTried ? undefined : actions,
  })
  return findings.map((finding) => ({ ...finding, evidence: 'the record of the app token as it was given' }))
}
