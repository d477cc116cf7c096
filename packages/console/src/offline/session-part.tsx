import { TEST_VECTORS } from '@latchkey/core'
import { serverNow } from '../connection/clock.ts'
import { Button, TextArea } from '../parts/controls.tsx'
import { Inspected } from '../parts/inspected.tsx'
import { Card } from '../parts/layout.tsx'
import { typed } from './typed.ts'

/** Looks into a session string. */
export function SessionPart() {
  // A line end came along when it was copied; blanks are told as what they are.
  const text = typed.inspected.value.replace(/\r?\n$/, '')
  return (
    <Card
      title="Session inspector"
      summary="version 1 in clear, version 2 with the admin secret"
      actions={
        text === '' ? (
          <Button kind="link" onClick={() => (typed.inspected.value = TEST_VECTORS[2]?.sessionString ?? '')}>
            Show an example
          </Button>
        ) : (
          <Button kind="link" onClick={() => (typed.inspected.value = '')}>
            Clear
          </Button>
        )
      }
    >
      <div class="stack tall">
        <TextArea
          label="Session string (ks)"
          value={typed.inspected}
          mono
          rows={4}
          placeholder="djJ8…"
          hint="As it was sent: one that was cut, encoded once too often or put in quotes is told as such."
        />
        {text.trim() !== '' && <Inspected text={text} now={serverNow.value} hasHelp={false} />}
      </div>
    </Card>
  )
}
