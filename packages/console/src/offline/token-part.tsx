import { noblePrimitives } from '@latchkey/core/noble'
import { lintPaste, type PasteLint } from '@latchkey/doctor'
import { useMemo } from 'preact/hooks'
import { serverNow } from '../connection/clock.ts'
import { Button, TextArea, TextField } from '../parts/controls.tsx'
import { FindingList } from '../parts/finding-list.tsx'
import { Card, Note } from '../parts/layout.tsx'
import { Details } from '../parts/summary.tsx'
import { typed } from './typed.ts'
import { readWanted } from './wanted.ts'

const EXAMPLE = `“id”: “0_xxxx”,
“token”: “****”,
“createdAt”: 1627298165,
“expiry”: 1629972884,
“sessionType”: 0,
“sessionDuration”: 300,
“hashType”: “SHA256”,`

/** Judges the record of an app token, or a call with it. */
export function TokenPart() {
  const text = typed.record.value
  const wanted = readWanted(typed.wanted.value)
  const names = wanted.actions.map(({ service, action }) => `${service}.${action}`).join(' ')
  const lint = useMemo(
    () =>
      text.trim() === ''
        ? undefined
        : lintPaste(text, { primitives: noblePrimitives, clock: serverNow.peek(), wanted: wanted.actions }),
    [text, names],
  )
  return (
    <Card
      title="Token check"
      summary="what an app token does, and what is wrong with it"
      actions={
        text === '' ? (
          <Button kind="link" onClick={() => (typed.record.value = EXAMPLE)}>
            Show an example
          </Button>
        ) : (
          <Button kind="link" onClick={() => (typed.record.value = '')}>
            Clear
          </Button>
        )
      }
    >
      <div class="stack tall">
        <TextArea
          label="The app token, or a call with it"
          value={typed.record}
          mono
          rows={8}
          hint="JSON as appToken.get shows it, or as it stands in a forum; a curl line, a request with its answer, a .env. What is masked is passed over."
        />
        <TextField
          label="What the job calls, if you know"
          value={typed.wanted}
          mono
          placeholder="media.list, user.list"
          wrong={wanted.wrong}
        />
        {lint !== undefined && <Judged lint={lint} />}
      </div>
    </Card>
  )
}

function Judged({ lint: { isReadable, shape, summary, details, findings, cautions } }: { readonly lint: PasteLint }) {
  if (shape === 'too much') {
    return (
      <Note tone="warn">
        <strong>Too much to read.</strong> Up to 1 MiB is read here.
      </Note>
    )
  }
  if (!isReadable) {
    return (
      <Note tone="warn">
        <strong>Not recognised.</strong> No app token and no call was found in it.
      </Note>
    )
  }
  return (
    <div class="stack-tight" role="status" aria-label="What it does">
      <p>{summary.replaceAll(/; latchkey inspect says what is in (?:it|them)/g, '')}</p>
      <Details sentences={details} />
      {cautions.map((caution) => (
        <Note key={caution} tone="warn">
          <strong>Careful.</strong> {caution}
        </Note>
      ))}
      <FindingList findings={findings} hasHelp={false} none="It holds together as it is." />
    </div>
  )
}
