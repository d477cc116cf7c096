import { type Check, found } from '../check.ts'
import { codeOf } from '../rungs.ts'
import { lastOf, nameOf } from '../view.ts'

/** An account, or the user of a session, that is shut out altogether. */
export const account: Check = (facts) => {
  const pings = lastOf(facts, 'ping') === undefined ? '' : '; system.ping without an account works'
  return facts.exchanges.flatMap((exchange) => {
    const code = codeOf(exchange)
    const evidence = `${nameOf(exchange)} answered ${code}${pings}`
    if (code === 'USER_BLOCKED') {
      return [found('user-blocked', 'error', 'the user of the session is blocked in the account', evidence)]
    }
    if (code !== 'SERVICE_FORBIDDEN_CONTENT_BLOCKED') return []
    // Told apart by `partner`, since an account that is named and unknown is answered the same.
    if (exchange.probe === 'tool' && exchange.params.partnerId !== undefined) return []
    return [found('partner-blocked', 'error', 'the account is blocked, or there is none of that id', evidence)]
  })
}
