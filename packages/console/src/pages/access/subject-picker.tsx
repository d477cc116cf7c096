import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { SignInForm } from '../../app/sign-in-form.tsx'
import { noteSecret } from '../../connection/secrets.ts'
import { isSignedIn } from '../../connection/sign-in.ts'
import { Button, TextField } from '../../parts/controls.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Disclosure, Note } from '../../parts/layout.tsx'
import { countOf } from '../../parts/words.ts'
import { type Choice, choicesFor } from './choices.ts'
import { pastedSession, workflowSession } from './reading.ts'
import { account, loadAccount } from './state.ts'
import type { Subject } from './subject.ts'

export interface SubjectPickerProps {
  readonly title: string
  readonly onChoose: (subject: Subject) => void
  readonly onClose: () => void
}

/** Tokens and roles of the account, sessions at hand, and what needs no account: one list, found by typing. */
export function SubjectPicker({ title, onChoose, onClose }: SubjectPickerProps) {
  const typed = useSignal('')
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => void loadAccount(), [isSignedIn.value])
  const groups = choicesFor(typed.value, {
    account: account.value,
    isSignedIn: isSignedIn.value,
    hasWorkflow: workflowSession.value !== '',
    hasPasted: pastedSession.value !== '',
  })
  const first = groups[0]?.choices[0]
  const move = (step: number) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('button.choice') ?? [])]
    const focused = document.activeElement
    const at = focused instanceof HTMLElement ? buttons.indexOf(focused) : -1
    buttons[Math.max(0, Math.min(buttons.length - 1, at + step))]?.focus()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <div
        class="stack"
        ref={list}
        onKeyDown={(event) => {
          const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'password'
          if (isTyping || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
          event.preventDefault()
          move(event.key === 'ArrowDown' ? 1 : -1)
        }}
      >
        <TextField
          label="Token, role or kind of session"
          value={typed}
          type="search"
          placeholder="Name or id"
          onEnter={() => first !== undefined && onChoose(first.subject)}
        />
        <div class="choices">
          {groups.map(({ id, name, choices, more }) => (
            <section key={id} aria-label={name}>
              <h3 class="legend">{name}</h3>
              <ul>
                {choices.map((choice) => (
                  <li key={choice.key}>
                    <ChoiceRow choice={choice} onChoose={onChoose} />
                  </li>
                ))}
              </ul>
              {more > 0 && (
                <p class="small muted">{countOf(more, 'more', 'more')}: type a part of the name, or a whole id.</p>
              )}
            </section>
          ))}
          {groups.length === 0 && <p class="muted">Nothing has a name like that.</p>}
        </div>
        {account.value !== undefined && account.value.troubles.length > 0 && (
          <Note tone="warn">
            <strong>Not all could be read.</strong> The session that is signed in may not list the tokens, roles or
            permissions of the account.
          </Note>
        )}
        <PasteSession onChoose={onChoose} />
        {!isSignedIn.value && (
          <Disclosure summary="Sign in, for tokens and roles of your account">
            <SignInForm onDone={() => undefined} />
          </Disclosure>
        )}
      </div>
    </Dialog>
  )
}

function ChoiceRow({ choice, onChoose }: { readonly choice: Choice; readonly onChoose: (subject: Subject) => void }) {
  return (
    <button type="button" class="choice" onClick={() => onChoose(choice.subject)}>
      <span dir="auto">{choice.name}</span>
      {choice.detail !== '' && <span class="mono muted">{choice.detail}</span>}
    </button>
  )
}

function PasteSession({ onChoose }: { readonly onChoose: (subject: Subject) => void }) {
  const text = useSignal('')
  const wrong = useSignal<string | undefined>(undefined)
  const use = () => {
    const session = text.value.trim().replace(/^(?:ks=|Bearer\s+)/i, '')
    if (session.length < 20 || /\s/.test(session)) {
      wrong.value =
        session === ''
          ? 'Paste a session string first'
          : `This has ${countOf(session.length, 'character')}${/\s/.test(session) ? ' and blanks in it' : ''}; a session string is longer than 40, in one piece`
      return
    }
    noteSecret(session)
    pastedSession.value = session
    text.value = ''
    onChoose({ kind: 'session', of: 'pasted' })
  }
  return (
    <div class="row paste">
      <div class="grow">
        <TextField
          label="Or paste a session string"
          value={text}
          type="password"
          mono
          wrong={wrong.value}
          hint="It is sent to the service URL above only, and never stands in the address."
          onInput={() => (wrong.value = undefined)}
          onEnter={use}
        />
      </div>
      <Button onClick={use}>Use it</Button>
    </div>
  )
}
