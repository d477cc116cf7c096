import type { CauseId } from '@latchkey/core'
import type { DoctorFinding, ErrorExplanation, Told } from '@latchkey/doctor'

/** Commands that find out more or mend it, for whoever stands before a refusal. */

const TOKEN_ID = /\b\d_[0-9a-z]{8}\b/
const HASH_COMMAND = 'latchkey hash --session-file ks.txt --value-file token.txt --received <the hash that was sent>'

/** What is known of the call besides its cause. */
interface About {
  readonly actions: readonly string[]
  readonly tokenId?: string | undefined
}

/** @returns undefined where the remedy in words is all there is */
function nextForCause(cause: CauseId, { actions, tokenId }: About): string | undefined {
  switch (cause) {
    case 'user-session-lacks-permission':
    case 'role-too-small':
    case 'list-privilege-misread':
    case 'permission-dependency-missing':
      return actions.length === 0 ? undefined : `latchkey suggest ${actions.join(' ')}`
    case 'list-shows-own-entries-only':
      return 'latchkey token create --preset get-and-list'
    case 'token-disabled':
      return `latchkey token resume ${tokenId ?? '<id>'}`
    case 'token-expired':
    case 'token-deleted':
    case 'token-id-mangled':
    case 'token-of-other-partner':
      return 'latchkey token list'
    case 'hash-unexplained':
      return HASH_COMMAND
    default:
      return undefined
  }
}

/** After an error that was pasted: where several causes are left, what tells them apart. */
export function nextAfterError({ code, message, action, isTold, causes }: ErrorExplanation): readonly string[] {
  const [first] = causes
  if (first === undefined) return []
  const known = nextForCause(first.id, {
    actions: action === undefined ? [] : [action],
    tokenId: TOKEN_ID.exec(message)?.[0],
  })
  if (isTold || causes.length === 1) return known === undefined ? [] : [known]
  if (code === 'INVALID_APP_TOKEN_HASH') return [HASH_COMMAND]
  return [`latchkey doctor${action === undefined || /^appToken\./i.test(action) ? '' : ` --want ${action}`}`]
}

/** The flags of the doctor that say whom to ask, as they were given. */
interface Asked {
  readonly serviceUrl?: string
  readonly partnerId?: number
  readonly tokenId?: string
  readonly local?: boolean
}

/** After a walk of the doctor. */
export function nextAfterDoctor(
  { serviceUrl, partnerId, tokenId, local }: Asked,
  told: Told,
  findings: readonly DoctorFinding[],
): readonly string[] {
  const commands = findings.flatMap(
    ({ cause }) => nextForCause(cause, { actions: told.wanted, tokenId: told.tokenId }) ?? [],
  )
  if (findings.length > 0) return [...new Set(commands)].slice(0, 2)
  if (local === true || told.tokenId === undefined || told.tokenValue === undefined || told.wanted.length > 0) return []
  const flags = [
    serviceUrl === undefined ? [] : ['--service-url', serviceUrl],
    partnerId === undefined ? [] : ['--partner-id', partnerId],
    tokenId === undefined ? [] : ['--token-id', tokenId],
  ]
  return [['latchkey doctor', ...flags.flat(), '--want media.list'].join(' ')]
}
