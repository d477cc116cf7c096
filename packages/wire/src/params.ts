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

/** Thrown inside this package only. */
export class TooDeep extends Error {}

/** Made by a constructor, since `Object.create(null)` gives a hash table, which is several times as slow. */
function Tree(this: ParamTree): void {}
Tree.prototype = Object.create(null)

export function newTree(): ParamTree {
  return Reflect.construct(Tree, []) as ParamTree
}

export function isTree(value: ParamValue | undefined): value is ParamTree {
  return typeof value === 'object' && value !== null
}

/** Copies a decoded JSON value; what JSON cannot hold does not occur. @throws {TooDeep} */
export function treeOf(value: unknown, depth = 0): ParamValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'object' || value === null) return null
  if (depth >= DEEPEST) throw new TooDeep()
  const tree = newTree()
  for (const [name, child] of Object.entries(value)) tree[name] = treeOf(child, depth + 1)
  return tree
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

/** Sets a value at the end of a path of names, making trees on the way; a value in the way gives place. @throws {TooDeep} */
export function setAt(tree: ParamTree, path: readonly string[], value: ParamValue): void {
  if (path.length > DEEPEST) throw new TooDeep()
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

/** Names with colons are paths, at the top only: `filter:idIn` is `idIn` in `filter`. @throws {TooDeep} */
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
