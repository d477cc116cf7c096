import { found, isLogin, type PasteCheck } from '../paste-facts.ts'
import { textAt } from '../read/fields.ts'

const MANY_LOGINS = 5

/** What only several calls together show. */
export const JOB_CHECKS: readonly PasteCheck[] = [
  (facts) => {
    const logins = facts.requests.filter(isLogin)
    const calls = facts.requests.filter(({ service }) => !/^(?:session|apptoken)$/i.test(service ?? '')).length
    if (logins.length < MANY_LOGINS || logins.length * 2 < calls) return []
    const saw = `${logins.length} logins for ${calls} other call${calls === 1 ? '' : 's'}`
    return [found(facts, logins[0]?.where ?? '', 'too-many-starts', 'warning', saw)]
  },

  (facts) => {
    const changes = facts.requests.flatMap((request, at) => {
      const isUpdate = `${request.service}.${request.action}`.toLowerCase() === 'apptoken.update'
      const token = request.params.get('appToken')
      const hashType = token instanceof Map ? textAt(token, 'hashType') : undefined
      return isUpdate && hashType !== undefined ? [{ at, id: textAt(request.params, 'id'), hashType }] : []
    })
    return facts.requests.flatMap((request, at) => {
      const hash = textAt(request.params, 'tokenHash')
      const change = changes.find((one) => one.at < at && one.id === textAt(request.params, 'id'))
      const length = LENGTHS[change?.hashType.toUpperCase() ?? '']
      if (!isLogin(request) || hash === undefined || length === undefined || hash.length === length) return []
      if (!/^[0-9a-f]{32,128}$/i.test(hash)) return []
      const saw = `the hashType was changed to ${change?.hashType}, and the hash after it has ${hash.length} digits instead of ${length}`
      return [found(facts, request.where, 'hash-type-unchanged', 'error', saw)]
    })
  },
]

const LENGTHS: Readonly<Record<string, number>> = { MD5: 32, SHA1: 40, SHA256: 64, SHA512: 128 }
