import type { ClassSpec, PropertySpec, WireType } from '../spec.ts'

/** Short forms for the tables of this folder: a name may carry its type, `createdAt:time`, and `!` when it is read-only. */
export function declareClass(
  name: string,
  properties: string,
  options: { base?: string; isAbstract?: boolean } = {},
): ClassSpec {
  return {
    name,
    ...options,
    properties: properties
      .split(/\s+/)
      .filter((word) => word !== '')
      .map(declareProperty),
  }
}

function declareProperty(word: string): PropertySpec {
  const isReadOnly = word.endsWith('!')
  const [name = '', type = 'string'] = (isReadOnly ? word.slice(0, -1) : word).split(':')
  return { name, type: declareType(type), isReadOnly }
}

const SCALARS = ['int', 'bigint', 'float', 'string', 'bool', 'time', 'names'] as const

/** `int`, `[KalturaUser]` for a list of objects, `{KalturaAppToken}` for an object, anything else an enumeration. */
function declareType(text: string): WireType {
  const scalar = SCALARS.find((name) => name === text)
  if (scalar !== undefined) return scalar
  if (text.startsWith('[')) return { array: { object: text.slice(1, -1) } }
  if (text.startsWith('{')) return { object: text.slice(1, -1) }
  return { enum: text }
}
