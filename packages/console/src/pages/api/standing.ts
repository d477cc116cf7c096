import {
  type CatalogueAction,
  FEATURE_NAMES,
  neededPermissions,
  resolveHeld,
  type SessionKind,
  sensitivityOf,
} from '@latchkey/core'

/** How an action stands to a kind of session: `own` is open for what the session's user owns. */
export type Standing = 'open' | 'own' | 'closed'

export interface WhoMayCall {
  readonly kinds: readonly { readonly kind: SessionKind; readonly title: string; readonly standing: Standing }[]
  /** Names of permissions of which any one opens it. */
  readonly needed: readonly string[]
  /** One sentence on why it is never open, or open to all; undefined where permissions decide. */
  readonly rule?: string | undefined
  /** On ownership, plugin and what it shows or changes. */
  readonly notes: readonly string[]
}

const KINDS = [
  ['none', 'no session'],
  ['widget', 'widget session'],
  ['user', 'USER session'],
  ['admin', 'ADMIN session'],
] as const satisfies readonly (readonly [SessionKind, string])[]

/** What each kind holds where no role changes it, in an account that has every feature: the plugin is told apart. */
const features = [...FEATURE_NAMES]

/** Who may call an action by default; a role, or a rule of the account, may say otherwise. */
export function whoMayCall(action: CatalogueAction): WhoMayCall {
  return {
    kinds: KINDS.map(([kind, title]) => ({ kind, title, standing: standingOf(action, kind) })),
    needed: neededPermissions(action),
    rule: ruleOf(action),
    notes: notesOf(action),
  }
}

function standingOf(action: CatalogueAction, kind: SessionKind): Standing {
  const isOpen =
    resolveHeld({ kind, features }).opens(action) || (kind === 'none' ? action.isPublic : action.opensTo === 'session')
  if (!isOpen) return 'closed'
  if (action.ownership === undefined || kind === 'admin') return 'open'
  // Nobody owns nothing.
  return kind === 'none' ? 'closed' : 'own'
}

function ruleOf(action: CatalogueAction): string | undefined {
  if (action.kind === 'internal') return 'The service keeps it for itself: no ordinary account may call it.'
  if (action.kind === 'rowless' && action.index < 0) return 'It is closed to everybody: no permission opens it.'
  if (!action.isFound) return 'Permissions exist for it, but the service does not have it.'
  if (action.opensTo === 'session') return 'Any session will do; no permission is needed.'
  if (action.isPublic) return 'No session is needed for data that is public.'
  return undefined
}

function notesOf(action: CatalogueAction): readonly string[] {
  const { ownership, plugin } = action
  const notes: string[] = []
  if (ownership !== undefined) {
    const whose = ownership.isOwnerOnly ? 'owner' : 'owner or a co-editor'
    const what = ownership.object === 'entry' ? 'the entry' : `the entry of the ${ownership.object}`
    notes.push(
      `Below ADMIN the session’s user must be the ${whose} of ${what} (${ownership.idParameter}), or the session holds the privilege ${ownership.privilege}:<id> or ${ownership.privilege}:*.`,
    )
  }
  if (plugin !== undefined) notes.push(`The account needs the plugin ${plugin.name} (${plugin.feature}).`)
  const sensitivity = sensitivityOf(action)
  if (sensitivity === 'shows-secrets') notes.push('Its answer may hold secrets: give it away with care.')
  if (sensitivity === 'changes-tokens') notes.push('It changes app tokens: whoever may call it can give itself more.')
  if (sensitivity === 'changes-roles')
    notes.push('It changes who may do what: whoever may call it can give itself more.')
  return notes
}
