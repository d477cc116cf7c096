import { presetActions } from '@latchkey/core'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { linkTo } from '../../app/router.ts'
import type { Made } from '../../connection/call.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { isObject, objectsOf, textOf } from '../../connection/json.ts'
import { callsIn } from '../../connection/outcome.ts'
import { runChange } from '../../connection/run-change.ts'
import { callSignedIn } from '../../connection/sign-in.ts'
import { Button, Select } from '../../parts/controls.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { toast } from '../../parts/toast.tsx'
import { countOf } from '../../parts/words.ts'
import { typed } from './flow.ts'
import { takeToken } from './token-record.ts'

const MOST = 200

/** Of the signed-in account: pick one of its tokens, or make one. */
export function TokenChoice() {
  const tokens = useSignal<readonly Readonly<Record<string, unknown>>[] | undefined>(undefined)
  const isMaking = useSignal(false)
  const refused = useSignal<Made | undefined>(undefined)
  const read = async () => {
    const { outcome } = await callSignedIn({
      service: 'appToken',
      action: 'list',
      params: { filter: { statusEqual: 2, orderBy: '-createdAt' }, pager: { pageSize: MOST, pageIndex: 1 } },
    })
    if (outcome.kind === 'result' && isObject(outcome.value)) tokens.value = objectsOf(outcome.value.objects)
  }
  useEffect(() => {
    void read()
  }, [])
  const make = async () => {
    isMaking.value = true
    refused.value = undefined
    const suggested = await callSignedIn({
      service: 'latchkey_access',
      action: 'suggest',
      params: { preset: 'get-and-list' },
    })
    const made =
      suggested.outcome.kind === 'result' && isObject(suggested.outcome.value)
        ? await runChange(callsIn(suggested.outcome.value.change))
        : [suggested]
    const last = made.at(-1)
    isMaking.value = false
    if (last?.outcome.kind === 'result') {
      takeToken(last.outcome.value, true)
      toast('Made a token that can only get and list.')
      await read()
    } else {
      refused.value = last
    }
  }
  const list = tokens.value ?? []
  return (
    <div class="stack-tight">
      <div class="ask">
        <div class="row">
          {isLatchkey.value !== false && (
            <Button
              kind={tokens.value !== undefined && list.length === 0 ? 'primary' : 'plain'}
              busy={isMaking.value}
              onClick={make}
            >
              Create “get and list only”
            </Button>
          )}
          <a class="small" href={linkTo('tokens', ['new'])}>
            Another kind
          </a>
        </div>
        {/* Last, so that its coming moves none of the others. */}
        {list.length > 0 && (
          <Select
            label="Token of this account"
            value={list.some((token) => token.id === typed.tokenId.value.trim()) ? typed.tokenId.value.trim() : ''}
            choices={[
              { id: '', title: 'Choose one…' },
              ...list.map((token) => ({ id: textOf(token.id), title: titleOf(token) })),
            ]}
            onChange={(id) =>
              takeToken(
                list.find((token) => token.id === id),
                true,
              )
            }
          />
        )}
      </div>
      {tokens.value !== undefined && list.length === 0 && (
        <p class="small muted">
          This account has no app token yet. “Get and list only” opens{' '}
          {countOf(presetActions('get-and-list')?.length ?? 0, 'read action')}, and nothing that changes or deletes.
        </p>
      )}
      {refused.value !== undefined && (
        <Trouble service={serviceOf(refused.value)} action={actionOf(refused.value)} outcome={refused.value.outcome} />
      )}
    </div>
  )
}

function titleOf(token: Readonly<Record<string, unknown>>): string {
  const description = textOf(token.description)
  return description === '' ? textOf(token.id) : `${description} · ${textOf(token.id)}`
}

const PATH = /\/service\/([^/]+)\/action\/([^/?]+)/

function serviceOf({ request }: Made): string {
  return decodeURIComponent(PATH.exec(request.url)?.[1] ?? '')
}

function actionOf({ request }: Made): string {
  return decodeURIComponent(PATH.exec(request.url)?.[2] ?? '')
}
