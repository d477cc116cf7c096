import { BoundObject, type BoundValue } from './bound.ts'
import { type Scalar, toBool, toFloat, toInt, toNumericEnum, toText, toTime } from './coerce.ts'
import { type ApiError, apiError } from './errors.ts'
import { findClass, findEnum, isSubclass, propertiesByName } from './objects/classes.ts'
import { isTree, listOf, type ParamTree, type ParamValue, textAt } from './params.ts'
import type { ActionSpec, ClassSpec, ParameterSpec, WireType } from './spec.ts'

export interface BindContext {
  /** Epoch seconds; what relative times are relative to. */
  readonly now: number
}

/** Thrown inside this file, and caught there. */
class Refused extends Error {
  readonly refusal: ApiError

  constructor(refusal: ApiError) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/**
 * Of a property that is stored, in characters: what one call may store, another has to be able to list. Filters are not
 * stored.
 */
const LONGEST_TEXT = 10_000
const NULL_SUFFIX = '__null'

/** Reads a call's parameters by their declarations, in the order of these; the first that does not fit refuses the call. */
export function bindParameters(
  action: ActionSpec,
  params: ParamTree,
  context: BindContext,
): { readonly ok: true; readonly values: BoundObject } | { readonly ok: false; readonly error: ApiError } {
  const values = new Map<string, BoundValue | null>()
  const given = new Set<string>()
  try {
    for (const parameter of action.parameters) {
      const received = params[parameter.name]
      const value = received === undefined ? undefined : bindParameter(parameter, received, context)
      if (value !== undefined) {
        values.set(parameter.name, value)
        given.add(parameter.name)
      } else if (parameter.isRequired === true) {
        throw new Refused(apiError('MISSING_MANDATORY_PARAMETER', { PARAM_NAME: parameter.name }))
      } else {
        const fallback = parameter.fallback ?? zeroOf(parameter.type)
        if (fallback !== undefined) values.set(parameter.name, fallback)
      }
    }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.refusal }
    throw error
  }
  return { ok: true, values: new BoundObject(`${action.service}.${action.action}`, values, given) }
}

/** `undefined` counts as not given: null for an object. */
function bindParameter(
  { name, type }: ParameterSpec,
  received: ParamValue,
  context: BindContext,
): BoundValue | undefined {
  if (received === null && typeof type === 'object' && !('enum' in type)) return undefined
  return bindValue(name, type, received, context)
}

function bindValue(name: string, type: WireType, received: ParamValue, context: BindContext): BoundValue {
  if (typeof type === 'object' && 'object' in type) {
    if (!isTree(received)) throw wrongFormat(name)
    return bindObject(type.object, received, context)
  }
  if (typeof type === 'object' && 'array' in type) {
    if (!isTree(received)) throw wrongFormat(name)
    return listOf(received).map((item) => bindValue(name, type.array, item, context))
  }
  if (type === 'names') return bindNames(name, received)
  // A list where a plain value belongs reads as an empty one, as casting it does in the original.
  const scalar: Scalar = isTree(received) ? '' : received
  if (typeof type === 'object') return bindEnum(name, type.enum, scalar)
  switch (type) {
    case 'int':
      return toInt(scalar)
    case 'bigint':
    case 'float':
      return toFloat(scalar)
    case 'bool':
      return toBool(scalar)
    case 'time':
      return toTime(scalar, context.now)
    case 'string': {
      const text = toText(scalar)
      if (text === undefined) throw new Refused(apiError('INVALID_PARAMETER_CHAR', { XML_FIELD: name }))
      return text
    }
  }
}

function bindNames(name: string, received: ParamValue): readonly string[] {
  const items = isTree(received) ? listOf(received) : undefined
  // To pass over what is no name would make a shorter list of it, or an empty one, which can mean everything.
  if (items?.some((item) => isTree(item))) throw wrongFormat(name)
  const texts = items ?? toText(isTree(received) ? '' : received)?.split(',')
  if (texts === undefined) throw new Refused(apiError('INVALID_PARAMETER_CHAR', { XML_FIELD: name }))
  return texts.map((text) => scalarText(isTree(text) ? null : text).trim()).filter((text) => text !== '')
}

function bindEnum(name: string, enumName: string, scalar: Scalar): string | number {
  const values = findEnum(enumName)?.values ?? []
  const numbers = values.filter((value) => typeof value === 'number')
  const found =
    numbers.length > 0 ? toNumericEnum(scalar, numbers) : values.find((value) => value === scalarText(scalar))
  if (found === undefined) {
    throw new Refused(
      apiError('INVALID_ENUM_VALUE', { ENUM_VAL: scalarText(scalar), PARAM_NAME: name, ENUM_TYPE: enumName }),
    )
  }
  return found
}

function scalarText(scalar: Scalar): string {
  return scalar === null ? '' : scalar === true ? '1' : scalar === false ? '' : String(scalar)
}

/** In the order in which the client sent the properties, so that of several faults the original's comes first. */
function bindObject(declared: string, tree: ParamTree, context: BindContext): BoundObject {
  const spec = chooseClass(declared, textAt(tree, 'objectType'))
  const properties = propertiesByName(spec)
  const values = new Map<string, BoundValue | null>()
  for (const sent of Object.keys(tree)) {
    const isCleared = sent.endsWith(NULL_SUFFIX)
    const name = isCleared ? sent.slice(0, -NULL_SUFFIX.length) : sent
    const type = properties.get(name)?.type
    const received = tree[sent]
    if (type === undefined || received === undefined) continue
    const isList = typeof type === 'object' && 'array' in type
    if (isCleared && !isList) values.set(name, null)
    // Null for an object or a list is as if it were not there; for plain values it is their zero.
    if (isCleared || (received === null && typeof type === 'object' && !('enum' in type))) continue
    // Cleared and set in one object, it is cleared, whichever came first.
    if (values.get(name) === null) continue
    const value = bindValue(name, type, received, context)
    if (typeof value === 'string' && value.length > LONGEST_TEXT && !spec.name.endsWith('Filter')) {
      const args = { PROP_NAME: `${spec.name}::${name}`, MAX_LEN: LONGEST_TEXT }
      throw new Refused(apiError('PROPERTY_VALIDATION_MAX_LENGTH', args))
    }
    values.set(name, value)
  }
  return new BoundObject(spec.name, values, new Set(values.keys()))
}

/** The subclass that the client names, where it is one; any other name is passed over, as in the original. */
function chooseClass(declared: string, named: string | undefined): ClassSpec {
  const base = findClass(declared)
  if (base === undefined) throw new TypeError(`the registry names an unknown class: ${declared}`)
  const wanted = named === undefined ? undefined : findClass(named)
  const spec = wanted !== undefined && isSubclass(wanted, base.name) ? wanted : base
  if (spec.isAbstract === true) throw new Refused(apiError('OBJECT_TYPE_ABSTRACT', { OBJ_TYPE: spec.name }))
  return spec
}

function wrongFormat(name: string): Refused {
  return new Refused(apiError('PROPERTY_VALIDATION_WRONG_FORMAT', { PROP_NAME: name, FORMAT: 'array' }))
}

function zeroOf(type: WireType): string | number | boolean | undefined {
  if (type === 'string') return ''
  if (type === 'bool') return false
  if (type === 'names') return undefined
  if (typeof type === 'string') return 0
  if ('enum' in type) return typeof findEnum(type.enum)?.values[0] === 'number' ? 0 : ''
  return undefined
}
