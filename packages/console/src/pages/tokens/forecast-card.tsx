import { isLatchkey } from '../../connection/connection.ts'
import { Button } from '../../parts/controls.tsx'
import { FindingList } from '../../parts/finding-list.tsx'
import { Card, Disclosure, KeyValue, Note, Pair, Skeleton } from '../../parts/layout.tsx'
import { ReachBar } from '../../parts/reach-bar.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { Summary } from '../../parts/summary.tsx'
import { countOf } from '../../parts/words.ts'
import type { Account } from '../access/account.ts'
import { alwaysOpen, type Forecast } from './lint-draft.ts'
import { type PlanState, planAgain } from './new-state.ts'
import type { Plan } from './plan.ts'
import { actionsNamed, countsInWords, countsOf } from './presets.ts'
import type { ToldLint } from './server-lint.ts'

export interface ForecastCardProps {
  readonly planned: PlanState
  readonly forecast: Forecast | undefined
  /** Where a server was asked too: its findings and summary, in the place of ours. */
  readonly told?: ToldLint | undefined
  readonly account: Account | undefined
  readonly nothingYet: string
}

/** What the token will be: the summary, how far it reaches, and what about it will hurt. */
export function ForecastCard({ planned, forecast, told, account, nothingYet }: ForecastCardProps) {
  const plan = planned.kind === 'ready' ? planned.plan : undefined
  const findings = told?.findings ?? forecast?.lint.findings ?? []
  return (
    <Card title="What it will be" summary={planned.kind === 'ready' && planned.isOld ? 'working it out…' : undefined}>
      {planned.kind === 'none' && <p class="muted">{nothingYet}</p>}
      {planned.kind === 'loading' && <Skeleton lines={5} label="Working out what it will be" />}
      {planned.kind === 'trouble' && (
        <div class="stack-tight">
          <Trouble service="latchkey_access" action="suggest" outcome={planned.made.outcome} />
          <div>
            <Button onClick={planAgain}>Try again</Button>
          </div>
        </div>
      )}
      {plan !== undefined && forecast !== undefined && (
        <div class="stack-tight">
          <ReachBar read={forecast.reach.read} write={forecast.reach.write} delete={forecast.reach.delete} />
          <Opens plan={plan} account={account} />
          <Summary told={told ?? forecast.lint} />
          {plan.impossible.length > 0 && <Impossible plan={plan} />}
          <FindingList findings={findings} />
          {findings.length === 0 && (
            <Note tone="good">
              <strong>Nothing to warn of.</strong> None of the known mistakes is in it.
            </Note>
          )}
          {plan.isLocal && isLatchkey.value === false && (
            <p class="small muted">
              Worked out in this page: this server has no word for it. It takes neither labels, notes, addresses nor a
              rate with a token.
            </p>
          )}
        </div>
      )}
    </Card>
  )
}

function Opens({ plan, account }: { readonly plan: Plan; readonly account: Account | undefined }) {
  if (plan.opens === undefined) return null
  const always = alwaysOpen(account)
  return (
    <KeyValue>
      <Pair name="its role opens">{countsInWords(countsOf(actionsNamed(plan.opens)))}</Pair>
      <Pair name="every session may">{countsInWords(always)}</Pair>
    </KeyValue>
  )
}

function Impossible({ plan: { impossible } }: { readonly plan: Plan }) {
  return (
    <Disclosure summary={`${countOf(impossible.length, 'action')} of what you chose cannot be had, and why`}>
      <ul class="reach-rows">
        {impossible.map(({ action, text }) => (
          <li key={action}>
            <span class="mono">{action}</span> <span class="muted">{text}</span>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
