import { newTree, type ParamTree, setAt } from './params.ts'

/** Reads `a=1&b%5Bc%5D=2` by the original's rules: the last of equal names wins, brackets make trees. @throws {TooDeep} */
export function readForm(text: string): ParamTree {
  const tree = newTree()
  if (text === '') return tree
  const fields: [string, string][] = []
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    fields.push(at === -1 ? [decodeForm(pair), ''] : [decodeForm(pair.slice(0, at)), decodeForm(pair.slice(at + 1))])
  }
  addFields(tree, fields)
  return tree
}

/** Adds decoded form fields to a tree. @throws {TooDeep} */
export function addFields(tree: ParamTree, fields: readonly (readonly [string, string])[]): void {
  const counts = new Map<string, number>()
  for (const [name, value] of fields) setAt(tree, pathOf(name, counts), value)
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
 * `a.b` and `a b` are `a_b`; `a[b][c]` is a path; `a[]` takes the next free number. What follows a bracket that does not
 * close belongs to the name.
 */
function pathOf(name: string, counts: Map<string, number>): string[] {
  const open = name.indexOf('[')
  if (open <= 0 || !name.includes(']', open)) return [name.replaceAll(/[. [\]]/g, '_')]
  const path = [name.slice(0, open).replaceAll(/[. ]/g, '_')]
  let at = open
  while (name[at] === '[') {
    const close = name.indexOf(']', at)
    if (close === -1) break
    const key = name.slice(at + 1, close)
    if (key === '') {
      const list = path.join('\u0000')
      const next = counts.get(list) ?? 0
      counts.set(list, next + 1)
      path.push(String(next))
    } else {
      path.push(key)
    }
    at = close + 1
  }
  return path
}
