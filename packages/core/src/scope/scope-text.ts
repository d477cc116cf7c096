import { isPreset, type PresetId, presetActions } from '../access/presets.ts'
import { actionsOf, type CatalogueAction, findAction, SERVICES } from '../catalogue/actions.ts'
import { nearestName, showable } from '../diagnosis-text.ts'
import { isPrivilegeName } from '../privilege-names.ts'
import { formatPrivilege, type Privilege, parsePrivileges } from '../privileges.ts'
import type { ActionScope } from './action-scope.ts'

/** All that whoever asks may do: no limit to single actions. */
export const FULL_SCOPE = 'full'

const PRIVILEGE_PREFIX = 'priv:'
/** Presets that list their actions by themselves. */
const PRESET_SCOPES: readonly PresetId[] = ['get-and-list', 'upload']

/** Names that stand for many actions. */
export const SCOPE_PRESETS: readonly string[] = [...PRESET_SCOPES, FULL_SCOPE]

/** What a client asks a session to be limited to, or to have. */
export interface ScopeRequest {
  /** Those that were named, in their order, and those of the presets behind them. Absent where no limit was asked for. */
  readonly actions?: readonly CatalogueAction[] | undefined
  /** Those among it that list their actions by themselves. */
  readonly presets: readonly PresetId[]
  /** Everything was asked for in a word. */
  readonly isFull: boolean
  readonly privileges: readonly Privilege[]
  /** What is no action, preset or privilege. */
  readonly unknown: readonly UnknownScope[]
}

export interface UnknownScope {
  readonly scope: string
  /** What it could have been meant to be. */
  readonly text: string
}

const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+(?: +[\x21\x23-\x5b\x5d-\x7e]+)*$/

/** Whether a text has the form of a scope (RFC 6749, section 3.3), whatever it names. Several blanks are taken for one. */
export function isScopeText(text: string): boolean {
  return SCOPE.test(text)
}

const SEPARATOR = / +/

/**
 * A scope as OAuth2 writes it: words parted by blanks, of which each is an action (`media.list`), a preset (`get-and-list`), `full`,
 * or a privilege (`priv:list:*`). Case matters in privileges only. Never throws.
 */
export function parseScope(text: string): ScopeRequest {
  const actions = new Set<CatalogueAction>()
  const privileges: Privilege[] = []
  const unknown: UnknownScope[] = []
  const presets: PresetId[] = []
  let isFull = false
  let namesActions = false
  for (const word of new Set(text.split(SEPARATOR))) {
    if (word === '') continue
    if (word.startsWith(PRIVILEGE_PREFIX)) {
      const privilege = readPrivilege(word.slice(PRIVILEGE_PREFIX.length))
      if (privilege === undefined) unknown.push({ scope: showableScope(word), text: noPrivilegeText(word) })
      else privileges.push(privilege)
      continue
    }
    // Asked for in vain it is no reason to give everything either.
    namesActions = true
    const name = word.toLowerCase()
    if (name === FULL_SCOPE) isFull = true
    else if (isPreset(name) && PRESET_SCOPES.includes(name)) {
      presets.push(name)
      for (const action of actionsOfPreset(name)) actions.add(action)
    } else {
      const action = actionNamed(name)
      if (action === undefined)
        unknown.push({ scope: showableScope(word), text: unknownText(word, unknown.length < MOST_HINTS) })
      else actions.add(action)
    }
  }
  return { ...(namesActions && !isFull && { actions: [...actions] }), presets, isFull, privileges, unknown }
}

/** Looking for what is near takes time, and whoever sends hundreds of wrong names is not helped by it. */
const MOST_HINTS = 10

function noPrivilegeText(word: string): string {
  return word.includes(',')
    ? 'a comma stands in it: each privilege is a word of its own, as in priv:list:* priv:edit:*'
    : 'behind priv: stands one privilege, such as priv:list:*'
}

/** One and no more: a comma would bring in a second one. */
function readPrivilege(text: string): Privilege | undefined {
  const [privilege, ...more] = parsePrivileges(text)
  if (privilege === undefined || more.length > 0) return undefined
  // It would be lost on the way into a session string.
  if (privilege.name === '0' && privilege.values.length === 0) return undefined
  return privilege.name === '*' || isPrivilegeName(privilege.name) ? privilege : undefined
}

function actionNamed(name: string): CatalogueAction | undefined {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? undefined : findAction(name.slice(0, dot), name.slice(dot + 1))
}

function unknownText(word: string, isHinted: boolean): string {
  if (word.includes(',')) return 'a comma stands in it: scopes are parted by blanks'
  if (word.toLowerCase().startsWith(PRIVILEGE_PREFIX)) return 'priv: and what is behind it are written in small letters'
  if (word.includes('*')) return `actions are named one by one; ${FULL_SCOPE} is all that the app token gives`
  const near = isHinted ? nearTo(word) : undefined
  const hint = near === undefined ? '' : `; ${near} is close to it`
  return word.includes('.')
    ? `there is no action of that name${hint}`
    : `it is neither an action (media.list), nor one of ${SCOPE_PRESETS.join(', ')}, nor a privilege (priv:list:*)${hint}`
}

/** Among the actions of its service where there is such a service. */
function nearTo(word: string): string | undefined {
  const known = actionsOf(word.split('.')[0] ?? '').map(({ service, action }) => `${service}.${action}`)
  return nearestName(word, known.length > 0 ? known : [...SERVICES, ...SCOPE_PRESETS])
}

/** Words of a scope may hold anything that can be typed; what is told of them goes into answers. */
export function showableScope(word: string): string {
  return showable(word).slice(1, -1)
}

/**
 * What was granted, as a scope that {@link parseScope} reads the same way: a preset by its name where it is just that, else
 * the actions one by one.
 *
 * @param scope undefined for a session that is not limited to single actions
 */
export function formatScope(scope: ActionScope | undefined, privileges: readonly Privilege[] = []): string {
  return [...actionWords(scope), ...privileges.map((each) => `${PRIVILEGE_PREFIX}${formatPrivilege(each)}`)].join(' ')
}

function actionWords(scope: ActionScope | undefined): readonly string[] {
  if (scope === undefined) return [FULL_SCOPE]
  for (const preset of PRESET_SCOPES) {
    const listed = actionsOfPreset(preset)
    // Most are of another size, and are not compared.
    if (listed.length === scope.actions.length && listed.every((action) => scope.has(action))) return [preset]
  }
  return scope.names()
}

const kept = new Map<PresetId, readonly CatalogueAction[]>()

/** Of the whole catalogue, gathered once. */
function actionsOfPreset(preset: PresetId): readonly CatalogueAction[] {
  const known = kept.get(preset) ?? presetActions(preset) ?? []
  kept.set(preset, known)
  return known
}
