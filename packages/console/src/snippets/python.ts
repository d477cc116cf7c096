import { HASH_TYPES } from '@latchkey/core'
import { type Syntax, writeCall, writeLiteral } from './literals.ts'
import { code, type Piece } from './parts.ts'
import { quotePython } from './quoting.ts'
import {
  type Environment,
  givenOf,
  knownSources,
  type RequestStep,
  serviceUrlOf,
  stepRequest,
  tokenValueOr,
  variable,
} from './requests.ts'
import type { SnippetValues } from './types.ts'
import { TOKEN_VALUE_ENV, type Writer } from './writer.ts'

const TOKEN_VALUE = `os.environ['${TOKEN_VALUE_ENV}']`

const ENVIRONMENT: Environment = {
  read: (name) => `os.environ['${name}']`,
  widgetId: (partnerId) => `'_' + ${partnerId}`,
  tokenValue: TOKEN_VALUE,
}

export const python: Writer = {
  widget: (values) => single('widget', values, "print(answer['ks'])"),
  hash: (values) => code`
    import hashlib
    ${values.tokenValue ? '' : 'import os\n'}
    ks = ${writeLiteral(SYNTAX, knownSources(values).widget)}
    token = ${writeLiteral(SYNTAX, tokenValueOr(values, TOKEN_VALUE))}
    print(hashlib.${HASH_TYPES[values.hashType]}((ks + token).encode()).hexdigest())
  `,
  session: (values) => single('session', values, 'print(json.dumps(answer, indent=2))'),
  call: (values) => single('call', values, 'print(json.dumps(answer, indent=2))'),
  whole(values) {
    const given = givenOf(values, ENVIRONMENT)
    const known = { widget: variable('widget'), hash: variable('token_hash'), session: variable('session') }
    const sources = { ...known, widgetId: given.widgetId, tokenId: given.tokenId }
    return code`
      import hashlib
      import json
      ${values.tokenValue ? '' : 'import os\n'}import urllib.request

      SERVICE_URL = ${writeLiteral(SYNTAX, given.serviceUrl)}
      TOKEN_VALUE = ${writeLiteral(SYNTAX, given.tokenValue)}


      ${CALL}


      widget = ${call('widget', values, sources)}['ks']
      token_hash = hashlib.${HASH_TYPES[values.hashType]}((widget + TOKEN_VALUE).encode()).hexdigest()
      session = ${call('session', values, sources)}['ks']
      answer = ${call('call', values, sources)}
      print(json.dumps(answer, indent=2))
    `
  },
}

const CALL = code`
  def call(service, action, params):
      request = urllib.request.Request(
          f'{SERVICE_URL}/api_v3/service/{service}/action/{action}',
          data=json.dumps({**params, 'format': 1}).encode(),
          headers={'Content-Type': 'application/json'},
      )
      with urllib.request.urlopen(request) as reply:
          answer = json.load(reply)
      # An error comes with status 200: only the answer tells.
      if isinstance(answer, dict) and answer.get('objectType') == 'KalturaAPIException':
          raise SystemExit(f"{answer['code']}: {answer['message']}")
      return answer
`

const SYNTAX: Syntax = {
  quote: quotePython,
  bare: (value) => (value === null ? 'None' : value === true ? 'True' : value === false ? 'False' : String(value)),
  list: { open: '[', close: ']', inline: ', ', line: ',', last: ',', padding: '', step: '    ' },
  record: { open: '{', close: '}', inline: ', ', line: ',', last: ',', padding: '', step: '    ' },
  entry: (name, value) => [quotePython(name), ': ', value],
}

function single(step: RequestStep, values: SnippetValues, print: string): Piece {
  return code`
    import json
    import urllib.request

    SERVICE_URL = ${quotePython(serviceUrlOf(values))}


    ${CALL}


    answer = ${call(step, values)}
    ${print}
  `
}

function call(step: RequestStep, values: SnippetValues, sources = knownSources(values)): Piece {
  const { service, action, entries } = stepRequest(step, values, sources)
  const head = ['call(', quotePython(service), ', ', quotePython(action), ', ']
  return [writeCall(SYNTAX, head, entries), ')']
}
