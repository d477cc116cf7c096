import {
  ActionScope,
  actionsOf,
  type CatalogueAction,
  type Decision,
  type DecisionContext,
  type DroppedPrivilege,
  decide,
  type ExchangeGrant,
  explain,
  explainDropped,
  nameOf,
  type Privilege,
  type PrivilegeHolder,
  parsePrivileges,
  presetActions,
  privilegeReader,
  privilegesReadBack,
  type ScopeRequest,
  SERVICES,
  type Session,
  sessionKind,
  showableScope,
} from '@latchkey/core'
import { decideAccess } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { OpenedSession } from '../opened-sessions.ts'
import type { Partner } from '../ports.ts'
import { type CallPlace, READ_TOKENS } from './login-access.ts'

/** What was asked for and is not given. */
export interface DroppedScope {
  readonly scope: string
  readonly reason: string
  /** A sentence for a person. */
  readonly text: string
}

/** What calls of a session are judged on, but for when, from where and how they come. */
export type Judged = Omit<DecisionContext, 'validity' | 'resource'>

/** What a session would hold that is not written yet. */
export async function judgedOfGrant(
  deps: Deps,
  partner: Partner,
  grant: ExchangeGrant,
  place: CallPlace,
): Promise<Judged> {
  const { sessionVersion: version } = partner
  const { partnerId, expiresAt, type, userId } = grant.fields
  const privileges = privilegesReadBack(grant.fields.privileges, version)
  const session: Session = { version, partnerId, expiresAt, type, userId, privileges, fingerprint: 'oauth2-draft' }
  const keys = { fingerprint: session.fingerprint }
  return judgedOf(deps, { session, partner, keys, kind: sessionKind(session) }, place)
}

/** Whether the session itself still counts is asked elsewhere, as is HTTPS: a later call may come otherwise. */
export async function judgedOf(deps: Deps, opened: OpenedSession, place: CallPlace): Promise<Judged> {
  const { context } = await decideAccess(deps, { action: READ_TOKENS, opened, ...place, countsCall: false })
  const { validity: _, resource: __, ...judged } = context
  return { ...judged, isHttps: true }
}

export function isOpen(action: CatalogueAction, judged: Judged): boolean {
  return decide(action, judged).effect === 'allow'
}

/** How many actions of the whole catalogue are open. */
export function countOpen(judged: Judged): number {
  let count = 0
  for (const service of SERVICES) for (const action of actionsOf(service)) if (isOpen(action, judged)) count += 1
  return count
}

export interface GivenActions {
  /** Undefined where no limit was asked for. */
  readonly scope?: ActionScope | undefined
  readonly dropped: readonly DroppedScope[]
}

/** Of the actions asked for those that are open, and why the others are not. */
export function giveActions(asked: ScopeRequest, judged: Judged): GivenActions {
  const unknown = asked.unknown.map(({ scope, text }): DroppedScope => ({ scope, reason: 'unknown', text }))
  if (asked.actions === undefined) return { dropped: unknown }
  const given: CatalogueAction[] = []
  const refused = new Map<CatalogueAction, DroppedScope>()
  for (const action of asked.actions) {
    const decision = decide(action, judged)
    if (decision.effect === 'allow') given.push(action)
    else refused.set(action, droppedAction(action, decision))
  }
  const dropped: DroppedScope[] = [...unknown]
  for (const preset of asked.presets) {
    const listed = presetActions(preset) ?? []
    const lost = listed.filter((action) => refused.has(action))
    // Told together, unless it is named by itself as well.
    if (lost.length > 0) dropped.push({ scope: preset, reason: 'partly', text: partlyText(lost, listed.length) })
  }
  const ofPresets = new Set(asked.presets.flatMap((preset) => presetActions(preset) ?? []))
  for (const [action, each] of refused) if (!ofPresets.has(action)) dropped.push(each)
  return { scope: new ActionScope(given), dropped }
}

const MOST_SHOWN = 5

function partlyText(lost: readonly CatalogueAction[], all: number): string {
  const more = lost.length > MOST_SHOWN ? ` and ${lost.length - MOST_SHOWN} more` : ''
  return `${lost.length} of its ${all} actions are not open: ${lost.slice(0, MOST_SHOWN).map(nameOf).join(', ')}${more}`
}

function droppedAction(action: CatalogueAction, decision: Extract<Decision, { effect: 'deny' }>): DroppedScope {
  const { reason } = decision
  return { scope: nameOf(action), reason: reason.code, text: explain(reason, action) }
}

/**
 * Privileges as a session has them, once each: of values that its app token fixes all are there, though fewer were asked for,
 * and an address is written in one way.
 */
export function asHeld(asked: readonly Privilege[], holder: PrivilegeHolder): readonly Privilege[] {
  const held = new Map(parsePrivileges(holder.privileges).map((each) => [each.name, each]))
  const names = new Set(asked.map(({ name }) => name))
  return [...names].flatMap((name) => held.get(name) ?? [])
}

/** People paste secrets there too. */
function droppedPrivilege({ privilege, reason }: DroppedPrivilege): DroppedScope {
  const shown = showableScope(privilege)
  return { scope: `priv:${shown}`, reason, text: explainDropped({ privilege: shown, reason }) }
}

/**
 * What became of the privileges asked for, by what is in the session: one that the app token gives by itself is given, though
 * the exchange says that it passed it over.
 */
export function givenPrivileges(
  asked: readonly Privilege[],
  { privileges, dropped }: Pick<ExchangeGrant, 'privileges' | 'dropped'>,
): { readonly given: readonly Privilege[]; readonly dropped: readonly DroppedScope[] } {
  const holds = privilegeReader({ privileges })
  return {
    given: asHeld(asked.filter(holds), { privileges }),
    dropped: dropped.filter(({ privilege }) => !parsePrivileges(privilege).every(holds)).map(droppedPrivilege),
  }
}
