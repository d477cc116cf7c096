import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { openDialog } from '../../app/open-dialog.ts'
import { isSignedIn } from '../../connection/sign-in.ts'
import { Button, TextField } from '../../parts/controls.tsx'
import { Countdown } from '../../parts/countdown.tsx'
import { HashWork } from '../../parts/hash-work.tsx'
import { Note, Step } from '../../parts/layout.tsx'
import { runs, states, tokenHash, typed, widgetEndsAt, widgetSession } from './flow.ts'
import { SnippetFoot } from './snippet-foot.tsx'
import { TokenChoice } from './token-choice.tsx'
import { arriveAtValue, leaveValue, lookUpToken, tokenRecord, typeValue } from './token-record.ts'

/** Computed in the page, before the eyes of whoever looks. */
export function HashStep() {
  const isShown = useSignal(false)
  const state = states.hash.value
  const record = tokenRecord.value
  const tokenId = typed.tokenId.value.trim()
  useEffect(() => {
    const timer = setTimeout(() => void lookUpToken(tokenId), 300)
    return () => clearTimeout(timer)
  }, [tokenId, isSignedIn.value])
  return (
    <Step
      number={2}
      title="Hash"
      state={state}
      summary={tokenHash.value === '' ? undefined : 'computed in this page'}
      actions={
        typed.tokenValue.value !== '' && (
          <Button kind="link" pressed={isShown.value} onClick={() => (isShown.value = !isShown.value)}>
            {isShown.value ? 'Hide token' : 'Show token'}
          </Button>
        )
      }
      foot={<SnippetFoot step="hash" />}
    >
      <div class="stack-tight">
        {isSignedIn.value ? (
          <TokenChoice />
        ) : (
          typed.tokenId.value === '' && (
            <p class="small muted">
              No app token at hand?{' '}
              <Button kind="link" onClick={() => (openDialog.value = 'sign-in')}>
                Sign in
              </Button>{' '}
              to pick one of the account, or to make one here.
            </p>
          )
        )}
        <div class="hash-inputs">
          <TextField label="Token id" value={typed.tokenId} mono placeholder="0_k3v9x2mq" />
          <TextField
            label="Token value"
            value={typed.tokenValue}
            type={isShown.value ? 'text' : 'password'}
            mono
            hint="Stays in this page: only its hash is sent."
            onFocus={arriveAtValue}
            onInput={typeValue}
            onBlur={leaveValue}
          />
        </div>
        {idForValue(tokenId, typed.tokenValue.value)}
        {record !== undefined && record.isUsable === false && (
          <Note tone="warn">
            <strong>This token is {record.state}.</strong> The hash will be right, and the exchange will be refused.
          </Note>
        )}
        <HashWork
          session={widgetSession}
          value={typed.tokenValue}
          hashType={typed.hashType}
          hashTypeFrom={record?.hashType === typed.hashType.value ? 'from the token' : undefined}
          tokenId={tokenId}
          otherSessions={previousSessions()}
          received={typed.received}
          isValueShown={isShown.value}
          aside={
            widgetEndsAt.value !== undefined && (
              <span class="small muted">
                to hard-code in a tool for a try ·{' '}
                <Countdown until={widgetEndsAt.value} ended="the session has ended" />
              </span>
            )
          }
        />
      </div>
    </Step>
  )
}

/** Id and value are mixed up more often than anything else. */
function idForValue(id: string, value: string) {
  if (/^\d+_[0-9a-z]{8}$/.test(value)) {
    return (
      <Note tone="warn">
        <strong>That is an id.</strong> What stands in the field of the value looks like a token’s id. The value is the
        long one, as a rule 32 characters.
      </Note>
    )
  }
  if (/^[0-9a-f]{32}$/i.test(id)) {
    return (
      <Note tone="warn">
        <strong>That is a value.</strong> What stands in the field of the id looks like a token’s value. An id has the
        form 0_k3v9x2mq.
      </Note>
    )
  }
  return null
}

const seen = new Set<string>()

/** Widget sessions of before: a tool may have hashed one of them. */
function previousSessions(): readonly string[] {
  const { value } = widgetSession
  if (value !== '' && runs.widget.value !== undefined) seen.add(value)
  return [...seen].filter((other) => other !== value).slice(-5)
}
