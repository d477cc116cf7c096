import { findPermission, PERMISSIONS } from './catalogue/permissions.ts'
import type { SessionKind } from './session.ts'

export type PermissionOrigin = 'session-kind' | `role:${number}` | 'user' | 'always'

/** A role as a source of permissions. */
export interface RoleSource {
  readonly from: Exclude<PermissionOrigin, 'always'>
  readonly permissionNames: readonly string[]
}

export interface DroppedPermission {
  readonly permission: string
  /** What it depends on and is not there. */
  readonly missing: string
}

const WORDS = Math.ceil(PERMISSIONS.length / 32)
const ALWAYS = 'ALWAYS_ALLOWED_ACTIONS'
const EVERYTHING = '*'

/** What an account's session of each kind holds by default. */
const BY_KIND: Readonly<Record<SessionKind, readonly string[]>> = {
  none: [ALWAYS, 'ALWAYS_ALLOWED_PERMISSION_HYBRID_ECDN'],
  widget: ['WIDGET_SESSION_PERMISSION'],
  user: ['BASE_USER_SESSION_PERMISSION'],
  admin: [EVERYTHING],
}

/** The permissions that a call has, with where each came from. */
export class HeldPermissions {
  readonly #bits: Uint32Array
  readonly #names: readonly string[]
  readonly #source: RoleSource['from']
  /** Named by the role, but lost for lack of what they depend on. */
  readonly dropped: readonly DroppedPermission[]

  constructor(names: readonly string[], source: RoleSource['from'], dropped: readonly DroppedPermission[]) {
    this.#bits = new Uint32Array(WORDS)
    for (const name of names) {
      const index = findPermission(name)?.index
      if (index !== undefined) this.#bits[index >>> 5] = (this.#bits[index >>> 5] ?? 0) | (1 << (index & 31))
    }
    this.#names = names
    this.#source = source
    this.dropped = dropped
  }

  /** @param index of `PERMISSIONS` */
  has(index: number): boolean {
    return ((this.#bits[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0
  }

  hasName(name: string): boolean {
    const index = findPermission(name)?.index
    return index !== undefined && this.has(index)
  }

  names(): readonly string[] {
    return this.#names
  }

  from(name: string): PermissionOrigin {
    return name === ALWAYS ? 'always' : this.#source
  }
}

export interface HeldQuestion {
  readonly kind: SessionKind
  /** In place of what the kind holds; a role replaces it, so what it does not list is not there. */
  readonly role?: RoleSource | undefined
  /** Features and plugins that the account has. */
  readonly features: readonly string[]
  /** Permission names that a restricting role takes away. */
  readonly restricting?: readonly string[] | undefined
}

type Compiled = Map<string, HeldPermissions>

/** Compiled sets. A role that was changed is another object, and the sets of the old one go with it. */
const compiledByRole = new WeakMap<RoleSource, Compiled>()
const compiledByKind: Readonly<Record<SessionKind, Compiled>> = {
  none: new Map(),
  widget: new Map(),
  user: new Map(),
  admin: new Map(),
}
/** Accounts with other features make other sets; so many are kept a role. */
const MOST_COMPILED = 256

/** What a call holds: its role's permissions or its kind's, closed over dependencies, with what is always allowed. */
export function resolveHeld(question: HeldQuestion): HeldPermissions {
  const { kind, role, features, restricting } = question
  const compiled = role === undefined ? compiledByKind[kind] : compiledOf(role)
  const key = features.length === 0 && restricting === undefined ? '' : JSON.stringify([features, restricting])
  const kept = compiled.get(key)
  if (kept !== undefined) return kept
  if (compiled.size >= MOST_COMPILED) compiled.clear()
  const held = compile(question)
  compiled.set(key, held)
  return held
}

function compiledOf(role: RoleSource): Compiled {
  const kept = compiledByRole.get(role)
  if (kept !== undefined) return kept
  const made: Compiled = new Map()
  compiledByRole.set(role, made)
  return made
}

function compile({ kind, role, features, restricting = [] }: HeldQuestion): HeldPermissions {
  const listed = role?.permissionNames ?? BY_KIND[kind]
  const names = new Set(listed.includes(EVERYTHING) ? PERMISSIONS.map(({ name }) => name) : listed)
  names.add(ALWAYS)
  const dropped = dropUnmet(names, new Set(features))
  for (const name of restricting) names.delete(name)
  return new HeldPermissions([...names], role?.from ?? 'session-kind', dropped)
}

/** Takes out what lacks a dependency, again and again, since each loss may be another's lack. */
function dropUnmet(names: Set<string>, features: ReadonlySet<string>): readonly DroppedPermission[] {
  const dropped: DroppedPermission[] = []
  for (let before = -1; before !== names.size; ) {
    before = names.size
    for (const name of names) {
      const missing = findPermission(name)?.dependsOn.find((other) => !names.has(other) && !features.has(other))
      if (missing === undefined) continue
      names.delete(name)
      dropped.push({ permission: name, missing })
    }
  }
  return dropped
}
