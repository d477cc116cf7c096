import { useSignal } from '@preact/signals'
import type { Made } from '../connection/call.ts'
import { redact } from '../connection/secrets.ts'
import { Check } from './controls.tsx'
import { Copy } from './copy.tsx'

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

const LONGEST_PRETTY = 400_000

function pretty(body: string): string {
  if (body.length > LONGEST_PRETTY) return body
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2)
  } catch {
    return body
  }
}

/** What was sent and what came back, with secrets masked; copied so too, unless the person chooses otherwise. */
export function Exchange({ made }: { readonly made: Made }) {
  const isRevealed = useSignal(false)
  const shown = (text: string) => (isRevealed.value ? text : redact(text))
  const request = shown(requestText(made))
  const reply = shown(replyText(made))
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
        <Copy text={request} what={isRevealed.value ? 'the request with its secrets' : 'the request, secrets masked'} />
      </div>
      <pre class="well" tabIndex={0} aria-label="Request">
        {request}
      </pre>
      <div class="spread">
        <h3>Answer</h3>
        <Copy text={reply} what={isRevealed.value ? 'the answer with its secrets' : 'the answer, secrets masked'} />
      </div>
      <pre class="well" tabIndex={0} aria-label="Answer" dir="auto">
        {reply}
      </pre>
    </div>
  )
}
