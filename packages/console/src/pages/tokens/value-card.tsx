import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Made } from '../../connection/call.ts'
import { Button } from '../../parts/controls.tsx'
import { Copy, download } from '../../parts/copy.tsx'
import { focusSoon } from '../../parts/focus.ts'
import { Card, KeyValue, Pair } from '../../parts/layout.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { Secret } from '../../parts/secret.tsx'
import { fetchValue, fresh, handoverOf, takeToWorkflow } from './fresh.ts'
import { envText, fileNameFor, jsonText } from './handover.ts'
import { Stopped } from './stopped.tsx'
import type { Token } from './token.ts'

/** Id and value, to hand over: in full right after it was made, masked and fetched when asked for ever after. */
export function ValueCard({ token }: { readonly token: Token }) {
  const shown = fresh.value?.id === token.id ? fresh.value : undefined
  const fetched = useSignal<string | undefined>(undefined)
  const asking = useSignal<'show' | 'workflow' | undefined>(undefined)
  const refused = useSignal<Made | undefined>(undefined)
  useEffect(() => {
    fetched.value = undefined
  }, [shown])
  const value = shown?.value ?? fetched.value
  const withValue = async (why: 'show' | 'workflow', then: (value: string) => void) => {
    if (value !== undefined) {
      then(value)
      return
    }
    asking.value = why
    refused.value = undefined
    const answer = await fetchValue(token.id)
    asking.value = undefined
    if (typeof answer === 'string') then(answer)
    else refused.value = answer
  }
  return (
    <Card
      title={shown === undefined ? 'Id and value' : TITLES[shown.why]}
      actions={
        <Button
          kind="link"
          busy={asking.value === 'workflow'}
          onClick={() => withValue('workflow', (text) => takeToWorkflow(token, text))}
        >
          Use it in the workflow
        </Button>
      }
      summary={shown === undefined ? undefined : 'in full until you leave this page'}
    >
      <div class="stack">
        {shown?.stopped !== undefined && <Stopped end={shown.stopped} />}
        <KeyValue>
          <Pair name="id">
            <span class="secret">
              <span class="mono">{token.id}</span>
              <Copy text={token.id} what="the token id" />
            </span>
          </Pair>
          <Pair name="value">
            {shown !== undefined ? (
              <code class="tok-value" data-tone="token">
                {shown.value}
              </code>
            ) : fetched.value !== undefined ? (
              <Secret text={fetched.value} name="token value" tone="token" />
            ) : (
              <span class="secret">
                <span class="mono" aria-hidden="true">
                  ••••••••
                </span>
                <Button
                  kind="link"
                  busy={asking.value === 'show'}
                  onClick={({ currentTarget }) => {
                    const place = currentTarget.closest('dd')
                    return withValue('show', (text) => {
                      fetched.value = text
                      focusSoon(() => place?.querySelector('button'))
                    })
                  }}
                >
                  Fetch the value
                </Button>
              </span>
            )}
          </Pair>
        </KeyValue>
        {refused.value !== undefined && (
          <Trouble service="appToken" action="get" outcome={refused.value.outcome}>
            {refused.value.outcome.kind === 'result' && (
              <p class="small">The server does not tell this session the value.</p>
            )}
          </Trouble>
        )}
        {value !== undefined && (
          <div class="row">
            {shown !== undefined && (
              <Copy kind="primary" text={value} what="the token value">
                Copy the value
              </Copy>
            )}
            <Button onClick={() => download(fileNameFor(token.id, 'env'), envText(handoverOf(token, value)))}>
              Download .env
            </Button>
            <Button
              onClick={() =>
                download(fileNameFor(token.id, 'json'), jsonText(handoverOf(token, value)), 'application/json')
              }
            >
              Download JSON
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}

const TITLES = { made: 'The token is made', rotated: 'Its new value' } as const
