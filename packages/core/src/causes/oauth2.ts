import type { CauseText } from './cause.ts'

const INVALID_CLIENT = '`invalid_client` from /oauth2/token'

/** What goes wrong at the OAuth2 endpoints, and with a session in a header. */
export const OAUTH2_CAUSES = {
  'client-credentials-wrong': {
    class: 'token',
    title: 'client_id and client_secret are not the id and the value of an app token',
    symptom: INVALID_CLIENT,
    check:
      'The answer is the same for an id that there is not and for a wrong value. An id looks like 0_k3v9qz1m, a value is 32 of 0-9 and a-f.',
    remedy: [
      'Send the id of the app token as client_id, and its value (not a hash of it) as client_secret.',
      'Compare both with what appToken.add answered, character by character.',
      'If the value is lost, rotate the app token (latchkey_token.rotate) and use the new one.',
    ],
  },
  'client-secret-decorated': {
    class: 'token',
    title: 'The right value was sent with something around it',
    symptom: INVALID_CLIENT,
    check: 'The length of what is sent is not 32: a line end, a blank or a quotation mark came along.',
    remedy: [
      'Paste the value without blanks, line ends and quotes; write it into files with printf %s, not echo.',
      'Where it comes from a file or a template, trim it.',
    ],
  },
  'client-secret-not-encoded': {
    class: 'transport',
    title: 'client_id and client_secret were not percent-encoded before they were put into the Authorization header',
    symptom: `${INVALID_CLIENT}, only where the secret has signs beside letters and digits`,
    check: 'RFC 6749 (section 2.3.1) wants both encoded like form fields, then joined by a colon, then Base64.',
    remedy: ['Encode both before they are joined, or send them as client_id and client_secret in the body.'],
  },
  'client-id-as-secret': {
    class: 'token',
    title: 'id and value of the app token are in each other’s place, or one is in both',
    symptom: INVALID_CLIENT,
    check: 'An id has an underscore after its first digits, as in 0_k3v9qz1m; a value has 32 of 0-9 and a-f.',
    remedy: ['client_id is the id of the app token, client_secret its value.'],
  },
  'client-credentials-missing': {
    class: 'transport',
    title: 'The request does not say who asks',
    symptom: INVALID_CLIENT,
    check: 'There is neither an Authorization header with Basic nor client_id and client_secret in the body.',
    remedy: [
      'Send client_id and client_secret: in the Authorization header (HTTP Basic), or as form fields in the body.',
      'In tools this is "client authentication"; both "Basic header" and "in body" are taken.',
    ],
  },
  'client-credentials-twice': {
    class: 'transport',
    title: 'The credentials came in the Authorization header and in the body',
    symptom: '`invalid_request` from /oauth2/token',
    check: 'One request may use one way only.',
    remedy: ['Switch the tool to "Basic header" or to "in body", not both.'],
  },
  'secret-in-url': {
    class: 'transport',
    title: 'A secret was sent in the URL',
    symptom: '`invalid_request` from /oauth2/token',
    check: 'URLs end up in logs and histories, so none is taken from there.',
    remedy: [
      'Send the parameters as form fields in the body of a POST.',
      'The secret has been in a URL: rotate the app token (latchkey_token.rotate).',
    ],
  },
  'secret-over-plain-http': {
    class: 'transport',
    title: 'A secret was about to be sent over plain HTTP',
    symptom: '`invalid_request` from /oauth2/token',
    check: 'The URL starts with http:, or a proxy before the server ends HTTPS and is not trusted.',
    remedy: [
      'Use the https address of the service; the secret that was sent has been readable on the way, so rotate the app token.',
      'Behind a proxy of your own, set LATCHKEY_TRUST_PROXY to its address, and let it send X-Forwarded-Proto.',
      'Inside a network where nobody listens, LATCHKEY_OAUTH2_PLAIN_HTTP=allow takes it all the same.',
    ],
  },
  'body-not-form': {
    class: 'transport',
    title: 'The body is not a form',
    symptom: '`invalid_request` from /oauth2/token',
    check: 'The Content-Type of the request is not application/x-www-form-urlencoded.',
    remedy: ['Send the parameters as a form: grant_type=client_credentials&client_id=…, not as JSON.'],
  },
  'too-many-wrong-secrets': {
    class: 'token',
    title: 'Too many requests with wrong credentials came from this address',
    symptom: '`temporarily_unavailable` with status 429 and Retry-After',
    check: 'A tool repeats a login that cannot work. The right credentials are taken all the while.',
    remedy: [
      'Correct the credentials; they are taken at once, without waiting.',
      'Let the tool stop at `invalid_client`.',
    ],
  },
  'scope-beyond-token': {
    class: 'permission',
    title: 'Nothing of the scope can be given',
    symptom: '`invalid_scope` from /oauth2/token',
    check: 'The app token does not open any of the actions that the scope names, or the names are none.',
    remedy: [
      'Name actions as service.action, parted by blanks: media.get media.list.',
      'Give the app token a role that opens them, or leave the scope out to get all that it gives.',
    ],
  },
  'scope-wider': {
    class: 'permission',
    title: 'The session asked for would do more than the one that was shown',
    symptom: '`invalid_scope` from the exchange of a session',
    check: 'A session can be exchanged for a narrower one only.',
    remedy: [
      'Ask for less: actions that the session may call, a shorter time, one address.',
      'For more, ask with grant_type=client_credentials.',
    ],
  },
  'scope-not-narrower': {
    class: 'permission',
    title: 'The session asked for would be the same once more',
    symptom: '`invalid_scope` from the exchange of a session',
    check: 'Neither scope nor expires_in takes anything away.',
    remedy: [
      'Name fewer actions in scope, a shorter expires_in, or priv:iprestrict:<address>; or use the session as it is.',
    ],
  },
  'session-of-other-token': {
    class: 'token',
    title: 'The session did not come from the app token that asks',
    symptom: '`invalid_grant` or `invalid_request` from /oauth2',
    check: 'The client that authenticates has to be the app token that the session was made of.',
    remedy: ['Send the credentials of the app token that the session came from.'],
  },
  'sessions-differ': {
    class: 'transport',
    title: 'Two different sessions were sent with one call',
    symptom: '`INVALID_KS` though each of them is good',
    check: 'One is in the Authorization header, another one is the parameter ks.',
    remedy: ['Send one of them. A tool that adds the header by itself needs no ks.'],
  },
  'session-in-url': {
    class: 'transport',
    title: 'The session was sent in the URL',
    symptom: 'None but the header X-Latchkey-Warnings: the call works',
    check: 'ks stands in the path or behind the question mark.',
    remedy: ['Send it as Authorization: Bearer, or as ks in the body of a POST: URLs end up in logs.'],
  },
} as const satisfies Record<string, CauseText>
