import { revokeForClient } from '@latchkey/authority'
import { authenticateClient, denied } from './authenticate.ts'
import { type Answered, missing, type OauthCall } from './call.ts'

/** `POST /oauth2/revoke` (RFC 7009): afterwards the session is of no use, whatever it was before. A hint changes nothing. */
export async function revokeEndpoint(call: OauthCall): Promise<Answered> {
  const shown = authenticateClient(call)
  if ('refusal' in shown) return shown
  const text = call.fields.get('token')
  if (text === undefined) return missing('token', ', the session that is to end')
  const revoked = await revokeForClient(call.deps, shown.credentials, text)
  if (revoked.effect === 'deny') {
    return denied(revoked, call, shown, { sessionError: 'invalid_grant', otherSessionError: 'invalid_grant' })
  }
  // Nobody looks into it (section 2.2), but there are clients that choke on an answer that is no JSON.
  return { body: {}, note: revoked.note, isIdle: !revoked.hasEnded }
}
