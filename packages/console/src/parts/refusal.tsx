import type { ComponentChildren } from 'preact'
import { linkTo } from '../app/router.ts'
import type { Outcome, Refusal } from '../connection/outcome.ts'
import { sentence } from './finding-list.tsx'
import { Ladder } from './ladder.tsx'
import { Chip, Disclosure, KeyValue, Note, Pair } from './layout.tsx'
import { RUNG_MEANING } from './rungs.ts'
import { listOf, originInWords } from './words.ts'

export interface RefusalProps {
  readonly service: string
  readonly action: string
  readonly refusal: Refusal
  /** Where the server says nothing beside its code: what can be told from the page's own knowledge. */
  readonly local?: ComponentChildren
  /** Fixes, as rows with buttons. */
  readonly children?: ComponentChildren
}

/** First what is right, then what is wrong; needs against holds; what to do; the raw error last. */
export function RefusalView({ service, action, refusal, local, children }: RefusalProps) {
  const { told } = refusal
  return (
    <div class="stack-tight" role="group" aria-label="Refusal">
      {told !== undefined && <Ladder service={service} action={action} passed={told.passed} failed={told.stage} />}
      <p class="lead" data-tone="bad">
        <strong>{refusal.code}.</strong>{' '}
        {told === undefined ? (
          refusal.message
        ) : (
          <>
            {rightSoFar(told.passed, told.stage)} {sentence(told.cause.title)}
          </>
        )}
      </p>
      {/* What is needed and held is said below, name by name. */}
      {told !== undefined && told.cause.saw !== '' && told.needed.length === 0 && (
        <p class="small muted">{sentence(told.cause.saw)}</p>
      )}
      {told !== undefined && told.needed.length > 0 && (
        <KeyValue>
          <Pair name={told.needed.length === 1 ? 'needs' : told.isEachNeeded ? 'needs all of' : 'needs one of'}>
            <span class="chips">
              {told.needed.map((name) => (
                <Chip key={name} tone="bad">
                  {name}
                </Chip>
              ))}
            </span>
          </Pair>
          <Pair name="holds">
            <span class="chips">
              {told.held.length === 0 && <span class="muted">nothing</span>}
              {told.held.map(({ permission, from }) => (
                <span key={permission}>
                  <Chip>{permission}</Chip> <span class="muted">{originInWords(from)}</span>
                </span>
              ))}
            </span>
          </Pair>
        </KeyValue>
      )}
      {local}
      {children}
      {told !== undefined && told.cause.remedy.length > 0 && (
        <ol class="steps small">
          {told.cause.remedy.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      {told !== undefined && (
        <p class="small">
          <a href={linkTo('help', ['causes', told.cause.id])}>More about this cause: {told.cause.id}</a>
        </p>
      )}
      <Disclosure summary="The error as it came">
        <div class="well" dir="auto">
          {`${refusal.code}: ${refusal.message}`}
          {told !== undefined && `\nrequest ${told.requestId}`}
        </div>
      </Disclosure>
    </div>
  )
}

const WORTH_SAYING = ['session-readable', 'account', 'permission', 'token-known', 'token-active', 'hash']
const NOUNS: Readonly<Record<string, string>> = {
  'session-readable': 'session',
  account: 'account',
  permission: 'permission',
  'token-known': 'token id',
  'token-active': 'token',
  hash: 'hash',
}

/** `The session and the token id are right.` */
function rightSoFar(passed: readonly string[], stage: string): string {
  // Right is more than one can say of a session that has ended.
  if (stage === 'session-alive') return passed.includes('session-readable') ? 'The session is genuine.' : ''
  const nouns = WORTH_SAYING.filter((rung) => passed.includes(rung)).map(
    (rung) => `the ${NOUNS[rung] ?? RUNG_MEANING[rung]?.title ?? rung}`,
  )
  if (nouns.length === 0) return ''
  const text = listOf(nouns, 'and')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${nouns.length === 1 ? 'is' : 'are'} right.`
}

/** For whatever is not a result: a refusal, an unreadable answer, none at all. */
export function Trouble({
  service,
  action,
  outcome,
  children,
}: {
  readonly service: string
  readonly action: string
  readonly outcome: Outcome
  readonly children?: ComponentChildren
}) {
  if (outcome.kind === 'refused') {
    return (
      <RefusalView service={service} action={action} refusal={outcome.refusal}>
        {children}
      </RefusalView>
    )
  }
  if (outcome.kind === 'unreadable') {
    return (
      <Note tone="bad" alert>
        <strong>Not an answer of the API.</strong> {outcome.why}
      </Note>
    )
  }
  if (outcome.kind === 'no-answer') {
    const isOwn = outcome.why === 'stopped'
    return (
      <Note tone={isOwn ? 'plain' : 'bad'} alert={!isOwn}>
        <strong>{TITLES[outcome.why]}</strong> {outcome.text}
      </Note>
    )
  }
  return null
}

const TITLES = {
  offline: 'Offline.',
  unreachable: 'Not reached.',
  timeout: 'Too slow.',
  stopped: 'Stopped.',
} as const
