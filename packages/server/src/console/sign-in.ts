import { type Deps, startOwnerSession } from '@latchkey/authority'
import { LatchkeyError } from '@latchkey/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addressOf } from '../address.ts'
import type { SignInLink } from './sign-in-link.ts'
import { WrongTries } from './wrong-tries.ts'

/** The way in by a link that the start of the server told whoever started it. */
export interface SignInOptions {
  readonly link: SignInLink
  /** Whose account the link opens. */
  readonly partnerId: number
  /** Called once the link has been used. */
  readonly onUsed?: (() => void) | undefined
}

export const SIGN_IN_PATH = '/console/sign-in'
const SESSION_SECONDS = 8 * 3_600
const MOST_BYTES = 1_024
const OTHER_WAY = 'sign in with the partner id and admin secret'
const WORTH_NOTHING = `this link has been used, has expired, or is not of this server's last start: restart the server for a new one, or ${OTHER_WAY}`

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly retryAfterSeconds?: number | undefined
}

/**
 * `POST /console/sign-in` with `{"code"}`: the code of the link in, an ADMIN session of the account out. It takes JSON from
 * its own pages only: what a form on another page can send is refused.
 */
export async function addSignIn(app: FastifyInstance, deps: Deps, options: SignInOptions): Promise<void> {
  const wrongTries = new WrongTries()
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    scope.post(SIGN_IN_PATH, { bodyLimit: MOST_BYTES }, async (request, reply) => {
      const answer = await signIn(request)
      if (answer.status >= 400) {
        request.log.info(
          { requestId: request.id, address: addressOf(request), status: answer.status },
          'sign-in refused',
        )
      }
      return send(reply, answer)
    })
    scope.setErrorHandler(async (error: { statusCode?: number }, request, reply) => {
      const status = error.statusCode ?? 500
      if (status >= 500) {
        request.log.error({ err: error, requestId: request.id }, 'fault')
        return send(reply, refusal(503, 'the server could not make a session; try again, or look at its log'))
      }
      return send(reply, unread(status))
    })
  })

  async function signIn(request: FastifyRequest): Promise<Answer> {
    if (!isOwnOrigin(request)) return refusal(403, 'a page of another origin cannot sign in here')
    const code = readCode(request.body)
    if (code === undefined) return unread(400)
    // The right one is taken however many wrong ones came before, or a stranger could lock the owner out: 128 random bits
    // are not guessed at any rate. The limit keeps a stranger's tries from filling the log.
    if (!options.link.use(code)) {
      const wait = wrongTries.add(deps.clock())
      if (wait === undefined) return refusal(403, WORTH_NOTHING)
      return { ...refusal(429, `too many wrong tries: wait ${wait} s, or ${OTHER_WAY}`), retryAfterSeconds: wait }
    }
    try {
      return await startSession(request)
    } catch (error) {
      options.link.giveBack()
      if (!(error instanceof LatchkeyError && error.code === 'PARTNER_NOT_FOUND')) throw error
      return refusal(403, `the account ${options.partnerId} is blocked or no longer there, so nobody can sign in to it`)
    }
  }

  async function startSession(request: FastifyRequest): Promise<Answer> {
    const { partnerId } = options
    const { sessionText, expiresAt } = await startOwnerSession(deps, partnerId, SESSION_SECONDS)
    // Before the answer: a session that could not be written down is not given out.
    await deps.store.journal.append({
      at: deps.clock(),
      requestId: request.id,
      partnerId,
      door: 'console',
      action: 'session.start',
      outcome: 'issued',
      address: addressOf(request),
    })
    options.onUsed?.()
    return { status: 200, body: { partnerId, ks: sessionText, expiresAt } }
  }
}

function send(reply: FastifyReply, { status, body, retryAfterSeconds }: Answer): FastifyReply {
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  return reply.code(status).header('cache-control', 'no-store').send(body)
}

function refusal(status: number, error: string): Answer {
  return { status, body: { error } }
}

function unread(status: number): Answer {
  if (status === 413) return refusal(status, `the request is larger than ${MOST_BYTES} bytes`)
  return refusal(status, 'send JSON, {"code": "…"}, with the content type application/json')
}

/** Scripts and older browsers send no origin; what a browser sends for a page elsewhere, or for none, does not match. */
function isOwnOrigin({ headers: { origin }, host }: FastifyRequest): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase()
}

function readCode(body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null || !('code' in value)) return undefined
    return typeof value.code === 'string' ? value.code : undefined
  } catch {
    return undefined
  }
}
