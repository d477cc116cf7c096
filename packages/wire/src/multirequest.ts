import { isTree, newTree, type ParamTree, type ParamValue, textAt } from './params.ts'

/** More steps than this are refused. */
export const MOST_STEPS = 50
/** Only these are passed on to steps that lack them. */
const INHERITED = ['clientTag', 'ks', 'partnerId'] as const
/** What a single reference brings in, and all of a step together, so that references to references do not grow without bound. */
const LONGEST_REFERENCE = 65_536
const MOST_CHARACTERS = 262_144
const REFERENCE = /\{(\d{1,4}):result((?::[^:{}]{1,256}){0,16})\}/

/**
 * The steps of a multirequest, from 0 or from 1, up to the first gap or the first without service and action. Each has
 * what it inherits from the top.
 */
export function readSteps(params: ParamTree): readonly ParamTree[] {
  const steps: ParamTree[] = []
  const first = isTree(params['0']) ? 0 : 1
  for (let number = first; steps.length <= MOST_STEPS; number += 1) {
    const step = params[String(number)]
    if (!isTree(step) || textAt(step, 'service') === undefined || textAt(step, 'action') === undefined) break
    const inherited = newTree()
    for (const name of INHERITED) {
      const value = params[name]
      if (value !== undefined) inherited[name] = value
    }
    steps.push(Object.assign(inherited, step))
  }
  return steps
}

/**
 * Puts results of earlier steps in the place of references such as `{1:result:ks}`, at any depth. Steps count from 1; a
 * path that leads nowhere gives the empty text, as does what is longer than any value should be; one reference a value.
 */
export function resolveReferences(tree: ParamTree, results: readonly unknown[]): ParamTree {
  return resolveTree(tree, { results, left: MOST_CHARACTERS })
}

interface Resolving {
  readonly results: readonly unknown[]
  /** Characters that may still come in. */
  left: number
}

function resolveTree(tree: ParamTree, resolving: Resolving): ParamTree {
  const resolved = newTree()
  for (const [name, value] of Object.entries(tree)) resolved[name] = resolveValue(value, resolving)
  return resolved
}

function resolveValue(value: ParamValue, resolving: Resolving): ParamValue {
  if (isTree(value)) return resolveTree(value, resolving)
  if (typeof value !== 'string' || !value.includes(':result')) return value
  const match = REFERENCE.exec(value)
  if (match === null) return value
  const [reference, number = '', path = ''] = match
  const found =
    resolving.left > 0 ? textOf(follow(resolving.results[Number(number) - 1], path.split(':').slice(1))) : ''
  const isKept = found.length <= LONGEST_REFERENCE && found.length <= resolving.left
  // Also for what is dropped: putting it together was work.
  resolving.left -= found.length
  return value.slice(0, match.index) + (isKept ? found : '') + value.slice(match.index + reference.length)
}

function follow(result: unknown, path: readonly string[]): unknown {
  let at = result
  for (const [index, name] of path.entries()) {
    if (typeof at !== 'object' || at === null) return undefined
    if (Array.isArray(at)) {
      if (name === '_all') return at.map((item) => `${textOf(follow(item, path.slice(index + 1)))},`).join('')
      if (!/^\d+$/.test(name)) return undefined
    }
    if (!Object.hasOwn(at, name)) return undefined
    at = Object.getOwnPropertyDescriptor(at, name)?.value
  }
  return at
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  return value === true ? '1' : ''
}
