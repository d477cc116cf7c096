// A reporter for node:test: the tests as a readable tree on stdout, and the true totals as JSON in the file that
// LATCHKEY_TEST_TOTALS names. Suites and tests that only hold other tests are not counted, what fails beside its
// tests (a hook, a file that crashes) is, and a file without a single test is a failure.
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { inspect } from 'node:util'

/**
 * @typedef {{ passed: number, failed: number, skipped: number, failures: Named[], skips: Named[] }} Totals
 * @typedef {{ name: string, detail: string }} Named
 * @typedef {import('node:test').EventData.TestPass | import('node:test').EventData.TestFail} Outcome
 */

/** @param {AsyncIterable<{ type: string, data: any }>} source */
export default async function* reporter(source) {
  yield* report(source, [])
}

/**
 * The same where several files share a process: of those that are named, each has to have had a test.
 *
 * @param {readonly string[]} files below the working directory
 * @returns {(source: AsyncIterable<{ type: string, data: any }>) => AsyncGenerator<string>}
 */
export function reportTests(files) {
  return (source) => report(source, files)
}

/** @param {AsyncIterable<{ type: string, data: any }>} source @param {readonly string[]} files */
async function* report(source, files) {
  /** @type {Totals} */
  const totals = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] }
  const tree = new Tree()
  const missing = new Set(files)
  const path = process.env.LATCHKEY_TEST_TOTALS
  // After each test, so that a run that has to be ended from outside has still told how far it got.
  const save = () => path !== undefined && writeFileSync(path, JSON.stringify(totals))
  for await (const { type, data } of source) {
    if (typeof data?.file === 'string') missing.delete(relative(process.cwd(), data.file).replaceAll('\\', '/'))
    if (type === 'test:start') yield* tree.open(data)
    else if (type === 'test:pass' || type === 'test:fail') {
      yield* tree.close(type === 'test:pass', data, totals)
      save()
    }
    // What a test file prints where it should not is worth seeing, its diagnostics are not.
    else if (type === 'test:stdout' || type === 'test:stderr') yield data.message
  }
  for (const file of missing) {
    totals.failed += 1
    totals.failures.push({ name: file, detail: 'the file holds no test, or was not run' })
    yield `\n${file}\n  ✖ the file holds no test, or was not run\n`
  }
  save()
}

class Tree {
  /** @type {{ name: string, children: number, isShown: boolean }[]} */
  #path = []
  #file = '';

  /** @param {{ name: string, nesting: number, file?: string | undefined }} data */
  *open({ name, nesting, file }) {
    const where = file === undefined ? '' : relative(process.cwd(), file)
    if (nesting === 0 && where !== this.#file && where !== '') {
      this.#file = where
      yield `\n${where}\n`
    }
    const parent = this.#path[nesting - 1]
    if (parent !== undefined) {
      parent.children += 1
      if (!parent.isShown) yield `${'  '.repeat(nesting)}${parent.name}\n`
      parent.isShown = true
    }
    this.#path.length = nesting
    this.#path.push({ name, children: 0, isShown: false })
  }

  /** @param {boolean} isPass @param {Outcome} data @param {Totals} totals */
  *close(isPass, data, totals) {
    const { name, nesting } = data
    const isLeaf = (this.#path[nesting]?.children ?? 0) === 0 && data.details.type !== 'suite'
    const ancestors = this.#path.slice(0, nesting).map((node) => node.name)
    const full = [this.#file, ...ancestors, name].filter((part) => part !== '').join(' › ')
    const indent = '  '.repeat(nesting + 1)
    const note = reasonOf(data)
    if (note !== undefined) {
      totals.skipped += 1
      totals.skips.push({ name: full, detail: note })
      yield `${indent}- ${name} (skipped: ${note})\n`
    } else if (isPass && isLeaf && name === data.file) {
      totals.failed += 1
      totals.failures.push({ name: full, detail: 'the file holds no test' })
      yield `${indent}✖ the file holds no test\n`
    } else if (isPass && isLeaf) {
      totals.passed += 1
      yield `${indent}✔ ${name}${slowness(data.details.duration_ms)}\n`
    } else if (!isPass && !failsByItsTests(data)) {
      const detail = describe(data)
      totals.failed += 1
      totals.failures.push({ name: full, detail })
      yield `${indent}✖ ${name}\n${indentBy(detail, `${indent}  `)}\n`
    }
  }
}

/** Why a test was not run or does not count; undefined where it does. @param {Outcome} data */
function reasonOf({ skip, todo }) {
  if (skip !== undefined && skip !== false) return typeof skip === 'string' && skip !== '' ? skip : 'no reason given'
  if (todo !== undefined && todo !== false) return typeof todo === 'string' && todo !== '' ? `to do: ${todo}` : 'to do'
  return undefined
}

/** @param {Outcome} data */
function failsByItsTests(data) {
  return errorOf(data)?.failureType === 'subtestsFailed'
}

/** @param {any} data */
function errorOf(data) {
  return data.details.error
}

/** @param {Outcome} data */
function describe(data) {
  const error = errorOf(data)
  return describeError(error?.cause ?? error)
}

/** The stack without the runner's own frames, and what caused it. @param {unknown} error @returns {string} */
function describeError(error) {
  if (!(error instanceof Error) || error.stack === undefined) return typeof error === 'string' ? error : inspect(error)
  const stack = error.stack.replaceAll(/\n +at .*node:(internal|async_hooks).*/g, '')
  const cause = error.cause === undefined ? '' : `\ncaused by ${describeError(error.cause)}`
  return stack.includes(error.message) ? stack + cause : `${error.message}\n${stack}${cause}`
}

/** @param {number} ms */
function slowness(ms) {
  return ms < 500 ? '' : ` (${(ms / 1000).toFixed(1)} s)`
}

/** @param {string} text @param {string} indent */
function indentBy(text, indent) {
  return text.replaceAll(/^/gm, indent)
}
