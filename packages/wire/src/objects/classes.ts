import type { ClassSpec, EnumSpec, PropertySpec } from '../spec.ts'
import { APP_TOKEN_CLASSES } from './app-token.ts'
import { CATEGORY_CLASSES } from './category.ts'
import { COMMON_CLASSES } from './common.ts'
import { ENTRY_CLASSES } from './entry.ts'
import { ENUMS } from './enums.ts'
import { LATCHKEY_CLASSES } from './latchkey.ts'
import { PARTNER_CLASSES } from './partner.ts'
import { PERMISSION_CLASSES } from './permission.ts'
import { PERMISSION_ITEM_CLASSES } from './permission-item.ts'
import { SESSION_CLASSES } from './session.ts'
import { USER_CLASSES } from './user.ts'
import { USER_ROLE_CLASSES } from './user-role.ts'
import { WIDGET_CLASSES } from './widget.ts'

export const CLASSES: readonly ClassSpec[] = [
  ...COMMON_CLASSES,
  ...SESSION_CLASSES,
  ...APP_TOKEN_CLASSES,
  ...USER_CLASSES,
  ...USER_ROLE_CLASSES,
  ...PERMISSION_CLASSES,
  ...PERMISSION_ITEM_CLASSES,
  ...WIDGET_CLASSES,
  ...PARTNER_CLASSES,
  ...ENTRY_CLASSES,
  ...CATEGORY_CLASSES,
  ...LATCHKEY_CLASSES,
]

const byName = new Map(CLASSES.map((spec) => [spec.name.toLowerCase(), spec]))
const enumsByName = new Map(ENUMS.map((spec) => [spec.name, spec]))

interface Resolved {
  readonly properties: readonly PropertySpec[]
  readonly byName: ReadonlyMap<string, PropertySpec>
  readonly names: readonly string[]
}

/** What inheritance makes of each class, worked out when it is first asked for. */
const resolved = new Map<string, Resolved>()

/** Class names are compared without case, as in the original. */
export function findClass(name: string): ClassSpec | undefined {
  return byName.get(name.toLowerCase())
}

export function findEnum(name: string): EnumSpec | undefined {
  return enumsByName.get(name)
}

/** Inherited first, each in the order of its declaration. */
export function propertiesOf(spec: ClassSpec): readonly PropertySpec[] {
  return resolve(spec).properties
}

/** As {@link propertiesOf}, to look up by name; case matters, as in the original. */
export function propertiesByName(spec: ClassSpec): ReadonlyMap<string, PropertySpec> {
  return resolve(spec).byName
}

/** Names of all properties in the order of XML; `undefined` for a class that is not ours. */
export function propertyNames(className: string): readonly string[] | undefined {
  const spec = findClass(className)
  return spec && resolve(spec).names
}

function resolve(spec: ClassSpec): Resolved {
  const kept = resolved.get(spec.name)
  if (kept !== undefined) return kept
  const base = spec.base === undefined ? undefined : findClass(spec.base)
  const properties = [...(base ? resolve(base).properties : []), ...spec.properties]
  const made = {
    properties,
    byName: new Map(properties.map((property) => [property.name, property])),
    names: properties.map(({ name }) => name),
  }
  resolved.set(spec.name, made)
  return made
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
