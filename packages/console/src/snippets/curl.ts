import { HASH_TYPES } from '@latchkey/core'
import { code, type Piece } from './parts.ts'
import { hasInvisible, quoteSh } from './quoting.ts'
import {
  type Environment,
  formFields,
  givenOf,
  type Literal,
  requestPath,
  type SnippetRequest,
  serviceUrlOf,
  stepRequest,
  variable,
} from './requests.ts'
import type { SnippetValues } from './types.ts'
import { TOKEN_VALUE_ENV, type Writer } from './writer.ts'

const ENVIRONMENT: Environment = {
  // In quotes where it stands.
  read: (name) => `\${${name}:?is not set}`,
  widgetId: (partnerId) => `_${partnerId}`,
  tokenValue: '',
}

export const curl: Writer = {
  widget: (values) => code`
    ${request(values, stepRequest('widget', values))}
    # Keep the field ks of the answer.
  `,
  hash: (values) => code`
    ks=${word(values.widgetSession, 'widget session', '<session from step 1>')}
    token=${tokenValue(values)}
    ${hash(values, 'ks', 'token')}
    # Without ${HASH_TYPES[values.hashType]}sum, as on some Macs: openssl dgst -${HASH_TYPES[values.hashType]} -r
  `,
  session: (values) => code`
    ${request(values, stepRequest('session', values))}
    # Keep the field ks of the answer.
  `,
  call: (values) => request(values, stepRequest('call', values)),
  whole(values) {
    const given = givenOf(values, ENVIRONMENT)
    const known = { widget: variable('$widget'), hash: variable('$hash'), session: variable('$session') }
    const sources = { ...known, widgetId: given.widgetId, tokenId: given.tokenId }
    const step = (name: 'widget' | 'session' | 'call'): Piece => {
      const { service, action, entries } = stepRequest(name, values, sources)
      return [`call ${bare(service)} ${bare(action)}`, fields(entries)]
    }
    return code`
      #!/bin/sh
      set -eu
      server=${given.serviceUrl.kind === 'code' ? `"${given.serviceUrl.code}"` : quoteSh(serviceUrlOf(values))}
      token=${tokenValue(values)}

      call() { # service, action, form fields
        path=service/$1/action/$2
        shift 2
        answer=$(curl -sS "$server/api_v3/$path" -d format=1 "$@")
        case $answer in # an error comes with status 200
          *'"objectType":"KalturaAPIException"'*) printf '%s\\n' "$answer" >&2; exit 1 ;;
        esac
      }
      ks() { printf %s "$answer" | sed -n 's/.*"ks":"\\([^"]*\\)".*/\\1/p' | tr -d '\\\\'; }

      ${step('widget')}
      widget=$(ks)
      # Without ${HASH_TYPES[values.hashType]}sum, as on some Macs: openssl dgst -${HASH_TYPES[values.hashType]} -r
      hash=$(${hash(values, 'widget', 'token')})
      ${step('session')}
      session=$(ks)
      ${step('call')}
      printf '%s\\n' "$answer"
    `
  },
}

function request(values: SnippetValues, sent: SnippetRequest): Piece {
  const url = quoteSh(`${serviceUrlOf(values)}/api_v3/${requestPath(sent)}`)
  return [`curl -sS `, url, ' \\\n  -d format=1', fields(sent.entries)]
}

/** Each field on a line of its own. */
function fields(entries: SnippetRequest['entries']): Piece {
  return formFields(entries).map(([name, value]) => [' \\\n  ', field(name, value)])
}

function field(name: string, value: Literal): Piece {
  // curl encodes what is behind the equals sign only.
  const [, before] = quoteSh(`${encodeURIComponent(name.toWellFormed()).replaceAll('%3A', ':')}=`)
  if (value.kind === 'code') return `--data-urlencode "${before}${value.code}"`
  const text = value.kind === 'text' || value.kind === 'secret' ? value.value : ''
  // A shell has no escapes for what would not be seen, but a form has.
  const isEncoded = hasInvisible(text)
  const [open, body, close] = quoteSh(isEncoded ? encodeURIComponent(text.toWellFormed()) : text)
  const shown: Piece = value.kind === 'secret' ? { kind: 'secret', name: value.name, text: body } : body
  return [isEncoded ? '-d ' : '--data-urlencode ', open, before, shown, close]
}

/** In lower case by itself, and nothing hashed but the two: echo would add a line end. */
function hash(values: SnippetValues, session: string, token: string): Piece {
  return `printf %s "$${session}$${token}" | ${HASH_TYPES[values.hashType]}sum | cut -d ' ' -f 1`
}

function tokenValue(values: SnippetValues): Piece {
  return values.tokenValue ? word(values.tokenValue, 'token value', '') : `"\${${TOKEN_VALUE_ENV}:?is not set}"`
}

function word(value: string | undefined, name: 'token value' | 'widget session', placeholder: string): Piece {
  const [open, body, close] = quoteSh(value || placeholder)
  return [open, value ? { kind: 'secret', name, text: body } : body, close]
}

/** Unquoted where that is safe, for the sake of the reader. */
function bare(name: string): Piece {
  return /^[\w.-]+$/.test(name) ? name : [...quoteSh(name)]
}
