/** The privilege string: `name[:value[/value…]]`, joined by commas, without quoting. Names are case-sensitive. */

/** One item. No values is a privilege that is merely there. */
export interface Privilege {
  readonly name: string
  readonly values: readonly string[]
}

/** Anything that carries a privilege string, such as a session. */
export interface PrivilegeHolder {
  readonly privileges: string
}

/** Grants everything, but only when nothing stands beside it. */
const WILDCARD = '*'

/**
 * The privileges as they count inside a session: items trimmed, blank ones left out, values of a repeated name
 * gathered at its first place.
 */
export function parsePrivileges(text: string): readonly Privilege[] {
  const byName = new Map<string, string[]>()
  for (const item of text.split(',')) {
    const { name, values } = readItem(trimItem(item))
    if (values.length > 0) gather(byName, name, values)
    // Without a value nothing but the name is left to trim, also before a bare colon.
    else if (trimItem(name) !== '') gather(byName, trimItem(name), values)
  }
  return toPrivileges(byName)
}

/**
 * The privileges as an app token and a request for a session give them: as above, but names keep the white space
 * around them, which makes ` list` and `list` two names until they are inside a session.
 */
export function parseAppTokenPrivileges(text: string): readonly Privilege[] {
  const byName = new Map<string, string[]>()
  for (const item of text.split(',')) {
    const { name, values } = readItem(item)
    if (values.length > 0 || trimItem(name) !== '') gather(byName, name, values)
  }
  return toPrivileges(byName)
}

/** Undoes the parsers, but for what they leave out. */
export function formatPrivileges(privileges: readonly Privilege[]): string {
  return privileges.map(formatPrivilege).join(',')
}

export function formatPrivilege({ name, values }: Privilege): string {
  return values.length === 0 ? name : `${name}:${values.join('/')}`
}

/**
 * The values of the privilege with exactly this name; empty when it has none, `undefined` when the session lacks it.
 * For what restricts: a wildcard session has no restrictions.
 */
export function privilegeValues(holder: PrivilegeHolder, name: string): readonly string[] | undefined {
  // Most sessions lack most privileges, and most calls ask about several.
  if (!holder.privileges.includes(name)) return undefined
  return parsePrivileges(holder.privileges).find((privilege) => privilege.name === name)?.values
}

/**
 * Whether a grant covers this value: the wildcard session, or a privilege of exactly this name with the value or `*`
 * among its values. Without a value, whether the session has a privilege of that name at all.
 */
export function hasPrivilege(holder: PrivilegeHolder, name: string, value?: string): boolean {
  if (holder.privileges === WILDCARD) return true
  const values = privilegeValues(holder, name)
  if (values === undefined) return false
  return value === undefined || values.includes(value) || values.includes('*')
}

/** As {@link hasPrivilege}, of all values of a privilege, for whoever asks about many: what is held is taken apart once. */
export function privilegeReader(holder: PrivilegeHolder): (privilege: Privilege) => boolean {
  if (holder.privileges === WILDCARD) return () => true
  const held = new Map(parsePrivileges(holder.privileges).map(({ name, values }) => [name, new Set(values)]))
  return ({ name, values }) => {
    const own = held.get(name)
    return own !== undefined && values.every((value) => own.has(value) || own.has(WILDCARD))
  }
}

/**
 * As {@link hasPrivilege}, but searched for as text, which the original does: a longer name that ends in this one counts,
 * and a longer value that begins with this one.
 */
export function hasPrivilegeInText(holder: PrivilegeHolder, name: string, value: string): boolean {
  const { privileges } = holder
  return (
    privileges.includes(`${name}:*`) || privileges.includes(`${name}:${value}`) || hasPrivilege(holder, name, value)
  )
}

/** Whether the item stands there without a value, as the switches for entitlement and moderation must. */
export function hasPrivilegeFlag(holder: PrivilegeHolder, name: string): boolean {
  return holder.privileges.includes(name) && holder.privileges.split(',').some((item) => trimItem(item) === name)
}

/** The text behind the first privilege of exactly this name, slashes and all; empty without one. */
export function firstPrivilegeText(holder: PrivilegeHolder, name: string): string | undefined {
  if (!holder.privileges.includes(name)) return undefined
  for (const item of holder.privileges.split(',')) {
    const trimmed = trimItem(item)
    if (trimmed === name) return ''
    if (trimmed.startsWith(`${name}:`)) return trimmed.slice(name.length + 1)
  }
  return undefined
}

/** White space of the original: ASCII, with U+0000 and without the form feed. */
export function trimItem(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isWhiteSpace(text.charCodeAt(start))) start += 1
  while (end > start && isWhiteSpace(text.charCodeAt(end - 1))) end -= 1
  return start === 0 && end === text.length ? text : text.slice(start, end)
}

function isWhiteSpace(code: number): boolean {
  return code <= 0x20 && (code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0c) || code === 0)
}

function readItem(item: string): { readonly name: string; readonly values: string[] } {
  const colon = item.indexOf(':')
  if (colon === -1) return { name: item, values: [] }
  const value = item.slice(colon + 1)
  return { name: item.slice(0, colon), values: value === '' ? [] : value.split('/') }
}

function gather(byName: Map<string, string[]>, name: string, values: string[]): void {
  const gathered = byName.get(name)
  if (gathered === undefined) byName.set(name, values)
  else for (const value of values) gathered.push(value)
}

function toPrivileges(byName: ReadonlyMap<string, readonly string[]>): readonly Privilege[] {
  const privileges: Privilege[] = []
  for (const [name, values] of byName) privileges.push({ name, values })
  return privileges
}
