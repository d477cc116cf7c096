export type * from './actions.ts'
export type {
  KnownAction,
  KnownService,
  ListedBy,
  OpenParams,
  ParamsOf,
  RequestParams,
  ResultOf,
} from './call-types.ts'
export type { Diagnosis } from './diagnosis.ts'
export {
  type AnswerErrorCode,
  LatchkeyAnswerError,
  LatchkeyCallError,
  LatchkeyClientError,
  LatchkeyLoginError,
  LatchkeyNoAnswerError,
  LatchkeyUsageError,
  type NoAnswerCode,
  type Refusal,
  type UsageErrorCode,
} from './errors.ts'
export type { HashType } from './hash.ts'
export { type ListOptions, list, type ObjectList } from './list.ts'
export type { SessionInfo } from './login.ts'
export { type Multirequest, multirequest, type Step, type StepOutcome, type WithRefs } from './multirequest.ts'
export { lendTo, type OfficialClient, type OfficialRequest } from './official-client.ts'
export type { SessionOptions } from './options.ts'
export { type CloseOptions, createSession, type Session } from './session.ts'
export type { Fetch, WaitOptions } from './transport.ts'
export { withSession } from './with-session.ts'
