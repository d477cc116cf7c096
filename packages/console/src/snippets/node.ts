/** JavaScript and TypeScript on Node: one way to write both, with types or without. */
import { HASH_TYPES } from '@latchkey/core'
import { type Syntax, writeCall, writeLiteral } from './literals.ts'
import { code, type Piece } from './parts.ts'
import { quoteJavaScript } from './quoting.ts'
import {
  type Environment,
  givenOf,
  knownSources,
  type RequestStep,
  type Sources,
  serviceUrlOf,
  stepRequest,
  tokenValueOr,
  variable,
} from './requests.ts'
import type { SnippetValues } from './types.ts'
import { TOKEN_VALUE_ENV, type Writer } from './writer.ts'

const TOKEN_VALUE = `process.env.${TOKEN_VALUE_ENV}`

const ENVIRONMENT: Environment = {
  read: (name) => `env('${name}')`,
  widgetId: (partnerId) => `\`_\${${partnerId}}\``,
  tokenValue: TOKEN_VALUE,
}

/** Put together, so that whatever looks for imports finds none of ours here. */
const IMPORT = ['import { createHash } from', "'node:crypto'"].join(' ')

/** What differs between the two. */
interface Dialect {
  readonly head: string
  readonly call: Piece
  readonly env: Piece
  /** Behind `call`, where its answer's field `ks` is read. */
  readonly withKs: string
}

const ENV_BODY = `  const value = process.env[name]
  if (!value) throw new Error(\`\${name} is not set\`)
  return value
}`

const callIn = (types: { readonly types: string; readonly head: string; readonly value: string }): Piece => code`
  ${types.types}async function call${types.head} {
    const response = await fetch(\`\${serviceUrl}/api_v3/service/\${service}/action/\${action}\`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...params, format: 1 }),
    })
    const answer${types.value} = await response.json()
    // An error comes with status 200: only the answer tells.
    if (answer?.objectType === 'KalturaAPIException') throw new Error(\`\${answer.code}: \${answer.message}\`)
    return answer
  }
`

const JAVASCRIPT: Dialect = {
  head: "// Node 20 or newer; the file's name ends in .mjs",
  call: callIn({ types: '', head: '(service, action, params)', value: '' }),
  env: `function env(name) {\n${ENV_BODY}`,
  withKs: '',
}

const TYPESCRIPT: Dialect = {
  head: "// Node 24 or newer runs it as it is; the file's name ends in .mts",
  call: callIn({
    types: 'interface Refusal {\n  objectType?: string\n  code?: string\n  message?: string\n}\n\n',
    head: '<Answer>(service: string, action: string, params: object): Promise<Answer>',
    value: ': Answer & Refusal',
  }),
  env: `function env(name: string): string {\n${ENV_BODY}`,
  withKs: '<{ ks: string }>',
}

/** What JavaScript of any kind writes for values. */
export const JAVASCRIPT_SYNTAX: Syntax = {
  quote: quoteJavaScript,
  bare: String,
  list: { open: '[', close: ']', inline: ', ', line: ',', last: ',', padding: '', step: '  ' },
  record: { open: '{', close: '}', inline: ', ', line: ',', last: ',', padding: ' ', step: '  ' },
  entry(name, value, literal) {
    if (literal.kind === 'code' && literal.code === name) return name
    // Written plainly, that one name would set what the object inherits from.
    if (name === '__proto__') return ["['__proto__']: ", value]
    return [/^[A-Za-z_$][\w$]*$/.test(name) ? name : [...quoteJavaScript(name)], ': ', value]
  },
}

export const node: Writer = writerOf(JAVASCRIPT)
export const typescript: Writer = writerOf(TYPESCRIPT)

function writerOf(dialect: Dialect): Writer {
  const print = 'console.log(JSON.stringify(answer, null, 2))'
  const single = (step: RequestStep, values: SnippetValues, printed: string): Piece => code`
    ${dialect.head}
    const serviceUrl = ${quoteJavaScript(serviceUrlOf(values))}

    ${dialect.call}

    const answer = ${callOf(step, values, knownSources(values), step === 'call' ? '' : dialect.withKs)}
    ${printed}
  `
  return {
    widget: (values) => single('widget', values, 'console.log(answer.ks)'),
    hash: (values) => code`
      ${dialect.head}
      ${IMPORT}

      const ks = ${writeLiteral(JAVASCRIPT_SYNTAX, knownSources(values).widget)}
      const token = ${writeLiteral(JAVASCRIPT_SYNTAX, tokenValueOr(values, TOKEN_VALUE))}
      ${needsToken(values, 'token')}console.log(createHash('${HASH_TYPES[values.hashType]}').update(ks + token).digest('hex'))
    `,
    session: (values) => single('session', values, print),
    call: (values) => single('call', values, print),
    whole(values) {
      const given = givenOf(values, ENVIRONMENT)
      const known = { widget: variable('widget.ks'), hash: variable('tokenHash'), session: variable('session.ks') }
      const sources = { ...known, widgetId: given.widgetId, tokenId: given.tokenId }
      return code`
        ${dialect.head}
        ${IMPORT}

        const serviceUrl = ${writeLiteral(JAVASCRIPT_SYNTAX, given.serviceUrl)}
        const tokenValue = ${writeLiteral(JAVASCRIPT_SYNTAX, given.tokenValue)}
        ${needsToken(values, 'tokenValue')}
        ${values.readsEnvironment ? [dialect.env, '\n\n'] : ''}${dialect.call}

        const widget = ${callOf('widget', values, sources, dialect.withKs)}
        const tokenHash = createHash('${HASH_TYPES[values.hashType]}').update(widget.ks + tokenValue).digest('hex')
        const session = ${callOf('session', values, sources, dialect.withKs)}
        const answer = ${callOf('call', values, sources, '')}
        ${print}
      `
    },
  }
}

/** `await call(service, action, {…})`, with `types` behind the name. */
export function callOf(step: RequestStep, values: SnippetValues, sources: Sources, types: string): Piece {
  const { service, action, entries } = stepRequest(step, values, sources)
  const head = [`await call${types}(`, quoteJavaScript(service), ', ', quoteJavaScript(action), ', ']
  return [writeCall(JAVASCRIPT_SYNTAX, head, entries), ')']
}

function needsToken(values: SnippetValues, name: string): Piece {
  if (values.tokenValue || values.readsEnvironment) return ''
  return `if (!${name}) throw new Error('${TOKEN_VALUE_ENV} is not set')\n`
}
