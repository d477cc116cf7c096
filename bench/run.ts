import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { benchHttp } from './http.ts'
import { benchInProcess } from './in-process.ts'
import { median, type Rates, ratio } from './lib/measure.ts'
import { benchMemory } from './memory.ts'

setFlagsFromString('--expose-gc')

/** Ours, what it is held against, and the ratio that it should reach at least. */
const COMPARED = [
  ['startSession', 'bare node:http, as startSession', 0.5],
  ['session.get', 'bare node:http, as session.get', 0.6],
  ['session format', 'jwt sign', 0.55],
  ['session parse, uncached', 'jwt verify', 0.6],
  ['session parse, cached', 'jwt verify', 5],
] as const

const isQuick = process.argv.includes('--quick')
const [rounds, durationMs, issued] = isQuick ? [1, 100, 5_000] : [7, 1_000, 1_000_000]

const http = await benchHttp(rounds, durationMs)
const inProcess = await benchInProcess(rounds, durationMs)
const memory = await benchMemory(issued)
const rates: Rates = { ...http, ...inProcess }

const rows = COMPARED.map(
  ([ours, theirs, goal]) =>
    `| ${ours} | ${theirs} | ${perSecond(ours)} | ${perSecond(theirs)} | **${ratio(rates, ours, theirs).toFixed(2)}** | ${goal} |`,
)
const report = `# Results

\`npm run bench\`, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores.
Rates are calls a second, medians of ${rounds} rounds of ${durationMs} ms taken in turns; the ratio is the median of the rounds' ratios, ours over theirs.
Over HTTP each server has a process of its own, and 64 connections have one request under way each.

| ours | held against | ours, a second | theirs, a second | ratio | goal |
| --- | --- | ---: | ---: | ---: | ---: |
${rows.join('\n')}

A token hash (SHA256, over session string and value): ${perSecond('token hash, SHA256')} a second.

Resident memory before and after ${memory.issued} issued sessions: ${mebibytes(memory.before)} and ${mebibytes(memory.after)} MiB.
`
process.stdout.write(`${report}\n`)
if (!isQuick) writeFileSync(fileURLToPath(new URL('./results.md', import.meta.url)), report)

function perSecond(name: string): string {
  return Math.round(median(rates[name] ?? [])).toLocaleString('en-US')
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0)
}
