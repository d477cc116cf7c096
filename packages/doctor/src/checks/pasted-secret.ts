import { type Check, found } from '../check.ts'
import { codeOf } from '../rungs.ts'
import { pasted } from '../view.ts'

/** Logins with the account's secret, where an app token belongs. */
export const pastedSecret: Check = (facts) =>
  pasted(facts).flatMap((exchange) => {
    const isLogin = `${exchange.service}.${exchange.action}`.toLowerCase() === 'session.start'
    if (!isLogin || exchange.params.secret === undefined) return []
    const evidence = 'what was pasted of session.start'
    if (codeOf(exchange) === 'START_SESSION_ERROR') {
      const type = Number(exchange.params.type ?? 0) === 2 ? 'ADMIN' : 'USER'
      const saw = `the secret is not one for a session of ${type} type, or not of this account`
      return [found('partner-secret-wrong', 'error', saw, `${evidence}, which answered START_SESSION_ERROR`)]
    }
    return [found('admin-secret-instead', 'warning', "the job logs in with the account's secret", evidence)]
  })
