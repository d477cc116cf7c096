import { createRequire } from 'node:module'
import type { Answer, Refusal } from './v3.ts'

export interface Request {
  execute(client: object): Promise<Answer>
}
type Service = Readonly<Record<string, (...args: readonly unknown[]) => Request>>

/** As far as these tests use it; the package has no types of its own. */
interface KalturaClient {
  readonly Configuration: new () => { serviceUrl: string; setLogger(logger: object): void }
  readonly Client: new (configuration: object) => { setKs(ks: string): void; setPartnerId(id: number): void }
  readonly MultiRequestBuilder: new () => {
    add(request: Request): { add(request: Request): unknown }
    execute(client: object): Promise<Answer>
  }
  readonly services: Readonly<Record<string, Service>>
  readonly objects: Readonly<Record<string, new (values?: object) => object>>
  readonly enums: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export const kaltura: KalturaClient = createRequire(import.meta.url)('kaltura-client')

export function officialClient(url: string, ks?: string) {
  const configuration = new kaltura.Configuration()
  configuration.serviceUrl = url
  // Its own logger prints every request, secrets included.
  configuration.setLogger({})
  const client = new kaltura.Client(configuration)
  if (ks !== undefined) client.setKs(ks)
  return client
}

/** Calls through the client; a refusal comes back as a value. */
export async function attempt(request: Request, client: object): Promise<Answer | Refusal> {
  try {
    return await request.execute(client)
  } catch (error) {
    return error
  }
}

/** A call of one of its services, not sent yet. */
export function request(serviceName: string, action: string, ...args: readonly unknown[]): Request {
  const make = kaltura.services[serviceName]?.[action]
  if (make === undefined) throw new Error(`the official client has no ${serviceName}.${action}`)
  return make(...args)
}
