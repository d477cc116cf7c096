import type { Partner, Store, Widget } from '@latchkey/authority'
import { LatchkeyError, Secret } from '@latchkey/core'
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { PartnerTable } from './database.ts'
import { type Engine, mustTouch, prepared, run } from './engine.ts'
import { formatRules, parseRules } from './partner-rules.ts'
import { RowCache } from './row-cache.ts'
import type { Sealer } from './sealing.ts'
import { isStorableKey } from './storable.ts'
import { changedTo, formatList, parseTextList, toFlag } from './values.ts'
import { type WidgetCache, widgetRow } from './widgets.ts'

type SecretColumn = 'admin_secret' | 'additional_admin_secrets' | 'user_secret'

export function partnersOn(engine: Engine, sealer: Sealer, widgets: WidgetCache): Store['partners'] {
  const { db } = engine
  const byId = prepared((id: number) => db.selectFrom('partners').selectAll().where('id', '=', id))

  const placeOf = (id: number, column: SecretColumn) => ({ table: 'partners', row: String(id), column })
  const seal = (id: number, column: SecretColumn, secret: Secret) => sealer.seal(secret.expose(), placeOf(id, column))
  const sealAdditional = (id: number, secrets: readonly Secret[]) =>
    sealer.seal(formatList(secrets.map((secret) => secret.expose())), placeOf(id, 'additional_admin_secrets'))
  const open = (row: Selectable<PartnerTable>, column: SecretColumn) =>
    sealer.open(row[column], placeOf(row.id, column))

  const parse = (row: Selectable<PartnerTable>): Partner => ({
    id: row.id,
    name: row.name,
    status: row.status,
    adminSecret: new Secret(open(row, 'admin_secret')),
    additionalAdminSecrets: parseTextList(open(row, 'additional_admin_secrets')).map((text) => new Secret(text)),
    userSecret: new Secret(open(row, 'user_secret')),
    sessionVersion: row.session_version,
    maxSessionSeconds: row.max_session_seconds,
    isHttpsOnly: row.is_https_only === 1,
    features: parseTextList(row.features),
    rules: parseRules(row.rules),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  })
  const toRow = (partner: Partner): Insertable<PartnerTable> => ({
    id: partner.id,
    name: partner.name,
    status: partner.status,
    admin_secret: seal(partner.id, 'admin_secret', partner.adminSecret),
    additional_admin_secrets: sealAdditional(partner.id, partner.additionalAdminSecrets),
    user_secret: seal(partner.id, 'user_secret', partner.userSecret),
    session_version: partner.sessionVersion,
    max_session_seconds: partner.maxSessionSeconds,
    is_https_only: toFlag(partner.isHttpsOnly),
    features: formatList(partner.features),
    rules: formatRules(partner.rules),
    created_at: partner.createdAt,
    updated_at: partner.updatedAt,
  })
  const toChange = (
    id: number,
    change: Partial<Omit<Partner, 'id' | 'createdAt'>>,
  ): Updateable<PartnerTable> & { readonly id: number } => ({
    // Named even though it stays, so that an empty change is a statement too.
    id,
    name: change.name,
    status: change.status,
    admin_secret: changedTo(change.adminSecret, (secret) => seal(id, 'admin_secret', secret)),
    additional_admin_secrets: changedTo(change.additionalAdminSecrets, (secrets) => sealAdditional(id, secrets)),
    user_secret: changedTo(change.userSecret, (secret) => seal(id, 'user_secret', secret)),
    session_version: change.sessionVersion,
    max_session_seconds: change.maxSessionSeconds,
    is_https_only: changedTo(change.isHttpsOnly, toFlag),
    features: changedTo(change.features, formatList),
    rules: 'rules' in change ? formatRules(change.rules) : undefined,
    updated_at: change.updatedAt,
  })

  const cache = new RowCache({ version: engine.version, parse, max: 2000 })
  return {
    find(id) {
      if (!isStorableKey(id)) return Promise.resolve(undefined)
      return cache.find(String(id), async () => (await engine.read(byId(id)))[0])
    },
    async list() {
      return (await engine.read(db.selectFrom('partners').selectAll().orderBy('id').compile())).map(parse)
    },
    async create(partner) {
      const outcome = await engine.write([
        mustTouch(
          db
            .insertInto('partners')
            .values(toRow(partner))
            .onConflict((on) => on.doNothing()),
        ),
        run(
          db
            .insertInto('widgets')
            .values(widgetRow(defaultWidget(partner)))
            .onConflict((on) => on.doNothing()),
        ),
      ])
      cache.drop(String(partner.id))
      widgets.drop(defaultWidget(partner).id)
      if (!outcome.done) throw new LatchkeyError('ALREADY_EXISTS', { what: 'partner', id: String(partner.id) })
    },
    async update(id, change) {
      if (!isStorableKey(id)) return false
      const { done } = await engine.write([
        mustTouch(db.updateTable('partners').set(toChange(id, change)).where('id', '=', id)),
      ])
      cache.drop(String(id))
      return done
    },
  }
}

function defaultWidget(partner: Partner): Widget {
  return {
    id: `_${partner.id}`,
    partnerId: partner.id,
    enforceEntitlement: true,
    createdAt: partner.createdAt,
    updatedAt: partner.createdAt,
  }
}
