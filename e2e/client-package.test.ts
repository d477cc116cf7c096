import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { build } from 'vite'
import { openBrowser } from './lib/browser.ts'
import { type PackedClient, packClient, runOnMachinesNode } from './lib/packed-client.ts'
import { ROOT, type RunningServer, startServer } from './lib/server.ts'
import { addToken, adminSession } from './lib/v3.ts'

const LARGEST = 12_000

let client: PackedClient
let server: RunningServer
let env: Record<'SERVICE_URL' | 'PARTNER_ID' | 'TOKEN_ID' | 'TOKEN_VALUE', string>

before(async () => {
  client = await packClient()
  server = await startServer()
  const settings = { hashType: 'SHA512', sessionUserId: 'ana', sessionPrivileges: 'list:*' }
  const { id, token } = await addToken(server, await adminSession(server), settings)
  env = { SERVICE_URL: server.url, PARTNER_ID: String(server.partnerId), TOKEN_ID: id, TOKEN_VALUE: token }
})
after(async () => {
  await server?.[Symbol.asyncDispose]()
  await client?.[Symbol.asyncDispose]()
})

const PROGRAM = `
import { createSession, list, multirequest } from '@latchkey/client'

export async function work({ SERVICE_URL, PARTNER_ID, TOKEN_ID, TOKEN_VALUE }) {
  const options = { serviceUrl: SERVICE_URL, partnerId: PARTNER_ID, tokenId: TOKEN_ID, tokenValue: async () => TOKEN_VALUE }
  const session = await createSession(options)
  let count = 0
  for await (const entry of list(session, 'media', {}, { pageSize: 15 })) count += entry.id ? 1 : 0
  const { totalCount } = await session.call('media', 'list')
  const steps = multirequest(session)
  const permissions = steps.add('permission', 'getCurrentPermissions')
  await steps.send()
  const refused = await session.call('user', 'list').catch((error) => error)
  const wrong = await createSession({ ...options, tokenValue: 'nonsense' }).catch((error) => error)
  const { hashType, isLatchkey, expiresAt } = session.info
  const lasts = expiresAt - Date.now() / 1000
  await session.close()
  const closed = await session.call('media', 'list').catch((error) => error.code)
  return {
    isWhole: count === totalCount && count > 20,
    permissions: typeof permissions.result,
    refused: [refused.name, refused.code, refused.diagnosis.stage],
    wrong: [wrong.name, wrong.code, wrong.hint],
    hashType,
    isLatchkey,
    lasts: lasts > 80000 && lasts < 90000,
    closed,
  }
}
`
const EXPECTED = {
  isWhole: true,
  permissions: 'string',
  refused: ['LatchkeyCallError', 'SERVICE_FORBIDDEN', 'permission'],
  wrong: [
    'LatchkeyLoginError',
    'INVALID_APP_TOKEN_HASH',
    'tokenValue has 8 characters; values have 32, of 0-9 and a-f',
  ],
  hashType: 'SHA512',
  isLatchkey: true,
  lasts: true,
  closed: 'SESSION_CLOSED',
}

/** What the blocks of the guide print, in its order. */
const PRINTED: Readonly<Record<string, RegExp>> = {
  'log-in': /^\d\d \[( '.+',?)+( '.+') \]\n$|^\d\d \[\n( {2}'.+',?\n)+\]\n$/,
  refused:
    /^SERVICE_FORBIDDEN \{ SERVICE: 'user->list' \} \[[^\]]*'ADMIN_BASE'[^\]]*\]\nINVALID_APP_TOKEN_HASH hash-\S+ tokenValue has 33 characters.*\n$/,
  lists: /^true\n10\n9\n6\n$/,
  steps: /^from the guide false SERVICE_FORBIDDEN\n$/,
  'own-fetch': /^\d\d\n$/,
  'official-client': /^KalturaMediaListResponse\n$/,
  stop: /^true\n$/,
}

describe('the SDK as it is published', () => {
  test('installs nothing beside it, and holds nothing but what it runs by', () => {
    const installed = join(client.project, 'node_modules')
    assert.deepEqual(
      readdirSync(installed).filter((name) => !name.startsWith('.')),
      ['@latchkey'],
    )
    assert.deepEqual(readdirSync(join(installed, '@latchkey')), ['client'])
    const files = readdirSync(join(installed, '@latchkey', 'client'), { recursive: true, encoding: 'utf8' })
    for (const file of files)
      assert.match(
        file,
        /^(?:dist|package\.json|README\.md|LICENSE|THIRD-PARTY-NOTICES\.txt|dist\/[\w-]+\.(?:js|d\.ts))$/,
      )
    for (const file of files.filter((name) => name.endsWith('ts'))) {
      const text = readFileSync(join(installed, '@latchkey', 'client', file), 'utf8')
      for (const [, name = ''] of text.matchAll(/(?:from|import\()\s*["']([^"']+)["']/g))
        assert.match(name, /^\.\/[\w-]+\.js$/)
    }
  })

  test('brings its licence, and that of what is in its scripts', () => {
    const read = (...path: string[]) => readFileSync(join(...path), 'utf8')
    const installed = join(client.project, 'node_modules', '@latchkey', 'client')
    assert.equal(read(installed, 'LICENSE'), read(ROOT, 'LICENSE'))
    const notices = read(installed, 'THIRD-PARTY-NOTICES.txt')
    assert.ok(notices.includes(read(ROOT, 'node_modules', '@noble', 'hashes', 'LICENSE').trim()))
  })

  test('shows an error that nobody catches by its name and in lines that can be read', async () => {
    const options = { serviceUrl: server.url, partnerId: 1, tokenId: 'x', tokenValue: 'x' }
    client.write(
      'crash.js',
      `import { createSession } from '@latchkey/client'\nawait createSession(${JSON.stringify(options)})\n`,
    )
    const crash = runOnMachinesNode(['crash.js'], { cwd: client.project, env })
    await assert.rejects(crash, ({ stderr }) => {
      assert.match(stderr, /^LatchkeyLoginError: Unknown widget/m)
      assert.match(stderr, /crash\.js:2/)
      for (const line of stderr.split('\n')) assert.ok(line.length < 2_000, line)
      return true
    })
  })

  test(`takes at most ${LARGEST} bytes, compressed`, (context) => {
    const size = (name: string) => gzipSync(readFileSync(join(client.folder, 'dist', name)), { level: 9 }).length
    context.diagnostic(`index.js ${size('index.js')}, and sha512.js ${size('sha512.js')} where it is needed`)
    assert.ok(size('index.js') <= LARGEST, `${size('index.js')} bytes`)
    // With what a program loads only for an app token of that kind.
    assert.ok(size('sha512.js') <= 4_500)
  })

  test('leaves out what a program does not use', async (context) => {
    const [all, login, error] = await Promise.all(
      [
        "export * from '@latchkey/client'",
        "export { createSession } from '@latchkey/client'",
        "export { LatchkeyCallError } from '@latchkey/client'",
      ].map(async (text, index) => {
        const entry = client.write(`entry${index}.js`, `${text}\n`)
        const bundled = await bundle(entry, true)
        return gzipSync(bundled, { level: 9 }).length
      }),
    )
    assert.ok(all !== undefined && login !== undefined && error !== undefined)
    context.diagnostic(`all ${all}, createSession alone ${login}, an error alone ${error}`)
    assert.ok(all <= LARGEST && login < all - 1_000 && error < 600, `${all} ${login} ${error}`)
  })

  test("runs in the machine's own Node", async () => {
    client.write('work.js', PROGRAM)
    client.write('main.js', "import { work } from './work.js'\nconsole.log(JSON.stringify(await work(process.env)))\n")
    const stdout = await runOnMachinesNode(['main.js'], { cwd: client.project, env })
    assert.deepEqual(JSON.parse(stdout), EXPECTED)
  })

  test('does in each block of its guide what the guide says of it', async () => {
    symlinkSync(join(ROOT, 'node_modules', 'kaltura-client'), join(client.project, 'node_modules', 'kaltura-client'))
    const guide = readFileSync(join(ROOT, 'docs', 'how-to', 'use-the-sdk.md'), 'utf8')
    const blocks = [...guide.matchAll(/^(?:<!-- runnable: ([a-z-]+) -->\n)?```js\n([\s\S]*?)```/gm)]
    assert.deepEqual(
      blocks.map(([, name]) => name),
      Object.keys(PRINTED),
    )
    const asTheGuideSays = {
      LATCHKEY_URL: env.SERVICE_URL,
      LATCHKEY_PARTNER_ID: env.PARTNER_ID,
      LATCHKEY_TOKEN_ID: env.TOKEN_ID,
      LATCHKEY_TOKEN_VALUE: env.TOKEN_VALUE,
    }
    for (const [, name = '', code = ''] of blocks) {
      client.write(`${name}.js`, code)
      const printed = await runOnMachinesNode([`${name}.js`], { cwd: client.project, env: asTheGuideSays })
      assert.match(printed, PRINTED[name] ?? assert.fail(name), name)
    }
  })

  test('does what its README shows', async () => {
    const readme = readFileSync(join(client.folder, 'README.md'), 'utf8')
    const [block, ...others] = [...readme.matchAll(/^```js\n([\s\S]*?)```/gm)].map(([, code = '']) => code)
    assert.deepEqual(others, [])
    const replaced = [
      ["'https://www.kaltura.com'", JSON.stringify(env.SERVICE_URL)],
      ['123456', env.PARTNER_ID],
      ["'0_k3v9qz1m'", JSON.stringify(env.TOKEN_ID)],
    ] as const
    let code = block ?? ''
    for (const [shown, own] of replaced) {
      assert.ok(code.includes(shown), shown)
      code = code.replace(shown, own)
    }
    client.write('readme.js', code)
    const printed = await runOnMachinesNode(['readme.js'], { cwd: client.project, env })
    assert.ok(printed.split('\n').length > 20, printed)
  })

  test('leaves a program that has done its work to end by itself', async () => {
    client.write(
      'end.js',
      "import { createSession } from '@latchkey/client'\nconst { env } = process\nawait createSession({ serviceUrl: env.SERVICE_URL, partnerId: env.PARTNER_ID, tokenId: env.TOKEN_ID, tokenValue: env.TOKEN_VALUE })\nconsole.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length)\n",
    )
    // A timer that keeps the program alive would be counted; what keeps it alive otherwise runs into the limit.
    const limitMs = 60_000
    assert.equal(await runOnMachinesNode(['end.js'], { cwd: client.project, env, timeout: limitMs }), '0\n')
  })

  test('runs in a browser, bundled, on a page of another origin', async () => {
    client.write('work.js', PROGRAM)
    client.write('page.js', "import { work } from './work.js'\nglobalThis.work = work\n")
    client.write('index.html', '<!doctype html><title>t</title><script type="module" src="./page.js"></script>')
    await build({ root: client.project, configFile: false, logLevel: 'warn', base: './', build: { outDir: 'site' } })
    await using site = await serve(join(client.project, 'site'))
    await using browser = await openBrowser()
    await using page = await browser.page()
    await page.goto(site.url, { waitUntil: 'networkidle' })
    const result = await page.evaluate(`globalThis.work(${JSON.stringify(env)})`)
    assert.deepEqual(result, EXPECTED)
    page.expectClean()
    for (const url of page.requestUrls()) assert.ok(!url.includes(env.TOKEN_VALUE) && !url.includes('ks='), url)
  })

  test('has types that a strict project compiles against, by either way of looking for them', async () => {
    client.write('use.ts', USE)
    for (const [module, moduleResolution, lib] of [
      ['nodenext', 'nodenext', ['es2022', 'dom']],
      ['esnext', 'bundler', ['es2022', 'dom', 'dom.iterable']],
      ['nodenext', 'nodenext', ['es2020', 'dom']],
    ]) {
      const compilerOptions = {
        strict: true,
        noEmit: true,
        target: 'es2022',
        module,
        moduleResolution,
        lib,
        types: [],
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
      }
      client.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['use.ts'] }))
      const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
      const compiled = promisify(execFile)(process.execPath, [compiler, '-p', client.project])
      await compiled.catch(({ stdout }) => assert.fail(stdout))
    }
  })

  test('is as publint wants a package', async () => {
    const { messages } = await publint({ pkgDir: client.folder, strict: true })
    assert.deepEqual(messages, [])
  })

  test('has the types that are right for each way of importing it', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(client.tarball))))
    assert.ok(analysis.types)
    // It is a module of ECMAScript only; that CommonJS has to import() it is meant.
    assert.deepEqual(
      analysis.problems.filter(({ kind }) => kind !== 'CJSResolvesToESM' && kind !== 'NoResolution'),
      [],
    )
  })
})

const USE = `import { createSession, type KalturaMediaEntry, list, LatchkeyCallError, type Session, withSession } from '@latchkey/client'

export async function use(fetchOfMine: typeof fetch): Promise<number> {
  const values: Record<string, string | undefined> = {}
  const tokenValue = () => values.TOKEN_VALUE
  await using session: Session = await createSession({ serviceUrl: 'https://x', partnerId: 1, tokenId: 'x', tokenValue, fetch })
  const entries: KalturaMediaEntry[] = []
  for await (const entry of list(session, 'media', { filter: { nameLike: 'x' } })) entries.push(entry)
  try {
    await withSession(fetchOfMine, session)('https://x/api_v3/service/media/action/list')
  } catch (error) {
    if (error instanceof LatchkeyCallError) return error.status
  }
  const { partnerId } = await session.call('session', 'get')
  return Number(partnerId) + entries.length
}
`

async function bundle(entry: string, isMinified: boolean): Promise<string> {
  const built = await build({
    root: client.project,
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: isMinified,
      lib: { entry, formats: ['es'] },
      rolldownOptions: { external: [/sha512/], output: { minify: true } },
    },
  })
  const [first] = Array.isArray(built) ? built : [built]
  assert.ok(first !== undefined && 'output' in first)
  const [chunk] = first.output
  return chunk.code
}

async function serve(folder: string): Promise<{ readonly url: string } & AsyncDisposable> {
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }
  const host = createServer(({ url = '/' }, response) => {
    const name = url === '/' ? 'index.html' : url.slice(1)
    try {
      const body = readFileSync(join(folder, name))
      response.writeHead(200, { 'content-type': types[extname(name)] ?? 'application/octet-stream' }).end(body)
    } catch {
      // Browsers ask for an icon by themselves.
      response.writeHead(204).end()
    }
  })
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  const address = host.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      host.closeAllConnections()
      await new Promise((resolve) => host.close(resolve))
    },
  }
}
