import type { Store, Widget } from '@latchkey/authority'
import type { Insertable, Selectable } from 'kysely'
import type { WidgetTable } from './database.ts'
import { type Engine, mustTouch, prepared } from './engine.ts'
import { RowCache } from './row-cache.ts'
import { isStorableKey, storableKey } from './storable.ts'
import { orAbsent, orNull, toFlag } from './values.ts'

export type WidgetCache = RowCache<Selectable<WidgetTable>, Widget>

export function widgetCacheOn(engine: Engine): WidgetCache {
  return new RowCache({ version: engine.version, parse, max: 2000 })
}

export function widgetsOn(engine: Engine, cache: WidgetCache): Store['widgets'] {
  const { db } = engine
  const byId = prepared((id: string) => db.selectFrom('widgets').selectAll().where('id', '=', id))
  return {
    find(id) {
      if (!isStorableKey(id)) return Promise.resolve(undefined)
      return cache.find(id, async () => (await engine.read(byId(id)))[0])
    },
    async list(partnerId) {
      if (!isStorableKey(partnerId)) return []
      const query = db.selectFrom('widgets').selectAll().where('partner_id', '=', partnerId).orderBy('id')
      return (await engine.read(query.compile())).map(parse)
    },
    async create(widget) {
      const { done } = await engine.write([
        mustTouch(
          db
            .insertInto('widgets')
            .values(widgetRow(widget))
            .onConflict((on) => on.doNothing()),
        ),
      ])
      cache.drop(widget.id)
      return done
    },
  }
}

export function widgetRow(widget: Widget): Insertable<WidgetTable> {
  return {
    id: storableKey(widget.id),
    partner_id: widget.partnerId,
    entry_id: orNull(widget.entryId),
    ui_conf_id: orNull(widget.uiConfId),
    security_type: orNull(widget.securityType),
    enforce_entitlement: toFlag(widget.enforceEntitlement),
    privacy_context: orNull(widget.privacyContext),
    roles: orNull(widget.roles),
    privileges: orNull(widget.privileges),
    created_at: widget.createdAt,
    updated_at: widget.updatedAt,
  }
}

function parse(row: Selectable<WidgetTable>): Widget {
  return {
    id: row.id,
    partnerId: row.partner_id,
    entryId: orAbsent(row.entry_id),
    uiConfId: orAbsent(row.ui_conf_id),
    securityType: orAbsent(row.security_type),
    enforceEntitlement: row.enforce_entitlement === 1,
    privacyContext: orAbsent(row.privacy_context),
    roles: orAbsent(row.roles),
    privileges: orAbsent(row.privileges),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
