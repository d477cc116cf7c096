import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import { pinnedNode, whatIsMissing } from './install.mjs'

const root = mkdtempSync(join(tmpdir(), 'latchkey-install-'))
after(() => rmSync(root, { recursive: true, force: true }))

const node = { version: '26.0.0', integrity: 'sha512-n' }
const runtime = { version: '1.0.0', integrity: 'sha512-r' }
const testing = { version: '2.0.0', integrity: 'sha512-t', dev: true }
const elsewhere = { version: '3.0.0', integrity: 'sha512-e', optional: true }
const wanted = {
  '': { dependencies: { node: '26.0.0' } },
  'packages/one': { dependencies: { runtime: '1.0.0' }, devDependencies: { testing: '2.0.0' } },
  'node_modules/node': node,
  'node_modules/runtime': runtime,
  'node_modules/testing': testing,
  'node_modules/for-another-platform': elsewhere,
}

function put(path: string, content: unknown): void {
  const file = join(root, ...path.split('/'))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
}

/** npm's record and a folder for each package, as `npm ci` leaves them. */
function install(packages: Readonly<Record<string, object>>): void {
  put('node_modules/.package-lock.json', { packages })
  for (const path of Object.keys(packages)) put(`${path}/package.json`, '{}')
}

const onWindows = process.platform === 'win32' ? 'the stand-in for Node is a shell script' : false

describe('what is installed', { skip: onWindows }, () => {
  beforeEach(() => {
    rmSync(root, { recursive: true, force: true })
    put('package-lock.json', { packages: wanted })
    put('package.json', wanted[''])
    put('packages/one/package.json', wanted['packages/one'])
    put('node_modules/node/bin/node', '#!/bin/sh\necho v26.0.0\n')
    chmodSync(pinnedNode(root), 0o755)
  })

  test('nothing installed is noticed', () => {
    assert.equal(whatIsMissing('run', root), 'nothing is installed yet')
  })

  test('what the tests alone need is not missed by running', () => {
    install({ 'node_modules/node': node, 'node_modules/runtime': runtime })
    assert.equal(whatIsMissing('run', root), undefined)
    assert.equal(whatIsMissing('full', root), 'testing is missing')
  })

  test('a full installation is good enough for running', () => {
    install({ 'node_modules/node': node, 'node_modules/runtime': runtime, 'node_modules/testing': testing })
    assert.equal(whatIsMissing('full', root), undefined)
    assert.equal(whatIsMissing('run', root), undefined)
  })

  test('a lock file that changed since is noticed', () => {
    install({ 'node_modules/node': node, 'node_modules/runtime': { ...runtime, version: '0.9.0' } })
    assert.equal(whatIsMissing('run', root), 'package-lock.json has changed')
  })

  test('a package whose folder is gone is noticed', () => {
    install({ 'node_modules/node': node, 'node_modules/runtime': runtime })
    rmSync(join(root, 'node_modules', 'runtime'), { recursive: true })
    assert.equal(whatIsMissing('run', root), 'runtime is missing')
  })

  test('an installation that did not come to its end is noticed', () => {
    install({ 'node_modules/node': node, 'node_modules/runtime': runtime })
    mkdirSync(join(root, '.installing'))
    assert.equal(whatIsMissing('run', root), 'an earlier installation did not finish')
  })

  test('a dependency that the lock file does not know is noticed', () => {
    install({ 'node_modules/node': node, 'node_modules/runtime': runtime })
    put('packages/one/package.json', { dependencies: { runtime: '1.0.0', another: '1.0.0' } })
    assert.equal(whatIsMissing('run', root), 'packages/one/package.json and package-lock.json do not agree')
  })

  test('a pinned Node that does not run, or is another one, is noticed', () => {
    install({ 'node_modules/node': node, 'node_modules/runtime': runtime })
    for (const script of ['#!/bin/sh\nexit 1\n', '#!/bin/sh\necho v20.0.0\n']) {
      writeFileSync(pinnedNode(root), script)
      assert.equal(whatIsMissing('run', root), 'the pinned Node does not run')
    }
  })
})
