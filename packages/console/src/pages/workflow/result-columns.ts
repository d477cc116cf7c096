export interface Row {
  readonly index: number
  readonly fields: Readonly<Record<string, unknown>>
}

const MOST = 5
const FIRST = ['id', 'name', 'description', 'userId', 'status', 'createdAt']

/** The few columns that tell most: id and name, then others that differ from row to row and are not long. */
export function columnsOf(rows: readonly Row[]): readonly string[] {
  const names = [...new Set(rows.flatMap(({ fields }) => Object.keys(fields)))].filter((name) => name !== 'objectType')
  const isTold = (name: string) =>
    rows.some(({ fields }) => ['string', 'number', 'boolean'].includes(typeof fields[name]) && fields[name] !== '')
  const told = names.filter(isTold)
  const differs = (name: string) => new Set(rows.map(({ fields }) => fields[name])).size > 1
  const longest = (name: string) => Math.max(...rows.map(({ fields }) => String(fields[name] ?? '').length))
  const first = FIRST.filter((name) => told.includes(name))
  const rest = told.filter((name) => !first.includes(name) && differs(name) && longest(name) <= 40)
  return [...first, ...rest].slice(0, MOST)
}
