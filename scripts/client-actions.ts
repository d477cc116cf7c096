// Writes packages/client/src/actions.ts, the types of the SDK, from the registry of actions; `npm run docs` does too, and a
// test holds the committed file to it. Types alone: nothing of it is in what a program loads.
import { writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import {
  type ActionSpec,
  CLASSES,
  type ClassSpec,
  ENUMS,
  findClass,
  type PropertySpec,
  REGISTRY,
  type WireType,
} from '../packages/wire/src/index.ts'

export const CLIENT_ACTIONS = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  'packages',
  'client',
  'src',
  'actions.ts',
)

/** Sent objects have what a client may write, answered ones what a server shows. */
type Side = 'sent' | 'answered'

/** Of which servers of the protocol answer numbers as texts. */
const LOOSE = new Set(['KalturaSessionInfo.partnerId', 'KalturaSessionInfo.expiry', 'KalturaSessionInfo.sessionType'])

/** The file as it should be. */
export function clientActions(): string {
  const used: Record<Side, Set<string>> = { sent: new Set(), answered: new Set() }
  const services = Map.groupBy(REGISTRY, ({ service }) => service)
  const actions = [...services].map(
    ([service, specs]) => `  readonly ${service}: {\n${specs.map((spec) => actionType(spec, used)).join('')}  }\n`,
  )
  const interfaces = (['answered', 'sent'] as const).flatMap((side) => {
    // Bases and what properties hold are used as well, and theirs in turn.
    for (const name of used[side]) {
      const spec = findClass(name)
      if (spec?.base !== undefined) used[side].add(spec.base)
      for (const { type } of spec?.properties ?? []) typeText(type, side, used)
    }
    return CLASSES.filter(({ name }) => used[side].has(name)).map((spec) => interfaceOf(spec, side, used))
  })
  const enums = ENUMS.map(({ name, values }) => {
    const open = typeof values[0] === 'number' ? '(number & {})' : '(string & {})'
    const known = values.map((value) => (typeof value === 'number' ? value : `'${value}'`)).join(' | ')
    return `/** Others are possible: servers differ. */\nexport type ${name} = ${known} | ${open}\n`
  })
  return [
    '// Made by scripts/client-actions.ts of the registry of actions; do not edit.\n',
    `/** Every action that has types, with its parameters and its answer. */\nexport interface Actions {\n${actions.join('')}}\n`,
    "/** What any object that is sent may have beside its fields: `name__null: ''` clears the field `name`. */\n" +
      'interface Sent {\n  /** The subclass that is meant, where the declared class has some. */\n' +
      '  readonly objectType?: string | undefined\n  readonly [clears: `$' +
      "{string}__null`]: ''\n}\n",
    ...interfaces,
    ...enums,
  ].join('\n')
}

function actionType({ action, about, parameters, result }: ActionSpec, used: Record<Side, Set<string>>): string {
  const params = parameters.map(
    ({ name, type, isRequired, about: text }) =>
      `        /** ${text} */\n        readonly ${name}${isRequired ? '' : '?'}: ${typeText(type, 'sent', used)}${isRequired ? '' : ' | undefined'}\n`,
  )
  const fields = params.length === 0 ? '{}' : `{\n${params.join('')}      }`
  const answer = result === undefined ? 'null' : typeText(result, 'answered', used)
  return `    /** ${about} */\n    readonly ${action}: {\n      readonly params: ${fields}\n      readonly result: ${answer}\n    }\n`
}

function interfaceOf(spec: ClassSpec, side: Side, used: Record<Side, Set<string>>): string {
  const base = spec.base === undefined ? (side === 'sent' ? 'Sent' : undefined) : className(spec.base, side)
  const own = spec.properties.filter(({ isReadOnly }) => side === 'answered' || !isReadOnly)
  const type = spec.base === undefined && side === 'answered' ? '  readonly objectType?: string | undefined\n' : ''
  const fields = own.map((property) => fieldOf(spec, property, side, used)).join('')
  return `export interface ${className(spec.name, side)}${base === undefined ? '' : ` extends ${base}`} {\n${type}${fields}}\n`
}

function fieldOf(
  spec: ClassSpec,
  { name, type, about }: PropertySpec,
  side: Side,
  used: Record<Side, Set<string>>,
): string {
  const text = about ?? (type === 'time' ? TIMES[side] : undefined)
  const doc = text === undefined ? '' : `  /** ${text} */\n`
  const loose = side === 'answered' && LOOSE.has(`${spec.name}.${name}`) ? ' | `$' + '{number}`' : ''
  return `${doc}  readonly ${name}?: ${typeText(type, side, used)}${loose} | undefined\n`
}

const TIMES: Readonly<Record<Side, string>> = {
  answered: 'Seconds since 1970.',
  sent: 'Seconds since 1970; up to 315360000, from now.',
}

function typeText(type: WireType, side: Side, used: Record<Side, Set<string>>): string {
  if (type === 'string') return 'string'
  if (type === 'bool') return 'boolean'
  if (type === 'names') return side === 'sent' ? 'string | readonly string[]' : 'readonly string[]'
  if (typeof type === 'string') return 'number'
  if ('enum' in type) return type.enum
  if ('array' in type) {
    const item = typeText(type.array, side, used)
    return item.includes(' ') ? `readonly (${item})[]` : `readonly ${item}[]`
  }
  const names = [type.object, ...subclassesOf(type.object)]
  for (const name of names) used[side].add(name)
  return names.map((name) => className(name, side)).join(' | ')
}

function subclassesOf(name: string): readonly string[] {
  return CLASSES.filter(({ base }) => base === name).flatMap((spec) => [spec.name, ...subclassesOf(spec.name)])
}

/** Filters and pagers are only ever sent, so that their names need not say it. */
function className(name: string, side: Side): string {
  return side === 'answered' || /(?:Filter|Pager|Context)$/.test(name) ? name : `${name}Input`
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  writeFileSync(CLIENT_ACTIONS, clientActions())
}
