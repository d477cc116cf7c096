import { PERMISSION_ROWS } from './permission-rows.ts'

/** A bundle of actions under a name, shared by all accounts. */
export interface CataloguePermission {
  readonly name: string
  /** Its place in all bit sets. */
  readonly index: number
  /** 1 normal, 2 special feature. */
  readonly type: number
  /** All of these must be held too, or be features of the account; else it is dropped without a word. */
  readonly dependsOn: readonly string[]
}

/** A row: a name, its type where that is not 1, and behind `<` what it depends on. */
function parse(row: string, index: number): CataloguePermission {
  const [head = '', dependencies] = row.split(' < ')
  const [name = '', type = '1'] = head.split(' ')
  return { name, index, type: Number(type), dependsOn: dependencies === undefined ? [] : dependencies.split(' ') }
}

/** In the order of their names, which is the order of the bits. */
export const PERMISSIONS: readonly CataloguePermission[] = PERMISSION_ROWS.trim().split('\n').map(parse)

const byName = new Map(PERMISSIONS.map((permission) => [permission.name, permission]))

/** Names are compared with their case. */
export function findPermission(name: string): CataloguePermission | undefined {
  return byName.get(name)
}

/** What permissions depend on and what is no permission that roles can list: features and plugins, which accounts have or not. */
export const FEATURE_NAMES: ReadonlySet<string> = new Set(
  PERMISSIONS.flatMap(({ dependsOn }) => dependsOn).filter((name) => !byName.has(name)),
)
