import type { ActionSpec } from '../spec.ts'
import { APP_TOKEN_ACTIONS } from './app-token.ts'
import { CATEGORY_ACTIONS } from './category.ts'
import { ENTRY_ACTIONS } from './entry.ts'
import { LATCHKEY_ACTIONS } from './latchkey.ts'
import { PERMISSION_ACTIONS } from './permission.ts'
import { PERMISSION_ITEM_ACTIONS } from './permission-item.ts'
import { SESSION_ACTIONS } from './session.ts'
import { SYSTEM_ACTIONS } from './system.ts'
import { USER_ACTIONS } from './user.ts'
import { USER_ROLE_ACTIONS } from './user-role.ts'
import { WIDGET_ACTIONS } from './widget.ts'

/** Every action that this server carries out. Each is declared here once; all else about it is derived. */
export const REGISTRY: readonly ActionSpec[] = [
  ...SESSION_ACTIONS,
  ...APP_TOKEN_ACTIONS,
  ...USER_ACTIONS,
  ...USER_ROLE_ACTIONS,
  ...PERMISSION_ACTIONS,
  ...PERMISSION_ITEM_ACTIONS,
  ...WIDGET_ACTIONS,
  ...ENTRY_ACTIONS,
  ...CATEGORY_ACTIONS,
  ...SYSTEM_ACTIONS,
  ...LATCHKEY_ACTIONS,
]

const byName = new Map(REGISTRY.map((spec) => [`${spec.service}.${spec.action}`.toLowerCase(), spec]))

/** Case does not matter in either name. */
export function findActionSpec(service: string, action: string): ActionSpec | undefined {
  return byName.get(`${service}.${action}`.toLowerCase())
}
