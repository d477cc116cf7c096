import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createSigningKey,
  formatSession,
  LatchkeyError,
  openSession,
  type Primitives,
  Secret,
  type SessionFields,
  sealSession,
} from '@latchkey/core'
import { loadVectors, type Vector } from '@latchkey/testkit'
import { asJson, describeBoth } from './both-primitives.ts'

type Input =
  | { readonly open: string; readonly secrets: readonly string[] }
  | { readonly format: SessionFields; readonly secret: string; readonly random?: string }
type Expect =
  | { readonly session: object }
  | { readonly version: number; readonly fingerprint: string }
  | { readonly text: string; readonly fingerprint: string; readonly reads?: string }
  | { readonly code: string; readonly details?: object }

const versions = { 'session-v1': 1, 'session-v2': 2, 'session-parse-tolerance': 2 } as const

for (const [file, version] of Object.entries(versions)) {
  describeBoth(file, (primitives) => {
    for (const { name, input, expect } of loadVectors<Vector<Input, Expect>>(file)) {
      test(name, () => {
        if ('code' in expect) {
          const error = refusalOf(() => run(primitives, input, version))
          assert.equal(error.code, expect.code)
          if (expect.details) assert.deepEqual(error.details, expect.details)
          return
        }
        const result = run(primitives, input, version)
        if ('session' in expect) assert.deepEqual(asJson(result), expect.session)
        else if ('text' in expect) {
          assert.deepEqual(result, { text: expect.text, fingerprint: expect.fingerprint })
          if (expect.reads !== undefined) assert.equal(reopen(primitives, input, expect.text), expect.reads)
        } else assert.partialDeepStrictEqual(result, expect)
      })
    }
  })
}

function run(primitives: Primitives, input: Input, version: 1 | 2): object {
  if ('open' in input) {
    const keys = input.secrets.map((secret) => createSigningKey(primitives, new Secret(secret)))
    return openSession(primitives, input.open, keys)
  }
  const random = Buffer.from(input.random ?? '00'.repeat(16), 'hex')
  const fixed: Primitives = { ...primitives, randomBytes: (length) => Uint8Array.from(random.subarray(0, length)) }
  return sealSession(fixed, input.format, createSigningKey(primitives, new Secret(input.secret)), version)
}

function reopen(primitives: Primitives, input: Input, text: string): string {
  assert.ok('secret' in input)
  return openSession(primitives, text, [createSigningKey(primitives, new Secret(input.secret))]).privileges
}

function refusalOf(act: () => unknown): LatchkeyError {
  try {
    act()
  } catch (error) {
    assert.ok(error instanceof LatchkeyError, `not our error: ${error}`)
    return error
  }
  assert.fail('nothing was thrown')
}

describeBoth('sealing a session', (primitives) => {
  const key = createSigningKey(primitives, new Secret('0fe1d2c3b4a5968778695a4b3c2d1e0f'))
  const fields: SessionFields = { partnerId: 7001, expiresAt: 1712345678, type: 0, userId: 'ada', privileges: 'list:*' }

  for (const version of [1, 2] as const) {
    test(`two sessions of version ${version} with the same content differ`, () => {
      assert.notEqual(formatSession(primitives, fields, key, version), formatSession(primitives, fields, key, version))
    })

    test(`the fingerprint told when sealing version ${version} is the one read when opening it`, () => {
      const { text, fingerprint } = sealSession(primitives, fields, key, version)
      assert.equal(openSession(primitives, text, [key]).fingerprint, fingerprint)
    })
  }

  test('version 1 names the partner twice, and writes nine fields', () => {
    const text = formatSession(primitives, fields, key, 1)
    const info = Buffer.from(text, 'base64').toString().split('|')[1]
    assert.match(info ?? '', /^7001;7001;1712345678;0;[0-9]{10}\.[0-9]+;ada;list:\*;;$/)
  })

  test('a session longer than the scratch room of a key is written and read whole', () => {
    const long = { ...fields, userId: 'u'.repeat(5000) }
    for (const version of [1, 2] as const) {
      const text = formatSession(primitives, long, key, version)
      assert.equal(openSession(primitives, text, [key]).userId, long.userId)
      assert.equal(openSession(primitives, formatSession(primitives, fields, key, version), [key]).userId, 'ada')
    }
  })
})
