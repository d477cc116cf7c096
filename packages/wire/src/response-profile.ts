import { isTree, type ParamTree, textAt } from './params.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * What a request wants to see of an answer: `responseProfile:type` 1 keeps the `responseProfile:fields`, 2 leaves them out.
 * Of a list it is its objects that are meant. The type of an object always stays.
 */
export function applyResponseProfile(value: unknown, params: ParamTree): unknown {
  const profile = params.responseProfile
  if (!isTree(profile)) return value
  const fields = new Set((textAt(profile, 'fields') ?? '').split(',').map((name) => name.trim()))
  const type = textAt(profile, 'type')
  if (type !== '1' && type !== '2') return value
  const keeps = (name: string) => name === 'objectType' || fields.has(name) === (type === '1')
  return isObject(value) ? applied(value, keeps) : value
}

function applied(value: Fields, keeps: (name: string) => boolean): Fields {
  const { objects } = value
  if (Array.isArray(objects))
    return { ...value, objects: objects.map((item) => (isObject(item) ? filtered(item, keeps) : item)) }
  return filtered(value, keeps)
}

function filtered(value: Fields, keeps: (name: string) => boolean): Fields {
  return Object.fromEntries(Object.entries(value).filter(([name]) => keeps(name)))
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
