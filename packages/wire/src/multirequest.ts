import { isTree, newTree, type ParamTree, type ParamValue, textAt } from './params.ts'

/** More steps than this are refused. */
export const MOST_STEPS = 50
/** Only these are passed on to steps that lack them. */
const INHERITED = ['clientTag', 'ks', 'partnerId', 'p'] as const
/** A reference resolves to at most this many characters, so that references to references do not grow without bound. */
const LONGEST_REFERENCE = 65_536
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
 * path that leads nowhere gives the empty text; one reference a value.
 */
export function resolveReferences(tree: ParamTree, results: readonly unknown[]): ParamTree {
  const resolved = newTree()
  for (const [name, value] of Object.entries(tree)) resolved[name] = resolveValue(value, results)
  return resolved
}

function resolveValue(value: ParamValue, results: readonly unknown[]): ParamValue {
  if (isTree(value)) return resolveReferences(value, results)
  if (typeof value !== 'string' || !value.includes(':result')) return value
  const match = REFERENCE.exec(value)
  if (match === null) return value
  const [reference, number = '', path = ''] = match
  const found = follow(results[Number(number) - 1], path.split(':').slice(1))
  const text = textOf(found)
  return (
    value.slice(0, match.index) +
    (text.length > LONGEST_REFERENCE ? '' : text) +
    value.slice(match.index + reference.length)
  )
}

function follow(result: unknown, path: readonly string[]): unknown {
  let at = result
  for (const [index, name] of path.entries()) {
    if (name === '_all')
      return Array.isArray(at)
        ? at.map((item) => `${textOf(follow(item, path.slice(index + 1)))},`).join('')
        : undefined
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined
    at = Object.getOwnPropertyDescriptor(at, name)?.value
  }
  return at
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  return value === true ? '1' : ''
}
