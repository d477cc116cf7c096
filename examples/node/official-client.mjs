// Node 20 or newer: npm install kaltura-client
import { createHash } from 'node:crypto'
import kaltura from 'kaltura-client'

function env(name) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}

const tokenValue = env('LATCHKEY_TOKEN_VALUE')
const config = new kaltura.Configuration()
config.serviceUrl = env('LATCHKEY_URL')
// Its own logger prints every request, secrets included.
config.setLogger({})
const client = new kaltura.Client(config)
const { session, appToken, media } = kaltura.services

const widget = await session.startWidgetSession(`_${env('LATCHKEY_PARTNER_ID')}`).execute(client)
client.setKs(widget.ks)
const tokenHash = createHash('sha256').update(widget.ks + tokenValue).digest('hex')
const started = await appToken.startSession(env('LATCHKEY_TOKEN_ID'), tokenHash).execute(client)
client.setKs(started.ks)
const filter = new kaltura.objects.MediaEntryFilter()
const pager = new kaltura.objects.FilterPager({ pageSize: 3 })
console.log(JSON.stringify(await media.listAction(filter, pager).execute(client), null, 2))
