import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { changeServiceUrl, serviceUrl } from '../../connection/connection.ts'
import { recentActions } from '../../connection/recent-calls.ts'
import { Button, Select, TextArea, TextField } from '../../parts/controls.tsx'
import { HASH_CHOICES } from '../../parts/hash.ts'
import { Disclosure, Note } from '../../parts/layout.tsx'
import { countOf } from '../../parts/words.ts'
import { fields, typedFields } from './fields.ts'
import { pasted } from './pasted.ts'
import { run, startProbes, stopProbes } from './run.ts'
import { readProbeFields, type WrongFields } from './told.ts'

const TYPES = [{ id: '', title: 'Not sure: try all four' }, ...HASH_CHOICES] as const

/** All that the doctor needs to make the login itself. */
export function ProbeForm() {
  const url = useSignal(serviceUrl.value)
  const wrong = useSignal<WrongFields & { readonly serviceUrl?: string }>({})
  const isShown = useSignal(false)
  const isRunning = run.value.state === 'running'
  useEffect(() => {
    url.value = serviceUrl.value
  }, [serviceUrl.value])
  const submit = () => {
    if (isRunning) return
    const address = changeServiceUrl(url.value)
    const goesAlong = pasted.value?.along
    const read = readProbeFields(typedFields(), address.ok ? address.url : '', goesAlong)
    wrong.value = { ...(read.ok ? {} : read.wrong), ...(address.ok ? {} : { serviceUrl: address.why }) }
    if (address.ok && read.ok) void startProbes(read.told, goesAlong)
  }
  const calls = recentActions()
  return (
    <form
      class="stack"
      id="run-probes"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div class="fields probe-fields">
        <TextField label="Service URL" value={url} mono type="url" wrong={wrong.value.serviceUrl} onEnter={submit} />
        <TextField
          label="Partner id"
          value={fields.partnerId}
          inputMode="numeric"
          wrong={wrong.value.partnerId}
          onEnter={submit}
        />
        <TextField
          label="Token id"
          value={fields.tokenId}
          mono
          placeholder="0_k3v9x2mq"
          wrong={wrong.value.tokenId}
          onEnter={submit}
        />
        <TextField
          label="Token value"
          value={fields.tokenValue}
          type={isShown.value ? 'text' : 'password'}
          mono
          wrong={wrong.value.tokenValue}
          onEnter={submit}
          hint={
            <>
              Only its hash is sent.{' '}
              <Button
                kind="link"
                label={`${isShown.value ? 'Hide' : 'Show'} the token value`}
                pressed={isShown.value}
                onClick={() => (isShown.value = !isShown.value)}
              >
                {isShown.value ? 'Hide' : 'Show'}
              </Button>
            </>
          }
        />
        <Select
          label="Hash type"
          value={TYPES.find(({ id }) => id === fields.hashType.value)?.id ?? ''}
          choices={TYPES}
          onChange={(id) => (fields.hashType.value = id)}
          hint="Trying all may leave up to three wrong hashes in the server’s log."
        />
        <TextField
          label="What the job calls"
          value={fields.wanted}
          mono
          placeholder="media.list, user.list"
          wrong={wrong.value.wanted}
          onEnter={submit}
          hint={
            calls.length === 0 ? (
              'Lists are called with a page of one; nothing else is.'
            ) : (
              <Button kind="link" onClick={() => (fields.wanted.value = calls.join(', '))}>
                {`Use the ${countOf(calls.length, 'action')} called here`}
              </Button>
            )
          }
        />
      </div>
      <ToolFields wrong={wrong.value} onEnter={submit} />
      <Along />
      <div class="row">
        <Button kind="primary" busy={isRunning} onClick={submit}>
          {isRunning ? 'Running' : run.value.state === 'idle' ? 'Run the probes' : 'Run the probes again'}
        </Button>
        {isRunning && <Button onClick={stopProbes}>Stop</Button>}
        <span class="small muted">Calls of a login and of reading; nothing is changed.</span>
      </div>
    </form>
  )
}

function Along() {
  const along = pasted.value?.along
  if (along === undefined) return null
  const parts = [
    ...(along.record === undefined ? [] : ['the app token']),
    ...(along.exchanges.length === 0 ? [] : [countOf(along.exchanges.length, 'call')]),
  ]
  if (parts.length === 0) return null
  return <Note>What was pasted above goes along: {parts.join(' and ')}.</Note>
}

interface ToolFieldsProps {
  readonly wrong: WrongFields
  readonly onEnter: () => void
}

/** What a tool did that fails where the doctor may well succeed. */
function ToolFields({ wrong, onEnter }: ToolFieldsProps) {
  return (
    <Disclosure summary="What your tool sent" open={wrong.type !== undefined || wrong.expiry !== undefined}>
      <div class="stack">
        <p class="small muted">
          If the doctor logs in and your tool does not: with hash and session of its login the mistake in the hash is
          named. A session alone is what it calls with after the login.
        </p>
        <TextField label="The hash that it sent (tokenHash)" value={fields.receivedHash} mono onEnter={onEnter} />
        <div class="fields">
          <TextArea label="The session that it sent (ks)" value={fields.sentSession} mono rows={2} />
          <TextArea
            label="Another session that was at hand"
            value={fields.otherSession}
            mono
            rows={2}
            hint="Such as that of a second widget session."
          />
        </div>
        <div class="fields">
          <TextField label="widgetId" value={fields.widgetId} mono placeholder="_4242" onEnter={onEnter} />
          <TextField label="userId" value={fields.userId} mono onEnter={onEnter} />
          <TextField label="type" value={fields.type} mono placeholder="0" wrong={wrong.type} onEnter={onEnter} />
          <TextField
            label="expiry, in seconds"
            value={fields.expiry}
            mono
            placeholder="3600"
            wrong={wrong.expiry}
            onEnter={onEnter}
          />
          <TextField label="sessionPrivileges" value={fields.privileges} mono onEnter={onEnter} />
        </div>
      </div>
    </Disclosure>
  )
}
