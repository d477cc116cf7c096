import { describe } from 'node:test'
import type { Primitives } from '@latchkey/core'
import { noblePrimitives } from '@latchkey/core/noble'
import { nodePrimitives } from '@latchkey/core/node'

/** Runs a suite once for each implementation of the primitives. */
export function describeBoth(subject: string, suite: (primitives: Primitives) => void): void {
  describe(`${subject}, by node:crypto`, () => suite(nodePrimitives))
  describe(`${subject}, by noble`, () => suite(noblePrimitives))
}

/** Absent and `undefined` are the same in JSON, where vectors live. */
export function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
