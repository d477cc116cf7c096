import { type Check, found } from '../check.ts'
import { codeOf } from '../rungs.ts'
import { nameOf } from '../view.ts'

/** Calls that are refused for their number. */
export const rate: Check = ({ exchanges }) => {
  const blocked = exchanges.find((exchange) => codeOf(exchange) === 'ACTION_BLOCKED')
  if (blocked === undefined) return []
  const saw = `${nameOf(blocked)} is throttled: the job, or several at once, call it too often`
  return [found('too-many-starts', 'error', saw, `${nameOf(blocked)} answered ACTION_BLOCKED`)]
}
