import { ACTION_ROWS_A_TO_L } from './action-rows-a-to-l.ts'
import { ACTION_ROWS_M_TO_Z } from './action-rows-m-to-z.ts'
import { INTERNAL_ROWS } from './internal-rows.ts'
import { OUR_ROWS } from './our-rows.ts'
import { findPermission, PERMISSIONS } from './permissions.ts'
import { ROWLESS_ROWS } from './rowless-rows.ts'

/** What a session that is not ADMIN must own, or hold a privilege for, before it may do something to it. */
export interface OwnershipGate {
  /** `entry`; others are objects that belong to one. */
  readonly object: string
  /** Name of the parameter that carries its id. */
  readonly idParameter: string
  /** Privilege that lifts the gate, for the id or for `*`. */
  readonly privilege: string
  /** Co-editors do not count as owners. */
  readonly isOwnerOnly: boolean
}

export interface CatalogueAction {
  /** Its place in `ACTIONS`; that of the action whose permissions count for it, if it is another; -1 if there is none. */
  readonly index: number
  /** As messages spell it. */
  readonly service: string
  readonly action: string
  /**
   * `ordinary`: some permission may open it. `internal`: for the service's own accounts. `rowless`: closed to everybody.
   * `ours`: the original has none of that name.
   */
  readonly kind: 'ordinary' | 'internal' | 'rowless' | 'ours'
  /** Any one of these opens it; indices of `PERMISSIONS`. */
  readonly permissions: readonly number[]
  /** Without a session it is let through all the same, to public data. */
  readonly isPublic: boolean
  /** No permission is needed, but a session is. */
  readonly opensTo?: 'session' | undefined
  /** False where permissions exist for an action that the service does not have. */
  readonly isFound: boolean
  readonly ownership?: OwnershipGate | undefined
  /** Plugin that the account must have; its name for the refusal and its name as a feature. */
  readonly plugin?: { readonly name: string; readonly feature: string } | undefined
}

/**
 * Services that ask whether the account has their plugin, by what their names start with. Which plugins ask is told by
 * the original's documentation only; that a feature is named after its plugin is inferred for `cuePoint` and `reach`, and
 * seen for the others, on which permissions depend. Plugins that are not listed leave it to the dependencies of permissions.
 */
const PLUGINS: Readonly<Record<string, string>> = {
  captionSearch: 'CAPTIONSEARCH_PLUGIN_PERMISSION',
  contentDistribution: 'CONTENTDISTRIBUTION_PLUGIN_PERMISSION',
  cuePoint: 'CUEPOINT_PLUGIN_PERMISSION',
  dropFolder: 'DROPFOLDER_PLUGIN_PERMISSION',
  eventNotification: 'EVENTNOTIFICATION_PLUGIN_PERMISSION',
  metadata: 'METADATA_PLUGIN_PERMISSION',
  reach: 'REACH_PLUGIN_PERMISSION',
}

function pluginOf(service: string): CatalogueAction['plugin'] {
  const [name = '', rest] = service.split('_')
  const feature = rest === undefined ? undefined : PLUGINS[name]
  return feature === undefined ? undefined : { name, feature }
}

/**
 * The rows are facts of the original's permission data, each a line of text so that a change shows as one. A service is a
 * line; its actions follow, indented: the name, the indices of its permissions (`-` for none, which leaves the action to
 * internal accounts), then any of `net` (public), `unfound` (permissions, but no such action), and
 * `own=object/parameter/privilege`, with `/ownerOnly` behind it where co-editors do not count. What each kind of session
 * may call by default is not stored: it follows from what the kind holds, and a test holds it to the original's table.
 */
function parseActions(rows: string, start: number): CatalogueAction[] {
  const actions: CatalogueAction[] = []
  let service = ''
  for (const row of rows.trim().split('\n')) {
    if (!row.startsWith(' ')) {
      service = row
      continue
    }
    const [action = '', indices = '-', ...marks] = row.trim().split(' ')
    const permissions = indices === '-' ? [] : indices.split(',').map(Number)
    actions.push({
      index: start + actions.length,
      service,
      action,
      kind: permissions.length > 0 ? 'ordinary' : 'internal',
      permissions,
      isPublic: marks.includes('net'),
      isFound: !marks.includes('unfound'),
      ownership: parseGate(marks.find((mark) => mark.startsWith('own='))),
      plugin: pluginOf(service),
    })
  }
  return actions
}

function parseGate(mark: string | undefined): OwnershipGate | undefined {
  if (mark === undefined) return undefined
  const [object = '', idParameter = '', privilege = '', restriction] = mark.slice('own='.length).split('/')
  return { object, idParameter, privilege, isOwnerOnly: restriction === 'ownerOnly' }
}

const aToL = parseActions(ACTION_ROWS_A_TO_L, 0)

/** Every action that has permissions of its own, by service. */
export const ACTIONS: readonly CatalogueAction[] = [...aToL, ...parseActions(ACTION_ROWS_M_TO_Z, aToL.length)]

export const ACTION_COUNT: number = ACTIONS.length

const keyOf = (service: string, action: string): string => `${service}.${action}`.toLowerCase()
const byKey = new Map(ACTIONS.map((action) => [keyOf(action.service, action.action), action]))

function closed(service: string, action: string, kind: 'internal' | 'rowless'): CatalogueAction {
  return {
    index: -1,
    service,
    action,
    kind,
    permissions: [],
    isPublic: false,
    isFound: true,
    plugin: pluginOf(service),
  }
}

for (const row of INTERNAL_ROWS.trim().split('\n')) {
  const [service = '', ...actions] = row.split(' ')
  for (const action of actions) {
    if (!byKey.has(keyOf(service, action))) byKey.set(keyOf(service, action), closed(service, action, 'internal'))
  }
}

/** `service.action`, and behind `=` the one whose permissions count for it. */
for (const row of ROWLESS_ROWS.trim().split('\n')) {
  const [name = '', alias] = row.split(' = ')
  const [service = '', action = ''] = name.split('.')
  const meant = alias === undefined ? undefined : byKey.get(alias.toLowerCase())
  byKey.set(
    keyOf(service, action),
    meant === undefined ? closed(service, action, 'rowless') : { ...meant, service, action, ownership: undefined },
  )
}

/** A service a line: its name, the permissions of which any one opens its actions (`*` is any session), and its actions. */
for (const row of OUR_ROWS.trim().split('\n')) {
  const [service = '', openers = '', ...actions] = row.split(' ')
  const permissions = openers === '*' ? [] : openers.split(',').flatMap((name) => findPermission(name)?.index ?? [])
  for (const action of actions) {
    byKey.set(keyOf(service, action), {
      index: -1,
      service,
      action,
      kind: 'ours',
      permissions,
      isPublic: false,
      opensTo: openers === '*' ? 'session' : undefined,
      isFound: true,
    })
  }
}

const byService = new Map<string, CatalogueAction[]>()
for (const action of byKey.values()) {
  const actions = byService.get(action.service.toLowerCase())
  if (actions === undefined) byService.set(action.service.toLowerCase(), [action])
  else actions.push(action)
}

/** Every service, as messages spell it. */
export const SERVICES: readonly string[] = [...byService].map(([known, [first]]) => first?.service ?? known)

/** Case does not matter in either name. */
export function findAction(service: string, action: string): CatalogueAction | undefined {
  return byKey.get(keyOf(service, action))
}

export function isKnownService(service: string): boolean {
  return byService.has(service.toLowerCase())
}

/** All that can be called by a service's name, those included that never open; none of a service that there is not. */
export function actionsOf(service: string): readonly CatalogueAction[] {
  return byService.get(service.toLowerCase()) ?? []
}

/** The services, as messages spell them, that have this name behind the prefix of their plugin. */
export function servicesNamedAlike(service: string): readonly string[] {
  const wanted = service.toLowerCase()
  return SERVICES.filter((known) => known.toLowerCase().split('_')[1] === wanted)
}

/** Names of the permissions that all accounts share and of which any one opens it. */
export function neededPermissions(action: CatalogueAction): readonly string[] {
  return action.permissions.map((index) => PERMISSIONS[index]?.name ?? '')
}
