import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fingerprints, TEST_VECTORS } from '@latchkey/core'
import { noblePrimitives } from '@latchkey/core/noble'
import { fingerprintMatches, tableText } from '../src/offline/fingerprint-search.ts'
import { placeOf } from '../src/offline/places.ts'
import { readWanted } from '../src/offline/wanted.ts'

const [vector] = TEST_VECTORS
assert.ok(vector)
const rows = fingerprints(noblePrimitives, { ...vector, hashType: 'SHA256' })
const right = rows[0]?.digest ?? ''

describe('fingerprintMatches', () => {
  test('a whole digest matches one row, though others begin alike', () => {
    assert.deepEqual(
      fingerprintMatches(rows, `  ${right}\n`).map(({ cause }) => cause),
      ['right'],
    )
  })
  test('a beginning matches all that begin so, and capitals are a mistake of their own', () => {
    const small = fingerprintMatches(rows, right.slice(0, 8))
    assert.ok(small.length >= 2 && small.every(({ digest }) => digest.startsWith(right.slice(0, 8))))
    assert.deepEqual(
      fingerprintMatches(rows, right.slice(0, 8).toUpperCase()).map(({ cause }) => cause),
      ['hash-upper-case'],
    )
  })
  test('nothing typed leaves all rows, and what no mistake prints leaves none', () => {
    assert.equal(fingerprintMatches(rows, ' ').length, rows.length)
    assert.deepEqual(fingerprintMatches(rows, 'zzzz'), [])
  })
})

test('the table that is copied has one line for each fingerprint, and three columns in each', () => {
  const lines = tableText(rows).split('\n')
  assert.equal(lines.length, rows.length + 1)
  for (const line of lines) assert.equal(line.split('\t').length, 3, line)
})

describe('readWanted', () => {
  test('actions of the catalogue are read, and the first that is not in it is named with what is close', () => {
    const { actions, wrong } = readWanted('media.list, media.lst')
    assert.deepEqual(
      actions.map(({ service, action }) => `${service}.${action}`),
      ['media.list'],
    )
    assert.equal(wrong, 'There is no action media.lst; list is close to it')
  })
  test('a word without a dot is no action', () => {
    assert.match(readWanted('media').wrong ?? '', /“media” is no action/)
  })
})

test('an address that names no tab leads to the first', () => {
  assert.equal(placeOf('#session'), 'session')
  assert.equal(placeOf(''), 'hash')
  assert.equal(placeOf('#constructor'), 'hash')
})
