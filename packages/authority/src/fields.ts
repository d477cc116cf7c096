/** What is there of `T`, without null. */
type Given<T> = { [Key in keyof T]?: Exclude<T[Key], null | undefined> }

/** As {@link Given}, but what may be null may be there as undefined. */
type Changed<T> = { [Key in keyof T]?: Exclude<T[Key], null | undefined> | (null extends T[Key] ? undefined : never) }

/** What was given, for a new row: absent and null are left out. */
export function givenFields<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as Given<T>
}

/** What was given, as a change of a row: absent is left out, null is there as undefined, which clears. */
export function changedFields<T extends object>(fields: T): Changed<T> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([key, value]) => [key, value ?? undefined])) as Changed<T>
}
