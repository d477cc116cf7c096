import { type CatalogueAction, effectOf, findAction, isKnownService, nearestName } from '@latchkey/core'
import { type ActionSpec, findActionSpec } from '@latchkey/wire'
import { linkTo } from '../../app/router.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { Card, Chip, Disclosure, Empty, KeyValue, Note, PageHead, Pair } from '../../parts/layout.tsx'
import { RUNG_MEANING } from '../../parts/rungs.ts'
import { countOf } from '../../parts/words.ts'
import { actionGroups, EFFECT_WORDS } from './actions.ts'
import { codesOnTheWay } from './codes.ts'
import { objectsInResult, resultFields, typeText } from './fields.ts'
import { type Standing, whoMayCall } from './standing.ts'
import { TryForm } from './try-form.tsx'

export function ActionView({ service, action }: { readonly service: string; readonly action: string }) {
  const found = findAction(service, action)
  if (found === undefined) return <Unknown service={service} action={action} />
  const spec = findActionSpec(service, action)
  const name = `${found.service}.${found.action}`
  return (
    <>
      <p class="small api-where">
        <a href={linkTo('api')}>All actions</a> <span class="muted">›</span>{' '}
        <a href={linkTo('api', [found.service])}>{found.service}</a>
      </p>
      <PageHead title={name}>
        {spec?.about ??
          'The catalogue knows who may call it; its parameters are described by the service’s own reference.'}
      </PageHead>
      <div class="api">
        <div class="stack">
          {spec === undefined && isLatchkey.value === true && (
            <Note tone="warn">
              <strong>Not carried out here.</strong> A Latchkey server decides who may call it, but only the service
              itself carries it out.
            </Note>
          )}
          {found.kind === 'ours' && isLatchkey.value === false && (
            <Note tone="warn">
              <strong>Not at this endpoint.</strong> It is an extra of Latchkey servers.
            </Note>
          )}
          {/* Fields of one action must not live on in those of another. */}
          <TryForm key={name} action={found} />
        </div>
        <div class="stack">
          <WhoMay action={found} />
          {spec !== undefined && <WhatComesBack spec={spec} />}
          <Codes service={found.service} action={found.action} />
        </div>
      </div>
    </>
  )
}

const SIGNS: Readonly<
  Record<Standing, { readonly sign: string; readonly words: string; readonly tone?: 'good' | 'warn' }>
> = {
  open: { sign: '✓', words: 'may call it', tone: 'good' },
  own: { sign: '◐', words: 'only for what its user owns', tone: 'warn' },
  closed: { sign: '–', words: 'not without a role that opens it' },
}

function WhoMay({ action }: { readonly action: CatalogueAction }) {
  const { kinds, needed, rule, notes } = whoMayCall(action)
  const isNever = kinds.every(({ standing }) => standing === 'closed') && needed.length === 0
  const name = `${action.service}.${action.action}`
  return (
    <Card title="Who may call it" summary={EFFECT_WORDS[effectOf(action)]}>
      <div class="stack-tight">
        {rule !== undefined && <p>{rule}</p>}
        {!isNever && (
          <ul class="api-kinds">
            {kinds.map(({ kind, title, standing }) => (
              <li key={kind}>
                <Chip tone={SIGNS[standing].tone}>
                  <span aria-hidden="true">{SIGNS[standing].sign}</span>
                </Chip>
                <span>{title}</span>
                <span class="muted">
                  {kind === 'none' && standing === 'closed' ? 'refused' : SIGNS[standing].words}
                </span>
              </li>
            ))}
          </ul>
        )}
        {needed.length > 0 && (
          <>
            <p class="small muted">{needed.length === 1 ? 'Opened by' : 'Opened by any one of'}</p>
            <p class="chips">
              {needed.map((permission) => (
                <Chip key={permission}>{permission}</Chip>
              ))}
            </p>
          </>
        )}
        {notes.map((note) => (
          <p key={note} class="small">
            {note}
          </p>
        ))}
        <p class="small">
          <a href={linkTo('access', [], { subject: 'type:user', cell: name })}>See it in the access grid</a>
        </p>
      </div>
    </Card>
  )
}

function WhatComesBack({ spec }: { readonly spec: ActionSpec }) {
  const objects = objectsInResult(spec.result)
  const fields = resultFields(objects ?? spec.result)
  return (
    <Card
      title="What comes back"
      summary={
        spec.result === undefined ? (
          'nothing'
        ) : (
          <span class="mono">{objects === undefined ? typeText(spec.result) : `list of ${typeText(objects)}`}</span>
        )
      }
    >
      {fields.length === 0 ? (
        <p class="small muted">
          {spec.result === undefined ? 'An empty answer means that it was done.' : 'One value, or an object as it is.'}
        </p>
      ) : (
        <Disclosure summary={countOf(fields.length, 'field')} open={fields.length <= 8}>
          <KeyValue>
            {fields.map((field) => (
              <Pair key={field.name} name={field.name}>
                <span class="muted">{field.typeText}</span>
              </Pair>
            ))}
          </KeyValue>
        </Disclosure>
      )}
    </Card>
  )
}

function Codes({ service, action }: { readonly service: string; readonly action: string }) {
  return (
    <Card title="What can stop it" summary="on the way to the action">
      <Disclosure summary="Codes, in the order of the checks">
        <ol class="stack-tight">
          {codesOnTheWay(service, action).map(({ rung, codes }) => (
            <li key={rung}>
              <p class="small muted">{RUNG_MEANING[rung]?.title ?? rung}</p>
              <p class="chips">
                {codes.map((code) => (
                  <a key={code} class="chip" href={linkTo('help', ['errors', code])}>
                    {code}
                  </a>
                ))}
              </p>
            </li>
          ))}
        </ol>
      </Disclosure>
    </Card>
  )
}

function Unknown({ service, action }: { readonly service: string; readonly action: string }) {
  const near = isKnownService(service)
    ? nearestName(
        action,
        (
          actionGroups({ text: '', effects: [], isDescribed: false }).find(
            (group) => group.service.toLowerCase() === service.toLowerCase(),
          )?.actions ?? []
        ).map((one) => one.action),
      )
    : undefined
  return (
    <>
      <PageHead title={`${service}.${action}`.slice(0, 80)} />
      <Empty title="The catalogue has no such action">
        {near !== undefined && (
          <p>
            Did you mean{' '}
            <a class="mono" href={linkTo('api', [service, near])}>
              {service}.{near}
            </a>
            ?
          </p>
        )}
        <p>
          The <a href={linkTo('')}>workflow</a> calls any action by its name, also one that is not here.
        </p>
        <a href={linkTo('api')}>See all actions</a>
      </Empty>
    </>
  )
}
