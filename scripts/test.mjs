// `npm test`: installs what is missing, then runs every check and every test, a failing stage not keeping the others from
// running, and counts truly: a check is one, and so is each test of node:test. `npm test -- --only lint core` runs a part.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { ensureInstalled, pinnedNode, ROOT } from './install.mjs'

/**
 * @typedef {import('./test-reporter.mjs').Totals} Totals
 * @typedef {{ readonly name: string, readonly args: readonly string[], readonly command?: string }} Check
 */

const MINUTE = 60_000
// The tests start the same program hundreds of times; so its sources are stripped and compiled once.
const NODE_COMPILE_CACHE = join(ROOT, 'node_modules', '.cache', 'compiled')
const node = pinnedNode()
/** @param {string} path */
const inModules = (path) => join(ROOT, 'node_modules', ...path.split('/'))

/** @type {readonly Check[]} */
const CHECKS = [
  { name: 'types', args: [inModules('typescript/bin/tsc'), '-p', '.'] },
  { name: 'types of core, which has no platform', args: [inModules('typescript/bin/tsc'), '-p', 'packages/core/src'] },
  { name: 'types of what runs in a tested page', args: [inModules('typescript/bin/tsc'), '-p', 'e2e/in-page'] },
  {
    name: 'types of the console, which has a browser',
    args: [inModules('typescript/bin/tsc'), '-p', 'packages/console'],
  },
  {
    name: 'lint and format',
    args: [
      inModules('@biomejs/biome/bin/biome'),
      'ci',
      '--error-on-warnings',
      '--diagnostic-level=warn',
      `--colors=${process.stdout.isTTY ? 'force' : 'off'}`,
    ],
  },
  { name: 'arrows', args: ['scripts/check-arrows.ts'] },
  { name: 'docs', args: ['--conditions=source', 'scripts/check-docs.ts'] },
  { name: 'build', args: ['scripts/build.ts'] },
  // On the machine's own Node and without the condition `source`, as whoever installs the packages would load them.
  { name: 'built packages load', args: ['scripts/check-build.mjs'], command: process.execPath },
]

/** What runs as tests: a name for `--only`, its folder, and for how long. Files are `*.test.ts` anywhere below. */
const GROUPS = [
  { name: 'scripts', folders: ['scripts'], limitMs: MINUTE },
  {
    name: 'packages',
    folders: readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}`),
    limitMs: 6 * MINUTE,
  },
  { name: 'bench', folders: ['bench'], limitMs: 2 * MINUTE },
  { name: 'e2e', folders: ['e2e'], limitMs: 9 * MINUTE },
]

const started = Date.now()
/** @type {import('node:child_process').ChildProcess | undefined} */
let running
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    running?.kill('SIGTERM')
    say(`\nstopped by ${signal}`)
    process.exit(1)
  })
}
const only = wanted(process.argv.slice(2))
/** @type {Totals} */
const sum = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] }

heading('install')
if (await ensureInstalled('full', say)) {
  say('all that testing needs is installed')
  for (const check of CHECKS.filter(({ name }) => isWanted(name, name.split(' ')[0]))) await runCheck(check)
  for (const group of GROUPS) await runTests(group)
} else {
  fail('install', 'see above')
}
if (sum.passed + sum.failed === 0) fail('npm test', 'nothing ran')

if (sum.skips.length > 0) heading('skipped')
for (const { name, detail } of sum.skips) say(`- ${name}: ${detail}`)
if (sum.failures.length > 0) heading('failed')
for (const { name, detail } of sum.failures) say(`✖ ${name}\n${detail.replaceAll(/^/gm, '    ')}`)
heading(`${Math.round((Date.now() - started) / 1000)} s`)
say(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`)
process.exitCode = sum.failed > 0 ? 1 : 0

/** @param {Check} check */
async function runCheck({ name, args, command = node }) {
  heading(name)
  const { ending, ms } = await run(command, args, 3 * MINUTE)
  if (ending !== 'exit code 0') return fail(name, ending)
  sum.passed += 1
  say(`✔ ${name} (${(ms / 1000).toFixed(1)} s)`)
}

/** @param {(typeof GROUPS)[number]} group */
async function runTests({ name, folders, limitMs }) {
  const files = folders.filter((folder) => isWanted(name, folder, folder.split('/').at(-1))).flatMap(testFiles)
  const chosen = only.filter(
    (item) => item.endsWith('.test.ts') && folders.some((folder) => item.startsWith(`${folder}/`)),
  )
  if (files.length + chosen.length === 0) {
    // Asked for everything, a group without tests means that they went missing.
    if (only.length === 0 && name !== 'bench') fail(name, 'no test file found')
    return
  }
  heading(`tests: ${name}`)
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-test-'))
  const totalsFile = join(folder, 'totals.json')
  const args = [
    '--conditions=source',
    '--test',
    // Twice the processors: what drives a server or a browser waits for it half of the time.
    `--test-concurrency=${2 * Math.max(2, availableParallelism())}`,
    `--test-timeout=${limitMs - 5_000}`,
    `--test-reporter=${join(ROOT, 'scripts', 'test-reporter.mjs')}`,
    ...files,
    ...chosen,
  ]
  const { ending } = await run(node, args, limitMs, { LATCHKEY_TEST_TOTALS: totalsFile })
  const totals = readTotals(totalsFile)
  rmSync(folder, { recursive: true, force: true })
  sum.passed += totals.passed
  sum.failed += totals.failed
  sum.skipped += totals.skipped
  sum.failures.push(...totals.failures)
  sum.skips.push(...totals.skips)
  if (totals.passed + totals.failed + totals.skipped === 0) fail(`tests: ${name}`, `no test ran: ${ending}`)
  // A non-zero exit code is what a failed test gives; any other ending is a failure of its own.
  else if (ending !== 'exit code 0' && !(ending === 'exit code 1' && totals.failed > 0)) fail(`tests: ${name}`, ending)
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {number} limitMs
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ ending: string, ms: number }>} the ending in words: `exit code 0`, or another, or what was wrong
 */
function run(command, args, limitMs, env = {}) {
  const from = Date.now()
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE, ...env },
    })
    running = child
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGTERM')
    }, limitMs)
    const hardTimer = setTimeout(() => child.kill('SIGKILL'), limitMs + 10_000)
    /** @param {string} ending */
    const end = (ending) => {
      clearTimeout(timer)
      clearTimeout(hardTimer)
      resolve({ ending, ms: Date.now() - from })
    }
    child.on('error', (error) => end(`does not start: ${error.message}`))
    child.on('close', (code, signal) => {
      if (isLate) end(`did not end within ${limitMs / 1000} s; the file after the last one shown is where to look`)
      else end(code === null ? `ended by ${signal}` : `exit code ${code}`)
    })
  })
}

/** @param {string} folder @returns {string[]} */
function testFiles(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.test.ts') && !/(^|\/)(node_modules|dist)\//.test(path))
    .sort()
    .map((path) => `${folder}/${path}`)
}

/** @param {string} path @returns {Totals} */
function readTotals(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] }
  }
}

/** @param {readonly string[]} args */
function wanted(args) {
  const items = args.filter((arg) => arg !== '--only')
  const stranger = items.find((item) => item.startsWith('-'))
  if (stranger === undefined) return items
  process.stderr.write(
    `npm test takes only: npm test -- --only <check, package, folder or test file>…, not ${stranger}\n`,
  )
  process.exit(2)
}

/** @param {(string | undefined)[]} names */
function isWanted(...names) {
  return only.length === 0 || names.some((name) => name !== undefined && only.includes(name))
}

/** @param {string} name @param {string} detail */
function fail(name, detail) {
  sum.failed += 1
  sum.failures.push({ name, detail })
  say(`✖ ${name}: ${detail}`)
}

/** @param {string} text */
function heading(text) {
  say(`\n── ${text} ${'─'.repeat(Math.max(2, 70 - text.length))}`)
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`)
}
