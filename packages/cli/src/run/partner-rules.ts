import type { PartnerRulesChange } from '@latchkey/authority'
import { LONGEST_PATTERN, parseActionPattern } from '@latchkey/core'
import { InvalidArgumentError } from 'commander'

const MOST_LISTED = 200

/** Null is to take all away; undefined where the flags say nothing. */
export function rulesChangeOf(flags: Readonly<Record<string, unknown>>): PartnerRulesChange | null | undefined {
  const change: PartnerRulesChange = {
    widgetRoleId: parsed(flags.widgetRole, roleId),
    userRoleIds: parsed(flags.userRoles, roleIds),
    adminRoleId: parsed(flags.adminRole, roleId),
    secondaryRoleId: parsed(flags.secondaryRole, roleId),
    blockedActions: parsed(flags.block, patterns),
    alwaysAllowed: parsed(flags.always, names),
  }
  const isGiven = Object.values(change).some((rule) => rule !== undefined)
  if (flags.clear !== true) return isGiven ? change : undefined
  if (isGiven) throw new InvalidArgumentError('--clear takes all rules away; give no others beside it')
  return null
}

function parsed<T>(flag: unknown, parse: (text: string) => T): T | undefined {
  return typeof flag === 'string' ? parse(flag) : undefined
}

function roleId(text: string): number | null {
  if (text === '') return null
  if (!/^[1-9]\d{0,9}$/.test(text))
    throw new InvalidArgumentError('accepted is the id of a role, a whole number from 1')
  return Number(text)
}

function roleIds(text: string): readonly number[] | null {
  return listIn(text, (item) => roleId(item) ?? undefined, 'ids of roles')
}

function patterns(text: string): readonly string[] | null {
  const accepted = `patterns of service.action such as media.* or *.delete, of at most ${LONGEST_PATTERN} characters`
  return listIn(text, parseActionPattern, accepted)
}

function names(text: string): readonly string[] | null {
  return listIn(text, (item) => (/^[^\s,]{1,100}$/.test(item) ? item : undefined), 'names of permissions')
}

/** Each once. Null for no text at all. */
function listIn<T>(text: string, parse: (item: string) => T | undefined, accepted: string): readonly T[] | null {
  if (text.trim() === '') return null
  const found = text.split(',').map((item) => {
    const parsed = item.trim() === '' ? undefined : parse(item.trim())
    if (parsed === undefined) throw new InvalidArgumentError(`accepted are ${accepted}, separated by commas`)
    return parsed
  })
  if (found.length > MOST_LISTED) throw new InvalidArgumentError(`accepted are at most ${MOST_LISTED} of them`)
  return [...new Set(found)]
}
