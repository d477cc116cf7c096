import { VERSION } from '../version.ts'
import { partnerView } from '../views/partner.ts'
import type { Action } from './call.ts'

export const systemService: Readonly<Record<string, Action>> = {
  'system.ping': async () => true,
  'system.getTime': async ({ access }) => access.now,
  'system.getVersion': async () => VERSION,
  'partner.getInfo': async ({ access }) => access.partner && partnerView(access.partner),
}
