import { HASH_TYPES } from '@latchkey/core'
import { type Brackets, type Syntax, writeCall, writeLiteral } from './literals.ts'
import { code, type Piece } from './parts.ts'
import { quotePhp } from './quoting.ts'
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

const PRINT = 'echo json_encode($answer, JSON_PRETTY_PRINT), "\\n";'

const TOKEN_VALUE = `getenv('${TOKEN_VALUE_ENV}') ?: throw new RuntimeException('${TOKEN_VALUE_ENV} is not set')`

const ENVIRONMENT: Environment = {
  read: (name) => `env('${name}')`,
  widgetId: (partnerId) => `'_' . ${partnerId}`,
  tokenValue: TOKEN_VALUE,
}

export const php: Writer = {
  widget: (values) => single('widget', values, 'echo $answer->ks, "\\n";'),
  hash: (values) => code`
    <?php

    $ks = ${writeLiteral(SYNTAX, knownSources(values).widget)};
    $token = ${writeLiteral(SYNTAX, tokenValueOr(values, TOKEN_VALUE))};
    echo hash('${HASH_TYPES[values.hashType]}', $ks . $token), "\\n";
  `,
  session: (values) => single('session', values, PRINT),
  call: (values) => single('call', values, PRINT),
  whole(values) {
    const given = givenOf(values, ENVIRONMENT)
    const known = { widget: variable('$widget'), hash: variable('$tokenHash'), session: variable('$session') }
    const sources = { ...known, widgetId: given.widgetId, tokenId: given.tokenId }
    return code`
      <?php // PHP 8, nothing to install

      ${values.readsEnvironment ? "define('SERVICE_URL', " : 'const SERVICE_URL = '}${writeLiteral(SYNTAX, given.serviceUrl)}${values.readsEnvironment ? ')' : ''};
      $tokenValue = ${writeLiteral(SYNTAX, given.tokenValue)};

      ${values.readsEnvironment ? [ENV, '\n\n'] : ''}${CALL}

      $widget = ${call('widget', values, sources)}->ks;
      $tokenHash = hash('${HASH_TYPES[values.hashType]}', $widget . $tokenValue);
      $session = ${call('session', values, sources)}->ks;
      $answer = ${call('call', values, sources)};
      ${PRINT}
    `
  },
}

const CALL = code`
  function call(string $service, string $action, array $params): mixed
  {
      $context = stream_context_create(['http' => [
          'method' => 'POST',
          'header' => 'Content-Type: application/json',
          'content' => json_encode(['format' => 1] + $params),
      ]]);
      $answer = json_decode(file_get_contents(SERVICE_URL . "/api_v3/service/$service/action/$action", false, $context));
      // An error comes with status 200: only the answer tells.
      if (($answer->objectType ?? '') === 'KalturaAPIException') {
          throw new RuntimeException("$answer->code: $answer->message");
      }
      return $answer;
  }
`

const ENV = code`
  function env(string $name): string
  {
      return getenv($name) ?: throw new RuntimeException("$name is not set");
  }
`

const ARRAY: Brackets = { open: '[', close: ']', inline: ', ', line: ',', last: ',', padding: '', step: '    ' }

const SYNTAX: Syntax = {
  quote: quotePhp,
  bare: String,
  list: ARRAY,
  record: ARRAY,
  entry: (name, value) => [quotePhp(name), ' => ', value],
  // The outermost table is added to; inside, without names or with numbers for names, an array would become a list.
  recordFor: (entries) => (entries.every(([name]) => /^\d+$/.test(name)) ? { ...ARRAY, open: '(object) [' } : ARRAY),
}

function single(step: RequestStep, values: SnippetValues, print: string): Piece {
  return code`
    <?php

    const SERVICE_URL = ${quotePhp(serviceUrlOf(values))};

    ${CALL}

    $answer = ${call(step, values)};
    ${print}
  `
}

function call(step: RequestStep, values: SnippetValues, sources = knownSources(values)): Piece {
  const { service, action, entries } = stepRequest(step, values, sources)
  const head = ['call(', quotePhp(service), ', ', quotePhp(action), ', ']
  return [writeCall(SYNTAX, head, entries, '', ARRAY), ')']
}
