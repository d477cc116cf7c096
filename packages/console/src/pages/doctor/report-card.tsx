import { noblePrimitives } from '@latchkey/core/noble'
import { type Facts, formatReport, formatReportPage, makeReport } from '@latchkey/doctor'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { draft } from '../../app/kept.ts'
import { Button, Segmented } from '../../parts/controls.tsx'
import { Copy, download } from '../../parts/copy.tsx'
import { Card, KeyValue, Note, Pair } from '../../parts/layout.tsx'
import { countOf } from '../../parts/words.ts'
import { VERSION } from '../../version.ts'

const FORMATS = [
  { id: 'page', title: 'Page to post' },
  { id: 'json', title: 'JSON' },
] as const

interface Prepared {
  readonly page: string
  readonly json: string
  /** How many texts were replaced by made-up ones. */
  readonly replaced: number
  readonly lost: readonly string[]
}

/** What may be posted where everybody reads it, shown whole before it goes anywhere. */
export function ReportCard({ facts }: { readonly facts: Facts }) {
  const prepared = useSignal<Prepared | undefined>(undefined)
  const isBusy = useSignal(false)
  const format = draft('doctor.reportFormat', 'page')
  useEffect(() => {
    prepared.value = undefined
  }, [facts])
  const prepare = () => {
    isBusy.value = true
    // A moment later, so that the button has said so: making up what looks the same takes some searching.
    setTimeout(() => {
      prepared.value = prepareReport(facts)
      isBusy.value = false
    })
  }
  const report = prepared.value
  const isPage = format.value !== 'json'
  const text = isPage ? report?.page : report?.json
  return (
    <Card title="Ask somebody else" summary="a report that may be posted in public">
      <div class="stack">
        <KeyValue>
          <Pair name="made up">session strings, token values, hashes and users: same shape, same mistake</Pair>
          <Pair name="as it is">
            address of the service, ids of the account and of the app token, wanted actions, privileges, answers
          </Pair>
        </KeyValue>
        {report === undefined || text === undefined ? (
          <div>
            <Button busy={isBusy.value} onClick={prepare}>
              Show the report
            </Button>
          </div>
        ) : (
          <>
            {report.lost.length > 0 && (
              <Note tone="warn">
                <strong>Not all of it shows.</strong> Made up anew, this no longer shows: {report.lost.join(', ')}. Say
                so when you post it.
              </Note>
            )}
            <div class="spread">
              <Segmented
                label="Form of the report"
                choices={FORMATS}
                chosen={[isPage ? 'page' : 'json']}
                onChoose={(id) => (format.value = id)}
              />
              <span class="small muted">
                {countOf(report.replaced, 'text')} replaced · {countOf(text.length, 'character')}
              </span>
            </div>
            <pre class="well" tabIndex={0} aria-label="The report, whole">
              {text}
            </pre>
            <div class="row">
              <Copy kind="primary" text={text} what="the report, exactly as shown">
                Copy the report
              </Copy>
              <Button
                onClick={() =>
                  download(
                    `latchkey-doctor-report.${isPage ? 'md' : 'json'}`,
                    text,
                    isPage ? 'text/markdown' : 'application/json',
                  )
                }
              >
                Save as a file
              </Button>
              <span class="small muted">Whoever gets it pastes it above, and sees what you saw.</span>
            </div>
          </>
        )}
      </div>
    </Card>
  )
}

function prepareReport(facts: Facts): Prepared {
  const made = makeReport(facts, noblePrimitives, { latchkey: VERSION })
  return {
    page: formatReportPage(made, noblePrimitives),
    json: formatReport(made, noblePrimitives),
    replaced: made.secrets.length,
    lost: made.report.lost,
  }
}
