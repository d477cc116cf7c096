import { formatPrivileges, parseAppTokenPrivileges } from '../privileges.ts'

/** A role as a proposal sees it. */
export interface SubjectRole {
  readonly id: number
  readonly name: string
  readonly permissionNames: readonly string[]
  /** All accounts share it, so that no account may change it. */
  readonly isShared: boolean
}

/** Whose access it is: where its permissions come from and what could be changed about it. */
export interface AccessSubject {
  /** The role that counts, where one does. */
  readonly role?: SubjectRole | undefined
  /** The account has this role for every session: naming another one, in a token or for a user, changes nothing. */
  readonly isRoleFixed?: boolean | undefined
  /** Where the roles are those of the session's user. */
  readonly user?: { readonly id: string; readonly roles: readonly SubjectRole[] } | undefined
  /** The app token that the session came from. */
  readonly token?: { readonly id: string; readonly sessionPrivileges?: string | undefined } | undefined
}

/** An app token's privileges with one of them set, in the place of what it was. */
export function withPrivilege(privileges: string | undefined, name: string, values: readonly string[]): string {
  const kept = privilegesOf(privileges).filter((privilege) => privilege.name.trim() !== name)
  return formatPrivileges([...kept, { name, values }])
}

/** An app token's privileges with one value more of one of them. */
export function withPrivilegeValue(privileges: string | undefined, name: string, value: string): string {
  const values = privilegesOf(privileges).flatMap((privilege) =>
    privilege.name.trim() === name ? privilege.values : [],
  )
  return withPrivilege(privileges, name, [...values, value])
}

export function withoutPrivilege(privileges: string | undefined, name: string): string {
  return formatPrivileges(privilegesOf(privileges).filter((privilege) => privilege.name.trim() !== name))
}

function privilegesOf(text: string | undefined) {
  return text === undefined || text === '' ? [] : parseAppTokenPrivileges(text)
}
