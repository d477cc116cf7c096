import { REGISTRY } from '@latchkey/wire'
import { appTokenService } from './app-token.ts'
import type { Action } from './call.ts'
import { categoryService } from './category.ts'
import { entryService } from './entry.ts'
import { latchkeyAccessService } from './latchkey-access.ts'
import { latchkeyJournalService } from './latchkey-journal.ts'
import { latchkeyTokenService } from './latchkey-token.ts'
import { permissionService } from './permission.ts'
import { permissionItemService } from './permission-item.ts'
import { sessionService } from './session.ts'
import { systemService } from './system.ts'
import { userService } from './user.ts'
import { userRoleService } from './user-role.ts'
import { widgetService } from './widget.ts'

const ACTIONS: Readonly<Record<string, Action>> = {
  ...sessionService,
  ...appTokenService,
  ...userService,
  ...userRoleService,
  ...permissionService,
  ...permissionItemService,
  ...widgetService,
  ...entryService,
  ...categoryService,
  ...systemService,
  ...latchkeyAccessService,
  ...latchkeyTokenService,
  ...latchkeyJournalService,
}

/** The code behind a declared action. Every one has some, and there is none that is not declared: a test holds both. */
const byName = new Map(Object.entries(ACTIONS))

export function findService(service: string, action: string): Action | undefined {
  return byName.get(`${service}.${action}`)
}

/** Declared without code, or code without declaration. */
export function unmatchedActions(): readonly string[] {
  const declared = new Set(REGISTRY.map((spec) => `${spec.service}.${spec.action}`))
  return [
    ...[...declared].filter((name) => !byName.has(name)),
    ...[...byName.keys()].filter((name) => !declared.has(name)),
  ]
}
