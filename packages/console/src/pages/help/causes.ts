import { CAUSES, type CauseClass, type CauseId, type CauseText } from '@latchkey/core'
import { explainError } from '@latchkey/doctor'
import { ERRORS } from '@latchkey/wire'

export interface KnownCause extends CauseText {
  readonly id: CauseId
}

export interface CauseGroup {
  readonly class: CauseClass
  readonly title: string
  readonly causes: readonly KnownCause[]
}

const TITLES: Readonly<Record<CauseClass, string>> = {
  flow: 'Steps of the login',
  hash: 'The hash',
  token: 'The app token',
  permission: 'Permissions',
  transport: 'On the way',
  afterwards: 'After the login',
  server: 'The server',
}

const CLASSES: readonly CauseClass[] = ['flow', 'hash', 'token', 'permission', 'transport', 'afterwards', 'server']

const known: ReadonlyMap<string, KnownCause> = new Map(
  Object.entries(CAUSES).map(([id, cause]): [string, KnownCause] => [id, { ...cause, id: asCauseId(id) }]),
)

function asCauseId(id: string): CauseId {
  // Its only caller walks the keys of the catalogue, which is what this checks.
  if (!isCauseId(id)) throw new TypeError(`no such cause: ${id}`)
  return id
}

export function isCauseId(id: string): id is CauseId {
  return Object.hasOwn(CAUSES, id)
}

export function causeOf(id: string): KnownCause | undefined {
  return known.get(id)
}

export function classTitle(of: CauseClass): string {
  return TITLES[of]
}

/** In the order in which a login meets them. */
export function causeGroups(): readonly CauseGroup[] {
  return CLASSES.map((name) => ({
    class: name,
    title: TITLES[name],
    causes: [...known.values()].filter((cause) => cause.class === name),
  }))
}

let codes: ReadonlyMap<CauseId, readonly string[]> | undefined

/** Codes that a cause mostly shows as, by what the doctor says of each code. */
export function codesOf(id: CauseId): readonly string[] {
  codes ??= causesByCode()
  return codes.get(id) ?? []
}

function causesByCode(): ReadonlyMap<CauseId, readonly string[]> {
  const found = new Map<CauseId, string[]>()
  for (const code of Object.keys(ERRORS)) {
    for (const cause of explainError(code)?.causes ?? []) {
      const list = found.get(cause.id)
      if (list === undefined) found.set(cause.id, [code])
      else if (!list.includes(code)) list.push(code)
    }
  }
  return found
}
