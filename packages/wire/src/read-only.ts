import type { BoundObject, BoundValue } from './bound.ts'
import { type ApiError, apiError } from './errors.ts'
import { findClass, propertiesOf } from './objects/classes.ts'

/**
 * The first read-only property that a client sets, in the order of declaration.
 *
 * @param current what the object has now, by wire name; a value equal to it is passed over
 */
export function readOnlyViolation(
  object: BoundObject,
  current?: Readonly<Record<string, unknown>>,
): ApiError | undefined {
  const spec = findClass(object.className)
  for (const { name, isReadOnly } of spec ? propertiesOf(spec) : []) {
    if (isReadOnly !== true) continue
    const value = object.value(name)
    if (value === undefined || value === null || isUnchanged(name, value, current)) continue
    // The object's own class, also where a class above it declares the property.
    return apiError('PROPERTY_VALIDATION_NOT_UPDATABLE', { PROP_NAME: `${object.className}::${name}` })
  }
  return undefined
}

/** Times never compare equal, as in the original: whoever sends a fetched object back is told so by the first of them. */
function isUnchanged(name: string, value: BoundValue, current: Readonly<Record<string, unknown>> | undefined): boolean {
  if (current === undefined || name === 'createdAt' || name === 'updatedAt') return false
  const present = current[name]
  return present !== undefined && String(present) === String(value)
}
