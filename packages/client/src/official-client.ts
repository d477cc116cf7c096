import type { Session } from './session.ts'
import type { WaitOptions } from './transport.ts'

/** As much as is needed of the official client for Node. */
export interface OfficialClient {
  setKs(ks: string): unknown
}

/** A call of one of its services that was not sent yet. */
export interface OfficialRequest<C, T> {
  execute(client: C): Promise<T>
}

/**
 * Lends a session to an official client: what is returned takes the place of `request.execute(client)`.
 *
 *     const execute = lendTo(client, session)
 *     const page = await execute(() => kaltura.services.media.listAction())
 *
 * @returns executes a request, made by the function that it is given: a request of that client serves once, and an expired
 *   session takes a second one. What the client throws is thrown.
 */
export function lendTo<C extends OfficialClient>(
  client: C,
  session: Session,
): <T>(makeRequest: () => OfficialRequest<C, T>, options?: Pick<WaitOptions, 'signal'>) => Promise<T> {
  return (makeRequest, options) =>
    session.run((ks) => {
      // The client copies it into the request before it returns, so that calls side by side do no harm.
      client.setKs(ks)
      return makeRequest().execute(client)
    }, options)
}
