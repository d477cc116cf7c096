import { type Brackets, type Syntax, writeCall, writeLiteral } from './literals.ts'
import { code, type Piece } from './parts.ts'
import { quotePowerShell } from './quoting.ts'
import {
  type Environment,
  formFields,
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

const ENVIRONMENT: Environment = {
  read: (name) => `$env:${name}`,
  widgetId: (partnerId) => `"_${partnerId}"`,
  tokenValue: `$env:${TOKEN_VALUE_ENV}`,
}

const PRINT = '$answer | ConvertTo-Json -Depth 10'

/** For Windows PowerShell 5.1 as well as for PowerShell 7. */
export const powershell: Writer = {
  widget: (values) => single('widget', values, '$answer.ks'),
  hash: (values) => code`
    $ks = ${writeLiteral(SYNTAX, knownSources(values).widget)}
    $token = ${writeLiteral(SYNTAX, tokenValueOr(values, `$env:${TOKEN_VALUE_ENV}`))}
    ${needsToken(values, '$token')}${digest(values, '$ks + $token')}
    -join ($digest | ForEach-Object { $_.ToString('x2') })
  `,
  session: (values) => single('session', values, PRINT),
  call: (values) => single('call', values, PRINT),
  whole(values) {
    const given = givenOf(values, ENVIRONMENT)
    const known = { widget: variable('$widget'), hash: variable('$tokenHash'), session: variable('$session') }
    const sources = { ...known, widgetId: given.widgetId, tokenId: given.tokenId }
    return code`
      ${values.readsEnvironment ? [ENV, '\n'] : ''}$serviceUrl = ${writeLiteral(SYNTAX, given.serviceUrl)}
      $tokenValue = ${writeLiteral(SYNTAX, given.tokenValue)}
      ${needsToken(values, '$tokenValue')}
      ${CALL}

      $widget = (${call('widget', values, sources)}).ks
      ${digest(values, '$widget + $tokenValue')}
      $tokenHash = -join ($digest | ForEach-Object { $_.ToString('x2') })
      $session = (${call('session', values, sources)}).ks
      $answer = ${call('call', values, sources)}
      ${PRINT}
    `
  },
}

const CALL = code`
  function Invoke-Call($service, $action, $fields) {
      $url = "$serviceUrl/api_v3/service/$service/action/$action"
      $answer = Invoke-RestMethod -Method Post -Uri $url -Body ($fields + @{ format = 1 }) -UseBasicParsing
      # An error comes with status 200: only the answer tells.
      if ($answer.objectType -eq 'KalturaAPIException') { throw "$($answer.code): $($answer.message)" }
      $answer
  }
`

const ENV = code`
  foreach ($name in 'LATCHKEY_URL', 'LATCHKEY_PARTNER_ID', 'LATCHKEY_TOKEN_ID', 'LATCHKEY_TOKEN_VALUE') {
      if (-not [Environment]::GetEnvironmentVariable($name)) { throw "$name is not set" }
  }
`

const TABLE: Brackets = { open: '@{', close: '}', inline: '; ', line: '', last: '', padding: ' ', step: '    ' }

const SYNTAX: Syntax = {
  quote: quotePowerShell,
  bare: String,
  list: TABLE,
  record: TABLE,
  entry: (name, value) => [quotePowerShell(name), ' = ', value],
}

function single(step: RequestStep, values: SnippetValues, print: string): Piece {
  return code`
    $serviceUrl = ${quotePowerShell(serviceUrlOf(values))}

    ${CALL}

    $answer = ${call(step, values)}
    ${print}
  `
}

function call(step: RequestStep, values: SnippetValues, sources = knownSources(values)): Piece {
  const { service, action, entries } = stepRequest(step, values, sources)
  const head = ['Invoke-Call ', quotePowerShell(service), ' ', quotePowerShell(action), ' ']
  return writeCall(SYNTAX, head, formFields(entries))
}

/** .NET prints capitals by its usual ways; the digits are written one by one instead. */
function digest(values: SnippetValues, both: string): Piece {
  const algorithm = `[Security.Cryptography.${values.hashType}]`
  return `$digest = ${algorithm}::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes(${both}))`
}

function needsToken(values: SnippetValues, name: string): Piece {
  return values.tokenValue || values.readsEnvironment
    ? ''
    : `if (-not ${name}) { throw '${TOKEN_VALUE_ENV} is not set' }\n`
}
