import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { planTests } from './test-plan.mjs'

const many = (folder: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${folder}/test/file-${at}.test.ts`)
const plain = () => "import { test } from 'node:test'\n"

describe('the plan of the tests', () => {
  const files = [...many('packages/core', 20), ...many('packages/cli', 3), ...many('e2e', 4)]

  test('runs each file once', () => {
    const planned = planTests(files, plain).flatMap((part) => part.files)
    assert.deepEqual(planned.toSorted(), files.toSorted())
  })

  test('puts no files of two packages into one process, and not too many of one', () => {
    for (const { files: together } of planTests([...files, ...many('packages/wire', 20)], plain)) {
      assert.ok(together.length >= 1 && together.length <= 8, together.join())
      assert.equal(new Set(together.map((file) => file.split('/')[1])).size, 1, together.join())
    }
  })

  test('gives a process of its own to what starts programs, and to what asks for one', () => {
    const alone = 'packages/core/test/file-3.test.ts'
    const read = (file: string) => `${file === alone ? '// Alone in its process: because.\n' : ''}${plain()}`
    const parts = planTests(files, read)
    for (const file of [alone, ...many('packages/cli', 3), ...many('e2e', 4)]) {
      assert.ok(
        parts.some((part) => part.files.length === 1 && part.files[0] === file),
        file,
      )
    }
  })

  test('begins with those that take longest', () => {
    const long = 'e2e/cli-sessions.test.ts'
    assert.deepEqual(planTests([...files, long], plain)[0]?.files, [long])
    const longest = [long, 'e2e/console-access.test.ts', 'e2e/console-doctor.test.ts']
    const first = planTests([...files, ...longest], plain).slice(0, 5)
    assert.deepEqual(
      first.flatMap((part) => (part.files.length === 1 ? part.files : [])),
      longest,
    )
    assert.equal(first.filter((part) => part.files.length > 1).length, 2, 'between them what is several files')
  })
})
