import { type NearMiss, type NearMissQuestion, searchNearMiss } from '@latchkey/core'
import { noblePrimitives } from '@latchkey/core/noble'

const SLICE_MS = 8

/**
 * Looks for the mistake behind a wrong hash in slices, so that the page stays alive.
 *
 * @param onAnswer called once, not at all after an abort; soon rather than at once
 */
export function searchSoon(
  question: NearMissQuestion,
  signal: AbortSignal,
  onAnswer: (answer: NearMiss) => void,
): void {
  const search = searchNearMiss(noblePrimitives, question)
  const slice = () => {
    if (signal.aborted) return
    const until = performance.now() + SLICE_MS
    for (let step = search.next(); ; step = search.next()) {
      if (step.done === true) {
        onAnswer(step.value)
        return
      }
      if (performance.now() >= until) break
    }
    setTimeout(slice, 0)
  }
  slice()
}
