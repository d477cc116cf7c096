import { readFileSync } from 'node:fs'

/** Behaviour as data: anybody can check it, in any language. */
export interface Vector<Input, Expect> {
  /** A sentence that could be false; unique in its file. */
  readonly name: string
  /** Section of the protocol notes it follows from. */
  readonly source: string
  readonly input: Input
  readonly expect: Expect
}

/**
 * The cases of `vectors/<name>.json`. Their shapes are taken on trust: a test that expects another shape fails on its
 * first case.
 */
export function loadVectors<V extends Vector<unknown, unknown>>(name: string): readonly V[] {
  const url = new URL(`../../../vectors/${name}.json`, import.meta.url)
  const vectors: readonly V[] = JSON.parse(readFileSync(url, 'utf8'))
  // Without cases a test file would pass for the wrong reason.
  if (vectors.length === 0) throw new RangeError(`no cases in ${url.pathname}`)
  return vectors
}
