import type { ComponentChildren } from 'preact'
import { Button } from '../../parts/controls.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import type { useAction } from './use-action.ts'

type Refusal = ReturnType<typeof useAction>['refused']['value']

/** What was refused, below what was asked. */
export function Refused({ refused }: { readonly refused: Refusal }) {
  if (refused === undefined) return null
  const { call, made } = refused
  return (
    <div role="alert">
      <Trouble service={call.service} action={call.action} outcome={made.outcome} />
    </div>
  )
}

export interface AskProps {
  readonly title: string
  /** The button that leaves all as it is. */
  readonly keep: string
  /** The button that does it. */
  readonly act: string
  readonly kind?: 'primary' | 'danger'
  readonly busy: boolean
  readonly refused: Refusal
  readonly onAct: () => unknown
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** Asks before something is done, with what it will do; what is refused then stays below it. */
export function Ask({ title, keep, act, kind = 'primary', busy, refused, onAct, onClose, children }: AskProps) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{keep}</Button>
          <Button kind={kind} busy={busy} onClick={onAct}>
            {act}
          </Button>
        </>
      }
    >
      <div class="stack-tight">
        {children}
        <Refused refused={refused} />
      </div>
    </Dialog>
  )
}

export interface SaveRowProps {
  readonly busy: boolean
  readonly isReadable: boolean
  readonly isChanged: boolean
  readonly onSave: () => unknown
  readonly onLeave: () => void
}

/** Below a form in which something is changed in place. */
export function SaveRow({ busy, isReadable, isChanged, onSave, onLeave }: SaveRowProps) {
  const blocked = isChanged ? undefined : 'Nothing was changed yet.'
  return (
    <div class="row">
      <Button
        kind="primary"
        busy={busy}
        blocked={isReadable ? blocked : 'Look at the fields that are marked.'}
        onClick={onSave}
      >
        Save
      </Button>
      <Button onClick={onLeave}>Leave it as it is</Button>
    </div>
  )
}
