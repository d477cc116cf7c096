// What of the tests runs in which process, and in which order. A test of node:test has a process for each file, which for the
// many short ones is spent on loading the same modules; so some files of a package share one. The longest come first, so
// that none of them is left alone at the end.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './install.mjs'

/** @typedef {{ readonly name: string, readonly files: readonly string[] }} Part What one process runs. */

/** Packages whose tests start no program and leave nothing behind: they may share a process. */
const SHARING = ['authority', 'client', 'console', 'core', 'doctor', 'server', 'store', 'testkit', 'wire']
const MOST_FILES = 8
/** A file of such a package that says so is alone all the same. */
const ALONE = /^\/\/ Alone in its process: /m

/** By how long they take, the longest first; what is not named comes after them. */
const LONGEST = [
  'e2e/cli-sessions.test.ts',
  'e2e/console-access.test.ts',
  'e2e/console-doctor.test.ts',
  'e2e/console-activity.test.ts',
  'e2e/console-help.test.ts',
  'e2e/console-tokens-controls.test.ts',
  'e2e/console-api.test.ts',
  'e2e/console-offline.test.ts',
  'e2e/console-tokens.test.ts',
  'e2e/console-workflow-controls.test.ts',
  'e2e/snippets.test.ts',
  'e2e/packed.test.ts',
  'packages/cli/test/offline.test.ts',
  'packages/authority/test/every-door.test.ts',
  'e2e/journal.test.ts',
  'e2e/account-rules.test.ts',
  'e2e/fuzz.test.ts',
  'e2e/start.test.ts',
  'e2e/console-workflow.test.ts',
  'e2e/console-states.test.ts',
  'e2e/console-hostile.test.ts',
  'e2e/client-package.test.ts',
  'bench/run.test.ts',
]

/**
 * @param {readonly string[]} files below the root, with `/`
 * @param {(file: string) => string} [read] its text
 * @returns {readonly Part[]} in the order in which they are to begin
 */
export function planTests(files, read = (file) => readFileSync(join(ROOT, file), 'utf8')) {
  /** @type {Map<string, string[]>} */
  const shared = new Map()
  /** @type {Part[]} */
  const parts = []
  for (const file of files) {
    const name = /^packages\/([^/]+)\//.exec(file)?.[1] ?? ''
    if (!SHARING.includes(name) || ALONE.test(read(file))) parts.push({ name: file, files: [file] })
    else shared.set(name, [...(shared.get(name) ?? []), file])
  }
  for (const [name, together] of shared) {
    const count = Math.ceil(together.length / MOST_FILES)
    for (let at = 0; at < count; at += 1) {
      const some = together.filter((_, index) => index % count === at)
      parts.push({ name: `${name}-${at + 1}`, files: some })
    }
  }
  const long = LONGEST.flatMap((file) => parts.find((part) => part.files[0] === file) ?? [])
  const together = parts.filter(({ files: all }) => all.length > 1)
  const rest = parts.filter((part) => !long.includes(part) && !together.includes(part))
  // By turns: what drives a browser, which is several processes, has beside it what is one.
  return [...alternate(long, together), ...rest]
}

/** @param {readonly Part[]} some @param {readonly Part[]} others @returns {readonly Part[]} */
function alternate(some, others) {
  return Array.from({ length: Math.max(some.length, others.length) }).flatMap((_, at) =>
    [some[at], others[at]].filter((part) => part !== undefined),
  )
}
