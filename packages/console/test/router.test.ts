import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { formatRoute, parseRoute } from '../src/app/router.ts'

describe('the address of a place', () => {
  for (const [hash, route] of [
    ['', { page: '', path: [], query: {} }],
    ['#/', { page: '', path: [], query: {} }],
    ['#/tokens', { page: 'tokens', path: [], query: {} }],
    ['#/tokens/0_abc?state=active', { page: 'tokens', path: ['0_abc'], query: { state: 'active' } }],
    ['#/api/media/list', { page: 'api', path: ['media', 'list'], query: {} }],
    ['#/help/a%2Fb?q=a%26b', { page: 'help', path: ['a/b'], query: { q: 'a&b' } }],
    ['#/help/%zz', { page: 'help', path: ['%zz'], query: {} }],
  ] as const) {
    test(`${hash || 'none'} is read`, () => assert.deepEqual(parseRoute(hash), route))
  }

  test('what is empty in a filter is left out of it', () => {
    assert.equal(formatRoute({ page: 'access', path: [], query: { subject: '', cell: 'a.b' } }), '#/access?cell=a.b')
  })

  test('any place comes back out of its address', () => {
    const part = fc.string({ minLength: 1, unit: 'grapheme' })
    const query = fc
      .dictionary(part, part, { noNullPrototype: true })
      .filter((found) => !Object.hasOwn(found, '__proto__'))
    fc.assert(
      fc.property(part, fc.array(part), query, (page, path, filter) => {
        const route = { page, path, query: filter }
        assert.deepEqual(parseRoute(formatRoute(route)), route)
      }),
    )
  })
})
