import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { PROGRAM } from '@latchkey/testkit'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-offline-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const KS =
  'djJ8MTAyfAGY0gTnMyAFZNR0dpkcYIDnjKfrZsiHuhJ2o69zaSo4_0Mso0wO3stnxz7tQ0kSat5oW6aga4ouuLFf0UiloQyk0NAQhXRGpBf4G8pcDLqT'
const ADMIN_KS =
  'djJ8MTAyfBYUA2jy0OEaUN59IDEJ3iLayp9d1WXJVaEsqDsfYg67CBj0Et3aA2BOZNvrpApO5muX_6PdkXrUwuj1AudKgwCtE2y7UyMvWkuPPpJvzg1MmuDg4Xj5zi10te1mM7S7ng=='
const SECRET = '0123456789abcdef0123456789abcdef'
const VALUE = '00112233445566778899aabbccddeeff'
const SHA256 = 'f9a36bfb0bd6ad179791ef4fdc7db268a07bbc3574e3a66ecd5fe733a4b416ac'

const FORUM = `“id”: “0_xxxx”,
“token”: “xxxxxxxxxxxxxxxxx”,
“partnerId”: 102,
“createdAt”: 1627298165,
“status”: 2,
“expiry”: 1629972884,
“sessionType”: 0,
“sessionDuration”: 300,
“hashType”: “SHA256”,
`

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function latchkey(
  args: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...PROGRAM, ...args], {
      env: { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length))

describe('latchkey lint', { concurrency: 2 }, () => {
  test('reads a token as a forum shows it, from a pipe, in 80 columns without colours', async () => {
    const { code, out, err } = await latchkey(['lint', '-'], { input: FORUM })
    assert.equal(code, 1)
    assert.match(
      out.replaceAll(/\s+/g, ' '),
      /^This token starts a USER session of 300 s, for a user whom the caller may name; no privileges needed; opens 387 of 772 actions, not user\.list, /,
    )
    const order = [...out.matchAll(/^\d\. (?:error|warning) +(\S+)/gm)].map(([, cause]) => cause)
    assert.deepEqual(order, ['session-duration-too-short', 'token-expires-soon', 'holder-chooses-identity'])
    assert.ok(widest(out) <= 80, String(widest(out)))
    assert.ok(!out.includes('\u001b'))
    assert.equal(err, '')
  })

  test('tells first what the job lacks, as JSON too', async () => {
    const { code, out } = await latchkey(['lint', file('forum.txt', FORUM), '--want', 'user.list', '--json'])
    const told: { findings: { cause: string }[] } = JSON.parse(out)
    assert.equal(code, 1)
    assert.equal(told.findings[0]?.cause, 'user-session-lacks-permission')
  })

  test('ends with 0 where only notes are left', async () => {
    const good =
      '{"id":"0_k3v9qz1m","status":2,"sessionType":0,"sessionUserId":"svc","sessionDuration":86400,"sessionPrivileges":"list:*","hashType":"SHA256"}'
    assert.equal((await latchkey(['lint'], { input: good })).code, 0)
  })

  test('reads what Windows saves, and warns of secrets beside the data', async () => {
    const text = FORUM.replace('xxxxxxxxxxxxxxxxx', VALUE)
    const { out, err, code } = await latchkey([
      'lint',
      file('windows.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])),
    ])
    assert.equal(code, 1)
    assert.match(err.replaceAll(/\s+/g, ' '), /value of an app token is in it/)
    assert.ok(!(out + err).includes(VALUE.slice(4, 20)))
  })

  test('ends with 2 for what it cannot read and for what it is not asked', async () => {
    const runs = [
      latchkey(['lint', '-'], { input: 'Hello' }),
      latchkey(['lint', join(folder, 'there-is-no-such-file')]),
      latchkey(['lint', folder]),
      latchkey(['lint', '-', '--want', 'media.lisst'], { input: FORUM }),
      latchkey(['lint', '-', '--now', 'soon'], { input: FORUM }),
    ]
    for (const { code, out, err } of await Promise.all(runs)) {
      assert.equal(code, 2, err)
      assert.equal(out, '')
      assert.notEqual(err, '')
      assert.doesNotMatch(err, /\n {4}at /)
    }
  })
})

describe('latchkey hash', { concurrency: 2 }, () => {
  const session = file('ks.txt', `${KS}\n`)

  test('prints all four digests, and says what was not hashed', async () => {
    const { code, out, err } = await latchkey(['hash', '--session-file', session], {
      env: { LATCHKEY_TOKEN_VALUE: VALUE },
    })
    assert.equal(code, 0)
    assert.match(out, new RegExp(`^SHA256 +${SHA256}$`, 'm'))
    assert.match(out, /^MD5 +a08e8ae1e5ada13f42ca0e273296ebfe$/m)
    assert.match(out, /^session string: 116 characters, djJ8…DLqT$/m)
    assert.match(err.replaceAll(/\s+/g, ' '), /ends in a line end, which was not hashed/)
    assert.ok(!out.includes(VALUE) && !out.includes(KS))
  })

  test('shows both inputs whole only where that is asked for', async () => {
    const { out } = await latchkey(['hash', '--session-file', session, '--value-file', '-', '--reveal', '--exact'], {
      input: VALUE,
    })
    assert.ok(out.includes(VALUE))
    assert.match(out, /DLqT<LF U\+000A>$/m)
    assert.match(out, /LF U\+000A at 117/)
  })

  test('names the mistake in what a tool made', async () => {
    const value = file('value.txt', VALUE)
    const args = ['hash', '--session-file', session, '--value-file', value]
    const [upper, right, nothing] = await Promise.all([
      latchkey([...args, '--received', SHA256.toUpperCase(), '--json']),
      latchkey([...args, '--received', SHA256]),
      latchkey([...args, '--received', 'hello']),
    ])
    assert.equal(upper.code, 1)
    const told: { nearMiss: { mistakes: { cause: string }[] } } = JSON.parse(upper.out)
    assert.deepEqual(
      told.nearMiss.mistakes.map(({ cause }) => cause),
      ['hash-upper-case'],
    )
    assert.equal(right.code, 0)
    assert.match(right.out, /The hash of the tool is right/)
    assert.equal(nothing.code, 1)
    assert.match(nothing.out, /hash-unexplained/)
  })

  test('takes no value as an argument, and ends with 2 where it gets none', async () => {
    const runs = [
      latchkey(['hash', '--value', VALUE]),
      latchkey(['hash', '--session-file', session]),
      latchkey(['hash', '--session-file', '-', '--value-file', '-']),
    ]
    for (const { code, err } of await Promise.all(runs)) assert.equal(code, 2, err)
  })
})

describe('latchkey inspect', { concurrency: 2 }, () => {
  test('shows what is not encrypted, and all of it with the secret', async () => {
    const [closed, open, wrong] = await Promise.all([
      latchkey(['inspect', ADMIN_KS]),
      latchkey(['inspect', '-', '--secret-file', file('secret.txt', `${SECRET}\n`), '--json'], {
        input: `${ADMIN_KS}\n`,
      }),
      latchkey(['inspect', ADMIN_KS, '--secret-file', file('wrong.txt', 'another')]),
    ])
    assert.equal(closed.code, 0)
    assert.match(closed.out, /^account +102$/m)
    assert.ok(!closed.out.includes('jane'))
    const told: { userId: string; kind: string; signature: string } = JSON.parse(open.out)
    assert.deepEqual([told.userId, told.kind, told.signature], ['jane', 'admin', 'proven'])
    // It ended in 2023.
    assert.equal(open.code, 1)
    assert.equal(wrong.code, 1)
    assert.match(wrong.out, /wrong-endpoint/)
  })

  test('names what is wrong with one that is cut, and ends with 2 for nothing', async () => {
    const [cut, none] = await Promise.all([
      latchkey(['inspect', KS.slice(0, 64)]),
      latchkey(['inspect', '-'], { input: '' }),
    ])
    assert.equal(cut.code, 1)
    assert.match(cut.out, /session-truncated/)
    assert.equal(none.code, 2)
  })
})

describe('latchkey explain-error', { concurrency: 2 }, () => {
  test('takes a code, a message and a body', async () => {
    const xml =
      '<?xml version="1.0"?><xml><result><error><code>INVALID_APP_TOKEN_HASH</code><message>Invalid application token hash</message></error></result></xml>'
    const [code, message, body] = await Promise.all([
      latchkey(['explain-error', 'INVALID_APP_TOKEN_HASH', '--json']),
      latchkey(['explain-error', 'The access to service [user->list] is forbidden']),
      latchkey(['explain-error', '-'], { input: xml }),
    ])
    const told: { stage: string; proven: string[] } = JSON.parse(code.out)
    assert.equal(told.stage, 'hash')
    assert.ok(told.proven.includes('token-active'))
    assert.match(message.out, /user-session-lacks-permission/)
    assert.ok(widest(message.out) <= 80)
    assert.match(body.out, /^INVALID_APP_TOKEN_HASH/)
    assert.deepEqual([code.code, message.code, body.code], [0, 0, 0])
  })

  test('of an answer that names its cause tells that one, and the command that mends it', async () => {
    const diagnosis = { cause: { id: 'token-disabled', saw: 'the status of "0_abcd1234" is not active' } }
    const message = 'Application token id "0_abcd1234" not active'
    const answer = JSON.stringify({ code: 'APP_TOKEN_NOT_ACTIVE', message, diagnosis })
    const { out, err } = await latchkey(['explain-error', '-'], { input: answer })
    assert.match(out, /The cause, as the server says:\n {2}token-disabled\n {2}The app token is paused\./)
    assert.doesNotMatch(out, /[Ll]ikel/)
    assert.equal(err, 'next: latchkey token resume 0_abcd1234\n')
  })

  test('of a code alone tells what it may come from, and what tells that apart', async () => {
    const { out, err } = await latchkey(['explain-error', 'INVALID_APP_TOKEN_HASH'])
    assert.match(out, /Likely causes, the likeliest first:\n {2}1\. The hash is in capital letters\./)
    assert.match(err, /^next: latchkey hash .*--received/)
  })

  test('ends with 2 where there is no error', async () => {
    const { code, err } = await latchkey(['explain-error', 'all is well'])
    assert.equal(code, 2)
    assert.match(err, /no error in it[\s\S]*\nnext: latchkey lint -\n$/)
  })
})

describe('latchkey vectors', () => {
  test('prints inputs, digests, and what mistakes print', async () => {
    const { code, out } = await latchkey(['vectors', '--json'])
    assert.equal(code, 0)
    const vectors: {
      sessionString: string
      digests: Record<string, string>
      fingerprints: Record<string, { cause: string; digest: string }[]>
    }[] = JSON.parse(out)
    assert.ok(vectors.some(({ sessionString }) => sessionString.includes('+') && sessionString.includes('/')))
    assert.ok(new Set(vectors.map(({ sessionString }) => /=*$/.exec(sessionString)?.[0])).size >= 2)
    for (const { digests, fingerprints } of vectors) {
      const right = fingerprints.SHA256?.find(({ cause }) => cause === 'right')
      assert.equal(right?.digest, digests.SHA256)
      assert.ok((fingerprints.SHA256 ?? []).length > 30)
    }
  })

  test('does not mind that its reader has seen enough', async () => {
    const child = spawn(process.execPath, [...PROGRAM, 'vectors'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let err = ''
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    child.stdout.once('data', () => child.stdout.destroy())
    await new Promise((resolve) => child.on('close', resolve))
    assert.equal(err, '')
  })
})
