import { actionsOf, type CatalogueAction, SERVICES } from '../catalogue/actions.ts'

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
const BITS = 24
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Characters of a code. */
export const CODE_LENGTH = 4

/**
 * Four characters for an action, that follow from its name alone: FNV-1a over `service.action` in lower case, folded to 24
 * bits. Rows of the catalogue can be added or put in another order without a session coming to mean other actions. A test
 * holds that no two names of the catalogue meet; names come from nowhere else.
 */
export function codeOf({ service, action }: Pick<CatalogueAction, 'service' | 'action'>): string {
  const name = `${service}.${action}`.toLowerCase()
  let hash = FNV_OFFSET
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), FNV_PRIME) >>> 0
  const folded = (hash >>> BITS) ^ (hash & 0xffffff)
  let code = ''
  for (let shift = 18; shift >= 0; shift -= 6) code += ALPHABET[(folded >>> shift) & 63]
  return code
}

let byCode: ReadonlyMap<string, CatalogueAction> | undefined

/** Undefined for a code of no action, such as one that the catalogue no longer has. */
export function actionOfCode(code: string): CatalogueAction | undefined {
  byCode ??= new Map(SERVICES.flatMap(actionsOf).map((action) => [codeOf(action), action]))
  return byCode.get(code)
}
