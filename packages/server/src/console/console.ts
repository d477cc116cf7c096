import type { Deps } from '@latchkey/authority'
import type { FastifyInstance } from 'fastify'
import { VERSION } from '../version.ts'
import { addPages, isConsoleBuilt } from './pages.ts'
import { addSignIn, type SignInOptions } from './sign-in.ts'

export interface ConsoleOptions {
  /** The built pages. Where they are not there, the server runs without them. */
  readonly folder: string
  /** Origins besides its own that its pages may call, such as `https://api.example.com`. */
  readonly connect: readonly string[]
  /** The account that a person need not choose, where there is only one. */
  readonly partnerId?: number | undefined
  readonly signIn?: SignInOptions | undefined
}

const NONCE_BYTES = 16
const NOT_BUILT =
  'the console is not built: npm start builds it, and so does npm run build; the API is at /api_v3, health at /healthz and /readyz'

/** The console: its pages, and the sign-in by a link. */
export async function addConsole(app: FastifyInstance, deps: Deps, options: ConsoleOptions): Promise<void> {
  const { folder, connect, partnerId, signIn } = options
  if (!isConsoleBuilt(folder)) {
    app.get('/', (_request, reply) => reply.code(404).send({ error: 'not found', hint: NOT_BUILT }))
    return
  }
  const { randomBytes, encodeBase64Url } = deps.primitives
  await addPages(app, folder, { connect, version: VERSION, fidelity: deps.fidelity ?? 'mended', partnerId }, () =>
    encodeBase64Url(randomBytes(NONCE_BYTES)).replaceAll('=', ''),
  )
  if (signIn !== undefined) await addSignIn(app, deps, signIn)
}
