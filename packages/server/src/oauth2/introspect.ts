import { type Introspected, introspectSession } from '@latchkey/authority'
import { authenticate, denied } from './authenticate.ts'
import { type Answered, missing, type OauthCall } from './call.ts'

/** `POST /oauth2/introspect` (RFC 7662). A session that the asker may not know of is as little active as one that is none. */
export async function introspectEndpoint(call: OauthCall): Promise<Answered> {
  const shown = authenticate(call)
  if ('refusal' in shown) return shown
  const text = call.fields.get('token')
  if (text === undefined) return missing('token', ', the session that is asked about')
  const caller = shown.kind === 'bearer' ? { sessionText: shown.sessionText } : { credentials: shown.credentials }
  const answer = await introspectSession(call.deps, caller, text, call.place)
  if (answer.effect === 'deny') {
    const client = shown.kind === 'bearer' ? undefined : shown
    return denied(answer, call, client, {
      sessionError: 'invalid_token',
      otherSessionError: 'invalid_token',
      sessionText: caller.sessionText,
      sessionName: 'the session in the Authorization header',
    })
  }
  return { body: bodyOf(answer.session, call.issuer), note: answer.note }
}

function bodyOf(session: Introspected, issuer: string): object {
  if (!session.isActive) return { active: false }
  const { partnerId, tokenId, userId, type, expiresAt, scope, privileges } = session
  return {
    active: true,
    scope,
    ...(tokenId !== undefined && { client_id: tokenId }),
    token_type: 'Bearer',
    exp: expiresAt,
    ...(userId !== undefined && { sub: userId, username: userId }),
    ...(issuer !== '' && { iss: issuer }),
    partner_id: partnerId,
    session_type: type,
    privileges,
  }
}
