import { ACTION_ROWS_A_TO_L } from './action-rows-a-to-l.ts'
import { ACTION_ROWS_M_TO_Z } from './action-rows-m-to-z.ts'
import { INTERNAL_ROWS } from './internal-rows.ts'
import { PERMISSIONS } from './permissions.ts'
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
  /** As messages spell it. */
  readonly service: string
  readonly action: string
  /** `ordinary`: some permission may open it. `internal`: for the service's own accounts. `rowless`: closed to everybody. */
  readonly kind: 'ordinary' | 'internal' | 'rowless'
  /** Any one of these opens it; indices of `PERMISSIONS`. */
  readonly permissions: readonly number[]
  /** Without a session it is let through all the same, to public data. */
  readonly isPublic: boolean
  /** False where permissions exist for an action that the service does not have. */
  readonly isFound: boolean
  readonly ownership?: OwnershipGate | undefined
  /** Plugin that the account must have; its name for the refusal and its name as a feature. */
  readonly plugin?: { readonly name: string; readonly feature: string } | undefined
}

/** Services whose plugin is asked for by account, by what their names start with. */
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
 * A service is a line; its actions follow, indented: the name, the indices of its permissions (`-` for none, which leaves
 * the action to internal accounts), then any of `net` (public), `unfound`, `own=object/parameter/privilege`.
 */
function parseActions(rows: string): CatalogueAction[] {
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

/** Every action that has permissions of its own. */
export const ACTIONS: readonly CatalogueAction[] = [
  ...parseActions(ACTION_ROWS_A_TO_L),
  ...parseActions(ACTION_ROWS_M_TO_Z),
]

const keyOf = (service: string, action: string): string => `${service}.${action}`.toLowerCase()
const byKey = new Map(ACTIONS.map((action) => [keyOf(action.service, action.action), action]))

function closed(service: string, action: string, kind: 'internal' | 'rowless'): CatalogueAction {
  return { service, action, kind, permissions: [], isPublic: false, isFound: true, plugin: pluginOf(service) }
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

const services = new Map([...byKey.values()].map(({ service }) => [service.toLowerCase(), service]))

/** Case does not matter in either name. */
export function findAction(service: string, action: string): CatalogueAction | undefined {
  return byKey.get(keyOf(service, action))
}

export function isKnownService(service: string): boolean {
  return services.has(service.toLowerCase())
}

/** The service as messages spell it: also found without the prefix of its plugin, if only one has that name. */
export function servicesNamedAlike(service: string): readonly string[] {
  const wanted = service.toLowerCase()
  return [...services.values()].filter((known) => known.toLowerCase().split('_')[1] === wanted)
}

/** Names of the permissions of which any one opens it. */
export function neededPermissions(action: CatalogueAction): readonly string[] {
  return action.permissions.map((index) => PERMISSIONS[index]?.name ?? '')
}
