import { ActionSet } from '../action-set.ts'
import { ACTIONS, type CatalogueAction, findAction } from '../catalogue/actions.ts'
import { ACTIONS_PRIVILEGE } from '../our-privileges.ts'
import { type PrivilegeHolder, trimItem } from '../privileges.ts'
import { actionOfCode, CODE_LENGTH, codeOf } from './action-code.ts'

/** Up to so many actions are written by their names, which anybody can read; more of them in four characters each. */
const MOST_NAMED = 12

/** The actions that a session is limited to. */
export class ActionScope {
  /** By name, in the order of the names. */
  readonly actions: readonly CatalogueAction[]
  /** Those of them that have a place of their own in the catalogue. */
  readonly set: ActionSet
  readonly #names: ReadonlySet<string>

  constructor(actions: Iterable<CatalogueAction>) {
    const byName = new Map<string, CatalogueAction>()
    for (const action of actions) byName.set(nameOf(action), action)
    this.actions = [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? [])
    this.#names = new Set(byName.keys())
    // An action that is checked as another one is not that other one.
    this.set = ActionSet.of(this.actions.filter((action) => isItself(action)))
  }

  /** To the name: one that is checked as another action is not in the scope because of that. */
  has(action: Pick<CatalogueAction, 'service' | 'action'>): boolean {
    return this.#names.has(nameOf(action))
  }

  names(): readonly string[] {
    return [...this.#names].sort()
  }
}

function nameOf({ service, action }: Pick<CatalogueAction, 'service' | 'action'>): string {
  return `${service}.${action}`
}

function isItself(action: CatalogueAction): boolean {
  const placed = ACTIONS[action.index]
  return placed !== undefined && nameOf(placed) === nameOf(action)
}

/**
 * The values of the privilege that limits a session to these actions. Each is a name, or a run of codes without any sign
 * between them; a name has a dot, which codes have not.
 */
export function actionScopeValues(scope: ActionScope): readonly string[] {
  if (scope.actions.length <= MOST_NAMED) return scope.names()
  return [scope.actions.map(codeOf).join('')]
}

/** A session is the same object at each of its calls. */
const kept = new WeakMap<PrivilegeHolder, ActionScope>()

/**
 * What a session is limited to; undefined where it is not. What cannot be read limits it to nothing, and of two limits both
 * count, so that nothing that is written beside one lifts it.
 */
export function actionScopeOf(session: PrivilegeHolder): ActionScope | undefined {
  // Nearly no session has one, and every call asks.
  if (!session.privileges.includes(ACTIONS_PRIVILEGE)) return undefined
  const known = kept.get(session)
  if (known !== undefined) return known
  const scope = readScope(session.privileges)
  if (scope !== undefined) kept.set(session, scope)
  return scope
}

function readScope(privileges: string): ActionScope | undefined {
  let actions: ReadonlySet<CatalogueAction> | undefined
  for (const item of privileges.split(',').map(trimItem)) {
    if (item !== ACTIONS_PRIVILEGE && !item.startsWith(`${ACTIONS_PRIVILEGE}:`)) continue
    const values = item.slice(ACTIONS_PRIVILEGE.length + 1).split('/')
    const listed = new Set(values.flatMap(readValue))
    actions = actions === undefined ? listed : new Set([...actions].filter((action) => listed.has(action)))
  }
  return actions && new ActionScope(actions)
}

function readValue(value: string): readonly CatalogueAction[] {
  const dot = value.lastIndexOf('.')
  if (dot >= 0) return [findAction(value.slice(0, dot), value.slice(dot + 1)) ?? []].flat()
  if (value.length % CODE_LENGTH !== 0) return []
  const actions: CatalogueAction[] = []
  for (let at = 0; at < value.length; at += CODE_LENGTH) {
    const action = actionOfCode(value.slice(at, at + CODE_LENGTH))
    if (action !== undefined) actions.push(action)
  }
  return actions
}
