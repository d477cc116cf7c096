import { findAction, neededPermissions } from '../packages/core/src/index.ts'
import { type ActionSpec, REGISTRY } from '../packages/wire/src/index.ts'
import { describeParameters } from './services-page.ts'

/** The reference page of the actions that a server answers, made of the registry and the catalogue. */
export function actionsPage(): string {
  const services = new Map<string, ActionSpec[]>()
  for (const spec of REGISTRY.filter(({ service }) => !service.startsWith('latchkey_'))) {
    services.set(spec.service, [...(services.get(spec.service) ?? []), spec])
  }
  const sections = [...services].sort(([a], [b]) => a.localeCompare(b)).map(([, specs]) => section(specs))
  return `# Actions

Every action of the original that this server answers, with its parameters and who may call it. [Services of
ours](latchkey-services.md) has those that the original does not have, and [the catalogue](catalogue.md) all that roles can
open, also where the sandbox has no such thing. The console's page API has the same with a form to try each. This page is
made by \`npm run docs\`.

${sections.join('\n\n')}
`
}

function section(specs: readonly ActionSpec[]): string {
  const actions = [...specs].sort((a, b) => a.action.localeCompare(b.action))
  return [`## ${specs[0]?.service ?? ''}`, ...actions.map(describe)].join('\n\n')
}

function describe(spec: ActionSpec): string {
  const table = describeParameters(spec.parameters)
  return [
    `### ${spec.service}.${spec.action}`,
    `${spec.about} ${callers(spec)}`,
    ...(table === '' ? [] : [table]),
  ].join('\n\n')
}

function callers({ service, action }: ActionSpec): string {
  const known = findAction(service, action)
  if (known === undefined) return ''
  const names = neededPermissions(known).map((name) => `\`${name}\``)
  const who = known.isPublic
    ? 'Anybody may call it, without a session public data only.'
    : known.opensTo === 'session'
      ? 'Any session may call it.'
      : names.length === 0
        ? ''
        : `It takes ${names.length === 1 ? '' : 'one of '}${names.join(', ')}.`
  const gate = known.ownership
  return gate === undefined
    ? who
    : `${who} A session that is not ADMIN must own the object of \`${gate.idParameter}\`, or hold the privilege \`${gate.privilege}\` for it.`
}
