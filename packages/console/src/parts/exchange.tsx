import { useSignal } from '@preact/signals'
import type { Made } from '../connection/call.ts'
import { redact } from '../connection/secrets.ts'
import { Check } from './controls.tsx'
import { Copy } from './copy.tsx'
import { indentJson } from './json-text.ts'

/** Request and answer as text, as they went over the wire. */
export function requestText({ request }: Made): string {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`)
  return [`${request.method} ${request.url}`, ...headers, '', JSON.stringify(request.body, undefined, 2)].join('\n')
}

export function replyText({ reply, outcome }: Made): string {
  if (reply === undefined) return outcome.kind === 'no-answer' ? outcome.text : ''
  const headers = Object.entries(reply.headers).map(([name, value]) => `${name}: ${value}`)
  return [`${reply.status}`, ...headers, '', pretty(reply.body)].join('\n')
}

const LONGEST_INDENTED = 400_000

function pretty(body: string): string {
  return body.length > LONGEST_INDENTED ? body : indentJson(body)
}

const LONGEST_SHOWN = 200_000
/** Longer than any secret, so that none is cut in two before it can be known. */
const SPARE = 20_000

/** As much as a page can show; what is copied is the whole. */
function beginning(text: string, shown: (text: string) => string): string {
  if (text.length <= LONGEST_SHOWN) return shown(text)
  const rest = text.length - LONGEST_SHOWN
  return `${shown(text.slice(0, LONGEST_SHOWN + SPARE)).slice(0, LONGEST_SHOWN)}\n… and ${rest.toLocaleString('en')} more characters: Copy takes all of it.`
}

/** What was sent and what came back, with secrets masked; copied so too, unless the person chooses otherwise. */
export function Exchange({ made }: { readonly made: Made }) {
  const isRevealed = useSignal(false)
  const shown = (text: string) => (isRevealed.value ? text : redact(text))
  const request = requestText(made)
  const reply = replyText(made)
  return (
    <div class="stack-tight">
      <div class="spread">
        <span class="small muted">
          {new Date(made.sentAt).toLocaleTimeString()} · {made.tookMs} ms
        </span>
        <Check checked={isRevealed.value} onChange={(on) => (isRevealed.value = on)}>
          <span class="small">Show secrets, also when copied</span>
        </Check>
      </div>
      <div class="spread">
        <h3>Request</h3>
        <Copy
          text={() => shown(request)}
          what={isRevealed.value ? 'the request with its secrets' : 'the request, secrets masked'}
        />
      </div>
      <pre class="well" tabIndex={0} aria-label="Request">
        {beginning(request, shown)}
      </pre>
      <div class="spread">
        <h3>Answer</h3>
        <Copy
          text={() => shown(reply)}
          what={isRevealed.value ? 'the answer with its secrets' : 'the answer, secrets masked'}
        />
      </div>
      <pre class="well" tabIndex={0} aria-label="Answer" dir="auto">
        {beginning(reply, shown)}
      </pre>
    </div>
  )
}
