import { linkTo } from '../../app/router.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { Select, TextField } from '../../parts/controls.tsx'
import { Countdown } from '../../parts/countdown.tsx'
import { Chip, Disclosure, KeyValue, Note, Pair, Step } from '../../parts/layout.tsx'
import { LocalExplanation } from '../../parts/local-explanation.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { Secret } from '../../parts/secret.tsx'
import { hasSessionEnded, missing, runSession, runs, session, sessionInfo, states, typed } from './flow.ts'
import { missingFrom, privilegesIn, type SessionInfo } from './session-info.ts'
import { SnippetFoot } from './snippet-foot.tsx'
import { RunRow, StepActions, StepExchange, useExchangeShown } from './step-parts.tsx'

/** The exchange: hash in, session out. */
export function SessionStep() {
  const isExchangeShown = useExchangeShown()
  const state = states.session.value
  const info = sessionInfo.value
  const run = runs.session.value
  const { outcome } = run?.made ?? {}
  const isRefused = outcome !== undefined && outcome.kind !== 'result'
  const isGiven = session.value !== ''
  return (
    <Step
      number={3}
      title="Session"
      state={state}
      summary={isGiven ? summary(state, info) : undefined}
      actions={
        <StepActions
          step="session"
          isRunning={state === 'running'}
          blocked={missing.session.value}
          onRun={runSession}
          isExchangeShown={isExchangeShown}
        />
      }
      foot={<SnippetFoot step="session" />}
    >
      <div class="stack-tight">
        {isRefused && (
          <Trouble service="appToken" action="startSession" outcome={outcome}>
            {outcome.kind === 'refused' && outcome.refusal.told === undefined && (
              <LocalExplanation service="appToken" action="startSession" refusal={outcome.refusal} />
            )}
          </Trouble>
        )}
        {isGiven && info !== undefined && <Granted info={info} />}
        {isGiven && (
          <KeyValue>
            <Pair name="ks">
              <Secret text={session.value} name="session" tone="session" />
            </Pair>
          </KeyValue>
        )}
        <Disclosure summary="Ask for something in particular" open={false}>
          <Asked />
        </Disclosure>
        {(!isGiven || state === 'stale' || isRefused) && (
          <RunRow isRunning={state === 'running'} blocked={missing.session.value} onRun={runSession}>
            {isGiven ? 'Start a new session' : 'Start the session'}
          </RunRow>
        )}
        <StepExchange step="session" isShown={isExchangeShown.value} />
      </div>
    </Step>
  )
}

function summary(state: string, info: SessionInfo | undefined) {
  if (info === undefined) return 'kept from before'
  const who = info.userId === '' ? info.type : `${info.type} · ${info.userId}`
  return (
    <>
      {who}
      {info.expiresAt !== undefined && (
        <>
          {' · '}
          <Countdown until={info.expiresAt} ended="has ended: start a new one" />
        </>
      )}
      {state === 'stale' && !hasSessionEnded.value && ' · out of date: run it again'}
    </>
  )
}

function Granted({ info }: { readonly info: SessionInfo }) {
  const asked = privilegesIn(typed.privileges.value)
  const told = info.dropped
  const silent = isLatchkey.value === true ? [] : missingFrom(asked, info.privileges)
  return (
    <div class="granted">
      <KeyValue>
        {asked.length > 0 && (
          <Pair name="asked">
            <span class="chips">
              {asked.map((item) => (
                <Chip key={item}>{item}</Chip>
              ))}
            </span>
          </Pair>
        )}
        <Pair name="granted">
          <span class="chips">
            {info.privileges.length === 0 && <span class="muted">no privilege</span>}
            {info.privileges.map((item) => (
              <Chip key={item}>{item}</Chip>
            ))}
          </span>
        </Pair>
        {told.length > 0 && (
          <Pair name="dropped">
            <span class="stack-tight">
              {told.map(({ privilege, text }) => (
                <span key={privilege}>
                  <Chip tone="warn">{privilege}</Chip> <span class="muted">{withoutName(privilege, text)}</span>
                </span>
              ))}
            </span>
          </Pair>
        )}
        {silent.length > 0 && (
          <Pair name="dropped">
            <span class="chips">
              {silent.map((item) => (
                <Chip key={item} tone="warn">
                  {item}
                </Chip>
              ))}
              <span class="muted">asked for, and not in the session; this server does not say why</span>
            </span>
          </Pair>
        )}
      </KeyValue>
      {info.warnings.map((warning) => (
        <Note key={warning} tone="warn">
          <strong>Good to know.</strong> {warning}.
        </Note>
      ))}
      <p class="small">
        {info.type === 'USER'
          ? 'A USER session sees what its user owns and what is shared with it. '
          : 'An ADMIN session sees the whole account, as far as its role lets it. '}
        <a href={linkTo('access', [], { subject: 'session' })}>See all that it can call</a>
      </p>
    </div>
  )
}

/** The server's sentence begins with the privilege, which stands beside it already. */
function withoutName(privilege: string, text: string): string {
  const name = `"${privilege}" `
  return text.startsWith(name) ? text.slice(name.length) : text
}

function Asked() {
  return (
    <div class="fields">
      <TextField
        label="User id"
        value={typed.userId}
        hint="Counts only where the token names no user."
        onEnter={runSession}
      />
      <Select
        label="Type"
        value={typed.type.value}
        choices={[
          { id: '', title: 'as the token says' },
          { id: '0', title: 'USER (0)' },
          { id: '2', title: 'ADMIN (2)' },
        ]}
        onChange={(id) => (typed.type.value = id)}
        hint="Counts only where the token has no type."
      />
      <TextField
        label="Life in seconds"
        value={typed.expiry}
        inputMode="numeric"
        placeholder="as the token says"
        onEnter={runSession}
        wrong={/^\d*$/.test(typed.expiry.value.trim()) ? undefined : 'A whole number of seconds, such as 3600'}
      />
      <TextField
        label="Privileges"
        value={typed.privileges}
        mono
        placeholder="list:*,sview:*"
        hint="With commas between them. They add to the token’s own, or narrow them."
        onEnter={runSession}
      />
    </div>
  )
}
