import type { Secret } from '@latchkey/core'
import type { JsonObject } from './json.ts'
import type { Outcome } from './outcome.ts'

export interface EndpointCall {
  readonly service: string
  readonly action: string
  readonly params?: JsonObject | undefined
}

/** Something that speaks the v3 protocol: a service somewhere, or the store of this machine behind a server in this process. */
export interface Endpoint extends AsyncDisposable {
  /** For a person: its address, or the place of the store. */
  readonly name: string
  /** Absent for the store of this machine. */
  readonly serviceUrl?: string | undefined
  /** One call as it is. Never rejects for what a server says or does not. */
  send(call: EndpointCall): Promise<Outcome>
}

/** An endpoint with the right to call it. */
export interface Connection extends AsyncDisposable {
  readonly endpoint: Endpoint
  /** The account; undefined where only a session string is known. */
  readonly partnerId: number | undefined
  /** The session that calls are made with, started at the first of them. @throws {CommandFailure} */
  session(): Promise<Secret>
  /** One call with the session. @throws {CommandFailure} where there is none to be had, or no answer comes */
  call(call: EndpointCall): Promise<Outcome>
  /** As `call`, for its result. @throws {CommandFailure} also for a refusal, which it tells whole */
  ask(service: string, action: string, params?: JsonObject): Promise<unknown>
}
