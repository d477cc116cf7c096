import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { findOffences } from './check-arrows.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const copy = mkdtempSync(join(tmpdir(), 'latchkey-arrows-'))
after(() => rmSync(copy, { recursive: true, force: true }))
cpSync(join(root, 'packages'), join(copy, 'packages'), {
  recursive: true,
  filter: (path) => !/(^|[\\/])(node_modules|dist|test)$/.test(path.slice(root.length)),
})

/** What the script says once a file holds this text, beyond what it says of the packages as they are. */
function said(path: string, text: string): string[] {
  const file = join(copy, ...path.split('/'))
  const before = new Set(report())
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  const lines = report().filter((line) => !before.has(line))
  rmSync(file)
  return lines
}

function report(): string[] {
  return findOffences(copy).map(({ file, line, message }) => `${file.split(sep).join('/')}:${line}: ${message}`)
}

describe('the arrows of the packages', () => {
  test('an import against an arrow is named with its file, its line and what is allowed', () => {
    assert.deepEqual(
      said(
        'packages/wire/src/planted.ts',
        "import type { Secret } from '@latchkey/core'\n\nimport { x } from '@latchkey/store'\n",
      ),
      ["packages/wire/src/planted.ts:3: imports '@latchkey/store', but wire may import only core"],
    )
  })

  test('an import that only types need counts as well, and so does one over several lines', () => {
    const text = "import type {\n  Deps,\n} from '@latchkey/authority'\nexport type { Deps }\n"
    assert.match(
      said('packages/core/src/planted.ts', text).join(),
      /planted\.ts:3: imports '@latchkey\/authority', but core may import nothing/,
    )
  })

  for (const [text, what] of [
    ["export { x } from '@latchkey/server'\n", 'a re-export'],
    ["import '@latchkey/server'\n", 'an import for its effect'],
    ["export const x = () => import('@latchkey/server')\n", 'a dynamic import'],
    ["import { x } from '../../server/src/index.ts'\n", 'a path into another package'],
    ['export const x = (name: string) => import(name)\n', 'an import of a computed name'],
    ["import { x } from 'left-pad'\n", 'a package that package.json does not name'],
  ] as const) {
    test(`${what} is no way around an arrow`, () => {
      assert.equal(said('packages/store/src/planted.ts', text).length, 1)
    })
  }

  test('packages without a platform import nothing of Node', () => {
    for (const name of ['core', 'authority', 'wire']) {
      const [line = 'nothing'] = said(`packages/${name}/src/planted.ts`, "import { readFileSync } from 'node:fs'\n")
      assert.match(line, /planted\.ts:1: imports 'node:fs'/)
    }
    assert.deepEqual(said('packages/store/src/planted.ts', "import { readFileSync } from 'node:fs'\n"), [])
  })

  test('only the file of the primitives imports node:crypto', () => {
    for (const path of [
      'packages/store/src/planted.ts',
      'packages/core/node/planted.ts',
      'packages/cli/src/planted.ts',
    ]) {
      assert.deepEqual(said(path, "import { createHash } from 'node:crypto'\n"), [
        `${path}:1: imports 'node:crypto', which only packages/core/node/primitives.ts may`,
      ])
    }
  })

  test('core does not reach its own primitives', () => {
    assert.equal(said('packages/core/src/planted.ts', "import { p } from '../node/primitives.ts'\n").length, 1)
    assert.deepEqual(said('packages/core/noble/planted.ts', "import type { P } from '../src/primitives.ts'\n"), [])
  })

  test('a dependency that the table does not allow is refused in package.json', () => {
    const path = 'packages/wire/package.json'
    const original = readFileSync(join(copy, path), 'utf8')
    writeFileSync(
      join(copy, path),
      original.replace('"dependencies": {', '"dependencies": {\n    "@latchkey/server": "0.1.0",'),
    )
    assert.match(
      report().join('\n'),
      /packages\/wire\/package\.json:\d+: depends on '@latchkey\/server', but wire may import only core/,
    )
    writeFileSync(join(copy, path), original)
  })

  test('a package into which all is built has nothing installed beside it', () => {
    const path = 'packages/client/package.json'
    const original = readFileSync(join(copy, path), 'utf8')
    writeFileSync(join(copy, path), original.replace('"devDependencies"', '"dependencies"'))
    assert.match(report().join('\n'), /client\/package\.json:1: depends on '@latchkey\/core', but nothing is installed/)
    writeFileSync(join(copy, path), original)
    assert.doesNotMatch(report().join('\n'), /client/)
  })

  test('a package without a row in the table is refused', () => {
    assert.match(said('packages/stranger/package.json', '{}').join(), /stranger has no row/)
  })

  test('a comment that mentions an import is none', () => {
    assert.deepEqual(
      said(
        'packages/core/src/planted.ts',
        "/**\n * import { x } from 'node:fs'\n */\n// import 'node:fs'\nexport const x = 1\n",
      ),
      [],
    )
  })
})
