import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { benchDecisions } from './decisions.ts'
import { benchHttp } from './http.ts'
import { benchInProcess } from './in-process.ts'
import { median, rate, ratio, type Samples } from './lib/measure.ts'
import { benchMemory } from './memory.ts'
import { benchNearMiss } from './near-miss.ts'
import { benchPages } from './pages.ts'

/** Ours, what it is held against, and the ratio that it should reach at least. */
const COMPARED = [
  ['startSession', 'bare node:http, as startSession', 0.5],
  ['session.get', 'bare node:http, as session.get', 0.6],
  ['session format', 'jwt sign', 0.55],
  ['session parse, uncached', 'jwt verify', 0.6],
  ['session parse, cached', 'jwt verify', 5],
  ['decision', 'Map look-up of an action', 0.25],
  ['decision', 'Map look-up of an answer', 0.25],
  ['line feed named', 'the digest alone', 0.04],
] as const

const isQuick = process.argv.includes('--quick')
const [rounds, durationMs, issued] = isQuick ? [1, 100, 5_000] : [7, 1_000, 1_000_000]
/** Of the slowest page of the console, until it can be used. */
const PAGE_GOAL_MS = 1_000

const [busyBefore = 0] = loadavg()
const http = await benchHttp(rounds, durationMs)
const inProcess = await benchInProcess(rounds, durationMs)
const decisions = await benchDecisions(rounds, durationMs)
const nearMisses = await benchNearMiss(rounds, durationMs)
const memory = await benchMemory(issued)
const pages = await benchPages(rounds, isQuick ? ['', 'access'] : undefined)
const samples: Samples = { ...http.samples, ...inProcess, ...decisions, ...nearMisses.samples }

const rows = COMPARED.map(
  ([ours, theirs, goal]) =>
    `| ${ours} | ${theirs} | ${perSecond(ours)} | ${perSecond(theirs)} | **${twoDigits(ratio(samples, ours, theirs, 'perSecond'))}** | ${twoDigits(ratio(samples, ours, theirs, 'perCpuSecond'))} | ${goal} |`,
)
const blank = median(pages.blank)
const loads = Object.entries(pages.usable)
  .map(([page, times]) => ({ page: page === '' ? 'workflow' : page, ms: median(times) }))
  .sort((a, b) => b.ms - a.ms)
const pageRows = loads.map(
  ({ page, ms }) => `| ${page} | ${ms.toFixed(0)} | ${blank.toFixed(0)} | **${twoDigits(ms / blank)}** |`,
)
const report = `# Results

\`npm run bench\`, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores,
load average ${busyBefore.toFixed(1)} when it began.

Rates are calls a second, medians of ${rounds} rounds of ${durationMs} ms taken in turns; a ratio is the median of the rounds' ratios, ours over theirs.
Over HTTP each server has a process of its own, and 64 connections have one request under way each; what sends them was busy
for ${Math.round(100 * http.generatorLoad)} % of one core. Where other programs keep the servers from a core of their own, the ratio by the servers' processor time
is the truer one; on an idle machine the two agree.

| ours | held against | ours, a second | theirs, a second | ratio | by processor time | goal |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

Decisions are over 5,000 roles and the catalogue's 772 actions in random order, with all that explains them at hand; the first \`Map\` knows
the names of the actions only, which stay in the processor's nearest cache, the second the answers to a million such questions.

A token hash (SHA256, over session string and value): ${perSecond('token hash, SHA256')} a second.

A wrong hash that a line feed explains is named at the cost of some ${Math.round(1 / (ratio(samples, 'line feed named', 'the digest alone', 'perSecond') ?? 1))} digests; one that nothing explains is given up after
${nearMisses.digests.toLocaleString('en-US')}, which take ${nearMisses.perSearch.toFixed(0)} ms. Thirty of those at once hold the event loop for ${nearMisses.longestTurn.toFixed(1)} ms at the longest (${nearMisses.longestTurnCpu.toFixed(1)} ms by processor time); the goal is
less than 10.

The console's pages in Chromium, signed in, from the start of the navigation with nothing in the cache until there is a control to use, held
against an answer of next to nothing from the same server, drawn; medians in milliseconds. The goal is less than ${PAGE_GOAL_MS.toLocaleString('en-US')} for the slowest.

| page | usable after, ms | blank page, ms | ratio |
| --- | ---: | ---: | ---: |
${pageRows.join('\n')}

Memory of a process that issues sessions and opens each once, collected before each reading:

| issued | resident, MiB | heap, MiB |
| ---: | ---: | ---: |
${memory.map(({ issued, resident, heap }) => `| ${issued.toLocaleString('en-US')} | ${mebibytes(resident)} | ${mebibytes(heap)} |`).join('\n')}
`
process.stdout.write(`${report}\n`)
if (!isQuick) writeFileSync(fileURLToPath(new URL('./results.md', import.meta.url)), report)

function perSecond(name: string): string {
  return Math.round(rate(samples, name)).toLocaleString('en-US')
}

function twoDigits(ratio: number | undefined): string {
  return ratio?.toFixed(2) ?? '–'
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0)
}
