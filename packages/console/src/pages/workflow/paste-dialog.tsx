import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { go } from '../../app/router.ts'
import { changeServiceUrl } from '../../connection/connection.ts'
import { Button, TextArea } from '../../parts/controls.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Note } from '../../parts/layout.tsx'
import { NotLoaded } from '../../parts/not-loaded.tsx'
import { toast } from '../../parts/toast.tsx'
import { listOf } from '../../parts/words.ts'
import { takeWidgetSession, typed } from './flow.ts'
import type { Pasted } from './pasted.ts'

export interface PasteDialogProps {
  /** What was pasted already. */
  readonly initial: string
  readonly onClose: () => void
}

/** Says what was found in a paste, and fills the steps with it. */
export function PasteDialog({ initial, onClose }: PasteDialogProps) {
  const text = useSignal(initial)
  const found = useSignal<Pasted | undefined>(undefined)
  const hasFailed = useSignal(false)
  const read = async (pasted: string) => {
    if (pasted.trim() === '') {
      found.value = undefined
      return
    }
    try {
      const { readPasted } = await import('./pasted.ts')
      if (text.value === pasted) found.value = readPasted(pasted)
    } catch {
      hasFailed.value = true
    }
  }
  useEffect(() => void read(initial), [])
  const use = () => {
    if (found.value === undefined) return
    take(found.value)
    toast(`Filled in ${listOf(found.value.names, 'and')}.`)
    onClose()
  }
  const names = found.value?.names ?? []
  return (
    <Dialog
      title="Paste anything"
      onClose={onClose}
      foot={
        <Button kind="primary" blocked={names.length === 0 ? 'Nothing to use was found yet' : undefined} onClick={use}>
          Use these
        </Button>
      }
    >
      <div class="stack">
        <TextArea
          label="A token record, a curl line, a response, a .env"
          value={text}
          mono
          rows={6}
          onInput={(pasted) => void read(pasted)}
          hint="It is read in this page and goes nowhere."
        />
        {hasFailed.value && <NotLoaded what="What reads it" />}
        <div role="status">
          {found.value !== undefined && (
            <Note tone={names.length === 0 ? 'warn' : 'good'}>
              {names.length === 0 && isForDoctor(found.value) ? (
                <>
                  <strong>{found.value.isRefusal ? 'That is a refusal.' : 'Nothing in it fills a step.'}</strong>{' '}
                  <Button kind="link" onClick={() => void askDoctor(text.value, onClose)}>
                    {found.value.isRefusal ? 'Ask the doctor why' : 'Have the doctor read it'}
                  </Button>
                </>
              ) : names.length === 0 ? (
                <>
                  <strong>Nothing known.</strong> It was taken for: {found.value.shape}. What it needs is an app token
                  as JSON or XML, a request, or lines such as TOKEN_ID=0_abc.
                </>
              ) : (
                <>
                  <strong>Found:</strong> {listOf(names, 'and')}. It was taken for: {found.value.shape}.
                </>
              )}
            </Note>
          )}
        </div>
      </div>
    </Dialog>
  )
}

/** What no step can use may still say what is wrong. */
function isForDoctor({ shape }: Pasted): boolean {
  return shape !== 'nothing known' && shape !== 'too much'
}

async function askDoctor(text: string, onClose: () => void): Promise<void> {
  const [{ pasteText }, { pastedFile }] = await Promise.all([
    import('../doctor/fields.ts'),
    import('../doctor/pasted.ts'),
  ])
  pastedFile.value = undefined
  pasteText.value = text
  onClose()
  go('doctor')
}

function take({ fields }: Pasted): void {
  if (fields.serviceUrl !== undefined) {
    const changed = changeServiceUrl(fields.serviceUrl)
    if (!changed.ok) toast(`The service URL was left as it is: ${changed.why}`)
  }
  if (fields.partnerId !== undefined) typed.partner.value = fields.partnerId
  if (fields.tokenId !== undefined) typed.tokenId.value = fields.tokenId
  if (fields.tokenValue !== undefined) typed.tokenValue.value = fields.tokenValue
  if (fields.hashType !== undefined) typed.hashType.value = fields.hashType
  if (fields.received !== undefined) typed.received.value = fields.received
  if (fields.widgetSession !== undefined) takeWidgetSession(fields.widgetSession)
  if (fields.action !== undefined) typed.action.value = fields.action
}
