/** Loaded before a program: takes one limit out of the code that it is about to run, in memory only. */
import { registerHooks } from 'node:module'
import { MUTANTS } from './mutants.ts'

const mutant = MUTANTS.find(({ limit }) => limit === process.env.LATCHKEY_MUTANT)
if (mutant === undefined) throw new Error('LATCHKEY_MUTANT names no mutant')
const { file, from, to } = mutant
let isDone = false

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (!url.endsWith(`/packages/${file}`)) return loaded
    const text = String(
      loaded.source instanceof Uint8Array ? Buffer.from(loaded.source).toString('utf8') : loaded.source,
    )
    const parts = text.split(from)
    if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${from}`)
    isDone = true
    return { ...loaded, source: parts.join(to) }
  },
})

process.once('exit', () => {
  if (!isDone) process.stdout.write(`${file} was not loaded\n`)
})
