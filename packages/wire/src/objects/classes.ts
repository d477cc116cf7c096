import type { ClassSpec, EnumSpec, PropertySpec } from '../spec.ts'
import { APP_TOKEN_CLASSES } from './app-token.ts'
import { CATEGORY_CLASSES } from './category.ts'
import { COMMON_CLASSES } from './common.ts'
import { ENTRY_CLASSES } from './entry.ts'
import { ENUMS } from './enums.ts'
import { PARTNER_CLASSES } from './partner.ts'
import { SESSION_CLASSES } from './session.ts'
import { USER_CLASSES } from './user.ts'

export const CLASSES: readonly ClassSpec[] = [
  ...COMMON_CLASSES,
  ...SESSION_CLASSES,
  ...APP_TOKEN_CLASSES,
  ...USER_CLASSES,
  ...PARTNER_CLASSES,
  ...ENTRY_CLASSES,
  ...CATEGORY_CLASSES,
]

const byName = new Map(CLASSES.map((spec) => [spec.name.toLowerCase(), spec]))
const enumsByName = new Map(ENUMS.map((spec) => [spec.name, spec]))
const allProperties = new Map<string, readonly PropertySpec[]>()

/** Class names are compared without case, as in the original. */
export function findClass(name: string): ClassSpec | undefined {
  return byName.get(name.toLowerCase())
}

export function findEnum(name: string): EnumSpec | undefined {
  return enumsByName.get(name)
}

/** Inherited first, each in the order of its declaration. */
export function propertiesOf(spec: ClassSpec): readonly PropertySpec[] {
  const kept = allProperties.get(spec.name)
  if (kept !== undefined) return kept
  const base = spec.base === undefined ? undefined : findClass(spec.base)
  const properties = [...(base ? propertiesOf(base) : []), ...spec.properties]
  allProperties.set(spec.name, properties)
  return properties
}

/** Names of all properties in the order of XML; `undefined` for a class that is not ours. */
export function propertyNames(className: string): readonly string[] | undefined {
  const spec = findClass(className)
  return spec && propertiesOf(spec).map((property) => property.name)
}

export function isSubclass(spec: ClassSpec, ancestor: string): boolean {
  for (
    let at: ClassSpec | undefined = spec;
    at !== undefined;
    at = at.base === undefined ? undefined : findClass(at.base)
  ) {
    if (at.name === ancestor) return true
  }
  return false
}
