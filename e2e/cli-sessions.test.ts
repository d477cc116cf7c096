import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type Names, openShell, parseSession, whyDifferent, withNames } from './lib/cli-session.ts'
import { startOriginal } from './lib/original.ts'
import { ROOT, startServer, temporaryDirectory } from './lib/server.ts'

const FOLDER = join(ROOT, 'e2e', 'cli')
const WIDTH = 80

/**
 * Where a file begins with `@server`, a server runs, and the environment says where and with which secret; with `@original`,
 * it is one without what ours have beyond the original.
 */
describe('the command line does what its sessions show', () => {
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.session'))) {
    test(file.replace('.session', '').replaceAll('-', ' '), async () => {
      const text = readFileSync(join(FOLDER, file), 'utf8')
      await using folder = await temporaryDirectory()
      await using server = text.startsWith('@') ? await startServer() : undefined
      await using original =
        server !== undefined && text.startsWith('@original') ? await startOriginal(server.url) : undefined
      const url = original?.url ?? server?.url ?? ''
      const shell = await openShell(
        folder.path,
        server === undefined
          ? {}
          : {
              LATCHKEY_SERVICE_URL: url,
              LATCHKEY_PARTNER_ID: String(server.partnerId),
              LATCHKEY_ADMIN_SECRET: server.adminSecret,
            },
      )
      const names: Names = new Map(Object.entries({ url, folder: folder.path }))
      for (const { command, stdout, stderr, code, line } of parseSession(text)) {
        const done = await shell.run(withNames(command, names))
        const wrong =
          whyDifferent(stdout, done.stdout, names) ??
          whyDifferent(stderr, done.stderr, names) ??
          (done.code === code ? undefined : `it ended with ${done.code}, not with ${code}\n${done.stderr}`)
        assert.ok(wrong === undefined, `${file}:${line} $ ${command}\n${wrong}`)
        assert.deepEqual(
          tooWide(`${done.stdout}${done.stderr}`),
          [],
          `${file}:${line} $ ${command}: lines that are too wide`,
        )
        assert.ok(
          !`${done.stdout}${done.stderr}`.includes('\u001b'),
          `${file}:${line}: colours, where nobody sees them`,
        )
      }
    })
  }
})

/** What can be copied only whole may be wider: commands, addresses, values, and JSON. */
function tooWide(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line.length > WIDTH)
    .filter((line) => !/^(next: |export |set -gx |\$Env:|\s*"|\s*- `)/.test(line) && !/\S{40}/.test(line))
}
