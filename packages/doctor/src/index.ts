export { type Answer, noAnswer, type Result, readAnswer, type SessionInfo, type V3Error } from './answer.ts'
export type { Check, DoctorFinding } from './check.ts'
export { CHECKS } from './checks.ts'
export { diagnoseFacts, exitCodeOf } from './diagnose.ts'
export type {
  Exchange,
  Facts,
  LocalFacts,
  Params,
  ParamValue,
  Probe,
  Told,
  V3Call,
  V3Reply,
  V3Request,
} from './facts.ts'
export { type GatherOptions, gather, type Step } from './gather.ts'
export { type ErrorExplanation, explainError, type LikelyCause } from './offline/explain-error.ts'
export { type HashInput, type HashQuestion, type HashReport, hashReport, visible } from './offline/hash-report.ts'
export {
  type InspectedPrivilege,
  type InspectedSession,
  type InspectOptions,
  inspectSession,
} from './offline/inspect-session.ts'
export { type LintPasteOptions, lintPaste, lintRecognised, type PasteLint } from './offline/lint-paste.ts'
export { isMasked } from './offline/read/masked.ts'
export { LARGEST_HAR, LARGEST_PASTE, recognise } from './offline/recognise.ts'
export type {
  PasteShape,
  Recognised,
  SeenError,
  SeenRequest,
  SeenResponse,
  SeenSetting,
  SeenText,
  SeenToken,
} from './offline/seen.ts'
export { type Pasted, readPaste } from './pasted.ts'
export { parseReport } from './report/parse.ts'
export { formatReport, formatReportPage, makeReport, type Report, type TimelineEntry } from './report/report.ts'
export { provenBy, stoppedAt } from './rungs.ts'
export { clockSkew } from './view.ts'
