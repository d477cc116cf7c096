import { runInNewContext } from 'node:vm'

/** What is linear is done well within it on a slow and busy machine; what grows with the square of a large input is not. */
const LIMIT_MS = 30_000

/**
 * Runs work that never yields and hands its result on. Throws where it has not ended after half a minute: the time limit of
 * a test neither stops such work nor fails the test once the work has ended after all. The input has to be so large that only the
 * fault to be found takes that long.
 */
export function mustEnd<T>(work: () => T): T {
  const done: { readonly result: T }[] = []
  runInNewContext('run()', { run: () => void done.push({ result: work() }) }, { timeout: LIMIT_MS })
  const [one] = done
  if (one === undefined) throw new Error('the work did not come to its end')
  return one.result
}
