import type { Facts } from '@latchkey/doctor'
import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { draft, secretDraft } from '../../app/kept.ts'
import { serverNow } from '../../connection/clock.ts'
import { Button } from '../../parts/controls.tsx'
import { Explanation } from '../../parts/explanation.tsx'
import { FindingList } from '../../parts/finding-list.tsx'
import { HashQuestion } from '../../parts/hash-question.tsx'
import { Inspected } from '../../parts/inspected.tsx'
import { Note } from '../../parts/layout.tsx'
import { Details } from '../../parts/summary.tsx'
import { toast } from '../../parts/toast.tsx'
import { listOf } from '../../parts/words.ts'
import { ExaminationView } from './examination-view.tsx'
import { fields, fillIn, namesOfFill } from './fields.ts'
import { hasFill, type PasteReading, type Reading } from './reading.ts'
import { examine } from './run.ts'

const SHAPES: Readonly<Record<string, string>> = {
  'app token': 'an app token',
  request: 'a request',
  'curl command': 'a curl command',
  response: 'an answer of the API',
  settings: 'settings, as in a .env',
  HAR: 'an archive of traffic (HAR)',
  'session string': 'a session string',
  hash: 'a hash',
  error: 'an error of the API',
  'several things': 'several things',
}

/** What a paste was taken for, and what there is to say about it. */
export function ReadingView({ reading }: { readonly reading: Reading }) {
  switch (reading.kind) {
    case 'too-much':
      return (
        <Note tone="warn">
          <strong>Too much to read.</strong> Up to 1 MiB of text is read, and up to 32 MiB of a HAR. Cut out the calls
          that matter.
        </Note>
      )
    case 'nothing':
      return (
        <Note tone="warn">
          <strong>Not recognised.</strong> What can be read: an app token as appToken.get shows it, a request, a curl
          line, an answer, a session string, a hash, an error code or message, a .env, a HAR, a report of the doctor’s.
        </Note>
      )
    case 'report-unreadable':
      return (
        <Note tone="bad">
          <strong>Not a whole report.</strong> It looks like one of the doctor’s, but cannot be read: {reading.why}
        </Note>
      )
    case 'report':
      return <ReportView facts={reading.facts} />
    case 'paste':
      return <PasteView reading={reading} />
  }
}

function ReportView({ facts }: { readonly facts: Facts }) {
  const examination = useMemo(() => examine(facts), [facts])
  return (
    <div class="stack">
      <Taken what="a report of the doctor’s">Replayed here; its session strings, values and hashes are made up.</Taken>
      <ExaminationView examination={examination} isReplay />
    </div>
  )
}

function Taken({ what, children }: { readonly what: string; readonly children?: string }) {
  return (
    <p role="status">
      Taken for <strong>{what}</strong>. <span class="muted">{children}</span>
    </p>
  )
}

function PasteView({ reading }: { readonly reading: PasteReading }) {
  const { shape, summary, details, findings, cautions, sessions, hashes, error, fill } = reading
  // A session string or a hash alone says itself what it is.
  const isBare = shape === 'session string' || shape === 'hash' || shape === 'error'
  return (
    <div class="stack">
      <div class="stack-tight">
        <Taken what={SHAPES[shape] ?? shape}>{isBare ? '' : summary}</Taken>
        <Details sentences={details} />
        {cautions.map((caution) => (
          <Note key={caution} tone="warn">
            <strong>Careful.</strong> {caution}
          </Note>
        ))}
      </div>
      {error === undefined ? (
        <FindingList findings={findings} none={isBare ? undefined : 'It holds together as it is.'} />
      ) : (
        <Explanation explanation={error} findings={findings} />
      )}
      {sessions.map((session) => (
        <Inspected key={session} text={session} now={serverNow.value} />
      ))}
      {hashes.length > 0 && <PastedHash text={hashes[0] ?? ''} />}
      {hasFill(fill) && (
        <div class="row">
          <Button
            onClick={() => {
              fillIn(fill)
              toast(`Filled in: ${listOf(namesOfFill(fill), 'and')}.`)
              document.getElementById('run-probes')?.querySelector<HTMLElement>('input')?.focus()
            }}
          >
            Log in with it below
          </Button>
          <span class="small muted">{listOf(namesOfFill(fill), 'and')}</span>
        </div>
      )}
    </div>
  )
}

/** By itself a hash says nothing; beside its inputs it says what it was made of. */
function PastedHash({ text }: { readonly text: string }) {
  const received = useSignal(text)
  const isShown = useSignal(false)
  received.value = text
  return (
    <div class="stack-tight">
      <p>
        Nobody can tell from a hash alone whether it is right. Give what it should have been made of, and the mistake in
        it is named.
      </p>
      <HashQuestion
        session={secretDraft('doctor.hashedSession')}
        value={fields.tokenValue}
        tokenId={fields.tokenId}
        hashType={draft('workflow.hashType', 'SHA256')}
        received={received}
        isValueShown={isShown}
      />
    </div>
  )
}
