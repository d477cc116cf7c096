/**
 * Parameters as they arrive, before anybody knows what they should be: names lead to texts, numbers, booleans, null or
 * more names. Lists are trees with the names 0, 1, 2…, as in the original.
 */
export type ParamValue = string | number | boolean | null | ParamTree

/** Without a prototype, so that `__proto__` and `constructor` are names like any other. */
export interface ParamTree {
  [name: string]: ParamValue
}

/** Deeper than any parameter of the protocol. What lies deeper is refused, so that nothing walks without bound. */
export const DEEPEST = 32

/** More values than any call has, so that a body cannot cost more time than it is worth. What has more is refused. */
export const MOST_VALUES = 10_000

/** Deeper or more than what the two limits allow. Thrown inside this package only. */
export class TooMuch extends Error {}

/** Made by a constructor, since `Object.create(null)` gives a hash table, which is several times as slow. */
function Tree(this: ParamTree): void {}
Tree.prototype = Object.create(null)

export function newTree(): ParamTree {
  return Reflect.construct(Tree, []) as ParamTree
}

export function isTree(value: ParamValue | undefined): value is ParamTree {
  return typeof value === 'object' && value !== null
}

/** Copies a decoded JSON value; what JSON cannot hold does not occur. @throws {TooMuch} */
export function treeOf(value: unknown): ParamValue {
  let left = MOST_VALUES
  const copy = (part: unknown, depth: number): ParamValue => {
    if (typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean') return part
    if (typeof part !== 'object' || part === null) return null
    if (depth >= DEEPEST) throw new TooMuch()
    const tree = newTree()
    // Names only: the pairs of a list of half a million items would be made before the first could be counted.
    for (const name of Object.keys(part)) {
      left -= 1
      if (left < 0) throw new TooMuch()
      tree[name] = copy(Object.getOwnPropertyDescriptor(part, name)?.value, depth + 1)
    }
    return tree
  }
  return copy(value, 0)
}

/** Also for trees of several notations and places, each of which alone is within the limits. @throws {TooMuch} */
export function assertWithinLimits(tree: ParamTree): void {
  let left = MOST_VALUES
  const count = (at: ParamTree, depth: number): void => {
    if (depth > DEEPEST) throw new TooMuch()
    const names = Object.keys(at)
    left -= names.length
    if (left < 0) throw new TooMuch()
    for (const name of names) {
      const value = at[name]
      if (isTree(value)) count(value, depth + 1)
    }
  }
  count(tree, 1)
}

/** Adds what `lower` has and `upper` has not, at every depth. Both stay in use only through the result. */
export function mergeUnder(upper: ParamTree, lower: ParamTree): ParamTree {
  for (const name of Object.keys(lower)) {
    const above = upper[name]
    const below = lower[name]
    if (below === undefined) continue
    if (above === undefined) upper[name] = below
    else if (isTree(above) && isTree(below)) mergeUnder(above, below)
  }
  return upper
}

/** Sets a value at the end of a path of names, making trees on the way; a value in the way gives place. @throws {TooMuch} */
export function setAt(tree: ParamTree, path: readonly string[], value: ParamValue): void {
  if (path.length > DEEPEST) throw new TooMuch()
  let at = tree
  for (const name of path.slice(0, -1)) {
    const next = at[name]
    if (isTree(next)) {
      at = next
    } else {
      const made = newTree()
      at[name] = made
      at = made
    }
  }
  const last = path.at(-1)
  if (last === undefined) return
  const present = at[last]
  if (isTree(present) && isTree(value)) mergeUnder(value, present)
  at[last] = value
}

/** Names with colons are paths, at the top only: `filter:idIn` is `idIn` in `filter`. @throws {TooMuch} */
export function expandColons(tree: ParamTree): ParamTree {
  const names = Object.keys(tree)
  if (!names.some((name) => name.includes(':'))) return tree
  const expanded = newTree()
  for (const name of names) if (!name.includes(':')) expanded[name] = tree[name] ?? null
  for (const name of names) {
    if (!name.includes(':')) continue
    const path = name.split(':')
    const value = tree[name] ?? null
    const [first = ''] = path
    // A plain value of the first name loses against the path, but a tree takes it in.
    if (expanded[first] !== undefined && !isTree(expanded[first])) delete expanded[first]
    setAt(expanded, path, value)
  }
  return expanded
}

/** The members of a list in the order of their numbers; `-` marks an empty list. */
export function listOf(tree: ParamTree): readonly ParamValue[] {
  return Object.keys(tree)
    .filter((name) => name !== '-')
    .sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1))
    .map((name) => tree[name] ?? null)
}

/** The text of a top-level name, as service, action, ks and the like are read. */
export function textAt(tree: ParamTree, name: string): string | undefined {
  const value = tree[name]
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return undefined
}
