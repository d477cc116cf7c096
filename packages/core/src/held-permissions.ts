import { ActionSet } from './action-set.ts'
import type { CatalogueAction } from './catalogue/actions.ts'
import { type PermissionIndex, SHARED_PERMISSIONS } from './catalogue/permission-index.ts'
import type { HeldPermission } from './decision.ts'
import type { ActionScope } from './scope/action-scope.ts'
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

const ALWAYS: readonly string[] = ['ALWAYS_ALLOWED_ACTIONS']
/** On top of that for calls from inside. */
const ALWAYS_FROM_INSIDE = 'ALWAYS_ALLOWED_FROM_INTERNAL_IP_ACTIONS'
/** Always allowed to an account that has it as a feature. */
const CHUNKED_CATEGORIES = 'DYNAMIC_FLAG_KMC_CHUNKED_CATEGORY_LOAD'
const EVERYTHING = '*'
const NOTHING: readonly string[] = []
const NONE_DROPPED: readonly DroppedPermission[] = []

/** What an account's session of each kind holds by default, besides what is always allowed. */
const BY_KIND: Readonly<Record<SessionKind, RoleSource>> = {
  none: { from: 'session-kind', permissionNames: [...ALWAYS, 'ALWAYS_ALLOWED_PERMISSION_HYBRID_ECDN'] },
  widget: { from: 'session-kind', permissionNames: ['WIDGET_SESSION_PERMISSION'] },
  user: { from: 'session-kind', permissionNames: ['BASE_USER_SESSION_PERMISSION'] },
  admin: { from: 'session-kind', permissionNames: [EVERYTHING] },
}

interface HeldParts {
  readonly index: PermissionIndex
  readonly names: ReadonlySet<string>
  readonly always: ReadonlySet<string>
  readonly source: RoleSource['from']
  readonly dropped: readonly DroppedPermission[]
  readonly removed: readonly string[]
  readonly restricting: readonly string[]
  readonly alwaysAllowed: readonly string[] | undefined
  /** What is opened where not all is that the permissions open; it holds all that those held open. */
  readonly within?: ActionSet | undefined
}

/**
 * The permissions that a call has, with where each came from. Both whether one is among them and whether they open an
 * action are bit tests.
 */
export class HeldPermissions {
  /** The permissions that the account knows; its places are the bits. */
  readonly index: PermissionIndex
  /** Named by the role, but lost for lack of what they depend on. */
  readonly dropped: readonly DroppedPermission[]
  /** Where all came from that is not always allowed, also if nothing did. */
  readonly source: RoleSource['from']
  /** Held, had a restricting role not taken them away. */
  readonly removed: readonly string[]
  /** What a restricting role takes away, held or not; `*` is all. */
  readonly restricting: readonly string[]
  /** What every call of the account holds; absent where that is what it is everywhere. */
  readonly alwaysAllowed: readonly string[] | undefined
  /** Every action that is opened, by its place in the catalogue. */
  readonly opened: ActionSet
  readonly #bits: Uint32Array
  readonly #parts: HeldParts
  readonly #droppedByName: ReadonlyMap<string, DroppedPermission>
  #narrowed: WeakMap<ActionScope, HeldPermissions> | undefined
  #list: readonly HeldPermission[] | undefined

  constructor(parts: HeldParts) {
    this.index = parts.index
    this.dropped = parts.dropped
    this.source = parts.source
    this.removed = parts.removed
    this.restricting = parts.restricting
    this.alwaysAllowed = parts.alwaysAllowed
    this.#droppedByName = new Map(parts.dropped.map((drop) => [drop.permission, drop]))
    this.#parts = parts
    this.#bits = new Uint32Array(Math.ceil(parts.index.permissions.length / 32))
    const opened = new ActionSet(parts.within === undefined)
    for (const name of parts.names) {
      const place = parts.index.find(name)?.index
      if (place === undefined) continue
      this.#bits[place >>> 5] = (this.#bits[place >>> 5] ?? 0) | (1 << (place & 31))
      opened.addAll(parts.index.actionsOpenedBy(place))
    }
    this.opened = parts.within ?? opened
  }

  /** @param place of a permission in `index` */
  has(place: number): boolean {
    return ((this.#bits[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0
  }

  hasName(name: string): boolean {
    return this.#parts.names.has(name)
  }

  /** Whether any permission held opens an action. */
  opens(action: CatalogueAction): boolean {
    return action.index >= 0 ? this.opened.has(action.index) : this.openerOf(action) !== undefined
  }

  /** The place of the first permission held that opens an action. */
  openerOf(action: CatalogueAction): number | undefined {
    if (action.index >= 0 && !this.opened.has(action.index)) return undefined
    for (const place of this.index.openersOf(action)) if (this.has(place)) return place
    return undefined
  }

  names(): readonly string[] {
    return this.list().map(({ permission }) => permission)
  }

  from(name: string): PermissionOrigin {
    return this.#parts.always.has(name) ? 'always' : this.source
  }

  /** Of those named, the ones that were lost, in the order of their names there. */
  droppedAmong(names: readonly string[]): readonly DroppedPermission[] {
    if (this.#droppedByName.size === 0) return NONE_DROPPED
    return names.flatMap((name) => this.#droppedByName.get(name) ?? [])
  }

  /**
   * What a session holds that is limited to some actions: of the permissions those that open nothing else. What a permission
   * lets its holder do besides, such as see secrets, is not for whoever was given a part of it.
   */
  within(scope: ActionScope): HeldPermissions {
    this.#narrowed ??= new WeakMap()
    const known = this.#narrowed.get(scope)
    if (known !== undefined) return known
    const isWhole = (name: string) => {
      const place = this.index.find(name)?.index
      const opened = place === undefined ? undefined : this.index.actionsOpenedBy(place)
      return opened !== undefined && opened.size > 0 && opened.minus(scope.set).size === 0
    }
    const names = new Set([...this.#parts.names].filter(isWhole))
    const narrowed = new HeldPermissions({ ...this.#parts, names, within: this.opened.intersection(scope.set) })
    this.#narrowed.set(scope, narrowed)
    return narrowed
  }

  /** Made when first asked for: few calls are refused. */
  list(): readonly HeldPermission[] {
    this.#list ??= [...this.#parts.names].map((permission) => ({ permission, from: this.from(permission) }))
    return this.#list
  }
}

export interface HeldQuestion {
  readonly kind: SessionKind
  /** In place of what the kind holds; a role replaces it, so what it does not list is not there. */
  readonly role?: RoleSource | undefined
  /** Features and plugins that the account has. */
  readonly features: readonly string[]
  /** Names that a restricting role takes away; `*` is all of them. */
  readonly restricting?: readonly string[] | undefined
  /** The permissions that the account knows; leave out where it has none of its own. */
  readonly permissions?: PermissionIndex | undefined
  /** In place of what every call holds, where the account has a list of its own. */
  readonly alwaysAllowed?: readonly string[] | undefined
}

/**
 * What every call holds, for {@link HeldQuestion.alwaysAllowed}; the same list makes the same answer.
 *
 * @param own the account's own list, where it has one
 */
export function alwaysAllowedIn(
  own: readonly string[] | undefined,
  isInternal: boolean | undefined,
): readonly string[] | undefined {
  if (isInternal !== true) return own
  const list = own ?? ALWAYS
  const kept = fromInside.get(list)
  if (kept !== undefined) return kept
  const longer = [...list, ALWAYS_FROM_INSIDE]
  fromInside.set(list, longer)
  return longer
}

const fromInside = new WeakMap<readonly string[], readonly string[]>()

/** Compiled sets. A role that was changed is another object, and the sets of the old one go with it. */
const compiledByRole = new WeakMap<PermissionIndex, WeakMap<RoleSource, Map<string, HeldPermissions>>>()
/** Accounts with other features make other sets; so many are kept a role. */
const MOST_COMPILED = 256

/** What a call holds: its role's permissions or its kind's, closed over dependencies, with what is always allowed. */
export function resolveHeld(question: HeldQuestion): HeldPermissions {
  const {
    kind,
    features,
    restricting,
    alwaysAllowed,
    role = BY_KIND[kind],
    permissions = SHARED_PERMISSIONS,
  } = question
  const compiled = compiledOf(permissions, role)
  const isPlain = features.length === 0 && restricting === undefined && alwaysAllowed === undefined
  const key = isPlain ? '' : `${textOf(features)}${textOf(restricting)}${textOf(alwaysAllowed)}`
  const kept = compiled.get(key)
  if (kept !== undefined) return kept
  if (compiled.size >= MOST_COMPILED) compiled.clear()
  const held = compile(question, role, permissions)
  compiled.set(key, held)
  return held
}

/** Lists come from rows that stay in memory, and a row that changes is another object: each is put into words once. */
const texts = new WeakMap<readonly string[], string>()

function textOf(list: readonly string[] | undefined): string {
  if (list === undefined) return '-'
  const kept = texts.get(list)
  if (kept !== undefined) return kept
  const text = JSON.stringify(list)
  texts.set(list, text)
  return text
}

function compiledOf(index: PermissionIndex, role: RoleSource): Map<string, HeldPermissions> {
  const byRole = compiledByRole.get(index) ?? new WeakMap<RoleSource, Map<string, HeldPermissions>>()
  compiledByRole.set(index, byRole)
  const compiled = byRole.get(role) ?? new Map<string, HeldPermissions>()
  byRole.set(role, compiled)
  return compiled
}

function compile(
  { features, restricting = NOTHING, alwaysAllowed }: HeldQuestion,
  role: RoleSource,
  index: PermissionIndex,
): HeldPermissions {
  const listed = role.permissionNames
  // An account's features are permissions of its own, so that everything includes them.
  const names = new Set(
    listed.includes(EVERYTHING) ? [...index.permissions.map(({ name }) => name), ...features] : listed,
  )
  const dropped = dropUnmet(names, new Set(features), index)
  // After the dependencies: what is always allowed needs nothing, and nothing is met by it.
  const always = new Set(alwaysAllowed ?? ALWAYS)
  if (features.includes(CHUNKED_CATEGORIES)) always.add(CHUNKED_CATEGORIES)
  for (const name of always) names.add(name)
  const removed = restricting.includes(EVERYTHING) ? [...names] : restricting.filter((name) => names.has(name))
  for (const name of removed) names.delete(name)
  return new HeldPermissions({ index, names, always, source: role.from, dropped, removed, restricting, alwaysAllowed })
}

/** Takes out what lacks a dependency, again and again, since each loss may be another's lack. */
function dropUnmet(
  names: Set<string>,
  features: ReadonlySet<string>,
  index: PermissionIndex,
): readonly DroppedPermission[] {
  const dropped: DroppedPermission[] = []
  for (let before = -1; before !== names.size; ) {
    before = names.size
    for (const name of names) {
      const missing = index.find(name)?.dependsOn.find((other) => !names.has(other) && !features.has(other))
      if (missing === undefined) continue
      names.delete(name)
      dropped.push({ permission: name, missing })
    }
  }
  return dropped
}
