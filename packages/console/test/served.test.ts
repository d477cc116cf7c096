import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseServed } from '../src/connection/served.ts'

describe('what the server says of itself in its page', () => {
  test('all of it is read', () => {
    const content = JSON.stringify({
      connect: ['https://www.kaltura.com', 7],
      version: '0.1.0',
      fidelity: 'vendor',
      partnerId: 4242,
    })
    assert.deepEqual(parseServed(content), {
      connect: ['https://www.kaltura.com'],
      version: '0.1.0',
      fidelity: 'vendor',
      partnerId: 4242,
    })
  })

  test('what it leaves out is what a server with no settings has', () => {
    assert.deepEqual(parseServed('{}'), { connect: [], version: '', fidelity: 'mended', partnerId: undefined })
  })

  for (const content of [undefined, '', '  ', '{', '7', 'null', '[]']) {
    test(`${JSON.stringify(content)} is a static copy`, () => assert.equal(parseServed(content), undefined))
  }
})
