import { linkTo } from '../../app/router.ts'
import { Copy } from '../../parts/copy.tsx'
import { Card, Empty, KeyValue, PageHead, Pair } from '../../parts/layout.tsx'
import { Ticked } from '../../parts/ticked.tsx'
import { countOf } from '../../parts/words.ts'
import { causeGroups, causeOf, classTitle, codesOf } from './causes.ts'
import { codeOf } from './errors.ts'
import { linkToDocument } from './search.ts'

export function CauseList() {
  const groups = causeGroups()
  const count = groups.reduce((sum, { causes }) => sum + causes.length, 0)
  return (
    <>
      <PageHead title="Causes">
        {countOf(count, 'reason')} why a login or a call is refused, or works and should not. Each refusal names one.
      </PageHead>
      <div class="stack">
        {groups.map(({ class: name, title, causes }) => (
          <Card key={name} title={title} summary={countOf(causes.length, 'cause')}>
            <ul class="help-list">
              {causes.map((cause) => (
                <li key={cause.id}>
                  <a href={linkTo('help', ['causes', cause.id])}>{cause.title}</a>
                  <span class="muted small">
                    <Ticked text={cause.symptom} />
                  </span>
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </div>
    </>
  )
}

export function CauseView({ id }: { readonly id: string }) {
  const cause = causeOf(id)
  if (cause === undefined) {
    return (
      <>
        <PageHead title="No such cause" />
        <Empty title={`No cause is called “${id}”`}>
          <p>A server of another version may know more of them than this console.</p>
          <a href={linkTo('help', ['causes'])}>See all causes</a>
        </Empty>
      </>
    )
  }
  const codes = codesOf(cause.id).filter((code) => !cause.symptom.includes(code))
  const others = (causeGroups().find((group) => group.class === cause.class)?.causes ?? []).filter(
    (other) => other.id !== cause.id,
  )
  return (
    <>
      <p class="small help-where">
        <a href={linkTo('help', ['causes'])}>Causes</a> <span class="muted">› {classTitle(cause.class)}</span>
      </p>
      <PageHead title={cause.title} />
      <div class="stack">
        <Card
          title="What to do"
          summary={<span class="mono">{cause.id}</span>}
          actions={
            <Copy text={cause.id} what={`the cause’s id, ${cause.id}`}>
              {'Copy id'}
            </Copy>
          }
        >
          <div class="stack">
            <KeyValue>
              <Pair name="What you see">
                <Symptom text={cause.symptom} />
              </Pair>
              <Pair name="How to tell">
                <Ticked text={cause.check} />
              </Pair>
              {codes.length > 0 && (
                <Pair name="Also as">
                  <span class="chips">
                    {codes.map((code) => (
                      <a key={code} href={linkTo('help', ['errors', code])} class="chip">
                        {code}
                      </a>
                    ))}
                  </span>
                </Pair>
              )}
            </KeyValue>
            <ol class="help-steps">
              {cause.remedy.map((step) => (
                <li key={step}>
                  <Ticked text={step} />
                </li>
              ))}
            </ol>
            <p class="small muted">
              Not sure that it is this one? <a href={linkTo('doctor')}>Ask the doctor</a>: paste what was sent or
              answered.
              {cause.class === 'hash' && (
                <>
                  {' '}
                  Or <a href={linkTo('')}>compare your hash</a> with the right one in the workflow; the{' '}
                  <a href={linkToDocument('reference/fingerprints')}>fingerprints</a> show what each mistake prints.
                </>
              )}
            </p>
          </div>
        </Card>
        {others.length > 0 && (
          <Card title={`More about: ${classTitle(cause.class).toLowerCase()}`}>
            <ul class="help-list">
              {others.map((other) => (
                <li key={other.id}>
                  <a href={linkTo('help', ['causes', other.id])}>{other.title}</a>
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
    </>
  )
}

/** Its codes lead to what is known of them. */
function Symptom({ text }: { readonly text: string }) {
  return (
    <>
      {text.split('`').map((piece, at) => {
        if (at % 2 === 0) return piece
        return codeOf(piece) === undefined ? (
          <code key={at}>{piece}</code>
        ) : (
          <a key={at} class="mono" href={linkTo('help', ['errors', piece])}>
            {piece}
          </a>
        )
      })}
    </>
  )
}
