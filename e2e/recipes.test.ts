import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { HashType } from '@latchkey/core'
import pg from 'pg'
import { ETL_EXAMPLE } from '../packages/console/src/snippets/etl-hash.ts'
import { startPostgres } from '../packages/store/test/postgres-server.ts'
import { COLLECTION } from '../scripts/postman-collection.ts'
import { RECIPES } from '../scripts/recipes.ts'
import { ROOT, type RunningServer, startServer } from './lib/server.ts'
import { type Answer, addToken, adminSession, sha256 } from './lib/v3.ts'

const { session: KS, token: TOKEN, hashes } = ETL_EXAMPLE
const HASHES = ['MD5', 'SHA1', 'SHA256', 'SHA512'] as const satisfies HashType[]

const pageOf = (id: string) => readFileSync(join(ROOT, 'docs', 'recipes', `${id}.md`), 'utf8')

/** The expressions of a page, as it has them. */
function expressionsOn(id: string): readonly (readonly [HashType, string])[] {
  return HASHES.flatMap((type) => {
    const found = new RegExp(`^${type}(?:, the one to take)?:\\n\\n\`\`\`text\\n(.*)\\n\`\`\`$`, 'm').exec(
      pageOf(id),
    )?.[1]
    return found === undefined ? [] : [[type, found] as const]
  })
}

/** The tables of the three calls: URL and fields, and what is in words where a value goes in. */
function callsOn(id: string): readonly { readonly path: string; readonly fields: ReadonlyMap<string, string> }[] {
  return pageOf(id)
    .split(/^Call \d /m)
    .slice(1)
    .map((text) => ({
      path: /\| URL \| `https:\/\/…([^`]+)` \|/.exec(text)?.[1] ?? '',
      fields: new Map(
        [...text.matchAll(/^\| field `([^`]+)` \| (?:`([^`]*)`|([^|]*))/gm)].map(
          ([, name = '', value, words = '']) => [name, value ?? words.trim()] as const,
        ),
      ),
    }))
}

/** Every page that says that it is run has its line here, and nothing else has. */
const RUN = new Map<string, (() => Promise<void> | void) | undefined>([
  ['jq', jq],
  ['postgresql', postgresql],
  ['postman', undefined], // below, since it needs a server
  ['shell', shell],
  ['sqlite', sqlite],
])

function shell(): void {
  const expressions = expressionsOn('shell')
  assert.equal(expressions.length, 4)
  for (const [type, expression] of expressions) {
    const printed = execFileSync('sh', ['-c', expression], {
      env: { ...process.env, ks: KS, token: TOKEN },
      encoding: 'utf8',
    })
    assert.equal(printed.trim(), hashes[type], type)
  }
}

async function postgresql(): Promise<void> {
  await using postgres = await startPostgres()
  const client = new pg.Client({ connectionString: await postgres.createDatabase('recipes') })
  await client.connect()
  try {
    const expressions = expressionsOn('postgresql').filter(([type]) => type !== 'SHA1')
    assert.equal(expressions.length, 3)
    for (const [type, expression] of expressions) {
      const { rows } = await client.query(
        `SELECT ${expression} AS hash FROM (SELECT $1::text AS ks, $2::text AS token) it`,
        [KS, TOKEN],
      )
      assert.equal(rows[0].hash, hashes[type], type)
    }
  } finally {
    await client.end()
  }
}

function sqlite(): void {
  using database = new DatabaseSync(':memory:')
  for (const name of ['md5', 'sha1', 'sha256', 'sha512', 'sha2', 'digest', 'hash']) {
    assert.throws(() => database.prepare(`SELECT ${name}('x')`), /no such function/, name)
  }
  assert.deepEqual(expressionsOn('sqlite'), [])
}

function jq(): void {
  const filter = /`jq -er '([^`]+)'`/.exec(pageOf('jq'))?.[1]
  assert.ok(filter)
  const run = (input: object) =>
    execFileSync('jq', ['-er', filter], { input: JSON.stringify(input), encoding: 'utf8', stdio: 'pipe' })
  assert.equal(run({ ks: 'abc', objectType: 'KalturaSessionInfo' }).trim(), 'abc')
  const refusal = { code: 'INVALID_KS', message: 'why', objectType: 'KalturaAPIException' }
  assert.throws(
    () => run(refusal),
    (error: Answer) => error.status !== 0 && String(error.stderr).includes('INVALID_KS: why'),
  )
}

describe('the recipes', () => {
  test('say that they are run where a test runs them, and that they are not where none does', () => {
    assert.deepEqual(
      RECIPES.filter(({ run }) => run === 'tests').map(({ id }) => id),
      [...RUN.keys()],
    )
    for (const { id, run } of RECIPES) {
      assert.match(pageOf(id), run === 'tests' ? /^\*\*Run:\*\*/m : /^\*\*Not run/m, id)
      assert.equal(/\*\*Not run/.test(pageOf(id)), run !== 'tests', id)
    }
  })

  test('of expressions that are run elsewhere are those of Java and of JavaScript', () => {
    const languages = RECIPES.filter(({ run }) => run === 'expression').map(({ hash }) => hash?.tool.split(' ')[0])
    assert.deepEqual(new Set(languages), new Set(['Talend', 'Zapier']))
  })

  test('give for each hash that a tool has the right digest of the test vector', () => {
    for (const { id, hash } of RECIPES) {
      const shown = pageOf(id)
      const types = Object.keys(hash?.expressions ?? {})
      assert.deepEqual(
        expressionsOn(id)
          .map(([type]) => type)
          .sort(),
        types.sort(),
        id,
      )
      for (const type of HASHES)
        assert.equal(shown.includes(`| ${type} | \`${hashes[type]}\` |`), types.includes(type), id)
    }
  })

  test('make the token with a hash that the tool has', () => {
    for (const { id, hash, hashType } of RECIPES) {
      if (hash !== undefined) assert.ok(hash.expressions[hashType] !== undefined, id)
    }
  })

  for (const [id, run] of RUN) {
    if (run === undefined) continue
    const skip = id === 'jq' && !hasJq() ? 'jq is not on this machine' : false
    test(`${id}: what its page says holds`, { skip }, run)
  }
})

describe('the recipes, at the server', () => {
  let server: RunningServer
  let token: { readonly id: string; readonly token: string }
  before(async () => {
    server = await startServer()
    token = await addToken(server, await adminSession(server), { sessionPrivileges: 'list:*' })
  })
  after(() => server[Symbol.asyncDispose]())

  test('the fields of every page, filled in, log in and read', async () => {
    for (const { id } of RECIPES) {
      const calls = callsOn(id)
      assert.equal(calls.length, 3, id)
      const known = new Map([
        ['_123456', `_${server.partnerId}`],
        ['0_k3v9qz1m', token.id],
      ])
      let answer: Answer
      for (const [at, { path, fields }] of calls.entries()) {
        const body = new URLSearchParams([...fields].map(([name, value]) => [name, known.get(value) ?? value]))
        answer = await (await fetch(server.url + path, { method: 'POST', body })).json()
        if (at === 0)
          known.set('the session string of call 1', answer.ks).set('the hash', sha256(answer.ks + token.token))
        if (at === 1) known.set('the session of call 2', answer.ks)
      }
      assert.deepEqual([answer.objectType, answer.objects?.length], ['KalturaMediaListResponse', 40], id)
    }
  })

  test('the fields of every page with OAuth2, filled in, log in and read', async () => {
    const pages = RECIPES.filter(({ oauth2 }) => oauth2 !== 'no').map(({ id }) => id)
    assert.ok(pages.length > 10)
    for (const id of pages) {
      const field = (name: string) =>
        new RegExp(`\\| ${name} \\| \`(?:https://…)?([^\`]+)\``).exec(pageOf(id))?.[1] ?? ''
      const [header = '', value = ''] = field('header of the call').split(': ')
      const grant = { grant_type: 'client_credentials', client_id: token.id, client_secret: token.token }
      const granted: Answer = await (
        await fetch(server.url + field('access token URL'), { method: 'POST', body: new URLSearchParams(grant) })
      ).json()
      const call = (access: string) =>
        fetch(server.url + field('URL of the call'), {
          headers: { authorization: `Bearer ${access}`, [header]: value },
        })
      const list: Answer = await (await call(granted.access_token)).json()
      assert.equal(list.totalCount, 40, id)
      assert.ok((await call('nonsense')).status >= 400, `${id}: a refusal is told by the status`)
    }
  })

  test('postman: the collection runs in newman, and a wrong value is told', async () => {
    assert.match(readFileSync(join(ROOT, COLLECTION), 'utf8'), /CryptoJS\.SHA256\(ks \+ token\)/)
    const newman = join(createRequire(import.meta.url).resolve('newman/package.json'), '..', 'bin', 'newman.js')
    const run = (tokenValue: string) => {
      const values = { url: server.url, partnerId: String(server.partnerId), tokenId: token.id, tokenValue }
      const given = Object.entries(values).flatMap(([name, value]) => ['--env-var', `${name}=${value}`])
      return promisify(execFile)(process.execPath, [newman, 'run', join(ROOT, COLLECTION), '--color', 'off', ...given])
    }
    const { stdout } = await run(token.token)
    assert.match(stdout, /assertions\W+3\W+0\b/)
    await assert.rejects(run('f'.repeat(32)), (error: Answer) => {
      return error.code !== 0 && /INVALID_APP_TOKEN_HASH: Invalid application token hash/.test(error.stdout)
    })
  })
})

function hasJq(): boolean {
  try {
    execFileSync('jq', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
