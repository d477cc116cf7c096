/** No program, but what to type into the fields of a tool that calls a REST service. */
import { ETL_EXAMPLE, ETL_HASHES, ETL_WITHOUT_HASH, type EtlHash } from './etl-hash.ts'
import { type Brackets, type Syntax, writeLiteral, writeRecord } from './literals.ts'
import { code, type Piece } from './parts.ts'
import { quoteField, quoteJson } from './quoting.ts'
import {
  formFields,
  knownSources,
  type Literal,
  type RequestStep,
  requestPath,
  type Sources,
  serviceUrlOf,
  stepRequest,
  tokenValueOr,
} from './requests.ts'
import type { SnippetValues } from './types.ts'
import type { Writer } from './writer.ts'

const ALGORITHMS = { MD5: 'MD5', SHA1: 'SHA-1', SHA256: 'SHA-256', SHA512: 'SHA-512' } as const
const LENGTHS = { MD5: 32, SHA1: 40, SHA256: 64, SHA512: 128 } as const
/** Which to make a token with, where a tool has a choice. */
const PREFERENCE = ['SHA256', 'SHA512', 'SHA1', 'MD5'] as const
const LABEL_WIDTH = 13

export const etl: Writer = {
  widget: (values) => request('widget', values, knownSources(values)),
  hash: (values) => hash(values, knownSources(values)),
  session: (values) => request('session', values, knownSources(values)),
  call: (values) => request('call', values, knownSources(values)),
  whole(values) {
    const kept = (step: number): Literal => ({ kind: 'text', value: `<what step ${step} kept>` })
    const sources = { widget: kept(1), hash: kept(2), session: kept(3) }
    return code`
      Step 1, widget session

      ${request('widget', values, sources)}

      Step 2, hash

      ${hash(values, sources)}

      Step 3, session

      ${request('session', values, sources)}

      Step 4, call

      ${request('call', values, sources)}
    `
  },
}

function request(step: RequestStep, values: SnippetValues, sources: Sources): Piece {
  const sent = stepRequest(step, values, sources)
  const fields = formFields(sent.entries).map(([name, value]) =>
    row('Body field', [...quoteField(name), ' = ', field(value)]),
  )
  const json = writeRecord(JSON_SYNTAX, [['format', { kind: 'bare', value: 1 }], ...sent.entries], indented(''))
  return lines([
    row('Method', 'POST'),
    row('URL', [...quoteField(`${serviceUrlOf(values)}/api_v3/${requestPath(sent)}`)]),
    row('Header', 'Content-Type: application/x-www-form-urlencoded'),
    row('Body field', 'format = 1'),
    ...fields,
    row('Keep', KEEP[step]),
    row('Refused', 'when the answer holds objectType = KalturaAPIException, with the reason in message.'),
    row('', 'The status is 200 all the same; on Latchkey, the header X-Latchkey-Status: http makes it 4xx.'),
    row('Or as JSON', 'with Content-Type: application/json, no charset behind it, and this body:'),
    row('', json),
  ])
}

const KEEP: Readonly<Record<RequestStep, string>> = {
  widget: 'the field ks of the answer: the widget session',
  session: 'the field ks of the answer: the session. It ends when expiry says (seconds since 1970).',
  call: 'what you came for; a list is in objects, and totalCount says how many there are in all',
}

function hash(values: SnippetValues, sources: Sources): Piece {
  const { hashType } = values
  const result = [
    row('First', ['the widget session of step 1, as it came:\n', indented(''), field(sources.widget)]),
    row('Then', ['right behind it, the token’s value:\n', indented(''), field(tokenValue(values))]),
    row('Algorithm', `${ALGORITHMS[hashType]}, as this token’s hashType says; a hash, not an HMAC`),
    row('Keep', `the result as hex: ${LENGTHS[hashType]} characters, 0-9 and a-f, no capitals`),
  ]
  if (sources.hash.kind === 'secret') result.push(row('Here', ['it must be ', field(sources.hash)]))
  const { session, token, hashes } = ETL_EXAMPLE
  return lines([
    ...result,
    row('To try it', [`ks = ${session} and token = ${token} must give\n`, indented(hashes[hashType])]),
    '',
    'Expressions; ks and token stand for where your tool keeps the two',
    ...ETL_HASHES.flatMap((tool) => ['', ...expression(tool, values)]),
    '',
    `Without a hash function (${ETL_WITHOUT_HASH})`,
    '  For a try, copy the widget session and the hash of this page as a pair, and type both into',
    '  the fields ks and tokenHash of step 3. They work as long as the widget session lives.',
  ])
}

function expression({ tool, expressions, note }: EtlHash, { hashType }: SnippetValues): readonly Piece[] {
  const known = expressions[hashType]
  const other = PREFERENCE.find((name) => expressions[name] !== undefined) ?? 'SHA256'
  return [
    tool,
    known === undefined ? `  None known for ${hashType}: make the token with hashType ${other}.` : `  ${known}`,
    ...(note === undefined ? [] : [`  ${note}`]),
  ]
}

const BRACES: Brackets = { open: '{', close: '}', inline: ', ', line: ',', last: '', padding: '', step: '  ' }

const JSON_SYNTAX: Syntax = {
  quote: quoteJson,
  bare: String,
  list: { ...BRACES, open: '[', close: ']' },
  record: BRACES,
  entry: (name, value) => [...quoteJson(name), ': ', value],
}

const FIELD_SYNTAX: Syntax = { ...JSON_SYNTAX, quote: quoteField }

function field(value: Literal): Piece {
  return writeLiteral(FIELD_SYNTAX, value)
}

function tokenValue(values: SnippetValues): Literal {
  return tokenValueOr(values, '<the token’s value>')
}

function row(label: string, value: Piece): Piece {
  return [label.padEnd(LABEL_WIDTH), value]
}

function indented(text: string): string {
  return ' '.repeat(LABEL_WIDTH) + text
}

function lines(all: readonly Piece[]): Piece {
  return all.map((line, index) => (index === 0 ? line : ['\n', line]))
}
