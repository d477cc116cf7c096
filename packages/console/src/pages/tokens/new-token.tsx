import { useComputed } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { linkTo, refine, route } from '../../app/router.ts'
import { serverNow } from '../../connection/clock.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { isObject, textOf } from '../../connection/json.ts'
import type { ToldCall } from '../../connection/outcome.ts'
import { recentActions } from '../../connection/recent-calls.ts'
import { Button, TextField } from '../../parts/controls.tsx'
import { Card, Disclosure, Note, PageHead } from '../../parts/layout.tsx'
import { account, loadAccount } from '../access/state.ts'
import { ActionChoice } from './action-choice.tsx'
import { ForecastCard } from './forecast-card.tsx'
import { KindOptions } from './kind-choice.tsx'
import { forecast } from './lint-draft.ts'
import { useMaking } from './making.ts'
import { chosenNames, newActions, newServices, newSettings, type PlanState, typedIn, usePlan } from './new-state.ts'
import { NoteFields } from './note-fields.tsx'
import { isKind, type KindChoice } from './presets.ts'
import { useServerLint } from './server-lint.ts'
import { ServiceChoice } from './service-choice.tsx'
import { SessionFields } from './session-fields.tsx'
import { readSettings, withSettings } from './settings.ts'
import { Stopped } from './stopped.tsx'

/** What a choice lacks before it can be worked out. */
function missingIn({ kind, actions }: KindChoice): string | undefined {
  if (actions.length > 0) return undefined
  if (kind === 'exact') return 'Choose the actions that it may call.'
  return kind === 'recent-calls' ? 'You made no call here yet, so that there is nothing to go by.' : undefined
}

function whyNot(planned: PlanState): string | undefined {
  if (planned.kind !== 'ready' || planned.isOld) return 'What it will be is still being worked out.'
  return planned.plan.opens?.length === 0 ? 'None of these actions needs a role, or none can be had.' : undefined
}

/** A guided form: what it is for first, then how its sessions are, then what it is called. */
export function NewToken() {
  const typedKind = route.value.query.preset ?? ''
  const kind = isKind(typedKind) ? typedKind : 'get-and-list'
  const services = useComputed(() => chosenNames(newServices)).value
  const actions = useComputed(() => chosenNames(newActions)).value
  const choice: KindChoice = {
    kind,
    services: kind === 'get-and-list' ? services : [],
    actions: kind === 'exact' ? actions : kind === 'recent-calls' ? recentActions() : [],
  }
  const missing = missingIn(choice)
  const planned = usePlan(missing === undefined ? choice : undefined)
  const plan = planned.kind === 'ready' ? planned.plan : undefined
  useEffect(() => void loadAccount(), [])
  const hasRole = kind !== 'full'
  const read = readSettings(typedIn(newSettings), serverNow.peek(), hasRole)
  const seen = useMemo(
    () => (plan === undefined || !read.ok ? undefined : forecast(read.settings, plan, account.value, serverNow.peek())),
    [plan, JSON.stringify(read), account.value],
  )
  const told = useServerLint(hasRole || !read.ok ? undefined : read.settings)
  const wrong = read.ok ? {} : read.wrong
  const make = useMaking()
  const blocked = missing ?? (read.ok ? undefined : 'Look at the fields that are marked.') ?? whyNot(planned)
  return (
    <div class="tok-new">
      <PageHead title="New app token">
        What it is for decides what it can do. The rest has good values already.
      </PageHead>
      <div class="tok-columns">
        <div class="stack">
          <Card title="What it may do">
            <div class="stack">
              <KindOptions choice={choice} onChoose={(preset) => refine({ preset })} />
              {kind === 'get-and-list' && (
                <ServiceChoice chosen={services} onChange={(names) => (newServices.value = names.join(','))} />
              )}
              {kind === 'exact' && (
                <ActionChoice chosen={actions} onChange={(names) => (newActions.value = names.join(','))} />
              )}
              {kind === 'recent-calls' && choice.actions.length > 0 && (
                <p class="small">
                  Your calls: <span class="mono">{choice.actions.join(', ')}</span>
                </p>
              )}
            </div>
          </Card>
          <Card title="How its sessions are">
            <SessionFields typed={newSettings} wrong={wrong} hasRole={hasRole} />
          </Card>
          <Card title="What it is called">
            <div class="stack">
              <TextField
                label="Description"
                value={newSettings.description}
                placeholder={plan === undefined ? 'ETL nightly' : descriptionIn(plan.change)}
                hint="How you will find it again. Nobody but the account’s people sees it."
              />
              {isLatchkey.value !== false && (
                <Disclosure
                  summary="Labels, addresses, rate, note"
                  open={['labels', 'note', 'addresses', 'rate'].some((name) => name in wrong)}
                >
                  <NoteFields typed={newSettings} wrong={wrong} />
                </Disclosure>
              )}
            </div>
          </Card>
        </div>
        <div class="tok-aside stack">
          <ForecastCard
            planned={planned}
            forecast={seen}
            told={told}
            account={account.value}
            nothingYet={missing ?? 'Choose what it may do.'}
          />
          <div class="stack-tight">
            {make.why.value !== undefined && (
              <Note tone="bad" alert>
                <strong>Not made.</strong> {make.why.value}
              </Note>
            )}
            {make.end.value !== undefined && <Stopped end={make.end.value} />}
            <div class="row">
              <Button
                kind="primary"
                busy={make.isRunning.value}
                blocked={blocked}
                onClick={() => {
                  if (plan !== undefined && read.ok) void make.run(plan, read.settings)
                }}
              >
                Create the token
              </Button>
              <a class="small" href={linkTo('tokens')}>
                Leave it
              </a>
            </div>
            {blocked !== undefined && missing === undefined && <p class="small muted">{blocked}</p>}
            {plan !== undefined && read.ok && (
              <Disclosure summary={`The calls that make it`}>
                <Calls change={withSettings(plan.change, read.settings, isLatchkey.value !== false)} />
              </Disclosure>
            )}
          </div>
        </div>
      </div>
    </div>
  )
}

function descriptionIn(change: readonly ToldCall[]): string {
  const token = change.at(-1)?.params.appToken
  return isObject(token) ? textOf(token.description) : ''
}

function Calls({ change }: { readonly change: readonly ToldCall[] }) {
  return (
    <pre class="well" tabIndex={0} aria-label="Calls" dir="auto">
      {change
        .map(({ service, action, params }) => `${service}.${action}\n${JSON.stringify(params, undefined, 2)}`)
        .join('\n\n')}
    </pre>
  )
}
