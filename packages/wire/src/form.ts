import { DEEPEST, isTree, MOST_VALUES, newTree, type ParamTree, TooMuch } from './params.ts'

const LONGEST_NAME = 2_000

/** Reads `a=1&b%5Bc%5D=2` by the original's rules: the last of equal names wins, brackets make trees. @throws {TooMuch} */
export function readForm(text: string): ParamTree {
  const tree = newTree()
  if (text === '') return tree
  const pairs = text.split('&', MOST_VALUES + 1)
  if (pairs.length > MOST_VALUES) throw new TooMuch()
  const fields: [string, string][] = []
  for (const pair of pairs) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    fields.push(at === -1 ? [decodeForm(pair), ''] : [decodeForm(pair.slice(0, at)), decodeForm(pair.slice(at + 1))])
  }
  addFields(tree, fields)
  return tree
}

/** Adds decoded form fields to a tree. @throws {TooMuch} */
export function addFields(tree: ParamTree, fields: readonly (readonly [string, string])[]): void {
  if (fields.length > MOST_VALUES) throw new TooMuch()
  const numbering: Numbering = new Map()
  for (const [name, value] of fields) {
    const path = pathOf(name)
    if (path !== undefined) setField(tree, path, value, numbering)
  }
}

/** Plus is a blank. A text that does not decode to UTF-8 reads as empty, as in the original. */
export function decodeForm(text: string): string {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text)
}

/** A stray percent sign stands for itself. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    try {
      return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => decodeURIComponent(run))
    } catch {
      return ''
    }
  }
}

/**
 * `a.b` and `a b` are `a_b`; `a[b][c]` is a path; `a[]` is a path that ends in the empty name, which stands for the next
 * free number. An opening bracket that nothing closes is an underscore too. `undefined` for a name of which nothing is
 * left. @throws {TooMuch}
 */
function pathOf(received: string): readonly string[] | undefined {
  // No parameter is called that, and what is unknown is passed over.
  if (received.length > LONGEST_NAME) return undefined
  // The original is written in a language whose texts end at the first zero byte.
  const end = received.indexOf('\u0000')
  const name = (end === -1 ? received : received.slice(0, end)).replace(/^ +/, '')
  const open = name.indexOf('[')
  const first = (open === -1 ? name : name.slice(0, open)).replaceAll(/[. ]/g, '_')
  if (first === '') return undefined
  if (open === -1) return [first]
  if (!name.includes(']', open)) return [`${first}_${name.slice(open + 1)}`]
  const path = [first]
  let at = open
  while (name[at] === '[') {
    const close = name.indexOf(']', at)
    if (close === -1) break
    // Before the path grows, so that a name of half a megabyte of brackets costs no more than its first few.
    if (path.length === DEEPEST) throw new TooMuch()
    path.push(name.slice(at + 1, close))
    at = close + 1
  }
  return path
}

/** The next free number of each list that a form has made so far. */
type Numbering = Map<ParamTree, number>

/** A later value takes the place of an earlier one, whatever that was. */
function setField(tree: ParamTree, path: readonly string[], value: string, numbering: Numbering): void {
  let at = tree
  for (const [depth, wanted] of path.entries()) {
    const name = wanted === '' ? String(numbering.get(at) ?? 0) : wanted
    if (depth > 0) countNumber(at, name, numbering)
    if (depth === path.length - 1) {
      at[name] = value
      return
    }
    const next = at[name]
    if (isTree(next)) {
      at = next
    } else {
      const made = newTree()
      at[name] = made
      at = made
    }
  }
}

function countNumber(list: ParamTree, name: string, numbering: Numbering): void {
  if (!/^\d{1,9}$/.test(name)) return
  numbering.set(list, Math.max(numbering.get(list) ?? 0, Number(name) + 1))
}
