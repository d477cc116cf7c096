import { type Access, addWidget, getWidget, listWidgets, type Widget, type WidgetFields } from '@latchkey/authority'
import { apiError, type BoundObject } from '@latchkey/wire'
import type { V3Fidelity } from '../v3/fidelity.ts'
import { refuseReadOnly, WireRefusal } from '../v3/refusals.ts'
import { widgetView } from '../views/widget.ts'
import type { Action } from './call.ts'
import { numbersOf, orderOf, pageOf, textOf, timesOf, valuesOf } from './lists.ts'

const ORDER = { createdAt: 'createdAt' } as const

export const widgetService: Readonly<Record<string, Action>> = {
  async 'widget.add'({ deps, access, values, fidelity }) {
    const widget = values.object('widget')
    refuseReadOnly(widget)
    return view(access, await addWidget(deps, access, fieldsOf(widget, fidelity)))
  },

  async 'widget.get'({ deps, access, values }) {
    return view(access, await getWidget(deps, access, values.textOr('id', '')))
  },

  async 'widget.list'({ deps, access, values }) {
    const filter = values.object('filter')
    // Widgets here come from no other widget and carry no text of the partner's.
    const matchesNone = ['sourceWidgetIdEqual', 'rootWidgetIdEqual', 'partnerDataLike'].some(
      (name) => textOf(filter, name) !== undefined,
    )
    const entryId = textOf(filter, 'entryIdEqual')
    const listed = await listWidgets(
      deps,
      access,
      {
        ids: matchesNone ? [] : valuesOf(filter, 'idEqual', 'idIn'),
        partnerIds: numbersOf(filter, 'partnerIdEqual'),
        entryIds: entryId === undefined ? undefined : [entryId],
        uiConfIds: numbersOf(filter, 'uiConfIdEqual'),
        createdAt: timesOf(filter, 'createdAt'),
        updatedAt: timesOf(filter, 'updatedAt'),
      },
      orderOf(filter?.text('orderBy'), ORDER),
      pageOf(values.object('pager')),
    )
    const objects = listed.items.map((widget) => view(access, widget))
    return { objectType: 'KalturaWidgetListResponse', objects, totalCount: listed.total }
  },
}

function view(access: Access, widget: Widget) {
  return widgetView(widget, access.session?.partnerId === widget.partnerId)
}

function fieldsOf(widget: BoundObject | undefined, { checksPrivacyContext }: V3Fidelity): WidgetFields {
  const privacyContext = widget?.text('privacyContext')
  // It goes into the privileges of sessions, where a comma would begin another privilege.
  if (checksPrivacyContext && privacyContext?.includes(','))
    throw new WireRefusal(apiError('INVALID_FIELD_VALUE', { FIELD_NAME: 'privacyContext' }))
  return {
    entryId: widget?.text('entryId'),
    uiConfId: widget?.number('uiConfId'),
    securityType: widget?.number('securityType'),
    enforceEntitlement: widget?.flag('enforceEntitlement'),
    privacyContext,
    roles: widget?.text('roles'),
    privileges: widget?.text('privileges'),
  }
}
