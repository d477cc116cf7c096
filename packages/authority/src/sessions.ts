import {
  type EpochSeconds,
  LatchkeyError,
  type Primitives,
  parsePrivileges,
  readRolePrivilege,
  revocationKeys,
  roundExpiry,
  type Secret,
  type Session,
  type SessionFields,
  type SigningKey,
  sealSession,
} from '@latchkey/core'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { fidelityOf } from './fidelity.ts'
import type { Partner, Revocation, Widget } from './ports.ts'
import { firstEnd } from './revocation.ts'
import { findRole, findRoleByName } from './roles.ts'
import { signingKeys } from './signing-keys.ts'

export interface SecretLogin {
  readonly partnerId: number
  readonly secret: string
  readonly userId: string
  /** 0 USER, 2 ADMIN. */
  readonly type: number
  /** Cut to the partner's longest. */
  readonly expirySeconds: number
  readonly privileges: string
}

const ADMIN = 2
const DEFAULT_MAX_SECONDS = 86_400

/**
 * A session for whoever knows one of the account's secrets. Roles are looked at before the secret, as in the original.
 *
 * @throws {LatchkeyError} `SESSION_ROLE_UNKNOWN`, `PARTNER_SECRET_WRONG` (also for an unknown or blocked partner),
 *   `PRIVILEGE_NAME_INVALID`, `SESSION_FIELD_INVALID`
 */
export async function startSession(deps: Deps, login: SecretLogin): Promise<string> {
  await requireRoles(deps, login.partnerId, login.privileges)
  const { partner, key } = await openWithSecret(deps, login)
  return seal(deps, partner, key, login, undefined)
}

/**
 * As {@link startSession}, but for another account that the one with the secret may act for. Only itself is, here.
 *
 * @throws {LatchkeyError} as {@link startSession}
 */
export async function impersonate(deps: Deps, login: SecretLogin, impersonatedPartnerId: number): Promise<string> {
  const { partner } = await openWithSecret(deps, login)
  if (impersonatedPartnerId !== partner.id) throw new LatchkeyError('PARTNER_SECRET_WRONG', { id: login.partnerId })
  await requireRoles(deps, partner.id, login.privileges)
  const [key] = signingKeys(deps.primitives, partner)
  return seal(deps, partner, key, login, String(partner.id))
}

/**
 * An ADMIN session without privileges for whoever runs the server: they hold the key to all secrets as it is. Only for a
 * door that knows them, such as a link that the start of the server tells on its terminal.
 *
 * @throws {LatchkeyError} `PARTNER_NOT_FOUND`, also for a partner that is blocked
 */
export async function startOwnerSession(
  deps: Deps,
  partnerId: number,
  expirySeconds: number,
): Promise<{ readonly sessionText: string; readonly expiresAt: EpochSeconds }> {
  const partner = await deps.store.partners.find(partnerId)
  if (partner === undefined || !mayCall(partner)) throw new LatchkeyError('PARTNER_NOT_FOUND', { id: partnerId })
  const [key] = signingKeys(deps.primitives, partner)
  const expiresAt = deps.clock() + clip(expirySeconds, partner)
  const fields: SessionFields = { partnerId, expiresAt, type: ADMIN, userId: '', privileges: '' }
  return { sessionText: sealed(deps, fields, key, partner), expiresAt }
}

/**
 * An unprivileged session, for anybody who names a widget.
 *
 * @throws {LatchkeyError} `WIDGET_NOT_FOUND`
 */
export async function startWidgetSession(
  deps: Deps,
  widgetId: string,
  expirySeconds: number,
): Promise<{ readonly partnerId: number; readonly sessionText: string }> {
  const widget = await deps.store.widgets.find(widgetId)
  const partner = widget && (await deps.store.partners.find(widget.partnerId))
  if (widget === undefined || partner === undefined) throw new LatchkeyError('WIDGET_NOT_FOUND', { id: widgetId })
  const [key] = signingKeys(deps.primitives, partner)
  const fields: SessionFields = {
    partnerId: partner.id,
    expiresAt: deps.clock() + clip(expirySeconds, partner),
    type: 0,
    userId: '0',
    privileges: widgetPrivileges(widget, partner),
  }
  return { partnerId: partner.id, sessionText: sealed(deps, fields, key, partner) }
}

/** Ends the calling session and no other, whoever made it, but for `vendor` fidelity. Without one, does nothing. */
export async function endSession(deps: Deps, access: Access): Promise<void> {
  const { session, now } = access
  if (session === undefined) return
  const own: Revocation = {
    key: session.fingerprint,
    kind: 'session',
    validUntil: session.expiresAt,
    createdAt: now,
  }
  await deps.store.revocations.add([own, ...(await endOfGroup(deps, session, now))])
}

/** Under `vendor` also of all that have the same first session id: for an app token's session, of its whole token. */
async function endOfGroup(deps: Deps, session: Session, now: number): Promise<readonly Revocation[]> {
  const { endsGroupForSeconds } = fidelityOf(deps)
  if (endsGroupForSeconds === undefined) return []
  const { group } = revocationKeys(deps.primitives, session)
  if (group === undefined) return []
  return [await firstEnd(deps, { key: group, kind: 'group', validUntil: now + endsGroupForSeconds, createdAt: now })]
}

/**
 * What a session string says; it may be expired or revoked. Without one, the calling session.
 *
 * @throws {LatchkeyError} `SESSION_MALFORMED`, `SESSION_PARTNER_UNKNOWN`, `SESSION_SIGNATURE_MISMATCH`,
 *   `SESSION_OF_OTHER_PARTNER`
 */
export async function inspectSession(deps: Deps, access: Access, text: string): Promise<Session | undefined> {
  if (text === '') return access.session
  const { session } = await deps.sessions.open(deps.store, deps.primitives, text)
  if (session.partnerId !== access.partnerId) {
    throw new LatchkeyError('SESSION_OF_OTHER_PARTNER', { own: access.partnerId, other: session.partnerId })
  }
  return session
}

function seal(
  deps: Deps,
  partner: Partner,
  key: SigningKey,
  login: SecretLogin,
  masterPartnerId: string | undefined,
): string {
  const fields: SessionFields = {
    partnerId: partner.id,
    expiresAt: roundExpiry(deps.clock() + clip(login.expirySeconds, partner), login.privileges),
    type: login.type,
    userId: login.userId,
    privileges: login.privileges,
    masterPartnerId,
  }
  return sealed(deps, fields, key, partner)
}

function sealed(deps: Deps, fields: SessionFields, key: SigningKey, partner: Partner): string {
  return sealSession(deps.primitives, fields, key, partner.sessionVersion, deps.fidelity).text
}

/** The key is the one made of the secret that was shown, so that rotating one secret leaves the others' sessions alone. */
async function openWithSecret(deps: Deps, login: SecretLogin): Promise<{ partner: Partner; key: SigningKey }> {
  const partner = await deps.store.partners.find(login.partnerId)
  if (partner !== undefined && mayCall(partner)) {
    const [primary, ...additional] = signingKeys(deps.primitives, partner)
    const admin = [partner.adminSecret, ...partner.additionalAdminSecrets]
    const shown = admin.findIndex((secret) => isSame(deps.primitives, secret, login.secret))
    if (shown >= 0) return { partner, key: login.type === ADMIN ? (additional[shown - 1] ?? primary) : primary }
    if (login.type !== ADMIN && isSame(deps.primitives, partner.userSecret, login.secret))
      return { partner, key: primary }
  }
  throw new LatchkeyError('PARTNER_SECRET_WRONG', { id: login.partnerId })
}

function mayCall({ status }: Partner): boolean {
  return status === 1 || status === 4
}

/** By digest, so that neither length nor prefix shows in the time taken. */
function isSame(primitives: Primitives, secret: Secret, shown: string): boolean {
  const digestOf = (text: string) => primitives.digest('sha256', primitives.encodeUtf8(text))
  return primitives.equalBytes(digestOf(secret.expose()), digestOf(shown))
}

async function requireRoles(deps: Deps, partnerId: number, privileges: string): Promise<void> {
  for (const { name, values } of parsePrivileges(privileges)) {
    if (name !== 'setrole') continue
    const role = readRolePrivilege({ privileges: `setrole:${values.join('/')}` })
    const isKnown =
      role.kind === 'none' ||
      role.kind === 'null' ||
      (role.kind === 'id' && (await findRole(deps.store, partnerId, role.id)) !== undefined) ||
      (role.kind === 'name' && (await findRoleByName(deps.store, partnerId, role.name)) !== undefined)
    if (!isKnown) throw new LatchkeyError('SESSION_ROLE_UNKNOWN', { role: values.join('/') })
  }
}

function clip(expirySeconds: number, partner: Partner): number {
  return Math.min(expirySeconds, partner.maxSessionSeconds || DEFAULT_MAX_SECONDS)
}

function widgetPrivileges(widget: Widget, partner: Partner): string {
  const privileges = widget.privileges ? [widget.privileges, 'widget:1'] : ['view:*', 'widget:1']
  if (partner.features.includes('FEATURE_ENTITLEMENT')) {
    if (widget.entryId && !widget.enforceEntitlement) privileges.push(`disableentitlementforentry:${widget.entryId}`)
    if (widget.privacyContext) privileges.push(`privacycontext:${widget.privacyContext}`)
  }
  for (const role of widget.roles?.split(',') ?? []) if (role !== '') privileges.push(`setrole:${role}`)
  if (widget.entryId) privileges.push(`limitentry:${widget.entryId}`)
  return privileges.join(',')
}
