import { useSignal } from '@preact/signals'
import type { Made } from '../connection/call.ts'
import { redact } from '../connection/secrets.ts'
import { Check } from './controls.tsx'
import { Copy } from './copy.tsx'
import { indentJson } from './json-text.ts'
import { Disclosure } from './layout.tsx'

/** What went over the wire one way: the line it begins with, its headers, its body. */
interface Sent {
  readonly start: string
  readonly headers: readonly string[]
  readonly body: string
}

function requestOf({ request }: Made): Sent {
  return {
    start: `${request.method} ${request.url}`,
    headers: headersOf(request.headers),
    body: JSON.stringify(request.body, undefined, 2),
  }
}

function replyOf({ reply, outcome }: Made): Sent {
  if (reply === undefined) return { start: outcome.kind === 'no-answer' ? outcome.text : '', headers: [], body: '' }
  return { start: `${reply.status}`, headers: headersOf(reply.headers), body: pretty(reply.body) }
}

function headersOf(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
}

function textOf({ start, headers, body }: Sent): string {
  return [start, ...headers, '', body].join('\n').trimEnd()
}

/** The headers are told below: what somebody looks for is as a rule in the body. */
function withoutHeaders({ start, body }: Sent): string {
  return `${start}\n\n${body}`.trimEnd()
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
  const request = requestOf(made)
  const reply = replyOf(made)
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
          text={() => shown(textOf(request))}
          what={isRevealed.value ? 'the request with its secrets' : 'the request, secrets masked'}
        />
      </div>
      <pre class="well" tabIndex={0} aria-label="Request">
        {beginning(withoutHeaders(request), shown)}
      </pre>
      <div class="spread">
        <h3>Answer</h3>
        <Copy
          text={() => shown(textOf(reply))}
          what={isRevealed.value ? 'the answer with its secrets' : 'the answer, secrets masked'}
        />
      </div>
      <pre class="well" tabIndex={0} aria-label="Answer" dir="auto">
        {beginning(withoutHeaders(reply), shown)}
      </pre>
      <Disclosure summary={`Headers: ${request.headers.length} sent, ${reply.headers.length} received`}>
        <pre class="well" tabIndex={0} aria-label="Headers">
          {shown([...request.headers, '', ...reply.headers].join('\n').trimEnd())}
        </pre>
      </Disclosure>
    </div>
  )
}
