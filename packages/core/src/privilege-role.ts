import { firstPrivilegeText, type PrivilegeHolder } from './privileges.ts'

/** What a session says about its role. */
export type RolePrivilege =
  /** Nothing, or something that the original ignores (`setrole`, `setrole:`, `setrole:0`): other sources decide. */
  | { readonly kind: 'none' }
  /** `null`: no role at all, so only what is always allowed. */
  | { readonly kind: 'null' }
  | { readonly kind: 'id'; readonly id: number }
  /** The system name of a role; whatever no number can be, `1/2` for example. */
  | { readonly kind: 'name'; readonly name: string }
  /** A negative number. */
  | { readonly kind: 'invalid'; readonly value: string }

/** Reads `setrole`, or with another name the role that `restrictingrole` takes away. The first occurrence counts. */
export function readRolePrivilege(
  holder: PrivilegeHolder,
  name: 'setrole' | 'restrictingrole' = 'setrole',
): RolePrivilege {
  const value = firstPrivilegeText(holder, name)
  if (value === undefined || value === '' || value === '0') return { kind: 'none' }
  if (value === 'null') return { kind: 'null' }
  if (/^-\d+$/.test(value)) return { kind: 'invalid', value }
  const id = /^\d+$/.test(value) ? Number(value) : Number.NaN
  return Number.isSafeInteger(id) ? { kind: 'id', id } : { kind: 'name', name: value }
}
