/** Classes, enumerations and types of the registry as JSON Schema, as OpenAPI 3.1 takes it. */
import { CLASSES, findClass, findEnum, isSubclass, propertiesOf } from './objects/classes.ts'
import type { ClassSpec, WireType } from './spec.ts'

export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json
}

/** Which way a value goes: in a call more is taken than an answer ever holds. */
export type Direction = 'call' | 'answer'

const REFERENCE = '#/components/schemas/'

export function reference(name: string): JsonObject {
  return { $ref: `${REFERENCE}${name}` }
}

/**
 * A type as a schema. Objects are referred to: one of the class or of what inherits from it, told apart by `objectType`.
 *
 * @param used takes the names of the classes and enumerations that the schema refers to
 */
export function schemaOf(type: WireType, direction: Direction, used: Set<string>): JsonObject {
  if (typeof type === 'object') {
    if ('array' in type) return { type: 'array', items: schemaOf(type.array, direction, used) }
    if ('enum' in type) {
      used.add(type.enum)
      return reference(type.enum)
    }
    const names = concrete(type.object)
    for (const name of names) used.add(name)
    const [only = type.object] = names
    return names.length === 1 ? reference(only) : { anyOf: names.map(reference) }
  }
  switch (type) {
    case 'int':
    case 'bigint':
      return { type: 'integer' }
    case 'time':
      return { type: 'integer', description: 'Seconds since 1970.' }
    case 'float':
      return { type: 'number' }
    case 'string':
      return { type: 'string' }
    case 'bool':
      return { type: 'boolean' }
    case 'names': {
      const list: JsonObject = { type: 'array', items: { type: 'string' } }
      return direction === 'call'
        ? { anyOf: [list, { type: 'string', description: 'With commas between them.' }] }
        : list
    }
  }
}

/**
 * The schemas that some names need, and those that these need in turn.
 *
 * @param names classes and enumerations that something refers to
 */
export function componentsOf(names: Iterable<string>): JsonObject {
  const schemas = new Map<string, JsonObject>()
  const waiting = [...names]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (schemas.has(name)) continue
    const used = new Set<string>()
    schemas.set(name, component(name, used))
    waiting.push(...used)
  }
  return Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function component(name: string, used: Set<string>): JsonObject {
  const values = findEnum(name)?.values
  if (values !== undefined) return { type: typeof values[0] === 'number' ? 'integer' : 'string', enum: [...values] }
  const spec = findClass(name)
  return spec === undefined ? {} : classSchema(spec, used)
}

/**
 * Where answers are not as the original declares them: what a session string says is told in texts by `session.get` and in
 * numbers by `appToken.startSession`, and the user of a widget session is the number 0.
 */
const AS_ANSWERED: Readonly<Record<string, JsonObject>> = {
  'KalturaSessionInfo.sessionType': { type: ['integer', 'string'] },
  'KalturaSessionInfo.partnerId': { type: ['integer', 'string'] },
  'KalturaSessionInfo.expiry': { type: ['integer', 'string'], description: 'Seconds since 1970.' },
  'KalturaStartWidgetSessionResponse.userId': { type: ['integer', 'string'] },
}

/** Flat: what is inherited is among its own. Open, since an answer may hold more, as some of ours do. */
function classSchema(spec: ClassSpec, used: Set<string>): JsonObject {
  const properties = propertiesOf(spec).map(({ name, type, isReadOnly, about }): [string, JsonObject] => {
    // Of classes of ours all properties come with answers only, and those of the original's that are read-only.
    const schema = AS_ANSWERED[`${spec.name}.${name}`] ?? schemaOf(type, isReadOnly ? 'answer' : 'call', used)
    const told = about === undefined ? {} : { description: about }
    return [name, { ...schema, ...told, ...(isReadOnly ? { readOnly: true } : {}) }]
  })
  return {
    type: 'object',
    properties: { objectType: { type: 'string', enum: [spec.name] }, ...Object.fromEntries(properties) },
  }
}

/** The class, unless it is abstract, and all that inherit from it. */
function concrete(name: string): readonly string[] {
  const names = CLASSES.filter((spec) => !spec.isAbstract && isSubclass(spec, name)).map((spec) => spec.name)
  // Of a class that has no other, the abstract one is what can be said.
  return names.length > 0 ? names : [name]
}
