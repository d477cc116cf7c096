import { ACTIONS } from '../catalogue/actions.ts'
import { type PermissionIndex, SHARED_PERMISSIONS } from '../catalogue/permission-index.ts'
import { FEATURE_NAMES } from '../catalogue/permissions.ts'
import type { DecisionContext } from '../decide.ts'
import { type HeldPermissions, resolveHeld } from '../held-permissions.ts'
import type { RoleChoice } from '../role-choice.ts'
import type { Session, SessionKind } from '../session.ts'
import type { AccessSubject, SubjectRole } from './subject.ts'

/** Everything that depends on a plugin or a feature, as if the account had all of them: what permissions alone decide. */
export const EVERY_FEATURE: readonly string[] = [
  ...new Set([...FEATURE_NAMES, ...ACTIONS.flatMap(({ plugin }) => (plugin === undefined ? [] : [plugin.feature]))]),
].sort()

/** An access that is decided away from its server, by the rules that the server has too. */
export interface LocalAccess {
  readonly context: DecisionContext
  readonly subject: AccessSubject
}

/** What is known of the account; as if it had every plugin and no permissions of its own otherwise. */
export interface LocalGround {
  /** Of the account's own permissions too, where they could be read. */
  readonly index?: PermissionIndex | undefined
  readonly features?: readonly string[] | undefined
}

/** What a session of a kind may do, with a role or with what its kind holds by default. */
export function accessOfKind(kind: SessionKind, role?: SubjectRole, ground: LocalGround = {}): LocalAccess {
  const { index = SHARED_PERMISSIONS, features = EVERY_FEATURE } = ground
  const source = role && ({ from: `role:${role.id}`, permissionNames: role.permissionNames } as const)
  const held = resolveHeld({ kind, role: source, features, permissions: index })
  return {
    context: localContext(sessionOf(kind), kind, { kind: 'use', role: source }, held, features),
    subject: { role },
  }
}

/** By the names of permissions that a server says a session holds. */
export function accessOfNames(kind: SessionKind, names: readonly string[], ground: LocalGround = {}): LocalAccess {
  const { index = SHARED_PERMISSIONS } = ground
  const features = [...new Set([...(ground.features ?? []), ...featuresAmong(names)])]
  const source = { from: 'session-kind', permissionNames: names } as const
  const held = resolveHeld({ kind, role: source, features, permissions: index })
  return { context: localContext(sessionOf(kind), kind, { kind: 'use', role: source }, held, features), subject: {} }
}

/** Features and plugins that are listed among an account's permissions. */
export function featuresAmong(names: readonly string[]): readonly string[] {
  const known = new Set(EVERY_FEATURE)
  return names.filter((name) => known.has(name))
}

/** What `decide` asks for, of an account that is not blocked, over HTTPS. */
export function localContext(
  session: Session | undefined,
  kind: SessionKind,
  role: RoleChoice,
  held: HeldPermissions,
  features: readonly string[],
): DecisionContext {
  const partner = { id: session?.partnerId ?? 0, status: 1, isHttpsOnly: false, features }
  return { session, kind, role, held, partner, isHttps: true }
}

function sessionOf(kind: SessionKind): Session | undefined {
  if (kind === 'none') return undefined
  return {
    version: 2,
    partnerId: 0,
    expiresAt: Number.MAX_SAFE_INTEGER,
    type: kind === 'admin' ? 2 : 0,
    userId: kind === 'user' ? 'a user' : '',
    privileges: kind === 'widget' ? 'widget:1' : '',
    fingerprint: '',
  }
}
