import { DEEPEST, type Fields, MOST_VALUES, type Value } from './fields.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
  '#039': "'",
  '#39': "'",
}

interface Element {
  readonly name: string
  readonly children: [string, Value][]
  text: string
}

/**
 * Reads the elements of an XML answer: no attributes, no DTD, nothing looked up. Cut off in the middle, what was there
 * counts. An empty element is null, as the original writes what has no value. `undefined` where there is no element.
 */
export function readXml(source: string): Fields | undefined {
  const root: Element = { name: '', children: [], text: '' }
  const open: Element[] = [root]
  let at = 0
  let left = MOST_VALUES
  const close = () => {
    const element = open.pop()
    const parent = open.at(-1)
    if (element === undefined || parent === undefined) return
    parent.children.push([element.name, elementValue(element)])
  }
  while (at < source.length && left > 0) {
    const start = source.indexOf('<', at)
    const top = open.at(-1) ?? root
    top.text += source.slice(at, start < 0 ? source.length : start)
    if (start < 0) break
    if (source.startsWith('<![CDATA[', start)) {
      const end = source.indexOf(']]>', start)
      // Marked, so that what is inside is not taken for an entity.
      top.text += source.slice(start + 9, end < 0 ? source.length : end).replaceAll('&', '&amp;')
      at = end < 0 ? source.length : end + 3
      continue
    }
    const end = source.indexOf('>', start)
    if (end < 0) break
    const tag = source.slice(start + 1, end)
    at = end + 1
    left -= 1
    if (tag.startsWith('?') || tag.startsWith('!')) continue
    if (tag.startsWith('/')) {
      const name = tag.slice(1).trim()
      // What closes nothing is passed over; what closes an outer one closes all inside.
      const index = open.findLastIndex((element) => element.name === name)
      while (index > 0 && open.length > index) close()
      continue
    }
    const name = /^[\w:.-]{1,100}/.exec(tag)?.[0]
    if (name === undefined) continue
    if (tag.endsWith('/') || open.length >= DEEPEST) top.children.push([name, null])
    else open.push({ name, children: [], text: '' })
  }
  while (open.length > 1) close()
  const value = elementValue(root)
  return value instanceof Map ? value : undefined
}

function elementValue({ children, text }: Element): Value {
  if (children.length === 0) {
    const plain = decoded(text)
    return plain.trim() === '' ? null : plain
  }
  if (children.every(([name]) => name === 'item')) return listOrMap(children.map(([, value]) => value))
  const fields = new Map<string, Value>()
  // The first of equal names, as an object has each once.
  for (const [name, value] of children) if (!fields.has(name)) fields.set(name, value)
  return fields
}

/** The arguments of an error are a list of names with values. */
function listOrMap(items: readonly Value[]): Value {
  const pairs = items.flatMap((item): [string, Value][] => {
    const name = item instanceof Map ? item.get('name') : undefined
    return item instanceof Map && typeof name === 'string' && item.has('value')
      ? [[name, item.get('value') ?? null]]
      : []
  })
  return items.length > 0 && pairs.length === items.length ? new Map(pairs) : items
}

function decoded(text: string): string {
  return text.includes('&')
    ? text.replaceAll(/&([a-z]{2,4}|#\d{2,3});/g, (whole, name: string) => ENTITIES[name] ?? whole)
    : text
}
