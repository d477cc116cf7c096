import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { ensureBuilt, installPacked, ourPackages, run } from './lib/packed.ts'
import { ROOT, temporaryDirectory } from './lib/server.ts'
import { adminSession, call } from './lib/v3.ts'

test('latchkey serve works in an empty folder, from our packages packed and installed together', async () => {
  await ensureBuilt()
  await using folder = await temporaryDirectory()
  const names = ourPackages('@latchkey/cli')
  await installPacked(names, folder.path)
  const project = join(folder.path, 'project')
  const main = join(project, 'node_modules', '@latchkey', 'cli', 'dist', 'main.js')
  assert.ok(existsSync(main), 'the package of the command holds what it runs')
  assert.ok(existsSync(join(project, 'node_modules', '.bin', 'latchkey')), 'the command is there by its name')
  for (const name of names)
    assert.ok(existsSync(join(project, 'node_modules', ...name.split('/'), 'LICENSE')), `${name} brings its licence`)
  const node = join(ROOT, 'node_modules', '.bin', 'node')
  const empty = join(folder.path, 'empty')
  await mkdir(empty)

  assert.match(await run(node, [main, '--help'], empty), /^Usage: latchkey /)
  assert.match(await run(node, [main, 'hash', '--help'], empty), /^Usage: latchkey hash /)
  const secret = '0123456789abcdef0123456789abcdef'
  const env = { PATH: process.env.PATH, LATCHKEY_PORT: '0', LATCHKEY_PARTNER_ID: '4242', LATCHKEY_ADMIN_SECRET: secret }
  const server = spawn(node, [main, 'serve'], { cwd: empty, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => server.once('close', resolve))
  try {
    const url = await readyUrl(server, ended)
    const account = { url, partnerId: 4242, adminSecret: secret }
    const ks = await adminSession(account)
    assert.equal((await call(url, 'media.list', { ks })).totalCount, 40)
    assert.match(await (await fetch(`${url}/`)).text(), /<!doctype html>/i, 'the pages come with it')
    assert.ok(existsSync(join(empty, 'data', 'latchkey.db')), 'the store is where the command was started')
  } finally {
    server.kill('SIGTERM')
  }
  assert.equal(await ended, 0)
  const listed = await run(node, [main, 'token', 'list', '--data', 'data', '--json'], empty)
  assert.equal(JSON.parse(listed).totalCount, 0)
})

function readyUrl(server: ReturnType<typeof spawn>, ended: Promise<unknown>): Promise<string> {
  let output = ''
  return new Promise((resolve, reject) => {
    const collect = (text: Buffer) => {
      output += text.toString('utf8')
      const url = /^latchkey ready (\S+)$/m.exec(output)?.[1]
      if (url !== undefined) resolve(url)
    }
    server.stdout?.on('data', collect)
    server.stderr?.on('data', collect)
    void ended.then(() => reject(new Error(`the server ended before it was ready\n${output}`)))
  })
}
