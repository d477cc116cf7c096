import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPartner, type Deps, OpenedSessions, StartRate, type Store } from '@latchkey/authority'
import { nodePrimitives } from '@latchkey/core/node'
import { type ConsoleOptions, createServer, type Server, SignInLink } from '@latchkey/server'
import { openStore } from '@latchkey/store'
import { type TestClock, testClock } from '@latchkey/testkit'
import { pino } from 'pino'

export const PARTNER = 4242
export const INLINE_POLICY = "default-src 'none'; script-src 'sha256-abc='; style-src 'sha256-def='; connect-src 'none'"

/** A folder as the build leaves it, in small. */
const BUILT = {
  'index.html':
    '<!doctype html><meta charset="utf-8"><meta name="latchkey-server" content=""><script src="./assets/a-1.js"></script>',
  'offline.html': `<!doctype html><meta http-equiv="Content-Security-Policy" content="${INLINE_POLICY.replaceAll("'", '&#39;')}"><script>1</script>`,
  'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  '.built': 'a mark of the build',
  'assets/a-1.js': '0123456789',
  'assets/a-1.js.br': 'brotli',
  'assets/a-1.js.gz': 'gzip',
  'assets/.hidden.js': 'hidden',
} as const

export interface ConsoleGround extends AsyncDisposable {
  readonly server: Server
  readonly deps: Deps
  readonly clock: TestClock
  readonly link: SignInLink
  readonly folder: string
  /** How often the link was used. */
  used(): number
  /** All that was logged. */
  log(): string
  signIn(code: unknown, headers?: Record<string, string>): ReturnType<Server['inject']>
}

/** A server with a console in a folder of a few files, and one account. */
export async function consoleGround(
  wishes: {
    readonly console?: Partial<ConsoleOptions>
    readonly files?: Readonly<Record<string, string>>
    /** The store that the server sees, over the real one. */
    readonly over?: (store: Store) => Store
  } = {},
): Promise<ConsoleGround> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-console-'))
  // Beside the folder, for tries to get out of it.
  await writeFile(join(directory, 'package.json'), '{"secret": true}')
  const folder = join(directory, 'dist')
  for (const [name, content] of Object.entries(wishes.files ?? BUILT)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  const store = await openStore({
    dataDirectory: join(directory, 'data'),
    masterKeyPath: join(directory, 'master.key'),
  })
  const clock = testClock()
  const deps: Deps = {
    store: wishes.over?.(store) ?? store,
    primitives: nodePrimitives,
    clock,
    privileges: 'vendor',
    sessions: new OpenedSessions(),
    startRate: new StartRate(),
  }
  await createPartner(deps, { id: PARTNER })
  let log = ''
  let used = 0
  const write = (line: string) => {
    log += line
  }
  const link = new SignInLink(nodePrimitives, clock)
  const server = await createServer(deps, {
    logger: pino({ level: 'debug' }, { write }),
    trustProxy: [],
    errorStatus: 'legacy',
    console: {
      folder,
      connect: [],
      partnerId: PARTNER,
      signIn: {
        link,
        partnerId: PARTNER,
        onUsed: () => {
          used += 1
        },
      },
      ...wishes.console,
    },
  })
  return {
    server,
    deps,
    clock,
    link,
    folder,
    used: () => used,
    log: () => log,
    signIn: (code, headers = {}) =>
      server.inject({
        method: 'POST',
        url: '/console/sign-in',
        headers: { 'content-type': 'application/json', host: 'latchkey.test', ...headers },
        payload: JSON.stringify({ code }),
      }),
    async [Symbol.asyncDispose]() {
      await server.close()
      await store.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
