import {
  ACTIONS,
  type AccessSubject,
  type CatalogueAction,
  type DecisionContext,
  decide,
  explain,
  FEATURE_NAMES,
  fixesFor,
  type HeldPermissions,
  nameOf,
  type PermissionIndex,
  type RoleChoice,
  resolveHeld,
  type Session,
  type SessionKind,
  SHARED_PERMISSIONS,
  type SubjectRole,
} from '@latchkey/core'
import type { Explanation } from './explanation.ts'

/** Everything that depends on a plugin or a feature, as if the account had all of them: what permissions alone decide. */
export const EVERY_FEATURE: readonly string[] = [
  ...new Set([...FEATURE_NAMES, ...ACTIONS.flatMap(({ plugin }) => (plugin === undefined ? [] : [plugin.feature]))]),
].sort()

/** An access that is decided here, by the rules that the server has too. */
export interface LocalAccess {
  readonly context: DecisionContext
  readonly subject: AccessSubject
}

export interface Ground {
  readonly index?: PermissionIndex | undefined
  readonly features?: readonly string[] | undefined
}

/** What a session of a kind may do, with a role or with what its kind holds by default. */
export function accessOfKind(kind: SessionKind, role?: SubjectRole, ground: Ground = {}): LocalAccess {
  const { index = SHARED_PERMISSIONS, features = EVERY_FEATURE } = ground
  const source = role && ({ from: `role:${role.id}`, permissionNames: role.permissionNames } as const)
  const held = resolveHeld({ kind, role: source, features, permissions: index })
  return { context: contextOf(sessionOf(kind), kind, { kind: 'use', role: source }, held, features), subject: { role } }
}

/** By the names of permissions that a server says a session holds. */
export function accessOfNames(kind: SessionKind, names: readonly string[]): LocalAccess {
  const features = featuresAmong(names)
  const source = { from: 'session-kind', permissionNames: names } as const
  const held = resolveHeld({ kind, role: source, features, permissions: SHARED_PERMISSIONS })
  return { context: contextOf(sessionOf(kind), kind, { kind: 'use', role: source }, held, features), subject: {} }
}

/** Features and plugins that are listed among an account's permissions. */
export function featuresAmong(names: readonly string[]): readonly string[] {
  const known = new Set(EVERY_FEATURE)
  return names.filter((name) => known.has(name))
}

export function contextOf(
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

/** Whether, why, and what it would take. */
export function explainLocally(action: CatalogueAction, { context, subject }: LocalAccess): Explanation {
  const decision = decide(action, context)
  const { text: advice, fixes } = fixesFor(action, decision, context, subject)
  return {
    action: nameOf(action),
    effect: decision.effect,
    ...(decision.effect === 'allow'
      ? { openedBy: decision.openedBy, text: '' }
      : { reason: decision.reason.code, text: explain(decision.reason, action) }),
    needed: context.held.index.neededFor(action),
    held: context.held.list(),
    advice,
    fixes: fixes.map(({ title, opens, change }) => ({ title, opens, change })),
  }
}
