import { explainError } from '@latchkey/doctor'
import { useMemo } from 'preact/hooks'
import { Button, TextArea } from '../parts/controls.tsx'
import { Explanation } from '../parts/explanation.tsx'
import { Card, Note } from '../parts/layout.tsx'
import { typed } from './typed.ts'

const EXAMPLE = 'The access to service [appToken->startSession] is forbidden'

/** The dictionary of errors. */
export function ErrorPart() {
  const text = typed.error.value
  const explanation = useMemo(() => (text.trim() === '' ? undefined : explainError(text)), [text])
  return (
    <Card
      title="What does this error mean?"
      summary="each one proves what comes before it"
      actions={
        text === '' ? (
          <Button kind="link" onClick={() => (typed.error.value = EXAMPLE)}>
            Show an example
          </Button>
        ) : (
          <Button kind="link" onClick={() => (typed.error.value = '')}>
            Clear
          </Button>
        )
      }
    >
      <div class="stack tall">
        <TextArea
          label="A code, a message, or a whole answer in JSON, XML or PHP"
          value={typed.error}
          mono
          rows={4}
          placeholder="INVALID_APP_TOKEN_HASH"
        />
        <div role="status">
          {explanation !== undefined && <Explanation explanation={explanation} hasHelp={false} />}
          {explanation === undefined && text.trim() !== '' && (
            <Note tone="warn">
              <strong>No error that is known.</strong> There is no code, no message and no answer with an error in it.
            </Note>
          )}
        </div>
      </div>
    </Card>
  )
}
