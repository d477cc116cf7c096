import type { Actions } from './actions.ts'

/** A known name, or any other text: the protocol has many more services than the SDK knows. */
export type Open<Known extends string> = Known | (string & {})

/** Services whose actions have types. */
export type KnownService = keyof Actions
/** Actions of a service that have types. */
export type KnownAction<S extends string> = S extends KnownService ? keyof Actions[S] & string : never

type Known<S extends string, A extends string> = S extends KnownService
  ? A extends keyof Actions[S]
    ? Actions[S][A]
    : undefined
  : undefined

/** What any call may have beside its own parameters. */
export interface RequestParams {
  /** Which fields the answer has: type 1 those named, type 2 all but those. */
  readonly responseProfile?: object | undefined
  readonly language?: string | undefined
  /** Account to act in, where it is not the session's own. */
  readonly partnerId?: number | undefined
}

/** Parameters of an action that has no types. */
export type OpenParams = Readonly<Record<string, unknown>>

/** Parameters of an action; of one that the SDK does not know, anything. */
export type ParamsOf<S extends string, A extends string> =
  Known<S, A> extends { readonly params: infer Params } ? Params & RequestParams : OpenParams

/** What an action answers; of one that the SDK does not know, `unknown`. */
export type ResultOf<S extends string, A extends string> =
  Known<S, A> extends { readonly result: infer Result } ? Result : unknown

/** Fits parameters of which none is required. */
export type Nothing = Readonly<Record<never, never>>

/** Parameters and options of a call; the parameters may be left out where none is required. */
export type CallArguments<S extends string, A extends string, Options> =
  Nothing extends ParamsOf<S, A>
    ? [params?: ParamsOf<S, A>, options?: Options]
    : [params: ParamsOf<S, A>, options?: Options]

/** What the list of a service holds. */
export type ListedBy<S extends string> =
  ResultOf<S, 'list'> extends { readonly objects?: readonly (infer T)[] | undefined }
    ? T
    : Readonly<Record<string, unknown>>
