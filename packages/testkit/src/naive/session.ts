/** What a call is made with, in plain values. Sections are those of the protocol notes, as in the vectors. */
export interface NaiveSession {
  /** 0 USER, 2 ADMIN. */
  readonly type: number
  readonly userId: string
  /** The privilege string. */
  readonly privileges: string
}

export interface NaiveRole {
  readonly id: number
  readonly systemName: string
  readonly permissionNames: readonly string[]
}

export interface NaiveAccount {
  readonly id: number
  /** Features and plugins that are switched on. */
  readonly features: readonly string[]
  readonly roles: readonly NaiveRole[]
  /** Roles of account 0, which every account can name. */
  readonly sharedRoles: readonly NaiveRole[]
  readonly users: readonly {
    readonly id: string
    readonly status: 'active' | 'blocked'
    readonly roleIds: readonly number[]
  }[]
  /** Permissions that the account made; their actions are names such as `media.get`, in any case. */
  readonly ownPermissions: readonly {
    readonly name: string
    readonly dependsOn: readonly string[]
    readonly actions: readonly string[]
  }[]
  readonly alwaysAllowed: readonly string[]
  /** Ids of roles that the account has for kinds of sessions, in the place of the base sets (6.3, step 6). */
  readonly kindRoles: { readonly widget?: number; readonly user?: readonly number[]; readonly admin?: number }
  /** Id of the role of sessions by secondary secrets, which is every session (6.3, step 3). */
  readonly secondaryRole?: number | undefined
  /** Patterns of `service.action` (6.1, step 2); absent where nobody has written any. */
  readonly blocked?: readonly string[] | undefined
  readonly isReadOnly: boolean
  readonly httpsOnly: boolean
}

export type NaiveKind = 'none' | 'widget' | 'user' | 'admin'

/** Section 1: a session of a type from 1 up is ADMIN; one of nobody with `widget:1` is a widget's. */
export function naiveKind(session: NaiveSession | undefined): NaiveKind {
  if (session === undefined) return 'none'
  if (session.type >= 1) return 'admin'
  const isNobody = session.userId === '' || session.userId === '0'
  return isNobody && valuesOf(session, 'widget').includes('1') ? 'widget' : 'user'
}

/** All values of a privilege, of each of its occurrences (3.1). */
export function valuesOf(session: NaiveSession, name: string): string[] {
  return itemsOf(session)
    .filter((item) => item.startsWith(`${name}:`))
    .flatMap((item) => item.slice(name.length + 1).split('/'))
}

/** The text behind the first occurrence of a privilege (3.2); empty without one. */
export function firstValueOf(session: NaiveSession, name: string): string {
  const first = itemsOf(session).find((item) => item === name || item.startsWith(`${name}:`))
  return first?.slice(name.length + 1) ?? ''
}

/** Section 3.2: `*` alone is everything; else the name is compared whole, the values one by one. */
export function grants(session: NaiveSession, name: string, value: string): boolean {
  if (session.privileges === '*') return true
  const values = valuesOf(session, name)
  return values.includes(value) || values.includes('*')
}

function itemsOf({ privileges }: NaiveSession): string[] {
  return privileges.split(',').map((item) => item.trim())
}
