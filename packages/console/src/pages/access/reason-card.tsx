import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Made } from '../../connection/call.ts'
import type { ToldFix } from '../../connection/outcome.ts'
import { isSignedIn } from '../../connection/sign-in.ts'
import { Button } from '../../parts/controls.tsx'
import { Fix } from '../../parts/fix.tsx'
import { Chip, Disclosure, KeyValue, Note, Pair, Skeleton } from '../../parts/layout.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { countOf } from '../../parts/words.ts'
import { byDefault } from './by-default.ts'
import { type CellReason, headline, reasonInWords, roleNameOf, sourceOf, wayInWords } from './cell-reason.ts'
import type { Reading } from './reading.ts'
import { reasonFor } from './state.ts'

export interface ReasonProps {
  readonly reading: Reading
  /** `service.action` */
  readonly name: string
  readonly roleNames: ReadonlyMap<number, string>
  readonly onFix: (fix: ToldFix, reason: CellReason) => void
  /** Of whom, where two are shown. */
  readonly whose?: string | undefined
}

const SETTLE_MS = 120

type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'reason'; readonly reason: CellReason }
  | { readonly kind: 'trouble'; readonly made: Made }

/** What is right or wrong about one cell, in that order: a sentence, needs against holds, and what would open it. */
export function Reason({ reading, name, roleNames, onFix, whose }: ReasonProps) {
  const state = useSignal<State>({ kind: 'loading' })
  const of = useRef('')
  const attempt = useSignal(0)
  useEffect(() => {
    // The answer before stays for as long as a held arrow key runs through cells; it is about another cell, so it is hidden.
    if (of.current !== name) state.value = { kind: 'loading' }
    of.current = name
    const abort = new AbortController()
    const timer = setTimeout(() => {
      void reasonFor(reading, name, abort.signal).then((reason) => {
        if (abort.signal.aborted) return
        state.value = 'outcome' in reason ? { kind: 'trouble', made: reason } : { kind: 'reason', reason }
      })
    }, SETTLE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [reading, name, attempt.value])
  const cell = reading.cells.get(name) ?? 'never'
  const { rest } = headline({ action: name, cell })
  const shown = state.value
  return (
    <div class="stack-tight reason">
      <h2 tabIndex={-1}>
        <span class="mono">{name}</span>
        {rest}
        {whose !== undefined && (
          <span class="muted">
            {' '}
            · <bdi>{whose}</bdi>
          </span>
        )}
      </h2>
      {shown.kind === 'loading' && <Skeleton lines={4} label="Finding out why" />}
      {shown.kind === 'trouble' && (
        <>
          <Trouble service="latchkey_access" action="explain" outcome={shown.made.outcome} />
          <Button onClick={() => (attempt.value += 1)}>Ask again</Button>
        </>
      )}
      {shown.kind === 'reason' && <ReasonBody {...{ reading, name, roleNames, onFix }} reason={shown.reason} />}
    </div>
  )
}

function ReasonBody(props: ReasonProps & { readonly reason: CellReason }) {
  const { reading, name, roleNames, onFix, reason } = props
  const { before, name: named, after } = reasonInWords(reason, roleNames)
  const isOpen = reason.cell === 'allow' || reason.cell === 'own'
  // Whatever is needed and held, something else is in the way.
  const isAboutPermission = isOpen || reason.verdict !== 'not-permission'
  const [best, ...others] = reading.isChangeable ? reason.fixes : []
  const ways = reason.fixes.map((fix) => ({ fix, way: wayInWords(fix, name) }))
  const smallest = ways.find(({ fix }) => fix.id === 'grant-this-action-only') ?? ways[0]
  const stock = ways.find(({ fix }) => fix !== smallest?.fix)
  return (
    <>
      <p dir="auto">
        {before}
        {named !== undefined && <strong>{named}</strong>}
        {after}
      </p>
      <KeyValue>
        {isAboutPermission && reason.needed.length > 0 && (
          <Pair name={isOpen ? 'opened by' : 'needs'}>
            <Names names={reason.needed} tone={isOpen ? 'good' : 'bad'} marked={reason.openedBy} />
          </Pair>
        )}
        {!isOpen && isAboutPermission && reason.needed.length > 0 && (
          <Pair name="holds">
            <Holds reason={reason} roleNames={roleNames} />
          </Pair>
        )}
        {smallest !== undefined && (
          <Pair name="smallest">
            <span class={smallest.way.sort === 'permission' ? 'mono' : undefined}>{smallest.way.text}</span>: opens{' '}
            <b>{smallest.way.opens}</b> {smallest.way.opens === 1 ? 'action' : 'actions'}
          </Pair>
        )}
        {stock !== undefined && (
          <Pair name="stock">
            <span class={stock.way.sort === 'permission' ? 'mono' : undefined}>{stock.way.text}</span>: opens{' '}
            {stock.way.opens === 1 ? (
              'nothing else'
            ) : (
              <>
                <b>{stock.way.opens - 1}</b> more
              </>
            )}
          </Pair>
        )}
        <Pair name="by default">
          <Defaults name={name} />
        </Pair>
      </KeyValue>
      {!isOpen && !reading.isChangeable && reason.fixes.length > 0 && (
        <p class="small muted">
          {reading.title.sort === 'Session'
            ? 'Worked out without knowing which token or role it came from: choose that one above to change it.'
            : 'All accounts share this one, so it cannot be changed. Make a role of your own below.'}
        </p>
      )}
      {best !== undefined && (
        <Button kind="primary" onClick={() => onFix(best, reason)}>
          {wayInWords(best, name).button}
        </Button>
      )}
      {others.length > 0 && (
        <Disclosure summary={countOf(others.length, 'other way', 'other ways')}>
          <div class="stack-tight">
            {others.map((fix) => (
              <Fix key={fix.id} title={fix.title} opens={fix.opens}>
                <Button label={`Review: ${fix.title}`} onClick={() => onFix(fix, reason)}>
                  Review
                </Button>
              </Fix>
            ))}
          </div>
        </Disclosure>
      )}
      {!isOpen &&
        reason.fixes.length === 0 &&
        reason.reason !== undefined &&
        reason.reason !== 'permission-missing' && (
          <Note>
            <strong>No permission helps.</strong>{' '}
            {reason.verdict === 'not-permission' ? 'Something else is in the way first.' : sentenceOf(reason.advice)}
          </Note>
        )}
      {best !== undefined && !isSignedIn.value && <p class="small muted">You will be asked to sign in first.</p>}
    </>
  )
}

const SHOWN = 3

function Names({
  names,
  tone,
  marked,
}: {
  readonly names: readonly string[]
  readonly tone: 'good' | 'bad'
  readonly marked?: string | undefined
}) {
  // What opened it comes first; the rest are other ways to the same.
  const sorted =
    marked !== undefined && names.includes(marked) ? [marked, ...names.filter((name) => name !== marked)] : names
  const [first, rest] = [sorted.slice(0, SHOWN), sorted.slice(SHOWN)]
  return (
    <>
      <span class="one-of">
        {first.map((name, at) => (
          <span key={name}>
            {at > 0 && <span class="muted"> or </span>}
            <Chip tone={marked === undefined || marked === name ? tone : undefined}>{name}</Chip>
          </span>
        ))}
      </span>
      {rest.length > 0 && (
        <Disclosure summary={`or ${countOf(rest.length, 'other')}`}>
          <span class="chips">
            {rest.map((name) => (
              <Chip key={name} tone={marked === undefined ? tone : undefined}>
                {name}
              </Chip>
            ))}
          </span>
        </Disclosure>
      )}
    </>
  )
}

function Holds({
  reason,
  roleNames,
}: {
  readonly reason: CellReason
  readonly roleNames: ReadonlyMap<number, string>
}) {
  const own = reason.held.filter(({ from }) => from !== 'always')
  const from = sourceOf(reason)
  const role = from === undefined ? undefined : roleNameOf(from, roleNames)
  if (own.length === 0) return <span class="muted">only what is open to everybody</span>
  const names = own.map(({ permission }) => permission)
  return (
    <>
      {names.length <= 2 ? (
        <span class="chips">
          {names.map((name) => (
            <Chip key={name}>{name}</Chip>
          ))}
        </span>
      ) : (
        <Disclosure summary={countOf(names.length, 'permission')}>
          <span class="chips">
            {names.map((name) => (
              <Chip key={name}>{name}</Chip>
            ))}
          </span>
        </Disclosure>
      )}
      {/* The sentence above names the role already. */}
      {role === undefined && (
        <span class="muted small">{from === 'user' ? 'by the user’s roles' : 'by the type of the session'}</span>
      )}
    </>
  )
}

/** Who may, without any role. */
function Defaults({ name }: { readonly name: string }) {
  return <span class="muted">{byDefault(name)}</span>
}

function sentenceOf(text: string): string {
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
