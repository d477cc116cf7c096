import { secretDraft } from '../../app/kept.ts'
import { linkTo } from '../../app/router.ts'
import { Breakable } from '../../parts/breakable.tsx'
import { Button, TextArea } from '../../parts/controls.tsx'
import { Explanation } from '../../parts/explanation.tsx'
import { focusSoon } from '../../parts/focus.ts'
import { Card, Disclosure, Empty, Note, PageHead } from '../../parts/layout.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { Ticked } from '../../parts/ticked.tsx'
import { countOf } from '../../parts/words.ts'
import { codeOf, explainError, type KnownCode, messagePieces, OWN_CODES, WIRE_CODES } from './errors.ts'

const LINK: Column<KnownCode> = {
  id: 'code',
  title: 'Code',
  cell: ({ code }) => (
    <a class="mono help-code" href={linkTo('help', ['errors', code])}>
      <Breakable text={code} />
    </a>
  ),
}

const WIRE_COLUMNS: readonly Column<KnownCode>[] = [
  LINK,
  { id: 'message', title: 'Message', cell: ({ message = '' }) => <Message text={message} /> },
  { id: 'status', title: 'Status', cell: ({ status }) => status, width: '5rem' },
]

const OWN_COLUMNS: readonly Column<KnownCode>[] = [
  LINK,
  { id: 'summary', title: 'What it says', cell: ({ summary }) => summary },
  { id: 'remedy', title: 'What to do', cell: ({ remedy = '' }) => <Ticked text={remedy} /> },
]

export function ErrorList() {
  return (
    <>
      <PageHead title="Error codes">
        What a code means: how far the call got, what is in order, and what is probably wrong.
      </PageHead>
      <div class="stack">
        <PastedError />
        <h2>Codes of answers</h2>
        <p class="muted small">
          The status counts only where a caller asks for statuses; otherwise every answer has status 200.
        </p>
        <Table label="Codes of answers" columns={WIRE_COLUMNS} rows={WIRE_CODES} keyOf={({ code }) => code} />
        <Disclosure summary={`${countOf(OWN_CODES.length, 'code')} of logs and of the command line`}>
          <Table
            label="Codes of logs and the command line"
            columns={OWN_COLUMNS}
            rows={OWN_CODES}
            keyOf={({ code }) => code}
          />
        </Disclosure>
      </div>
    </>
  )
}

function Message({ text }: { readonly text: string }) {
  return (
    <>{messagePieces(text).map((piece, at) => (piece.isArgument ? <var key={at}>{piece.text}</var> : piece.text))}</>
  )
}

/** Whatever somebody has of an error: a code, a message, a whole answer. It stays in this page. */
export function PastedError() {
  const text = secretDraft('help.error')
  const explanation = text.value.trim() === '' ? undefined : explainError(text.value)
  return (
    <Card
      title="Explain an error"
      summary="read in this page; nothing is sent"
      actions={
        text.value !== '' && (
          <Button
            kind="link"
            onClick={({ currentTarget }) => {
              const card = currentTarget.closest('.card')
              focusSoon(() => card?.querySelector('textarea'))
              text.value = ''
            }}
          >
            Clear
          </Button>
        )
      }
    >
      {/* The place of the answer is there before it is, and takes no room then. */}
      <div>
        <TextArea
          label="Paste a code, a message or a whole answer"
          value={text}
          mono
          rows={3}
          placeholder="SERVICE_FORBIDDEN"
        />
        <div class="stack-tight help-answer" aria-live="polite">
          {text.value.trim() !== '' && explanation === undefined && (
            <Note tone="warn">
              <strong>No error is in this.</strong> Codes are written in capitals with underscores, such as INVALID_KS.
              For a request, a token record or a session, <a href={linkTo('doctor')}>ask the doctor</a>.
            </Note>
          )}
          {explanation !== undefined && (
            <>
              <Explanation explanation={explanation} />
              <p class="row small">
                {codeOf(explanation.code) !== undefined && (
                  <a href={linkTo('help', ['errors', explanation.code])}>All about {explanation.code}</a>
                )}
                {explanation.action !== undefined && (
                  <a href={linkTo('api', explanation.action.split('.'))}>Who may call {explanation.action}</a>
                )}
              </p>
            </>
          )}
        </div>
      </div>
    </Card>
  )
}

export function ErrorView({ code }: { readonly code: string }) {
  const known = codeOf(code)
  const explanation = explainError(code)
  if (known === undefined && explanation === undefined) {
    return (
      <>
        <PageHead title="No such code" />
        <Empty title={`“${code.slice(0, 80)}” is no code of this server`}>
          <p>An endpoint of another make may have codes of its own. The message often says more than the code.</p>
          <a href={linkTo('help', ['errors'])}>See all codes</a>
        </Empty>
      </>
    )
  }
  return (
    <>
      <p class="small help-where">
        <a href={linkTo('help', ['errors'])}>Error codes</a>
      </p>
      <PageHead title={known?.code ?? code}>
        {known?.message !== undefined ? <Message text={known.message} /> : known?.summary}
      </PageHead>
      <div class="stack">
        {known?.status !== undefined && (
          <p class="muted small">Status {known.status} where a caller asks for statuses, otherwise 200.</p>
        )}
        {known?.remedy !== undefined && (
          <Card title="What to do">
            <p>
              <Ticked text={known.remedy} />
            </p>
          </Card>
        )}
        {explanation !== undefined && (known?.message !== undefined || known === undefined) && (
          <Card title="What it means">
            {/* Of a bare code there is nothing to be seen. */}
            <Explanation explanation={{ ...explanation, saw: '' }} />
          </Card>
        )}
        <p class="small muted">
          Have the whole answer? <a href={linkTo('help', ['errors'])}>Paste it</a>: its arguments tell more than the
          code alone.
        </p>
      </div>
    </>
  )
}
