import {
  ACTIONS,
  type AccessSubject,
  type CatalogueAction,
  type Decision,
  type DecisionContext,
  decide,
  explain,
  FEATURE_NAMES,
  findAction,
  fixesFor,
  type HeldPermissions,
  type PermissionIndex,
  type RoleChoice,
  resolveHeld,
  type Session,
  type SessionKind,
  SHARED_PERMISSIONS,
  type SubjectRole,
} from '@latchkey/core'
import { type Cell, type Cells, nameOf } from './catalogue-grid.ts'
import type { CellReason } from './cell-reason.ts'

/** Everything that depends on a plugin or a feature, as if the account had all of them: what permissions alone decide. */
export const EVERY_FEATURE: readonly string[] = [
  ...new Set([...FEATURE_NAMES, ...ACTIONS.flatMap(({ plugin }) => (plugin === undefined ? [] : [plugin.feature]))]),
].sort()

/** An access that is decided in the page, by the rules that the server has too. */
export interface LocalAccess {
  readonly context: DecisionContext
  readonly subject: AccessSubject
}

export interface LocalGround {
  /** Of the account's own permissions too, where they could be read. */
  readonly index?: PermissionIndex | undefined
  readonly features?: readonly string[] | undefined
}

const FAR = Number.MAX_SAFE_INTEGER

/** What a session of a kind may do, or a USER session with a role. */
export function accessOfKind(kind: SessionKind, role?: SubjectRole, ground: LocalGround = {}): LocalAccess {
  const { index = SHARED_PERMISSIONS, features = EVERY_FEATURE } = ground
  const source = role && ({ from: `role:${role.id}`, permissionNames: role.permissionNames } as const)
  const held = resolveHeld({ kind, role: source, features, permissions: index })
  return { context: contextOf(sessionOf(kind), kind, { kind: 'use', role: source }, held, features), subject: { role } }
}

/** By the names of permissions that a server says a session holds. */
export function accessOfNames(kind: SessionKind, names: readonly string[], ground: LocalGround = {}): LocalAccess {
  const { index = SHARED_PERMISSIONS } = ground
  const features = [...new Set([...(ground.features ?? []), ...featuresAmong(names)])]
  const source = { from: 'session-kind', permissionNames: names } as const
  const held = resolveHeld({ kind, role: source, features, permissions: index })
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
    expiresAt: FAR,
    type: kind === 'admin' ? 2 : 0,
    userId: kind === 'user' ? 'a user' : '',
    privileges: kind === 'widget' ? 'widget:1' : '',
    fingerprint: '',
  }
}

/** The decision on every action of the catalogue: some milliseconds. */
export function cellsOf({ context }: LocalAccess): Cells {
  return new Map(ACTIONS.map((action) => [nameOf(action), cellOf(decide(action, context), action, context.kind)]))
}

function cellOf(decision: Decision, { ownership }: CatalogueAction, kind: SessionKind): Cell {
  if (decision.effect === 'allow') return ownership !== undefined && kind !== 'admin' ? 'own' : 'allow'
  return decision.reason.code === 'never-open' ? 'never' : 'deny'
}

/** Why, and what it would take; undefined for what is in no catalogue. */
export function localReason(name: string, { context, subject }: LocalAccess): CellReason | undefined {
  const at = name.lastIndexOf('.')
  const action = findAction(name.slice(0, at), name.slice(at + 1))
  if (action === undefined) return undefined
  const decision = decide(action, context)
  const { verdict, text, fixes } = fixesFor(action, decision, context, subject)
  return {
    action: nameOf(action),
    cell: cellOf(decision, action, context.kind),
    ...(decision.effect === 'allow'
      ? { openedBy: decision.openedBy, text: '' }
      : { reason: decision.reason.code, text: explain(decision.reason, action) }),
    needed: context.held.index.neededFor(action),
    held: context.held.list(),
    verdict,
    advice: text,
    fixes,
  }
}

/** What calls without anything to show for may do: the ground that every access stands on. */
export const TO_EVERYBODY: Cells = cellsOf(accessOfKind('none'))
