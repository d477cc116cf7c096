/** Laws of session strings, on generated input. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createSigningKey,
  formatSession,
  LatchkeyError,
  openSession,
  parseSession,
  readSessionHeader,
  Secret,
  type SessionFields,
} from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { mustEnd } from '@latchkey/testkit'
import fc from 'fast-check'
import { describeBoth } from './both-primitives.ts'

const RUNS = Number(process.env.LATCHKEY_FUZZ_RUNS ?? 300)

const name = fc.stringMatching(/^[a-z][A-Za-z0-9_-]{0,11}$/)
const value = fc.stringMatching(/^[!-+\--~]{1,12}$/).filter((text) => text.trim() === text)
const privileges = fc.dictionary(name, fc.option(value), { maxKeys: 6 }).map((items) =>
  Object.entries(items)
    .map(([key, text]) => (text === null ? key : `${key}:${text}`))
    .join(','),
)
const safeText = fc.string({ unit: 'grapheme', maxLength: 20 })
const fields: fc.Arbitrary<SessionFields> = fc.record(
  {
    partnerId: fc.integer({ min: -9, max: 99_999_999 }),
    expiresAt: fc.integer({ min: 0, max: 4_000_000_000 }),
    type: fc.constantFrom(0, 2),
    privileges,
    userId: safeText,
    masterPartnerId: fc.stringMatching(/^[0-9]{1,6}$/),
    additionalData: safeText,
  },
  { requiredKeys: ['partnerId', 'expiresAt', 'type', 'privileges'] },
)

describeBoth('session strings', (primitives) => {
  const key = createSigningKey(primitives, new Secret('a secret of the account'))
  const other = createSigningKey(primitives, new Secret('another secret'))

  test('what is written into version 2 is read back', () => {
    fc.assert(
      fc.property(fields, (written) => {
        const { version, fingerprint, ...read } = openSession(primitives, formatSession(primitives, written, key, 2), [
          other,
          key,
        ])
        assert.equal(version, 2)
        assert.match(fingerprint, /^[0-9a-f]{40}$/)
        // A lone all:* comes back as the wildcard.
        const expected = written.privileges === 'all:*' ? '*' : written.privileges
        assert.deepEqual(withoutUndefined(read), { ...withoutUndefined(written), privileges: expected })
      }),
      { numRuns: RUNS },
    )
  })

  test('what is written into version 1 without semicolons is read back, absent as empty', () => {
    const withoutSemicolons = fields.filter((written) => !JSON.stringify(written).includes(';'))
    fc.assert(
      fc.property(withoutSemicolons, (written) => {
        const { version, fingerprint, ...read } = openSession(primitives, formatSession(primitives, written, key, 1), [
          key,
        ])
        assert.equal(version, 1)
        assert.match(fingerprint, /^[0-9a-f]{40}$/)
        const { userId = '', additionalData, ...rest } = written
        const expected = { ...rest, userId, ...(additionalData ? { additionalData } : {}) }
        assert.deepEqual(withoutUndefined(read), withoutUndefined(expected))
      }),
      { numRuns: RUNS },
    )
  })

  test('no text at all makes opening throw anything but our error', () => {
    const base64 = fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes).toString('base64'))
    const headed = fc
      .tuple(fc.constantFrom('v2|', 'v2|7|', 'v2|-1|', '7;7;9', 'v2||'), fc.uint8Array({ maxLength: 80 }))
      .map(([head, tail]) => Buffer.concat([Buffer.from(head), tail]).toString('base64url'))
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), base64, headed), (text) => {
        assert.throws(() => openSession(primitives, text, [key]), LatchkeyError)
        onlyOurError(() => readSessionHeader(primitives, text))
        onlyOurError(() => parseSession(primitives, text, (partnerId) => (partnerId === 7 ? [key] : undefined)))
      }),
      { numRuns: RUNS },
    )
  })

  test('no signed field string makes opening throw anything but our error', () => {
    // Whoever holds a secret can sign anything; it still must not bring the server down.
    const soup = fc.string({
      unit: fc.constantFrom(
        '_e',
        '_t',
        '_u',
        '_m',
        '=',
        '&',
        '+',
        '%',
        '%00',
        '%5B',
        '[',
        ']',
        '.',
        ' ',
        '7',
        'é',
        '\0',
      ),
      maxLength: 40,
    })
    fc.assert(
      fc.property(soup, (text) => {
        onlyOurError(() => openSession(primitives, signFieldString(text), [key]))
      }),
      { numRuns: RUNS },
    )

    function signFieldString(text: string): string {
      const body = Buffer.concat([Buffer.alloc(16, 7), Buffer.from(text)])
      const plain = Buffer.concat([primitives.digest('sha1', body), body])
      const padded = Buffer.concat([plain, Buffer.alloc((16 - (plain.length % 16)) % 16)])
      return Buffer.concat([Buffer.from('v2|7|'), key.exposeCipher().encrypt(padded)]).toString('base64url')
    }
  })

  test('a change of any character leaves nothing that opens as something else', () => {
    const text = formatSession(
      primitives,
      { partnerId: 7, expiresAt: 2_000_000_000, type: 0, userId: 'ada', privileges: 'list:*' },
      key,
      2,
    )
    const before = openSession(primitives, text, [key])
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.stringMatching(/^[A-Za-z0-9_-]$/), (at, character) => {
        const changed = text.slice(0, at) + character + text.slice(at + 1)
        let after: unknown
        try {
          after = openSession(primitives, changed, [key])
        } catch (error) {
          assert.ok(error instanceof LatchkeyError)
          return
        }
        // The partner stands in clear: another one opens only where it has the same secret. Left-over bits say nothing.
        assert.deepEqual({ ...Object(after), partnerId: 7 }, before)
      }),
      { numRuns: RUNS },
    )
  })

  // Quadratic work would not end within the limit; a slow machine would.
  test('a megabyte of anything is read or refused', () => {
    const long = 1 << 20
    const texts = ['A'.repeat(long), ' '.repeat(long), '='.repeat(long), 'djJ8'.repeat(long / 4), '\u0141'.repeat(long)]
    for (const text of texts) onlyOurError(() => mustEnd(() => openSession(primitives, text, [key])))
  })

  test('fifty thousand privileges come back as they were written', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => `p${index}`).join(',')
    const written = { partnerId: 7, expiresAt: 9, type: 0, privileges: many } as const
    const text = mustEnd(() => formatSession(primitives, written, key, 2))
    assert.equal(mustEnd(() => openSession(primitives, text, [key])).privileges, many)
  })
})

test('both implementations read each other', async () => {
  const { noblePrimitives } = await import('@latchkey/core/noble')
  const secret = new Secret('shared')
  const byNode = createSigningKey(nodePrimitives, secret)
  const byNoble = createSigningKey(noblePrimitives, secret)
  fc.assert(
    fc.property(fields, fc.constantFrom(1, 2), (written, version) => {
      fc.pre(version === 2 || !JSON.stringify(written).includes(';'))
      const text = formatSession(nodePrimitives, written, byNode, version)
      assert.deepEqual(openSession(noblePrimitives, text, [byNoble]), openSession(nodePrimitives, text, [byNode]))
    }),
    { numRuns: RUNS },
  )
})

function onlyOurError(act: () => unknown): void {
  try {
    act()
  } catch (error) {
    assert.ok(error instanceof LatchkeyError, `not our error: ${error}`)
  }
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined))
}
