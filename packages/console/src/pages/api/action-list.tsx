import type { ActionEffect } from '@latchkey/core'
import { linkTo, refine, route } from '../../app/router.ts'
import { Check, Segmented } from '../../parts/controls.tsx'
import { Empty, PageHead } from '../../parts/layout.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { countOf } from '../../parts/words.ts'
import {
  ACTION_TOTAL,
  actionGroups,
  DESCRIBED_TOTAL,
  EFFECT_WORDS,
  type ListedAction,
  parseEffects,
  type ServiceGroup,
} from './actions.ts'

const EFFECT_CHOICES = [
  { id: 'read', title: 'Read' },
  { id: 'write', title: 'Write' },
  { id: 'delete', title: 'Delete' },
] as const satisfies readonly { readonly id: ActionEffect; readonly title: string }[]

/** Every action of the catalogue, a service a line. */
export function ActionList() {
  const { q = '', effect, described } = route.value.query
  const effects = parseEffects(effect)
  const isDescribed = described === 'yes'
  const groups = actionGroups({ text: q, effects, isDescribed })
  const count = groups.reduce((sum, { actions }) => sum + actions.length, 0)
  const choose = (id: ActionEffect) => {
    const next = effects.includes(id) ? effects.filter((other) => other !== id) : [...effects, id]
    refine({ effect: next.join(',') })
  }
  return (
    <>
      <PageHead title="API">
        {countOf(ACTION_TOTAL, 'action')} that some session may call; {DESCRIBED_TOTAL} of them with a description and a
        form.
      </PageHead>
      <div class="stack">
        <div class="api-bar">
          <SearchField
            label="Find an action"
            value={q}
            placeholder="media list"
            onInput={(text) => refine({ q: text })}
          />
          <Segmented label="What it does" choices={EFFECT_CHOICES} chosen={effects} onChoose={choose} />
          <Check checked={isDescribed} onChange={(on) => refine({ described: on ? 'yes' : '' })}>
            described here only
          </Check>
        </div>
        <p class="small muted" role="status">
          {countOf(count, 'action')} of {countOf(groups.length, 'service')}
          {!isDescribed && '; those in colour have a description and a form'}
        </p>
        {count === 0 ? (
          <Empty title="No action is like that">
            <p>Parts of names in any order find it: “entry count”, or “token”.</p>
            <a href={linkTo('api')}>Show all</a>
          </Empty>
        ) : (
          <ul class="api-services">
            {groups.map((group) => (
              <Service key={group.service} group={group} />
            ))}
          </ul>
        )}
      </div>
    </>
  )
}

function Service({ group: { service, actions } }: { readonly group: ServiceGroup }) {
  return (
    <li>
      <a class="mono api-service" href={linkTo('api', [service])}>
        {service}
      </a>
      <ul class="api-actions">
        {actions.map((action) => (
          <li key={action.action}>
            <a
              class="mono"
              href={linkTo('api', [service, action.action])}
              aria-label={`${service}.${action.action}`}
              data-described={action.about !== undefined || undefined}
              title={action.about}
            >
              {action.action}
            </a>
          </li>
        ))}
      </ul>
    </li>
  )
}

const COLUMNS: readonly Column<ListedAction>[] = [
  {
    id: 'action',
    title: 'Action',
    cell: ({ service, action }) => (
      <a class="mono" href={linkTo('api', [service, action])}>
        {action}
      </a>
    ),
  },
  { id: 'effect', title: 'What it does', cell: ({ effect }) => EFFECT_WORDS[effect] },
  {
    id: 'about',
    title: 'In words',
    cell: ({ about }) => about ?? <span class="muted">not described here</span>,
  },
]

/** One service: its actions with what they do. */
export function ServiceView({ service }: { readonly service: string }) {
  const group = actionGroups({ text: '', effects: [], isDescribed: false }).find(
    (one) => one.service.toLowerCase() === service.toLowerCase(),
  )
  return (
    <>
      <p class="small api-where">
        <a href={linkTo('api')}>All actions</a>
      </p>
      <PageHead title={group?.service ?? service.slice(0, 80)}>
        {group === undefined ? undefined : countOf(group.actions.length, 'action')}
      </PageHead>
      {group === undefined ? (
        <Empty title="The catalogue has no such service">
          <p>Services of plugins are named plugin_service, such as schedule_scheduleEvent.</p>
          <a href={linkTo('api')}>See all actions</a>
        </Empty>
      ) : (
        <Table
          label={`Actions of ${group.service}`}
          columns={COLUMNS}
          rows={group.actions}
          keyOf={({ action }) => action}
        />
      )}
    </>
  )
}
