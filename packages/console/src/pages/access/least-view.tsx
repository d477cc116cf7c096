import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { linkTo } from '../../app/router.ts'
import type { Made } from '../../connection/call.ts'
import { isObject, numberOf } from '../../connection/json.ts'
import type { ToldCall } from '../../connection/outcome.ts'
import { isSignedIn } from '../../connection/sign-in.ts'
import { Button, TextField } from '../../parts/controls.tsx'
import { Copy } from '../../parts/copy.tsx'
import { Chip, Disclosure, Note } from '../../parts/layout.tsx'
import { toast } from '../../parts/toast.tsx'
import { countOf } from '../../parts/words.ts'
import { ChangeReview } from './change-review.tsx'
import { NameButtons } from './compare-card.tsx'
import { becauseInWords, type Least, namedRole, nameFor, roleOnly } from './least-role.ts'
import { account, changes, choose, loadAccount } from './state.ts'

/** Both ways, with what each opens besides, and a button that makes the role. */
export function LeastView({ least, onLook }: { readonly least: Least; readonly onLook: (name: string) => void }) {
  const { exact, named, impossible, leftOut, always, isLocal } = least
  const review = useSignal<{ readonly way: 'exact' | 'named' } | undefined>(undefined)
  const name = useSignal(nameFor(exact.actions))
  useEffect(() => {
    name.value = nameFor(exact.actions)
  }, [least])
  const isNothingNeeded = exact.actions.length === 0
  const link = linkTo('tokens', ['new'], { actions: exact.actions.join(',') })
  const roleChange = (way: 'exact' | 'named'): readonly ToldCall[] =>
    way === 'exact' ? roleOnly(least, name.value.trim()) : namedRole(named?.permissions ?? [], name.value.trim())
  const finish = (made: readonly Made[]) => {
    review.value = undefined
    const last = made.at(-1)
    const id =
      last?.outcome.kind === 'result' && isObject(last.outcome.value) ? numberOf(last.outcome.value.id) : undefined
    toast(`Made the role “${name.value.trim()}”.`)
    void loadAccount(true)
    changes.value += 1
    if (id !== undefined) choose('subject', { kind: 'role', id })
  }
  return (
    <>
      {isLocal && (
        <p class="small muted">
          Worked out here by the catalogue
          {account.value === undefined
            ? ', as if every plugin were switched on; sign in to take your account into account'
            : ''}
          .
        </p>
      )}
      {isNothingNeeded ? (
        <Note tone={always.length > 0 ? 'good' : 'warn'}>
          <strong>No role is needed.</strong>{' '}
          {always.length > 0
            ? `${countOf(always.length, 'of them is', 'of them are')} open to every session.`
            : 'None of these can be opened by one.'}
        </Note>
      ) : (
        <>
          <TextField label="Name of the role" value={name} />
          <div class="ways">
            <section class="way" aria-label="Exact">
              <h3>Exact</h3>
              <p>
                A permission of your own with {countOf(exact.actions.length, 'item')}: opens{' '}
                <b>{countOf(exact.actions.length, 'action')}</b>, nothing else.
              </p>
              <Disclosure summary={countOf(exact.actions.length, 'action')}>
                <NameButtons names={exact.actions} onLook={onLook} />
              </Disclosure>
              <div class="row">
                <Button
                  kind="primary"
                  blocked={blockedBy(name.value)}
                  onClick={() => (review.value = { way: 'exact' })}
                >
                  {`Make this role: ${countOf(exact.actions.length, 'action')}`}
                </Button>
                <a class="small" href={link}>
                  Make a token of it
                </a>
              </div>
            </section>
            <section class="way" aria-label="By permissions that there are">
              <h3>By permissions that there are</h3>
              {named === undefined ? (
                <p>No permission that may be proposed opens any of these.</p>
              ) : (
                <>
                  <p class="chips">
                    {named.permissions.map((permission) => (
                      <Chip key={permission}>{permission}</Chip>
                    ))}
                  </p>
                  <p>
                    Opens <b>{countOf(named.surplus.length, 'other action')}</b> besides
                    {named.proven ? '; no choice opens less.' : `; at least ${named.bound ?? 0} cannot be avoided.`}
                  </p>
                  {named.missing.length > 0 && (
                    <Note tone="warn">
                      <strong>Not all.</strong> None of these opens {named.missing.join(', ')}.
                    </Note>
                  )}
                  {named.surplus.length > 0 && (
                    <Disclosure summary={`The ${countOf(named.surplus.length, 'other action')}`}>
                      <div class="stack-tight">
                        <Copy text={() => named.surplus.join('\n')} what="what else it opens" kind="link">
                          Copy the list
                        </Copy>
                        <NameButtons names={named.surplus} onLook={onLook} />
                      </div>
                    </Disclosure>
                  )}
                  <div class="row">
                    <Button blocked={blockedBy(name.value)} onClick={() => (review.value = { way: 'named' })}>
                      {`Make this role: ${countOf(exact.actions.length - named.missing.length + named.surplus.length, 'action')}`}
                    </Button>
                  </div>
                </>
              )}
            </section>
          </div>
        </>
      )}
      <Left leftOut={leftOut} impossible={impossible} always={always} />
      {review.value !== undefined && (
        <ChangeReview
          title={`Make the role “${name.value.trim()}”`}
          change={roleChange(review.value.way)}
          price={priceOf(least, review.value.way)}
          button="Make it"
          onDone={finish}
          onClose={() => (review.value = undefined)}
        />
      )}
      {!isSignedIn.value && !isNothingNeeded && (
        <p class="small muted">To make a role, you will be asked to sign in.</p>
      )}
    </>
  )
}

function blockedBy(name: string): string | undefined {
  return name.trim() === '' ? 'Give the role a name' : undefined
}

function priceOf({ exact, named }: Least, way: 'exact' | 'named'): string {
  if (way === 'exact' || named === undefined) {
    return `A role that opens ${countOf(exact.actions.length, 'action')}, nothing else. Nobody has it until it is given.`
  }
  const wantedOnes = exact.actions.length - named.missing.length
  return `A role that opens ${countOf(wantedOnes, 'wanted action')} and ${countOf(named.surplus.length, 'other')}. Nobody has it until it is given.`
}

function Left({ leftOut, impossible, always }: Pick<Least, 'leftOut' | 'impossible' | 'always'>) {
  return (
    <>
      {leftOut.length > 0 && (
        <Disclosure summary={`Left out: ${countOf(leftOut.length, 'permission')} that would do`}>
          <ul class="stack-tight small">
            {leftOut.map(({ permission, because, opensWanted, surplus }) => (
              <li key={permission}>
                <Chip tone="warn">{permission}</Chip> {becauseInWords(because)}; opens {opensWanted} of these and{' '}
                {countOf(surplus, 'other action')}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {impossible.length > 0 && (
        <Note tone="warn">
          <strong>{impossible.length === 1 ? 'One cannot be had.' : `${impossible.length} cannot be had.`}</strong>
          <ul class="stack-tight small">
            {impossible.map(({ action, text }) => (
              <li key={action}>
                <span class="mono">{action}</span>: {text}
              </li>
            ))}
          </ul>
        </Note>
      )}
      {always.length > 0 && <p class="small muted">Open to every session anyway: {always.join(', ')}.</p>}
    </>
  )
}
