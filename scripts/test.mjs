// `npm test`: installs what is missing, then runs every check and every test, a failing stage not keeping the others from
// running, and counts truly: a check is one, and so is each test of node:test. `npm test -- --only lint core` runs a part.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { ensureInstalled, pinnedNode, ROOT } from './install.mjs'
import { planTests } from './test-plan.mjs'

/**
 * @typedef {import('./test-reporter.mjs').Totals} Totals
 * @typedef {{ readonly name: string, readonly args: readonly string[], readonly command?: string, readonly needs?: string }} Check
 */

const MINUTE = 60_000
// The tests start the same program hundreds of times; so its sources are stripped and compiled once.
const NODE_COMPILE_CACHE = join(ROOT, 'node_modules', '.cache', 'compiled')
// What the tests start, made just before them.
const PROGRAM = join(ROOT, 'node_modules', '.cache', 'program', 'package', 'dist', 'main.js')
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
  { name: 'built packages load', args: ['scripts/check-build.mjs'], command: process.execPath, needs: 'build' },
]

/** What runs as tests, all in one run: a name for `--only`, and folders. Files are `*.test.ts` anywhere below. */
const GROUPS = [
  { name: 'scripts', folders: ['scripts'] },
  { name: 'packages', folders: readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}`) },
  { name: 'bench', folders: ['bench'] },
  { name: 'e2e', folders: ['e2e'] },
]
const TESTS_LIMIT = 9 * MINUTE

const started = Date.now()
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of running) child.kill('SIGTERM')
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
  await runChecks(CHECKS.filter(({ name }) => isWanted(name, name.split(' ')[0])))
  await runTests(GROUPS.flatMap(chosenOf))
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

/** As many at once as there are processors, each told in its turn. @param {readonly Check[]} checks */
async function runChecks(checks) {
  /** @type {Map<string, ReturnType<typeof run>>} */
  const begun = new Map()
  const waiting = [...checks]
  const begin = () => {
    const check = waiting[0]
    // What needs another one begins when that has ended.
    if (check === undefined || (check.needs !== undefined && !ended.has(check.needs) && begun.has(check.needs))) return
    waiting.shift()
    const { name, args, command = node } = check
    begun.set(name, run(command, args, 3 * MINUTE, { isKept: true }))
    void begun.get(name)?.then(() => {
      ended.add(name)
      begin()
    })
  }
  /** @type {Set<string>} */
  const ended = new Set()
  for (let at = 0; at < Math.max(2, availableParallelism()); at += 1) begin()
  for (const { name } of checks) {
    while (!begun.has(name))
      await Promise.race([...begun].filter(([other]) => !ended.has(other)).map(([, done]) => done))
    const done = await begun.get(name)
    heading(name)
    process.stdout.write(done?.output ?? '')
    if (done?.ending !== 'exit code 0') fail(name, done?.ending ?? 'did not begin')
    else {
      sum.passed += 1
      say(`✔ ${name} (${(done.ms / 1000).toFixed(1)} s)`)
    }
  }
}

/** The files of a group that are asked for. @param {(typeof GROUPS)[number]} group @returns {readonly string[]} */
function chosenOf({ name, folders }) {
  const files = folders.filter((folder) => isWanted(name, folder, folder.split('/').at(-1))).flatMap(testFiles)
  const chosen = only.filter(
    (item) => item.endsWith('.test.ts') && folders.some((folder) => item.startsWith(`${folder}/`)),
  )
  // Asked for everything, a group without tests means that they went missing.
  if (files.length + chosen.length === 0 && only.length === 0 && name !== 'bench') fail(name, 'no test file found')
  return [...files, ...chosen]
}

/** @param {readonly string[]} files */
async function runTests(files) {
  if (files.length === 0) return
  heading('tests')
  const made = await run(node, ['--conditions=source', 'scripts/test-program.ts'], MINUTE)
  if (made.ending !== 'exit code 0') return fail('the program that the tests start', made.ending)
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-test-'))
  const totalsFile = join(folder, 'totals.json')
  const orderFile = join(folder, 'order.json')
  /** @type {import('./test-run.mjs').Order} */
  const order = {
    parts: planTests(files),
    timeoutMs: TESTS_LIMIT - 5_000,
    // More than the processors: what drives a server or a browser waits for it half of the time.
    concurrency: 2 * Math.max(2, availableParallelism()) + 1,
  }
  writeFileSync(orderFile, JSON.stringify(order))
  const env = { LATCHKEY_TEST_TOTALS: totalsFile, LATCHKEY_TEST_PROGRAM: PROGRAM }
  const { ending } = await run(node, [join(ROOT, 'scripts', 'test-run.mjs'), orderFile], TESTS_LIMIT, { env })
  const totals = readTotals(totalsFile)
  rmSync(folder, { recursive: true, force: true })
  sum.passed += totals.passed
  sum.failed += totals.failed
  sum.skipped += totals.skipped
  sum.failures.push(...totals.failures)
  sum.skips.push(...totals.skips)
  if (totals.passed + totals.failed + totals.skipped === 0) fail('tests', `no test ran: ${ending}`)
  // A non-zero exit code is what a failed test gives; any other ending is a failure of its own.
  else if (ending !== 'exit code 0' && !(ending === 'exit code 1' && totals.failed > 0)) fail('tests', ending)
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {number} limitMs
 * @param {{ readonly env?: Record<string, string>, readonly isKept?: boolean }} [wishes] what it prints is kept, or passed on
 * @returns {Promise<{ ending: string, ms: number, output: string }>} the ending in words: `exit code 0`, or another, or what was wrong
 */
function run(command, args, limitMs, { env = {}, isKept = false } = {}) {
  const from = Date.now()
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: isKept ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE, ...env },
    })
    running.add(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
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
      running.delete(child)
      resolve({ ending, ms: Date.now() - from, output })
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
