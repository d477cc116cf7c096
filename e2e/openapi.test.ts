import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { ROOT, type RunningServer, startServer, temporaryDirectory } from './lib/server.ts'
import { type Answer, addToken, adminSession, call, logIn } from './lib/v3.ts'

/** Its own types are made for another TypeScript than ours. */
const { createConfig, lintFromString } = createRequire(import.meta.url)('@redocly/openapi-core')

describe('/openapi.json', () => {
  let server: RunningServer
  let admin: string
  let text: string
  let document: Answer

  before(async () => {
    server = await startServer()
    admin = await adminSession(server)
    text = await (await fetch(`${server.url}/openapi.json`)).text()
    document = JSON.parse(text)
  })
  after(() => server[Symbol.asyncDispose]())

  test('has nothing that a linter of OpenAPI objects to, by its strictest recommendations', async () => {
    const config = await createConfig({ extends: ['recommended-strict'] })
    const lint = async (source: string) => lintFromString({ source, absoluteRef: '/openapi.json', config })
    const problems = await lint(text)
    assert.deepEqual(
      problems.map(({ ruleId, message }: Answer) => `${ruleId}: ${message}`),
      [],
    )
    const broken = await lint(text.replace('"operationId":"media_list"', '"operationId":"media_get"'))
    assert.ok(broken.length > 0, 'the linter looks')
  })

  test('may be kept for a while, is asked for again by its tag, and is open to pages of any origin', async () => {
    const first = await fetch(`${server.url}/openapi.json`)
    assert.equal(first.headers.get('content-type'), 'application/json; charset=utf-8')
    assert.match(first.headers.get('cache-control') ?? '', /^public, max-age=\d+$/)
    assert.equal(first.headers.get('access-control-allow-origin'), '*')
    const etag = first.headers.get('etag') ?? ''
    const again = await fetch(`${server.url}/openapi.json`, { headers: { 'if-none-match': etag } })
    assert.deepEqual([again.status, await again.text()], [304, ''])
  })

  test('is not there in vendor fidelity', async () => {
    await using vendor = await startServer({ env: { LATCHKEY_FIDELITY: 'vendor' } })
    assert.equal((await fetch(`${vendor.url}/openapi.json`)).status, 404)
  })

  test('says what the server answers', async () => {
    const token = await addToken(server, admin, { sessionPrivileges: 'list:*' })
    const { ks } = await logIn(server, token)
    const calls: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
      ['session.startWidgetSession', { widgetId: `_${server.partnerId}` }],
      ['session.get', { ks: admin }],
      ['session.start', { secret: server.adminSecret, partnerId: server.partnerId, type: 2 }],
      ['appToken.list', { ks: admin }],
      ['appToken.get', { ks: admin, id: token.id }],
      ['media.list', { ks, pager: { pageSize: 50 } }],
      ['baseEntry.list', { ks, pager: { pageSize: 50 } }],
      ['category.list', { ks: admin }],
      ['user.list', { ks: admin }],
      ['user.list', { ks }],
      ['userRole.list', { ks: admin }],
      ['permission.list', { ks: admin }],
      ['permissionItem.list', { ks: admin }],
      ['system.ping', {}],
      ['system.getTime', {}],
      ['latchkey_access.explain', { ks, actions: 'media.list,user.delete' }],
      ['latchkey_access.matrix', { ks, services: 'media' }],
      ['latchkey_access.suggest', { ks: admin, actions: 'media.list' }],
      ['latchkey_access.reach', { ks: admin, tokenId: token.id }],
      ['latchkey_access.lint', { ks: admin, tokenId: token.id }],
      ['latchkey_journal.list', { ks: admin }],
      ['latchkey_token.usage', { ks: admin, id: token.id }],
      ['appToken.delete', { ks: admin, id: token.id }],
      ['appToken.startSession', { ks, id: token.id, tokenHash: 'f'.repeat(64) }],
    ]
    const unnamed = new Set<string>()
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    ajv.addSchema(document, 'document')
    const wrong: string[] = []
    for (const [name, params] of calls) {
      const path = `~1api_v3~1service~1${name.replace('.', '~1action~1')}`
      const at = `document#/paths/${path}/post`
      const takes = ajv.getSchema(`${at}/requestBody/content/application~1json/schema`)
      const gives = ajv.getSchema(`${at}/responses/200/content/application~1json/schema`)
      assert.ok(takes && gives, name)
      assert.ok(takes({ format: 1, ...params }), `${name} ${JSON.stringify(takes.errors)}`)
      const answer = await call(server.url, name, params)
      const errors = gives(answer) ? [] : (gives.errors ?? [])
      wrong.push(
        ...errors
          .filter(({ keyword }) => keyword === 'type')
          .map((error) => `${name} ${error.instancePath} ${error.message}`),
      )
      if (errors.length > 0) wrong.push(`${name} ${JSON.stringify(answer).slice(0, 300)}`)
      const schema = document.paths[`/api_v3/service/${name.replace('.', '/action/')}`].post.responses['200']
      for (const field of unnamedIn(answer, schema.content['application/json'].schema)) unnamed.add(field)
    }
    assert.deepEqual(wrong, [])
    // Objects whose names are data: parameters of the call to be made, actions, causes.
    const byData = ['LatchkeyCall.params', 'LatchkeyMatrixRow.cells', 'LatchkeyTokenUsage.refusedByCause']
    assert.deepEqual([...unnamed].sort(), byData)
  })

  /** The fields of an answer that its schema does not name. */
  function unnamedIn(value: Answer, schema: Answer): readonly string[] {
    const [known = {}] = (schema.anyOf ?? [schema]).flatMap((each: Answer) => {
      const name = String(each.$ref ?? '').replace('#/components/schemas/', '')
      const found = name === '' ? each : document.components.schemas[name]
      const isIt = value?.objectType === undefined || name === '' || name === value.objectType
      return isIt ? [{ ...found, name }] : []
    })
    if (Array.isArray(value)) return value.flatMap((item) => unnamedIn(item, known.items ?? {}))
    if (typeof value !== 'object' || value === null || known.properties === undefined) return []
    return Object.entries(value).flatMap(([field, inner]) =>
      field in known.properties ? unnamedIn(inner, known.properties[field]) : [`${known.name}.${field}`],
    )
  }

  test('is enough for a generator: the types that one makes of it compile, and a client over them reads data', async () => {
    await using folder = await temporaryDirectory()
    await writeFile(join(folder.path, 'package.json'), '{"type":"module"}')
    await writeFile(join(folder.path, 'openapi.json'), text)
    execFileSync(process.execPath, [generator(), 'openapi.json', '-o', 'api.ts'], { cwd: folder.path, stdio: 'ignore' })
    await writeFile(join(folder.path, 'client.ts'), CLIENT)
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
    const types = ['--typeRoots', join(ROOT, 'node_modules', '@types'), '--types', 'node']
    const options = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', ...types]
    execFileSync(process.execPath, [tsc, ...options, '--allowImportingTsExtensions', 'client.ts'], {
      cwd: folder.path,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const env = { ...process.env, URL: server.url, KS: admin }
    const printed = execFileSync(process.execPath, ['client.ts'], { cwd: folder.path, env, encoding: 'utf8' })
    assert.equal(printed.trim(), 'KalturaMediaListResponse 40 SERVICE_FORBIDDEN')
  })
})

function generator(): string {
  return join(createRequire(import.meta.url).resolve('openapi-typescript/package.json'), '..', 'bin', 'cli.js')
}

/** As somebody would write it over the generated types, with nothing else. */
const CLIENT = `import type { operations } from './api.ts'

type Name = keyof operations
type Body<N extends Name> = operations[N]['requestBody']['content']['application/json']
type Result<N extends Name> = operations[N]['responses'][200]['content']['application/json']

async function call<N extends Name>(name: N, params: Omit<Body<N>, 'format'>): Promise<Result<N>> {
  const [service, action] = name.split(/_(?=[^_]+$)/)
  const reply = await fetch(\`\${process.env.URL}/api_v3/service/\${service}/action/\${action}\`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...params, format: 1 }),
  })
  return (await reply.json()) as Result<N>
}

const list = await call('media_list', { ks: process.env.KS ?? '', pager: { pageSize: 1 } })
if (list.objectType !== 'KalturaMediaListResponse') throw new Error('refused')
// @ts-expect-error a number is no session
await call('media_list', { ks: 1 })
const refused = await call('user_list', {})
const code = refused.objectType === 'KalturaAPIException' ? refused.code : 'none'
console.log(list.objectType, list.totalCount, code)
`
