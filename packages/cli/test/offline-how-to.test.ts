import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { PROGRAM } from '@latchkey/testkit'

const PAGE = new URL('../../../docs/how-to/check-without-a-server.md', import.meta.url)

/** What each block of the page prints, and how it ends. */
const BLOCKS: Readonly<Record<string, { readonly code: number; readonly prints: readonly RegExp[] }>> = {
  forum: {
    code: 1,
    prints: [
      /^This token starts a USER session of 300 s/,
      /1\. error {2}user-session-lacks-permission[\s\S]*2\. warning {2}session-duration-too-short[\s\S]*3\. warning {2}token-expires-soon[\s\S]*4\. warning {2}holder-chooses-identity/,
    ],
  },
  call: { code: 1, prints: [/1\. error {2}json-charset-ignored/] },
  error: { code: 0, prints: [/^SERVICE_FORBIDDEN {2}appToken\.startSession/, /1\. No session was sent/] },
  hash: { code: 1, prints: [/error {2}hash-newline/] },
  vectors: { code: 0, prints: [/^SHA256 +[0-9a-f]{64}$/m, /hash-upper-case/] },
  inspect: { code: 0, prints: [/^version +1$/m, /^account +7102$/m] },
}

function run(script: string, cwd: string): Promise<{ readonly code: number; readonly out: string }> {
  return new Promise((resolve) => {
    const shell = `latchkey() { '${process.execPath}' ${PROGRAM.map((part) => `'${part}'`).join(' ')} "$@"; }\n${script}`
    execFile('sh', ['-c', shell], { cwd }, (error, out) => resolve({ code: Number(error?.code ?? 0), out }))
  })
}

describe('the guide to checks without a server', () => {
  test('holds just these blocks, and each prints what the page says of it', async () => {
    const page = await readFile(PAGE, 'utf8')
    const blocks = [...page.matchAll(/<!-- runnable: ([a-z-]+) -->\s*```sh\n([\s\S]*?)```/g)]
    assert.deepEqual(
      blocks.map(([, name]) => name),
      Object.keys(BLOCKS),
    )
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-how-to-'))
    try {
      for (const [, name = '', script = ''] of blocks) {
        const { code, out } = await run(script, folder)
        assert.equal(code, BLOCKS[name]?.code, `${name}: ${out}`)
        for (const pattern of BLOCKS[name]?.prints ?? []) assert.match(out, pattern, name)
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
