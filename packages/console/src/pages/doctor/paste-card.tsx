import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { serverNow } from '../../connection/clock.ts'
import { Button, TextArea } from '../../parts/controls.tsx'
import { focusSoon } from '../../parts/focus.ts'
import { Card, Note, Skeleton } from '../../parts/layout.tsx'
import { pasteText } from './fields.ts'
import { FileButton } from './file-button.tsx'
import { LARGEST_SHOWN, readFile, sizeInWords } from './paste-file.ts'
import { pasted, pastedFile, readText } from './pasted.ts'
import { ReadingView } from './reading-view.tsx'

const PATIENCE_MS = 150

/** One box for whatever there is. */
export function PasteCard() {
  const wrong = useSignal<string | undefined>(undefined)
  const isOver = useSignal(false)
  const file = pastedFile.value
  const text = file?.text ?? pasteText.value
  useReading(text)
  const take = async (chosen: File) => {
    const answer = await readFile(chosen)
    if (!answer.ok) {
      wrong.value = answer.why
      return
    }
    wrong.value = undefined
    const isLarge = answer.file.text.length > LARGEST_SHOWN
    pastedFile.value = isLarge ? answer.file : undefined
    pasteText.value = isLarge ? '' : answer.file.text
  }
  return (
    <div
      class="drop"
      data-over={isOver.value}
      onDragOver={(event) => {
        event.preventDefault()
        isOver.value = true
      }}
      onDragLeave={() => (isOver.value = false)}
      onDrop={(event) => {
        isOver.value = false
        const dropped = event.dataTransfer?.files[0]
        // A piece of text goes into the box by itself.
        if (dropped === undefined) return
        event.preventDefault()
        void take(dropped)
      }}
    >
      <Card
        title="Paste anything"
        summary="read in this page, sent nowhere"
        actions={
          text !== '' && (
            <Button
              kind="link"
              onClick={({ currentTarget }) => {
                const card = currentTarget.closest('.card')
                focusSoon(() => card?.querySelector('textarea'))
                pastedFile.value = undefined
                pasteText.value = ''
                wrong.value = undefined
              }}
            >
              Clear
            </Button>
          )
        }
      >
        <div class="stack">
          <div class="stack-tight paste-box">
            {file === undefined ? (
              <TextArea
                label="A token record, request, curl line, answer, error, session string, hash, .env, HAR or report"
                value={pasteText}
                mono
                rows={7}
                onInput={() => (wrong.value = undefined)}
              />
            ) : (
              <Note>
                <strong>{file.name}</strong>, {sizeInWords(file.size)}: too long to be shown in a box, and read all the
                same.
              </Note>
            )}
            <div class="row">
              <FileButton onFile={(chosen) => void take(chosen)}>Choose a file</FileButton>
              <span class="small muted">or drop one here</span>
            </div>
            {wrong.value !== undefined && (
              <Note tone="bad" alert>
                <strong>Not read.</strong> {wrong.value}
              </Note>
            )}
          </div>
          {text.trim() !== '' &&
            (pasted.value?.text === text ? (
              <ReadingView reading={pasted.value.reading} />
            ) : (
              <Skeleton lines={3} label="Reading what was pasted" />
            ))}
        </div>
      </Card>
    </div>
  )
}

/** Once nobody is typing, and after the page has shown that it reads: of an archive it takes a moment. */
function useReading(text: string): void {
  useEffect(() => {
    if (text.trim() === '') {
      pasted.value = undefined
      return undefined
    }
    if (pasted.value?.text === text) return undefined
    const timer = setTimeout(() => {
      pasted.value = readText(text, serverNow.peek())
    }, PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [text])
}
