import { CAUSES, type CauseClass, type CauseText } from '../packages/core/src/index.ts'

const TITLES: Readonly<Record<CauseClass, string>> = {
  flow: 'Steps of the login',
  hash: 'The hash',
  token: 'The app token',
  permission: 'Permissions',
  transport: 'On the way',
  afterwards: 'After the login',
  server: 'The server',
}

/** The reference page of causes, made of the data that refusals are made of. */
export function causesPage(): string {
  const causes: readonly (readonly [string, CauseText])[] = Object.entries(CAUSES)
  const groups = Object.entries(TITLES).map(([group, title]) => {
    const members = causes.filter(([, cause]) => cause.class === group)
    return `## ${title}\n\n${members.map(([id, cause]) => section(id, cause)).join('\n')}`
  })
  return `# Causes

Every refusal names one of these in \`diagnosis.cause\`. The ids are part of the API: some are added, none is renamed.
This page is made by \`npm run docs\`.

${groups.join('\n')}`
}

function section(id: string, { title, symptom, check, remedy }: CauseText): string {
  const steps = remedy.map((step, index) => `${index + 1}. ${step}`)
  return `<a id="${id}"></a>

### ${title}

\`${id}\`

What you see: ${symptom}. How to tell: ${check}

${steps.join('\n')}
`
}
