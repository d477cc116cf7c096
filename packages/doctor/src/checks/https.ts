import { type Check, found } from '../check.ts'
import { codeOf, isPlainHttp } from '../rungs.ts'
import { nameOf } from '../view.ts'

/** Accounts that take calls over HTTPS only. */
export const https: Check = ({ exchanges, told }) => {
  const refused = exchanges.find((exchange) => codeOf(exchange) === 'SERVICE_ACCESS_CONTROL_RESTRICTED')
  if (refused === undefined) return []
  const saw = isPlainHttp(told)
    ? 'the address begins with http://'
    : 'the access rules of the account refuse the call, though it came over HTTPS'
  return [found('https-required', 'error', saw, `${nameOf(refused)} answered SERVICE_ACCESS_CONTROL_RESTRICTED`)]
}
