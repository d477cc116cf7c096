/**
 * Loaded before the code that it changes: any one limit can be taken out of it, in memory only. In the place of each file
 * that has a limit stand functions of the same names, which call those of the file as it is, or of the file without the limit that
 * {@link withoutLimit} names. So all is loaded once, however many limits there are.
 */
import { registerHooks } from 'node:module'
import { MUTANTS, type Mutant } from './mutants.ts'

const PACKAGES = new URL('../../../', import.meta.url).href
const FILES = new Set(MUTANTS.map(({ file }) => file))

let taken: string | undefined
let calls = 0

/** Runs it on code that lacks one limit. @throws Error where no changed file was called, as nothing was tried then */
export async function withoutLimit<T>(limit: string, act: () => Promise<T>): Promise<T> {
  taken = limit
  calls = 0
  try {
    const result = await act()
    if (calls === 0) throw new Error(`nothing was called of the file of: ${limit}`)
    return result
  } finally {
    taken = undefined
  }
}

/** Which variant of a file is to be called: the limit that its own one lacks, or undefined for the file as it is. */
export function variantOf(limits: readonly string[]): string | undefined {
  if (taken === undefined || !limits.includes(taken)) return undefined
  calls += 1
  return taken
}

registerHooks({
  load(url, context, nextLoad) {
    const [bare = '', query = ''] = url.split('?')
    const file = bare.startsWith(PACKAGES) ? bare.slice(PACKAGES.length) : ''
    if (!FILES.has(file)) return nextLoad(url, context)
    const loaded = nextLoad(bare, context)
    const text = String(
      loaded.source instanceof Uint8Array ? Buffer.from(loaded.source).toString('utf8') : loaded.source,
    )
    if (query === '') return { format: 'module', source: standIn(file, text), shortCircuit: true }
    const mutant = MUTANTS[Number(query)]
    return { ...loaded, source: mutant === undefined ? text : mutate(mutant, text) }
  },
})

function mutate({ file, from, to }: Mutant, text: string): string {
  const parts = text.split(from)
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${from}`)
  return parts.join(to)
}

function standIn(file: string, text: string): string {
  const own = [...MUTANTS.entries()].filter(([, mutant]) => mutant.file === file)
  const load = (at: string) => JSON.stringify(`${PACKAGES}${file}?${at}`)
  return [
    `import { variantOf } from ${JSON.stringify(import.meta.url)}`,
    `import * as asItIs from ${load('as-it-is')}`,
    ...own.map(([at]) => `import * as without${at} from ${load(String(at))}`),
    `const LIMITS = ${JSON.stringify(own.map(([, { limit }]) => limit))}`,
    `const variants = new Map([${own.map(([at, { limit }]) => `[${JSON.stringify(limit)}, without${at}]`).join(', ')}])`,
    'const now = () => variants.get(variantOf(LIMITS)) ?? asItIs',
    ...exportsOf(file, text).map((name) => `export const ${name} = (...given) => now().${name}(...given)`),
  ].join('\n')
}

/** The names of the functions of a file. @throws Error for anything else that it exports, for which nothing can stand in */
function exportsOf(file: string, text: string): readonly string[] {
  const lines = text.match(/^export .*$/gm) ?? []
  return lines.flatMap((line) => {
    if (/^export (interface|type) /.test(line)) return []
    const name = /^export (?:async )?function (\w+)/.exec(line)?.[1]
    if (name === undefined) throw new Error(`${file} exports something else than functions: ${line}`)
    return [name]
  })
}
