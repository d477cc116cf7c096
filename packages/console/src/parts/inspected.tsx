import { type EpochSeconds, Secret } from '@latchkey/core'
import { noblePrimitives } from '@latchkey/core/noble'
import { type InspectedSession, inspectSession } from '@latchkey/doctor'
import { useSignal } from '@preact/signals'
import { formatTime, formatWhen } from '../connection/clock.ts'
import { TextField } from './controls.tsx'
import { FindingList } from './finding-list.tsx'
import { Chip, KeyValue, Pair } from './layout.tsx'
import { countOf } from './words.ts'

const KINDS = { widget: 'widget session, which anybody can get', user: 'USER', admin: 'ADMIN' } as const
const SIGNATURES = {
  proven: 'right: this secret made it',
  'not-this-secret': 'not made with this secret',
  unproven: 'not looked at: that takes the admin secret of the account',
} as const

export interface InspectedProps {
  /** As it was pasted. */
  readonly text: string
  readonly now: EpochSeconds
  readonly hasHelp?: boolean
}

/** What is in a session string. One of version 2 is opened here, with the account's secret, which goes nowhere. */
export function Inspected({ text, now, hasHelp = true }: InspectedProps) {
  const secret = useSignal('')
  const secrets = secret.value.trim() === '' ? [] : [new Secret(secret.value.trim())]
  const seen = inspectSession(noblePrimitives, text, { secrets, now })
  const isSealed = seen.version === 2 && seen.privileges === undefined
  return (
    <div class="stack">
      <div role="status" aria-label="What is in the session string">
        <Fields seen={seen} now={now} />
      </div>
      {seen.version !== undefined && (
        <TextField
          label={`Admin secret of account ${seen.partnerId ?? ''}`}
          value={secret}
          type="password"
          mono
          hint={
            isSealed
              ? 'Type, user, end and privileges are encrypted. With the secret they are opened in this page; nothing is sent.'
              : 'Says whether the signature is right. It stays in this page.'
          }
          wrong={
            seen.signature === 'not-this-secret' ? 'This is not the secret that the session was made with' : undefined
          }
        />
      )}
      <FindingList findings={seen.findings} hasHelp={hasHelp} />
    </div>
  )
}

function Fields({ seen, now }: { readonly seen: InspectedSession; readonly now: EpochSeconds }) {
  const { version, partnerId, length, isWhole, blocks, signature, kind, expiresAt, userId, privileges } = seen
  return (
    <KeyValue>
      <Pair name="version">{version ?? 'cannot be told'}</Pair>
      {partnerId !== undefined && <Pair name="account">{partnerId}</Pair>}
      <Pair name="length">
        {countOf(length, 'character')}, {isWhole ? 'whole' : <Chip tone="bad">not whole</Chip>}
        {blocks !== undefined && `, ${countOf(blocks, 'sealed block')} of 16 bytes`}
      </Pair>
      {version !== undefined && (
        <Pair name="signature">
          {signature === 'proven' && <Chip tone="good">proven</Chip>} {SIGNATURES[signature]}
        </Pair>
      )}
      {kind !== undefined && <Pair name="kind">{KINDS[kind]}</Pair>}
      {userId !== undefined && <Pair name="user">{userId === '' ? 'none' : <bdi>{userId}</bdi>}</Pair>}
      {expiresAt !== undefined && (
        <Pair name="ends">
          {timeOf(expiresAt)}{' '}
          <span class="muted">
            {formatWhen(expiresAt, now)} · <span class="mono">{expiresAt}</span>
          </span>
        </Pair>
      )}
      {privileges !== undefined && (
        <Pair name="privileges">
          {privileges.length === 0 && 'none'}
          <ul class="stack-tight">
            {privileges.map(({ text, meaning }, at) => (
              <li key={at}>
                <Chip>{text}</Chip> <span class="muted">{meaning ?? 'passed over by the server'}</span>
              </li>
            ))}
          </ul>
        </Pair>
      )}
    </KeyValue>
  )
}

const LAST_DATE = 8_640_000_000_000

function timeOf(at: EpochSeconds): string {
  return at > 0 && at <= LAST_DATE ? formatTime(at) : 'no date at all'
}
