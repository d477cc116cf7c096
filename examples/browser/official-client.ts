// For browsers, by way of a bundler: npm install kaltura-typescript-client tslib@1
import { KalturaBrowserHttpClient } from 'kaltura-typescript-client'
import { AppTokenStartSessionAction } from 'kaltura-typescript-client/types/AppTokenStartSessionAction'
import { KalturaFilterPager } from 'kaltura-typescript-client/types/KalturaFilterPager'
import { MediaListAction } from 'kaltura-typescript-client/types/MediaListAction'
import { SessionStartWidgetSessionAction } from 'kaltura-typescript-client/types/SessionStartWidgetSessionAction'

export interface Login {
  serviceUrl: string
  partnerId: string
  tokenId: string
  tokenValue: string
}

/** Three entries. What is refused rejects with a KalturaAPIException: its code and its message say why. */
export async function listEntries({ serviceUrl, partnerId, tokenId, tokenValue }: Login) {
  const client = new KalturaBrowserHttpClient({ endpointUrl: serviceUrl, clientTag: 'example' })

  const widget = await client.request(new SessionStartWidgetSessionAction({ widgetId: `_${partnerId}` }))
  client.ks = widget.ks
  // Pages have this from HTTPS and from the own machine only.
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(widget.ks + tokenValue))
  const tokenHash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const session = await client.request(new AppTokenStartSessionAction({ id: tokenId, tokenHash }))
  client.ks = session.ks
  return client.request(new MediaListAction({ pager: new KalturaFilterPager({ pageSize: 3 }) }))
}
