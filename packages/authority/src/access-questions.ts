import {
  type ActionSet,
  actionsOf,
  type CatalogueAction,
  type Cell,
  type Change,
  type Comparison,
  cellOf,
  compareReach,
  type Explained,
  explainAction,
  findAction,
  type Impossible,
  LatchkeyError,
  type Lint,
  lint,
  nameOf,
  PRESETS,
  type PresetId,
  planToken,
  presetActions,
  type Reach,
  reach,
  SERVICES,
  SHARED_PERMISSIONS,
  type Suggestion,
  suggest,
  type TokenRecord,
} from '@latchkey/core'
import type { Access } from './access.ts'
import { getAppToken } from './app-tokens.ts'
import {
  type Asked,
  askAbout,
  type Circumstances,
  mayAskAboutOthers,
  ownTokenId,
  requireAboutOthers,
} from './asked-access.ts'
import type { Deps } from './deps.ts'
import { accountOf, recordOf, tokenFactsOf } from './token-facts.ts'

/** What would become of calls, why, and what would let those through that are refused. */
export async function explainAccess(
  deps: Deps,
  access: Access,
  asked: Asked,
  actions: readonly CatalogueAction[],
  circumstances: Circumstances = {},
): Promise<readonly Explained[]> {
  const { context, subject } = await askAbout(deps, access, asked, circumstances)
  return actions.map((action) => explainAction(action, { context, subject }))
}

export interface Matrix {
  /** Every action name in the rows, by name. */
  readonly columns: readonly string[]
  readonly rows: readonly { readonly service: string; readonly cells: Readonly<Record<string, Cell>> }[]
}

/** @param services in any case; absent is all @throws {LatchkeyError} `SERVICE_UNKNOWN` */
export async function accessMatrix(
  deps: Deps,
  access: Access,
  asked: Asked,
  services: readonly string[] | undefined,
): Promise<Matrix> {
  const named = services && [...new Set(services.map((service) => service.toLowerCase()))]
  const unknown = named?.find((service) => actionsOf(service).length === 0)
  if (unknown !== undefined) throw new LatchkeyError('SERVICE_UNKNOWN', { service: unknown.slice(0, 100) })
  const { context } = await askAbout(deps, access, asked)
  const rows = (named ?? SERVICES).map((name) => {
    const actions = actionsOf(name)
    const cells = actions.map((action) => [action.action, cellOf(action, { context })] as const)
    return { service: actions[0]?.service ?? name, cells: Object.fromEntries(cells) }
  })
  return { columns: [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))].sort(), rows }
}

export interface Wanted {
  /** `service.action`, in any case. */
  readonly names: readonly string[]
  readonly preset?: PresetId | undefined
  /** Of a preset that asks for services. */
  readonly services?: readonly string[] | undefined
  readonly allowSensitive?: boolean | undefined
}

export interface Suggested extends Suggestion {
  /** The calls that make a token which may do just that. */
  readonly change: readonly Change[]
}

/** The least that opens some actions, and the calls that make an app token of it. @throws {LatchkeyError} `SERVICE_UNKNOWN` */
export async function suggestAccess(deps: Deps, access: Access, wanted: Wanted): Promise<Suggested> {
  // What the account has made for itself is not for everybody to know.
  const isTold = mayAskAboutOthers(access)
  const own = await accountOf(deps, access)
  const account = isTold ? own : { ...own, index: SHARED_PERMISSIONS }
  const unknownService = wanted.services?.find((service) => actionsOf(service).length === 0)
  if (unknownService !== undefined) {
    throw new LatchkeyError('SERVICE_UNKNOWN', { service: unknownService.slice(0, 100) })
  }
  const listed = wanted.names.map((name) => ({ name, action: actionNamed(name) }))
  const named = listed.flatMap(({ action }) => action ?? [])
  const { preset } = wanted
  const actions = preset === undefined ? named : presetActions(preset, { services: wanted.services, actions: named })
  const suggestion = suggest(actions ?? [], { ...account, allowSensitive: wanted.allowSensitive })
  const unknown = listed.flatMap(({ name, action }): readonly Impossible[] =>
    action === undefined
      ? [{ action: name.slice(0, 100), reason: 'unknown', text: 'there is no action of that name' }]
      : [],
  )
  const opened = suggestion.exact.actions.flatMap((name) => actionNamed(name) ?? [])
  const name = preset === undefined ? titleOf(opened) : titleOfPreset(preset, wanted.services)
  const [roles, permissions] = [
    isTold ? await deps.store.roles.list(account.partnerId) : [],
    isTold ? await deps.store.permissions.list(account.partnerId) : [],
  ]
  const plan = {
    index: account.index,
    actions: actions === undefined ? undefined : opened,
    name,
    takenRoleNames: roles.map((role) => role.name),
    takenPermissionNames: permissions.map((permission) => permission.name),
  }
  return { ...suggestion, impossible: [...unknown, ...suggestion.impossible], change: planToken(plan) }
}

function titleOfPreset(preset: PresetId, services: readonly string[] | undefined): string {
  const { title } = PRESETS[preset]
  // The others do not ask for services: named after some, a token that does everything would look like less.
  const isAll = preset !== 'get-and-list' || services === undefined || services.length === 0
  return isAll ? title : `${title}: ${services.join(', ')}`.slice(0, 80)
}

function titleOf(actions: readonly CatalogueAction[]): string {
  const names = actions.map(nameOf)
  const rest = names.length > 2 ? ` and ${names.length - 2} more` : ''
  return `${names.slice(0, 2).join(', ') || 'Nothing'}${rest}`
}

/** All that whoever holds a token can do. @throws {LatchkeyError} `APP_TOKEN_NOT_FOUND`, `NOT_ABOUT_ITSELF` */
export async function reachOfToken(deps: Deps, access: Access, tokenId: string): Promise<Reach> {
  const { facts, subject } = await askAbout(deps, access, { tokenId })
  if (facts === undefined) throw new LatchkeyError('APP_TOKEN_NOT_FOUND', { id: tokenId })
  return reach(facts, subject.role, deps.clock())
}

/** What one can do that the other cannot. @throws as {@link askAbout} */
export async function compareAccess(deps: Deps, access: Access, a: string, b: string): Promise<Comparison> {
  const [first, second] = [await openedBy(deps, access, a), await openedBy(deps, access, b)]
  return compareReach(first, second)
}

async function openedBy(deps: Deps, access: Access, text: string): Promise<ActionSet> {
  return (await askAbout(deps, access, askedFor(text))).opened
}

/** A role by its number, a token by its id, anything else is a session string. */
function askedFor(text: string): Asked {
  if (/^\d{1,15}$/.test(text)) return { roleId: Number(text) }
  return /^\d+_[0-9a-z]{8}$/.test(text) ? { tokenId: text } : { sessionText: text }
}

/**
 * What a token will do that is stored, or one that is being thought of.
 *
 * @param about `isNew`: the session has made or changed it just now, so that it may be told all of it
 */
export async function lintToken(
  deps: Deps,
  access: Access,
  about: { readonly tokenId: string } | { readonly record: TokenRecord; readonly isNew?: boolean },
  wanted: readonly CatalogueAction[],
): Promise<Lint> {
  const record = 'record' in about ? about.record : recordOf(await tokenAsked(deps, access, about.tokenId))
  const account = await accountOf(deps, access)
  const { now } = access
  // What roles and users of the account hold is not told by way of a draft that names them.
  if ('record' in about && !mayAskAboutOthers(access) && about.isNew !== true) {
    const { features, index, sessionVersion, rules, partnerStatus } = account
    const known = { features, index, sessionVersion, rules, partnerStatus }
    return lint({ token: record, ...known, userRoles: [], now, wanted, knowsRoles: false })
  }
  return lint({ ...(await tokenFactsOf(deps, account, record)), now, wanted })
}

async function tokenAsked(deps: Deps, access: Access, id: string) {
  if (id !== ownTokenId(access)) requireAboutOthers(access)
  return getAppToken(deps, access, id)
}

/** `service.action` in any case. */
export function actionNamed(name: string): CatalogueAction | undefined {
  const at = name.lastIndexOf('.')
  return at < 0 ? undefined : findAction(name.slice(0, at).trim(), name.slice(at + 1).trim())
}
