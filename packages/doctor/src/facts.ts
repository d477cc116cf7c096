import type { EpochSeconds, HashType, Secret, TokenRecord } from '@latchkey/core'
import type { Answer } from './answer.ts'

/** One v3 call. A `Secret` among the parameters is a credential. */
export interface V3Request {
  readonly service: string
  readonly action: string
  readonly params: Params
}

export interface Params {
  readonly [name: string]: ParamValue | undefined
}
export type ParamValue = string | number | boolean | Secret | Params

/** What a server answered, before anybody has looked into it. */
export interface V3Reply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Makes one call, with a JSON body and `format=1`. Rejects where there was no answer; the error's `code` is Node's. */
export type V3Call = (request: V3Request) => Promise<V3Reply>

/** What a call of the doctor's own was to find out. */
export type Probe =
  | 'ping'
  | 'widget'
  | 'widget-as-told'
  | 'login'
  | 'login-again'
  | 'permissions'
  | 'role'
  | 'want'
  | 'sent-session'

/** One call and what came of it. */
export interface Exchange {
  /** Of the doctor's own; `tool` is one that was handed in. */
  readonly probe: Probe | 'tool'
  readonly service: string
  readonly action: string
  readonly params: Params
  /** Of the request, where a tool made it; the doctor's own are what they should be. */
  readonly contentType?: string | undefined
  readonly sentAt: EpochSeconds
  readonly tookMs: number
  readonly answer: Answer
}

/** What the person says, none of which is proven. */
export interface Told {
  /** Without credentials and query. */
  readonly serviceUrl: string
  readonly partnerId?: number | undefined
  /** As the tool sends it; `_` and the partner's id where nothing is told. */
  readonly widgetId?: string | undefined
  readonly tokenId?: string | undefined
  readonly tokenValue?: Secret | undefined
  /** That the tool hashes with. */
  readonly hashType?: HashType | undefined
  /** Arguments that the tool gives to startSession. */
  readonly userId?: string | undefined
  readonly type?: number | undefined
  readonly expiry?: number | undefined
  readonly privileges?: string | undefined
  /** `service.action`, of the job itself. */
  readonly wanted: readonly string[]
  /** What the tool sent as tokenHash. */
  readonly receivedHash?: Secret | undefined
  /** What the tool sent as ks: with `receivedHash` in the login, without it in calls after it. Empty is none. */
  readonly sentSession?: Secret | undefined
  /** Session strings that were at hand besides. */
  readonly otherSessions?: readonly Secret[] | undefined
  /** The app token as somebody wrote it down. */
  readonly record?: TokenRecord | undefined
  /** Permissions that the token's role is meant to hold. */
  readonly rolePermissions?: readonly string[] | undefined
  /** The tool went on as if an answer were data. */
  readonly tookErrorForData?: boolean | undefined
}

/** What was looked at on the server's own machine. */
export interface LocalFacts {
  readonly store: {
    readonly kind: string
    readonly error?: string | undefined
    /** Absent where there is none yet. */
    readonly schema?: number | undefined
    readonly knownSchema: number
  }
  readonly masterKey: {
    readonly path: string
    readonly isThere: boolean
    /** Lowest nine bits. */
    readonly mode?: number | undefined
    /** Absent where there is nothing yet that it would have to open. */
    readonly fits?: boolean | undefined
  }
  readonly disk: { readonly path: string; readonly freeBytes?: number | undefined }
}

/** All that a check may look at. Plain data: secrets are wrapped, and a session string is one. */
export interface Facts {
  readonly startedAt: EpochSeconds
  readonly told: Told
  readonly exchanges: readonly Exchange[]
  readonly local?: LocalFacts | undefined
}
