import { ladderOf, type Rung } from '@latchkey/core'
import { explainError } from '@latchkey/doctor'
import { ERRORS } from '@latchkey/wire'

export interface RungCodes {
  readonly rung: Rung
  readonly codes: readonly string[]
}

const stages: ReadonlyMap<string, Rung> = new Map(
  Object.keys(ERRORS).flatMap((code) => {
    const stage = explainError(code)?.stage
    return stage === undefined ? [] : [[code, stage] as const]
  }),
)

/**
 * The codes that stop a call on its way to the action, rung by rung. What the action itself refuses is not among them: the
 * registry does not say it.
 */
export function codesOnTheWay(service: string, action: string): readonly RungCodes[] {
  return ladderOf(service, action)
    .filter((rung) => rung !== 'action')
    .map((rung) => ({ rung, codes: [...stages].filter(([, stage]) => stage === rung).map(([code]) => code) }))
    .filter(({ codes }) => codes.length > 0)
}
