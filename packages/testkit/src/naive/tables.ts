import { readFileSync } from 'node:fs'

/** One line of `vectors/decision-tables/actions.txt`. */
export interface TableRow {
  /** `service.action`, as the tables spell it. */
  readonly name: string
  /** What each kind of session may do by default. */
  readonly defaults: {
    readonly none: 'yes' | 'net' | 'no'
    readonly widget: 'yes' | 'no'
    readonly user: 'yes' | 'own' | 'no'
    readonly admin: 'yes' | 'cond' | 'no'
  }
  /** Any one opens it. */
  readonly permissions: readonly string[]
  /** Absent where nobody asks whose the object is. */
  readonly gate?: { readonly privilege: string; readonly ownerOnly: boolean } | undefined
  /** Features of which any one makes `cond` a yes. */
  readonly condition: readonly string[]
}

export interface Tables {
  readonly rows: readonly TableRow[]
  /** Every shared permission by name, and what it depends on. */
  readonly permissions: readonly { readonly name: string; readonly dependsOn: readonly string[] }[]
  /** Actions without a row. */
  readonly closed: readonly {
    readonly name: string
    readonly why: 'internal' | 'closed' | 'alias'
    readonly checkedAs?: string | undefined
  }[]
}

/** Reads `vectors/decision-tables`. They were written down once, apart from the catalogue of core. */
export function readTables(): Tables {
  return {
    rows: linesOf('actions').map(([name = '', none, widget, user, admin, permissions, gate, condition]) => ({
      name,
      defaults: {
        none: oneOf(none, ['yes', 'net', 'no']),
        widget: oneOf(widget, ['yes', 'no']),
        user: oneOf(user, ['yes', 'own', 'no']),
        admin: oneOf(admin, ['yes', 'cond', 'no']),
      },
      permissions: wordsOf(permissions),
      gate: gateOf(wordsOf(gate)),
      condition: wordsOf(condition),
    })),
    permissions: linesOf('permissions').map(([name = '', dependsOn]) => ({ name, dependsOn: wordsOf(dependsOn) })),
    closed: linesOf('closed').map(([name = '', why = '']) =>
      why.startsWith('as ')
        ? { name, why: 'alias', checkedAs: why.slice('as '.length) }
        : { name, why: oneOf(why, ['internal', 'closed']) },
    ),
  }
}

function linesOf(name: string): string[][] {
  const url = new URL(`../../../../vectors/decision-tables/${name}.txt`, import.meta.url)
  const lines = readFileSync(url, 'utf8').split('\n')
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(' | '))
}

function wordsOf(field = '-'): string[] {
  return field === '-' ? [] : field.split(' ')
}

function gateOf([privilege, restriction]: readonly string[]): TableRow['gate'] {
  return privilege === undefined ? undefined : { privilege, ownerOnly: restriction === 'owner-only' }
}

function oneOf<Word extends string>(field: string | undefined, words: readonly Word[]): Word {
  const word = words.find((known) => known === field)
  if (word === undefined) throw new RangeError(`'${field}' is none of ${words.join(', ')}`)
  return word
}
