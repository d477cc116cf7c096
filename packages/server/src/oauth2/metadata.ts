import { SCOPE_PRESETS } from '@latchkey/core'
import { CLIENT_CREDENTIALS, TOKEN_EXCHANGE } from './token.ts'

export const METADATA_PATH = '/.well-known/oauth-authorization-server'
export const TOKEN_PATH = '/oauth2/token'
export const INTROSPECT_PATH = '/oauth2/introspect'
export const REVOKE_PATH = '/oauth2/revoke'

const AUTH_METHODS = ['client_secret_basic', 'client_secret_post'] as const

/** All that a client has to know (RFC 8414). */
export function metadataOf(issuer: string): object {
  return {
    issuer,
    token_endpoint: `${issuer}${TOKEN_PATH}`,
    token_endpoint_auth_methods_supported: AUTH_METHODS,
    grant_types_supported: [CLIENT_CREDENTIALS, TOKEN_EXCHANGE],
    // Required, and never an empty list (section 3.2); there is no endpoint that a type could be asked of.
    response_types_supported: ['none'],
    // Besides these every action by its name, and privileges as priv:<name>:<value>.
    scopes_supported: SCOPE_PRESETS,
    introspection_endpoint: `${issuer}${INTROSPECT_PATH}`,
    introspection_endpoint_auth_methods_supported: [...AUTH_METHODS, 'Bearer'],
    revocation_endpoint: `${issuer}${REVOKE_PATH}`,
    revocation_endpoint_auth_methods_supported: AUTH_METHODS,
  }
}

const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/

/**
 * What the server calls itself: what a setting says, else the address that the request came to, so that each client finds
 * what it has asked for. Undefined where that is no address.
 */
export function issuerOf(setting: string | undefined, protocol: string, host: string | undefined): string | undefined {
  if (setting !== undefined) return setting
  return host !== undefined && HOST.test(host) ? `${protocol === 'https' ? 'https' : 'http'}://${host}` : undefined
}
