import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  createSigningKey,
  type DropReason,
  explainDropped,
  formatSession,
  isReservedPrivilege,
  mergePrivileges,
  openSession,
  type PrivilegeMerge,
  parseAppTokenPrivileges,
  parsePrivileges,
  Secret,
} from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { loadVectors, type Vector } from '@latchkey/testkit'
import fc from 'fast-check'

const NAMES = [
  'edit',
  'list',
  'setrole',
  'sessionid',
  'apptoken',
  'iprestrict',
  'urirestrict',
  'view',
  'campaign',
  'all',
  '_e',
  '_u',
  '.m',
  'a[b]',
  'é',
  '',
]
const VALUES = ['*', '0_a', '0_b', '', '_e=1', '&_t=2', 'x;y', 'é', ' ']
const item = fc
  .tuple(
    fc.constantFrom('', '', '', ' ', '\t', '\0'),
    fc.constantFrom(...NAMES, '*'),
    fc.constantFrom('', '', '', ' '),
    fc.array(fc.constantFrom(...VALUES), { maxLength: 3 }),
  )
  .map(([before, name, after, values]) => before + name + after + (values.length > 0 ? `:${values.join('/')}` : ''))
const privileges = fc.array(item, { maxLength: 6 }).map((items) => items.join(','))
const merge: fc.Arbitrary<PrivilegeMerge> = fc.record({
  tokenId: fc.constant('0_t0ken01a'),
  token: privileges,
  requested: privileges,
  policy: fc.constantFrom('vendor', 'strict'),
})

describe('merging privileges', () => {
  for (const { name, input, expect } of loadVectors<Vector<PrivilegeMerge, object>>('privileges-merge')) {
    test(name, () => assert.deepEqual(mergePrivileges(input), expect))
  }

  test('no request changes what the token restricts or fixes', () => {
    fc.assert(
      fc.property(merge, (input) => {
        const alone = gathered(mergePrivileges({ ...input, requested: '' }).privileges)
        const asked = gathered(mergePrivileges(input).privileges)
        for (const [name, values] of alone) {
          if (!values.includes('*') || name === 'sessionid' || name === 'apptoken') {
            assert.deepEqual(asked.get(name), values, name)
          }
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('no reserved name comes from the request alone', () => {
    fc.assert(
      fc.property(merge, (input) => {
        const alone = parsePrivileges(mergePrivileges({ ...input, requested: '' }).privileges)
        for (const { name } of parsePrivileges(mergePrivileges(input).privileges)) {
          if (isReservedPrivilege(name))
            assert.ok(
              alone.some((own) => own.name === name),
              name,
            )
        }
      }),
      { numRuns: 2000 },
    )
  })

  test("under strict every name is the token's, and every grant is one that it gives", () => {
    fc.assert(
      fc.property(merge, (input) => {
        const alone = gathered(mergePrivileges({ ...input, requested: '' }).privileges)
        const { privileges, warnings } = mergePrivileges({ ...input, policy: 'strict' })
        assert.deepEqual(warnings, [])
        for (const [name, values] of gathered(privileges)) {
          const own = alone.get(name)
          assert.ok(own, name)
          if (!own.includes('*')) for (const value of values) assert.ok(own.includes(value), `${name}:${value}`)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('whatever is asked, the session is written, and no privilege is read back as one of its fields', () => {
    const key = createSigningKey(nodePrimitives, new Secret('of the account'))
    fc.assert(
      fc.property(merge, (input) => {
        const { privileges } = mergePrivileges(input)
        const fields = { partnerId: 7, expiresAt: 1_900_000_000, type: 0, privileges }
        const session = openSession(nodePrimitives, formatSession(nodePrimitives, fields, key, 2), [key])
        assert.equal(session.expiresAt, fields.expiresAt)
        assert.equal(session.type, 0)
        assert.equal(session.userId, undefined)
        assert.equal(session.masterPartnerId, undefined)
        assert.equal(session.additionalData, undefined)
        assert.notEqual(session.privileges, '*')
      }),
      { numRuns: 2000 },
    )
  })

  test('whatever was asked for is either granted or told as dropped', () => {
    fc.assert(
      fc.property(merge, (input) => {
        const result = mergePrivileges(input)
        const granted = gathered(result.privileges)
        for (const { name, values } of parseAppTokenPrivileges(input.requested ?? '')) {
          const text = values.length === 0 ? name : `${name}:${values.join('/')}`
          const isDropped = result.dropped.some((dropped) => dropped.privilege === text)
          assert.ok(isDropped || String(granted.get(name)) === String(values), text)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('every reason has a sentence of its own that names the privilege', () => {
    const reasons: readonly DropReason[] = ['reserved', 'fixed-by-token', 'name-invalid', 'name-of-field', 'widens']
    const sentences = reasons.map((reason) => explainDropped({ privilege: 'edit:0_a', reason }))
    assert.equal(new Set(sentences).size, reasons.length)
    for (const sentence of sentences) assert.match(sentence, /"edit:0_a"/)
  })
})

function gathered(text: string): Map<string, readonly string[]> {
  return new Map(parseAppTokenPrivileges(text).map(({ name, values }) => [name, values]))
}
