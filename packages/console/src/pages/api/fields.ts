import {
  type ActionSpec,
  findClass,
  findEnum,
  type ParameterSpec,
  type PropertySpec,
  propertiesOf,
  type WireType,
} from '@latchkey/wire'

/** One place of a form: what it is called on the wire, and how it is filled in. */
export interface FormField {
  /** From the parameter down, with dots: `filter.idEqual`. */
  readonly path: string
  readonly name: string
  readonly type: WireType
  readonly typeText: string
  readonly about: string
  readonly isRequired: boolean
  /** What counts when it is left out, where something does. */
  readonly fallback?: string | undefined
  /** Of an object: its own fields; absent for all else. */
  readonly fields?: readonly FormField[] | undefined
  /** Of an enumeration: what it may be. */
  readonly choices?: readonly { readonly value: string; readonly title: string }[] | undefined
}

/** Deeper than this an object is written as JSON. */
const DEEPEST = 2

/** What single values of an enumeration mean, where the number alone tells nothing. */
const ENUM_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  KalturaSessionType: { '0': 'USER', '2': 'ADMIN' },
  KalturaAppTokenStatus: { '1': 'disabled', '2': 'active', '3': 'deleted' },
  KalturaUserStatus: { '0': 'blocked', '1': 'active', '2': 'deleted' },
  KalturaUserRoleStatus: { '1': 'active', '2': 'blocked', '3': 'deleted' },
  KalturaPermissionType: { '1': 'normal', '2': 'special feature', '3': 'plugin', '4': 'group' },
  KalturaPermissionStatus: { '1': 'active', '2': 'blocked', '3': 'deleted' },
  KalturaMediaType: { '1': 'video', '2': 'image', '5': 'audio' },
  KalturaNullableBoolean: { '-1': 'not said', '0': 'no', '1': 'yes' },
}

export function fieldsOf(spec: ActionSpec): readonly FormField[] {
  return spec.parameters.map((parameter) => fieldOf(parameter, parameter.name, 0))
}

function fieldOf(spec: ParameterSpec | PropertySpec, path: string, depth: number): FormField {
  const { name, type } = spec
  const isParameter = 'about' in spec && 'isRequired' in spec
  return {
    path,
    name,
    type,
    typeText: typeText(type),
    about: spec.about ?? '',
    isRequired: isParameter && spec.isRequired === true,
    fallback: 'fallback' in spec && spec.fallback !== undefined ? String(spec.fallback) : undefined,
    fields: depth < DEEPEST ? objectFields(type, path, depth) : undefined,
    choices: choicesOf(type),
  }
}

function objectFields(type: WireType, path: string, depth: number): readonly FormField[] | undefined {
  if (typeof type === 'string' || !('object' in type)) return undefined
  const found = findClass(type.object)
  if (found === undefined) return undefined
  const fields = propertiesOf(found)
    .filter(({ isReadOnly }) => isReadOnly !== true)
    .map((property) => fieldOf(property, `${path}.${property.name}`, depth + 1))
  return fields.length === 0 ? undefined : fields
}

function choicesOf(type: WireType): FormField['choices'] {
  if (typeof type === 'string' || !('enum' in type)) return undefined
  const words = ENUM_WORDS[type.enum] ?? {}
  return findEnum(type.enum)?.values.map((value) => {
    const word = words[String(value)]
    return { value: String(value), title: word === undefined ? String(value) : `${value} · ${word}` }
  })
}

/** For a person: `number`, `list of text`, `KalturaAppToken`. */
export function typeText(type: WireType): string {
  if (typeof type === 'string') return TYPE_WORDS[type]
  if ('object' in type) return type.object
  if ('enum' in type) return type.enum
  return `list of ${typeText(type.array)}`
}

const TYPE_WORDS: Readonly<Record<Extract<WireType, string>, string>> = {
  int: 'whole number',
  bigint: 'whole number',
  float: 'number',
  string: 'text',
  bool: 'yes or no',
  time: 'time, epoch seconds',
  names: 'names, with commas',
}

/** What an answer is made of: its own and inherited fields. */
export function resultFields(
  type: WireType | undefined,
): readonly { readonly name: string; readonly typeText: string }[] {
  if (type === undefined || typeof type === 'string') return []
  if ('array' in type) return resultFields(type.array)
  if (!('object' in type)) return []
  const found = findClass(type.object)
  return found === undefined
    ? []
    : propertiesOf(found).map((property) => ({ name: property.name, typeText: typeText(property.type) }))
}

/** Of a list: what stands in it. */
export function objectsInResult(type: WireType | undefined): WireType | undefined {
  if (type === undefined || typeof type === 'string' || !('object' in type)) return undefined
  const found = findClass(type.object)
  const objects = found === undefined ? undefined : propertiesOf(found).find(({ name }) => name === 'objects')
  return objects !== undefined && typeof objects.type !== 'string' && 'array' in objects.type
    ? objects.type.array
    : undefined
}
