import { HASH_TYPES } from '@latchkey/core'
import { type Syntax, writeLiteral, writeRecord } from './literals.ts'
import { code, type Piece } from './parts.ts'
import { quoteJavaScript } from './quoting.ts'
import { knownSources, type RequestStep, serviceUrlOf, stepRequest, tokenValueOr, variable } from './requests.ts'
import type { SnippetValues } from './types.ts'
import { TOKEN_VALUE_ENV, type Writer } from './writer.ts'

const TOKEN_VALUE = `process.env.${TOKEN_VALUE_ENV}`

/** Put together, so that whatever looks for imports finds none of ours here. */
const IMPORT = ['import { createHash } from', "'node:crypto'"].join(' ')

export const node: Writer = {
  widget: (values) => single('widget', values, 'console.log(answer.ks)'),
  hash: (values) => code`
    // Node 20 or newer; the file's name ends in .mjs
    ${IMPORT}

    const ks = ${writeLiteral(SYNTAX, knownSources(values).widget)}
    const token = ${writeLiteral(SYNTAX, tokenValueOr(values, TOKEN_VALUE))}
    ${needsToken(values, 'token')}console.log(createHash('${HASH_TYPES[values.hashType]}').update(ks + token).digest('hex'))
  `,
  session: (values) => single('session', values, 'console.log(JSON.stringify(answer, null, 2))'),
  call: (values) => single('call', values, 'console.log(JSON.stringify(answer, null, 2))'),
  whole(values) {
    const sources = { widget: variable('widget.ks'), hash: variable('tokenHash'), session: variable('session.ks') }
    return code`
      // Node 20 or newer; the file's name ends in .mjs
      ${IMPORT}

      const serviceUrl = ${quoteJavaScript(serviceUrlOf(values))}
      const tokenValue = ${writeLiteral(SYNTAX, tokenValueOr(values, TOKEN_VALUE))}
      ${needsToken(values, 'tokenValue')}
      ${CALL}

      const widget = ${call('widget', values, sources)}
      const tokenHash = createHash('${HASH_TYPES[values.hashType]}').update(widget.ks + tokenValue).digest('hex')
      const session = ${call('session', values, sources)}
      const answer = ${call('call', values, sources)}
      console.log(JSON.stringify(answer, null, 2))
    `
  },
}

const CALL = code`
  async function call(service, action, params) {
    const response = await fetch(\`\${serviceUrl}/api_v3/service/\${service}/action/\${action}\`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...params, format: 1 }),
    })
    const answer = await response.json()
    // An error comes with status 200: only the answer tells.
    if (answer?.objectType === 'KalturaAPIException') throw new Error(\`\${answer.code}: \${answer.message}\`)
    return answer
  }
`

const SYNTAX: Syntax = {
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

function single(step: RequestStep, values: SnippetValues, print: string): Piece {
  return code`
    // Node 20 or newer; the file's name ends in .mjs
    const serviceUrl = ${quoteJavaScript(serviceUrlOf(values))}

    ${CALL}

    const answer = ${call(step, values)}
    ${print}
  `
}

function call(step: RequestStep, values: SnippetValues, sources = knownSources(values)): Piece {
  const { service, action, entries } = stepRequest(step, values, sources)
  return [
    'await call(',
    quoteJavaScript(service),
    ', ',
    quoteJavaScript(action),
    ', ',
    writeRecord(SYNTAX, entries),
    ')',
  ]
}

function needsToken(values: SnippetValues, name: string): Piece {
  return values.tokenValue ? '' : `if (!${name}) throw new Error('${TOKEN_VALUE_ENV} is not set')\n`
}
