import { readRolePrivilege } from '@latchkey/core'
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId, useMemo } from 'preact/hooks'
import { formatDuration, formatTime, serverNow } from '../../connection/clock.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { Button, TextField } from '../../parts/controls.tsx'
import { focusSoon } from '../../parts/focus.ts'
import { Card, Chip, KeyValue, Pair } from '../../parts/layout.tsx'
import { toast } from '../../parts/toast.tsx'
import { Refused, SaveRow } from './ask.tsx'
import type { Detail } from './detail-state.ts'
import { localDraft } from './local-draft.ts'
import { typedIn } from './new-state.ts'
import { NoteFields } from './note-fields.tsx'
import { SessionFields } from './session-fields.tsx'
import { changedNotes, changedParams, readSettings, seesAll, settingsOf } from './settings.ts'
import { parseToken, type Token, typeInWords, userInWords } from './token.ts'
import { Labels, When } from './token-bits.tsx'
import { useAction } from './use-action.ts'

interface CardProps {
  readonly token: Token
  readonly detail: Detail
}

interface EditableCardProps {
  readonly title: string
  /** In place of what is shown, for as long as it is changed. */
  readonly form: (onDone: () => void) => ComponentChildren
  readonly children: ComponentChildren
}

function EditableCard({ title, form, children }: EditableCardProps) {
  const isEditing = useSignal(false)
  const id = useId()
  const card = () => document.getElementById(id)
  const change = () => {
    isEditing.value = true
    focusSoon(() => card()?.querySelector('input'))
  }
  const done = () => {
    isEditing.value = false
    focusSoon(() => card()?.querySelector('.card-head button'))
  }
  return (
    <Card
      id={id}
      title={title}
      actions={
        !isEditing.value && (
          <Button kind="link" onClick={change}>
            Change
          </Button>
        )
      }
    >
      {isEditing.value ? form(done) : children}
    </Card>
  )
}

/** How its sessions are; changed in place. */
export function SettingsCard({ token, detail }: CardProps) {
  return (
    <EditableCard
      title="Its sessions"
      form={(onDone) => <EditSessions token={token} detail={detail} onDone={onDone} />}
    >
      <Sessions token={token} />
    </EditableCard>
  )
}

function Sessions({ token }: { readonly token: Token }) {
  const { sessionType, sessionPrivileges, expiresAt, sessionSeconds } = token
  return (
    <KeyValue>
      <Pair name="type">
        {typeInWords(sessionType)}{' '}
        <span class="muted">
          {seesAll(sessionType, sessionPrivileges)
            ? 'sees the entries of everybody'
            : 'sees only the entries of its user'}
        </span>
      </Pair>
      <Pair name="user">
        <span dir="auto">{userInWords(token.sessionUserId)}</span>
        {token.sessionUserId === undefined && <span class="muted"> that its holder names</span>}
      </Pair>
      <Pair name="expires">
        {expiresAt === undefined ? (
          'never'
        ) : (
          <>
            {formatTime(expiresAt)} (<When at={expiresAt} />)
          </>
        )}
      </Pair>
      <Pair name="session life">{sessionSeconds === undefined ? 'the account’s' : formatDuration(sessionSeconds)}</Pair>
      <Pair name="privileges">
        {sessionPrivileges === '' ? (
          <span class="muted">none</span>
        ) : (
          <span class="chips">
            {sessionPrivileges.split(',').map((privilege) => (
              <Chip key={privilege}>{privilege}</Chip>
            ))}
          </span>
        )}
      </Pair>
      <Pair name="hash type">{token.hashType}</Pair>
      {token.createdAt !== undefined && (
        <Pair name="made">
          <When at={token.createdAt} />
        </Pair>
      )}
    </KeyValue>
  )
}

function EditSessions({ token, detail, onDone }: CardProps & { readonly onDone: () => void }) {
  const before = useMemo(() => settingsOf(token), [token.id])
  const typed = useMemo(() => localDraft(before), [before])
  const { running, refused, run } = useAction()
  const now = typedIn(typed)
  // What was past before may stay so while something else is changed.
  const isExpiryTouched = now.expiry !== before.expiry || now.expiryDate !== before.expiryDate
  const read = readSettings(isExpiryTouched ? now : { ...now, expiry: 'never' }, serverNow.value, false)
  const wrong = read.ok ? {} : read.wrong
  const settings = read.ok ? read.settings : undefined
  const change = settings === undefined ? {} : changedParams(before, now, settings)
  const save = async () => {
    const appToken = { objectType: 'KalturaAppToken', ...change }
    const params = { id: token.id, appToken }
    const done = await run('save', { service: 'appToken', action: 'update', params })
    if (done === undefined) return
    const changed = parseToken(done.value)
    if (changed !== undefined) detail.take(changed)
    onDone()
    toast('Changed. Sessions that are running keep what they have.')
  }
  const hasRole = readRolePrivilege({ privileges: now.privileges }).kind !== 'none'
  return (
    <div class="stack">
      <TextField label="Description" value={typed.description} />
      <SessionFields
        typed={typed}
        wrong={wrong}
        hasRole={hasRole}
        isWhole
        noUser={token.sessionUserId === undefined ? 'any user' : 'nobody'}
      />
      <Refused refused={refused.value} />
      <SaveRow
        busy={running.value === 'save'}
        isReadable={settings !== undefined}
        isChanged={Object.keys(change).length > 0}
        onSave={save}
        onLeave={onDone}
      />
    </div>
  )
}

/** Labels, note, addresses and rate; what the original has no place for. */
export function NotesCard({ token, detail }: CardProps) {
  if (isLatchkey.value === false) return null
  return (
    <EditableCard
      title="Labels and limits"
      form={(onDone) => <EditNotes token={token} detail={detail} onDone={onDone} />}
    >
      <KeyValue>
        <Pair name="labels">
          {token.labels.length === 0 ? <span class="muted">none</span> : <Labels labels={token.labels} />}
        </Pair>
        <Pair name="addresses">
          {token.addresses.length === 0 ? 'any' : <span class="mono">{token.addresses.join(', ')}</span>}
        </Pair>
        <Pair name="rate">
          {token.startsPerMinute === undefined ? 'no limit' : `${token.startsPerMinute} starts per minute`}
        </Pair>
        <Pair name="note">
          {token.note === '' ? (
            <span class="muted">none</span>
          ) : (
            <span class="tok-note" dir="auto">
              {token.note}
            </span>
          )}
        </Pair>
      </KeyValue>
    </EditableCard>
  )
}

function EditNotes({ token, detail, onDone }: CardProps & { readonly onDone: () => void }) {
  const before = useMemo(() => settingsOf(token), [token.id])
  const typed = useMemo(() => localDraft(before), [before])
  const { running, refused, run } = useAction()
  const now = typedIn(typed)
  // Only the fields of this form: whatever else the token has is none of its business.
  const read = readSettings({ ...now, expiry: 'never', duration: '86400' }, serverNow.value, false)
  const change = read.ok ? changedNotes(before, now, read.settings) : {}
  const save = async () => {
    const params = { id: token.id, ...change }
    const done = await run('save', { service: 'latchkey_token', action: 'annotate', params })
    if (done === undefined) return
    const changed = parseToken(done.value)
    if (changed !== undefined) detail.take(changed)
    onDone()
    toast('Written down.')
  }
  return (
    <div class="stack">
      <NoteFields typed={typed} wrong={read.ok ? {} : read.wrong} />
      <Refused refused={refused.value} />
      <SaveRow
        busy={running.value === 'save'}
        isReadable={read.ok}
        isChanged={Object.keys(change).length > 0}
        onSave={save}
        onLeave={onDone}
      />
    </div>
  )
}
