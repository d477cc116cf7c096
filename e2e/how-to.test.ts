import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import { ROOT, type RunningServer, startServer } from './lib/server.ts'
import type { Answer } from './lib/v3.ts'

/** The blocks of a page that are marked as runnable, by their names, in the page's order. */
async function blocksOf(path: string): Promise<readonly (readonly [string, string])[]> {
  const text = await readFile(join(ROOT, path), 'utf8')
  const blocks = text.matchAll(/<!-- runnable: ([a-z-]+) -->\s*```sh\n([\s\S]*?)```/g)
  return [...blocks].map(([, name = '', code = '']) => [name, code] as const)
}

/** What each block of a page prints, line by line as JSON, when pasted one after the other behind the README's. */
async function paste(server: RunningServer, path: string): Promise<Readonly<Record<string, readonly Answer[]>>> {
  const login = (await blocksOf('README.md')).filter(([name]) => name === 'quick-start')
  const blocks = [...login, ...(await blocksOf(path))]
  const script = blocks.map(([name, code]) => `echo; echo "== ${name}"\n${code}`).join('\n')
  const env = {
    ...process.env,
    LATCHKEY_URL: server.url,
    LATCHKEY_PARTNER_ID: String(server.partnerId),
    LATCHKEY_ADMIN_SECRET: server.adminSecret,
  }
  const { stdout } = await promisify(execFile)('sh', ['-c', script], { env })
  const parts = stdout.split(/^== (.*)\n/m).slice(1)
  const printed: [string, readonly Answer[]][] = []
  for (let at = 0; at < parts.length; at += 2) {
    const lines = (parts[at + 1] ?? '').split('\n').filter((line) => line !== '')
    printed.push([parts[at] ?? '', lines.map((line) => JSON.parse(line))])
  }
  return Object.fromEntries(printed)
}

describe('the guides work when pasted', () => {
  test('get and list only: the token reads, and does nothing else', async () => {
    await using server = await startServer()
    const printed = await paste(server, 'docs/how-to/get-and-list-only.md')
    assert.deepEqual(
      printed.make?.[0].map(({ objectType }: Answer) => objectType),
      ['KalturaPermission', 'KalturaUserRole', 'KalturaAppToken'],
    )
    assert.match(printed['send-change']?.[0][2].sessionPrivileges, /^setrole:LATCHKEY_GET_AND_LIST_ONLY_/)
    const [reach, lint, explained] = printed.verify ?? []
    assert.deepEqual([reach.delete, reach.write, lint.findings], [0, 35, []])
    assert.deepEqual(
      explained.map(({ effect }: Answer) => effect),
      ['allow', 'deny', 'deny'],
    )
    const [users, added] = printed.use ?? []
    assert.deepEqual([users.objectType, users.objects.length], ['KalturaUserListResponse', 1])
    assert.equal(added.code, 'SERVICE_FORBIDDEN')
  })

  test('looking after app tokens: each step does what the page says of it', async () => {
    await using server = await startServer()
    const printed = await paste(server, 'docs/how-to/look-after-app-tokens.md')
    const [, shown] = printed.annotate ?? []
    assert.deepEqual(shown.labels, ['etl', 'nightly'])
    assert.equal(printed.usage?.[0].issued, 1)
    const [paused, refused, resumed] = printed.pause ?? []
    assert.deepEqual([paused.status, refused.diagnosis.cause.id, resumed.status], [1, 'token-disabled', 2])
    const [login, usage] = printed.rotate ?? []
    assert.deepEqual(
      login.warnings.map(({ id }: Answer) => id),
      ['token-value-old'],
    )
    assert.deepEqual(
      usage.previousValue.map(({ client, count }: Answer) => [client, count]),
      [['nightly-etl', 1]],
    )
    assert.equal(printed.finish?.[1].code, 'INVALID_APP_TOKEN_HASH')
    assert.equal(printed.addresses?.[1].code, 'ACCESS_FORBIDDEN_FROM_UNKNOWN_IP')
    const [limited, first, second, unlimited] = printed.rate ?? []
    assert.deepEqual([limited.startsPerMinute, unlimited.startsPerMinute], [1, undefined])
    assert.deepEqual([first.objectType, second.code], ['KalturaSessionInfo', 'ACTION_BLOCKED'])
    assert.deepEqual(
      printed.lint?.map(({ findings }) => findings.map(({ cause }: Answer) => cause)),
      [
        ['user-session-lacks-permission', 'list-privilege-misread'],
        [
          'permission-name-as-privilege',
          'ip-restriction',
          'session-duration-too-short',
          'hash-type-weak',
          'holder-chooses-identity',
          'admin-without-role',
        ],
      ],
    )
    const [page, lastHour] = printed.journal ?? []
    assert.equal(page.objects.length, 3)
    assert.ok(lastHour.objects.every(({ outcome }: Answer) => outcome === 'refused'))
    assert.ok(lastHour.totalCount >= 4)
  })

  test('OAuth2: a scope is granted in part, holds, is narrowed, and ends', async () => {
    await using server = await startServer()
    const printed = await paste(server, 'docs/how-to/oauth2.md')
    const [granted] = printed.token ?? []
    assert.deepEqual([granted.scope, granted.diagnosis.dropped[0].scope], ['media.get media.list', 'user.delete'])
    const [listed, refused] = printed.call ?? []
    assert.deepEqual([listed.objects.length, refused.diagnosis.cause.id], [1, 'scope-too-small'])
    const [narrowed, wider] = printed.narrow ?? []
    assert.deepEqual([narrowed.scope, narrowed.expires_in, wider.error], ['media.list', 60, 'invalid_scope'])
    const [live, , ended] = printed.end ?? []
    assert.deepEqual([live.active, live.scope, ended], [true, 'media.get media.list', { active: false }])
  })

  test('a refusal: its fix is applied, and explain, matrix and compare agree with it', async () => {
    await using server = await startServer()
    const printed = await paste(server, 'docs/how-to/find-out-why-a-call-was-refused.md')
    const [{ code, diagnosis }] = printed.refused ?? []
    assert.deepEqual(
      [code, diagnosis.stage, diagnosis.cause.id],
      ['SERVICE_FORBIDDEN', 'permission', 'user-session-lacks-permission'],
    )
    assert.ok(printed.fix?.[0].every((step: Answer) => step.code === undefined))
    assert.equal(printed.again?.[0].objects.length, 1)
    const [explained, ofEntry] = printed.explain ?? []
    assert.deepEqual(
      [...explained, ...ofEntry].map(({ verdict }: Answer) => verdict),
      ['allowed', 'permission', 'never-open', 'privilege'],
    )
    const [media, user] = printed.matrix?.[0].rows ?? []
    assert.deepEqual([media.cells.delete, media.cells.approve, user.cells.list], ['own', 'deny', 'allow'])
    const [ofToken, comparison] = printed.compare ?? []
    assert.equal(ofToken[0].effect, 'allow')
    assert.ok(comparison.onlyA.includes('appToken.add') && comparison.both.includes('user.list'))
  })
})
