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
export { parseReport } from './report/parse.ts'
export { formatReport, formatReportPage, makeReport, type Report, type TimelineEntry } from './report/report.ts'
export { provenBy, stoppedAt } from './rungs.ts'
export { clockSkew } from './view.ts'
