import {
  hasPrivilege,
  isGrantingPrivilege,
  isOurPrivilege,
  LatchkeyError,
  parsePrivileges,
  readRolePrivilege,
  resolveHeld,
} from '@latchkey/core'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { getEntry } from './entries.ts'
import { fidelityOf } from './fidelity.ts'
import { givenFields } from './fields.ts'
import { newObjectId } from './ids.ts'
import { permissionIndexOf } from './own-permissions.ts'
import type { Listed, Order, Page, TimeRange, Widget } from './ports.ts'
import { findRole, findRoleByName } from './roles.ts'
import { cutList, isOneOf, isWithin } from './short-lists.ts'

export interface WidgetFields {
  readonly entryId?: string | null | undefined
  readonly uiConfId?: number | null | undefined
  readonly securityType?: number | null | undefined
  readonly enforceEntitlement?: boolean | null | undefined
  readonly privacyContext?: string | null | undefined
  /** Ids or system names, separated by commas. */
  readonly roles?: string | null | undefined
  readonly privileges?: string | null | undefined
}

export interface WidgetFilter {
  readonly ids?: readonly string[] | undefined
  readonly partnerIds?: readonly number[] | undefined
  readonly entryIds?: readonly string[] | undefined
  readonly uiConfIds?: readonly number[] | undefined
  readonly createdAt?: TimeRange | undefined
  readonly updatedAt?: TimeRange | undefined
}

const TRIES_FOR_A_FREE_ID = 10

/**
 * Makes a widget, with whose id anybody may start a session. So it may be given nothing that its maker does not hold:
 * roles and privileges of whoever may not set them are left out, as in the original, and a role that gives more refuses
 * the call, but for `vendor` fidelity.
 *
 * @throws {LatchkeyError} `ENTRY_NOT_FOUND`, `PROPERTY_BEYOND_SESSION`
 */
export async function addWidget(deps: Deps, access: Access, fields: WidgetFields): Promise<Widget> {
  const { now, partnerId } = access
  if (fields.entryId) await getEntry(deps, access, fields.entryId)
  const { widgetsMayWiden } = fidelityOf(deps)
  if (fields.enforceEntitlement === false && access.kind !== 'admin' && !widgetsMayWiden) {
    throw new LatchkeyError('PROPERTY_BEYOND_SESSION', { property: 'enforceEntitlement' })
  }
  if (access.kind !== 'admin' && !isOwnContext(access, fields.privacyContext) && !widgetsMayWiden) {
    throw new LatchkeyError('PROPERTY_BEYOND_SESSION', { property: 'privacyContext' })
  }
  const roles = access.holds('BASE_USER_SESSION_PERMISSION') ? fields.roles : undefined
  const privileges = access.holds('ADMIN_BASE') ? fields.privileges : undefined
  if (!widgetsMayWiden) await requireWithin(deps, access, roles, privileges)
  for (let attempt = 0; attempt < TRIES_FOR_A_FREE_ID; attempt += 1) {
    const widget: Widget = {
      enforceEntitlement: true,
      ...givenFields({ ...fields, roles, privileges }),
      id: newObjectId(deps.primitives),
      partnerId,
      createdAt: now,
      updatedAt: now,
    }
    if (await deps.store.widgets.create(widget)) return widget
  }
  throw new LatchkeyError('STORE_UNAVAILABLE', { store: 'widgets: no free id' })
}

/** Set by the exchange of an app token, which a widget session is none of. */
const OF_TOKENS: readonly string[] = ['apptoken', 'sessionid']

/** @throws {LatchkeyError} `PROPERTY_BEYOND_SESSION` where a privilege would give what the session does not have */
function refuseBeyond({ session, kind, viewer }: Access, privileges: string): void {
  for (const { name, values } of parsePrivileges(privileges)) {
    const isLift = name.startsWith('disableentitlement')
    const isFree = kind === 'admin' && !(isLift && viewer !== undefined)
    const isHeld = (value: string | undefined) => session !== undefined && hasPrivilege(session, name, value)
    const gives = isLift || isGrantingPrivilege(name) || name === '*' || name === 'all'
    const isBeyond = gives && !isFree && !(values.length === 0 ? [undefined] : values).every(isHeld)
    if (isBeyond || OF_TOKENS.includes(name) || isOurPrivilege(name))
      throw new LatchkeyError('PROPERTY_BEYOND_SESSION', { property: 'privileges' })
  }
}

/** Where entitlement holds the session, its own context is the only one that it may hand on. */
function isOwnContext({ viewer }: Access, context: string | null | undefined): boolean {
  return !context || viewer === undefined || context === viewer.context
}

/** Of the own account; without a session and an account, any. @throws {LatchkeyError} `WIDGET_NOT_FOUND` */
export async function getWidget(deps: Deps, access: Access, id: string): Promise<Widget> {
  const widget = await deps.store.widgets.find(id)
  const isInReach = access.partnerId === 0 || widget?.partnerId === access.partnerId
  if (!widget || !isInReach) throw new LatchkeyError('WIDGET_NOT_FOUND', { id })
  return widget
}

export async function listWidgets(
  deps: Deps,
  access: Access,
  filter: WidgetFilter,
  order: readonly Order<'createdAt'>[],
  page: Page,
): Promise<Listed<Widget>> {
  const matches = (widget: Widget) =>
    isOneOf(widget.id, filter.ids) &&
    isOneOf(widget.partnerId, filter.partnerIds) &&
    isOneOf(widget.entryId, filter.entryIds) &&
    isOneOf(widget.uiConfId, filter.uiConfIds) &&
    isWithin(widget.createdAt, filter.createdAt) &&
    isWithin(widget.updatedAt, filter.updatedAt)
  return cutList(await deps.store.widgets.list(access.partnerId), matches, order, page)
}

async function requireWithin(
  deps: Deps,
  access: Access,
  roles: string | null | undefined,
  privileges: string | null | undefined,
): Promise<void> {
  await requireHeld(deps, access, 'roles', roles?.split(',') ?? [])
  refuseBeyond(access, privileges ?? '')
  const named = parsePrivileges(privileges ?? '').filter(({ name }) => name === 'setrole')
  await requireHeld(
    deps,
    access,
    'privileges',
    named.map(({ values }) => values.join('/')),
  )
}

/** That none of the roles gives what the session itself does not hold. A role that is not there could come to. */
async function requireHeld(
  deps: Deps,
  access: Access,
  property: 'roles' | 'privileges',
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    if (!(await isHeld(deps, access, name))) throw new LatchkeyError('PROPERTY_BEYOND_SESSION', { property })
  }
}

async function isHeld(deps: Deps, access: Access, text: string): Promise<boolean> {
  const { partnerId, partner } = access
  const named = readRolePrivilege({ privileges: `setrole:${text}` })
  if (named.kind === 'none' || named.kind === 'null') return true
  if (named.kind === 'invalid') return false
  const role =
    named.kind === 'id'
      ? await findRole(deps.store, partnerId, named.id)
      : await findRoleByName(deps.store, partnerId, named.name)
  if (role === undefined) return false
  const held = resolveHeld({
    kind: 'widget',
    role: { from: `role:${role.id}`, permissionNames: role.permissionNames },
    features: partner?.features ?? [],
    alwaysAllowed: partner?.rules?.alwaysAllowed,
    permissions: await permissionIndexOf(deps.store, partnerId),
  })
  return held.names().every((name) => access.holds(name))
}
