import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LARGEST_HAR } from '@latchkey/doctor'
import { readFile } from '../src/pages/doctor/paste-file.ts'

const fileOf = (size: number, text: () => Promise<string>) => ({ name: 'session.har', size, text })

describe('readFile', () => {
  test('a file as large as the largest archive is read', async () => {
    const answer = await readFile(fileOf(LARGEST_HAR, async () => 'inside'))
    assert.deepEqual(answer, { ok: true, file: { name: 'session.har', size: LARGEST_HAR, text: 'inside' } })
  })
  test('a larger one is refused before anything of it is read', async () => {
    const answer = await readFile(
      fileOf(LARGEST_HAR + 1, async () => {
        throw new Error('was read')
      }),
    )
    assert.ok(!answer.ok)
    assert.match(answer.why, /session\.har has 32\.0 MiB; up to 32\.0 MiB/)
  })
  test('one that vanished is told as such', async () => {
    const answer = await readFile(
      fileOf(10, async () => {
        throw new DOMException('gone', 'NotFoundError')
      }),
    )
    assert.ok(!answer.ok)
    assert.match(answer.why, /could not be read/)
  })
})
