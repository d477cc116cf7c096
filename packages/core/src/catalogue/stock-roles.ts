import { STOCK_ROLE_ROWS, TEMPLATE_ROLE_ROWS } from './role-rows.ts'

/** A role that every account may use by its id or system name. Ids are ours: they differ from installation to installation. */
export interface StockRole {
  readonly id: number
  readonly name: string
  readonly systemName: string
  readonly tags: string
  readonly permissionNames: readonly string[]
}

/** A role is a line with its name and tags, then indented lines of permission names. */
function parse(rows: string): readonly StockRole[] {
  const roles: { id: number; name: string; systemName: string; tags: string; permissionNames: string[] }[] = []
  for (const row of rows.trim().split('\n')) {
    if (row.startsWith(' ')) {
      roles.at(-1)?.permissionNames.push(...row.trim().split(' '))
      continue
    }
    const [name = '', tags = ''] = row.replace(/\]$/, '').split(' [')
    roles.push({ id: roles.length + 1, name, systemName: name, tags, permissionNames: [] })
  }
  return roles
}

/** Ids 1 and up, below those that a store gives. */
export const STOCK_ROLES: readonly StockRole[] = parse(STOCK_ROLE_ROWS)

/** What the roles of a new account are copied from; their ids mean nothing. */
export const TEMPLATE_ROLES: readonly StockRole[] = parse(TEMPLATE_ROLE_ROWS)

const byName = new Map(STOCK_ROLES.map((role) => [role.systemName, role]))

export function stockRole(id: number): StockRole | undefined {
  return STOCK_ROLES[id - 1]
}

export function stockRoleByName(systemName: string): StockRole | undefined {
  return byName.get(systemName)
}
