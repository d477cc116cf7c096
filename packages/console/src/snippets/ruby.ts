import { type Syntax, writeCall, writeLiteral } from './literals.ts'
import { code, type Piece } from './parts.ts'
import { quoteRuby } from './quoting.ts'
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

const TOKEN_VALUE = `ENV.fetch('${TOKEN_VALUE_ENV}')`

const ENVIRONMENT: Environment = {
  read: (name) => `ENV.fetch('${name}')`,
  widgetId: (partnerId) => `'_' + ${partnerId}`,
  tokenValue: TOKEN_VALUE,
}

/** Ruby 3; its own libraries are all that is needed. */
export const ruby: Writer = {
  widget: (values) => single('widget', values, "puts answer['ks']"),
  hash: (values) => code`
    # Ruby 3
    require 'digest'

    ks = ${writeLiteral(SYNTAX, knownSources(values).widget)}
    token = ${writeLiteral(SYNTAX, tokenValueOr(values, TOKEN_VALUE))}
    puts Digest::${values.hashType}.hexdigest(ks + token)
  `,
  session: (values) => single('session', values, 'puts JSON.pretty_generate(answer)'),
  call: (values) => single('call', values, 'puts JSON.pretty_generate(answer)'),
  whole(values) {
    const given = givenOf(values, ENVIRONMENT)
    const known = { widget: variable('widget'), hash: variable('token_hash'), session: variable('session') }
    const sources = { ...known, widgetId: given.widgetId, tokenId: given.tokenId }
    return code`
      # Ruby 3, nothing to install
      require 'digest'
      require 'json'
      require 'net/http'

      SERVICE_URL = ${writeLiteral(SYNTAX, given.serviceUrl)}
      TOKEN_VALUE = ${writeLiteral(SYNTAX, given.tokenValue)}

      ${CALL}

      widget = ${call('widget', values, sources)}['ks']
      token_hash = Digest::${values.hashType}.hexdigest(widget + TOKEN_VALUE)
      session = ${call('session', values, sources)}['ks']
      answer = ${call('call', values, sources)}
      puts JSON.pretty_generate(answer)
    `
  },
}

const CALL = code`
  def call(service, action, params)
    reply = Net::HTTP.post(
      URI("#{SERVICE_URL}/api_v3/service/#{service}/action/#{action}"),
      params.merge('format' => 1).to_json,
      'Content-Type' => 'application/json'
    )
    answer = JSON.parse(reply.body)
    # An error comes with status 200: only the answer tells.
    if answer.is_a?(Hash) && answer['objectType'] == 'KalturaAPIException'
      abort "#{answer['code']}: #{answer['message']}"
    end
    answer
  end
`

const SYNTAX: Syntax = {
  quote: quoteRuby,
  bare: (value) => (value === null ? 'nil' : String(value)),
  list: { open: '[', close: ']', inline: ', ', line: ',', last: '', padding: '', step: '  ' },
  record: { open: '{', close: '}', inline: ', ', line: ',', last: '', padding: ' ', step: '  ' },
  entry: (name, value) => [quoteRuby(name), ' => ', value],
}

function single(step: RequestStep, values: SnippetValues, print: string): Piece {
  return code`
    # Ruby 3, nothing to install
    require 'json'
    require 'net/http'

    SERVICE_URL = ${quoteRuby(serviceUrlOf(values))}

    ${CALL}

    answer = ${call(step, values)}
    ${print}
  `
}

function call(step: RequestStep, values: SnippetValues, sources = knownSources(values)): Piece {
  const { service, action, entries } = stepRequest(step, values, sources)
  const head = ['call(', quoteRuby(service), ', ', quoteRuby(action), ', ']
  return [writeCall(SYNTAX, head, entries), ')']
}
