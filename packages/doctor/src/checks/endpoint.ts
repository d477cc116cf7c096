import { type Check, found } from '../check.ts'
import { codeOf } from '../rungs.ts'
import { lastOf } from '../view.ts'

const WHY = {
  'name-unknown': 'the name of the host is not known',
  refused: 'nothing listens there, or the way there is closed',
  timeout: 'no answer came in time',
  certificate: 'its certificate is not trusted here',
  other: 'no answer came',
} as const

/** Whether there is a v3 endpoint at the address at all. */
export const endpoint: Check = (facts) => {
  const ping = lastOf(facts, 'ping')
  if (ping === undefined) return []
  const { answer } = ping
  const evidence = `system.ping at ${facts.told.serviceUrl}`
  if (answer.kind === 'none') {
    return [found('wrong-endpoint', 'error', `${WHY[answer.why]} (${answer.text})`, evidence)]
  }
  if (answer.form !== 'json') {
    const what = answer.form === 'empty' ? 'an empty answer' : `an answer that is ${answer.form}, not JSON`
    return [found('wrong-endpoint', 'error', `${what}, of status ${answer.status}: this is no v3 endpoint`, evidence)]
  }
  const code = codeOf(ping)
  if (code !== 'SERVICE_DOES_NOT_EXISTS') return []
  return [found('wrong-endpoint', 'error', 'the endpoint does not know the service system', evidence)]
}
