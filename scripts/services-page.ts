import { findAction, neededPermissions } from '../packages/core/src/index.ts'
import { LATCHKEY_CLASSES } from '../packages/wire/src/objects/latchkey.ts'
import { LATCHKEY_ACTIONS } from '../packages/wire/src/registry/latchkey.ts'
import type { ActionSpec, ParameterSpec, WireType } from '../packages/wire/src/spec.ts'

const BLOCK = /(<!-- (action|class): (\S+) -->\n)(?:(?!<!--)[\s\S])*(<!-- end -->)/g

/**
 * The reference page of our services with what is between its marks made of the registry and the catalogue.
 *
 * @returns the page as it should be, and which action or class has no mark, two, or one that names nothing
 */
export function fillServices(page: string): { readonly text: string; readonly problems: readonly string[] } {
  const wanted = new Map<string, string>()
  for (const spec of LATCHKEY_ACTIONS) wanted.set(`action: ${spec.service}.${spec.action}`, describeAction(spec))
  for (const name of sentClasses()) wanted.set(`class: ${name}`, describeClass(name))

  const problems: string[] = []
  const seen = new Set<string>()
  const text = page.replaceAll(BLOCK, (block, open: string, kind: string, name: string, close: string) => {
    const mark = `${kind}: ${name}`
    const made = wanted.get(mark)
    if (made === undefined) problems.push(`the mark "${mark}" names nothing of ours`)
    if (seen.has(mark)) problems.push(`the mark "${mark}" is there twice`)
    seen.add(mark)
    return made === undefined ? block : `${open}\n${made}\n\n${close}`
  })
  for (const mark of wanted.keys()) if (!seen.has(mark)) problems.push(`the mark "${mark}" is missing`)
  return { text, problems }
}

/** Of ours, what a client sends as an object. */
function sentClasses(): readonly string[] {
  const ours = new Set(LATCHKEY_CLASSES.map(({ name }) => name))
  const types = LATCHKEY_ACTIONS.flatMap(({ parameters }) => parameters.map(({ type }) => type))
  return types.flatMap((type) =>
    typeof type === 'object' && 'object' in type && ours.has(type.object) ? type.object : [],
  )
}

function describeAction(spec: ActionSpec): string {
  const heading = `${spec.about}\n\nWho may call it: ${describeCallers(spec)}.`
  return spec.parameters.length === 0 ? heading : `${heading}\n\n${describeParameters(spec.parameters)}`
}

/** A table of parameters; empty where there are none. */
export function describeParameters(parameters: readonly ParameterSpec[]): string {
  if (parameters.length === 0) return ''
  const rows = parameters.map((parameter) => {
    const { name, type, about } = parameter
    return `| \`${name}\` | ${describeType(type)} | ${describeDefault(parameter)} | ${about} |`
  })
  return ['| parameter | type | left out | what it is |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function describeCallers({ service, action }: ActionSpec): string {
  const known = findAction(service, action)
  if (known?.opensTo === 'session') return 'any session'
  const names = known === undefined ? [] : neededPermissions(known)
  return `a session with ${names.map((name) => `\`${name}\``).join(' or ')}`
}

function describeDefault({ isRequired, fallback }: ParameterSpec): string {
  if (isRequired === true) return 'refused'
  return fallback === undefined ? '–' : `\`${fallback}\``
}

function describeClass(name: string): string {
  const properties = LATCHKEY_CLASSES.find((spec) => spec.name === name)?.properties ?? []
  const rows = properties.map((property) => `| \`${property.name}\` | ${describeType(property.type)} |`)
  return ['| field | type |', '| --- | --- |', ...rows].join('\n')
}

function describeType(type: WireType): string {
  if (typeof type === 'string') return TYPES[type]
  if ('object' in type) return `\`${type.object}\``
  return 'enum' in type ? `\`${type.enum}\`` : `list of ${describeType(type.array)}`
}

const TYPES = {
  int: 'number',
  bigint: 'number',
  float: 'number',
  string: 'text',
  bool: 'yes or no',
  time: 'time',
  names: 'texts',
} as const
