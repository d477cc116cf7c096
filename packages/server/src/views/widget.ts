import type { Widget } from '@latchkey/authority'

/** @param showsGrants whether to tell what its sessions get: to sessions of its account */
export function widgetView(widget: Widget, showsGrants: boolean) {
  return {
    objectType: 'KalturaWidget',
    id: widget.id,
    partnerId: widget.partnerId,
    entryId: widget.entryId,
    uiConfId: widget.uiConfId,
    securityType: widget.securityType,
    createdAt: widget.createdAt,
    updatedAt: widget.updatedAt,
    enforceEntitlement: widget.enforceEntitlement,
    privacyContext: widget.privacyContext,
    roles: showsGrants ? widget.roles : undefined,
    privileges: showsGrants ? widget.privileges : undefined,
  }
}
