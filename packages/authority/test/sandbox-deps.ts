import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Access,
  type AccessAnswer,
  createPartner,
  type Deps,
  decideAccess,
  OpenedSessions,
  type Partner,
  StartRate,
  startSession,
} from '@latchkey/authority'
import { findAction, type PrivilegePolicy } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { openStore } from '@latchkey/store'
import { testClock } from '@latchkey/testkit'

/** The use cases on a real store of their own, with a partner and a clock that the test sets. */
export async function sandboxDeps(privileges: PrivilegePolicy = 'vendor') {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-authority-'))
  const store = await openStore({
    dataDirectory: join(directory, 'data'),
    masterKeyPath: join(directory, 'master.key'),
  })
  const clock = testClock(1_700_000_000)
  const deps: Deps = {
    store,
    primitives: nodePrimitives,
    clock,
    privileges,
    sessions: new OpenedSessions(),
    startRate: new StartRate(),
  }
  const partner = await createPartner(deps, { id: 4242 })
  return {
    deps,
    clock,
    partner,
    async [Symbol.asyncDispose]() {
      await store.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** What a call gets that comes with this session. */
export async function ask(
  deps: Deps,
  action: string,
  sessionText: string | undefined,
  more: { requestedPartnerId?: number; resourceId?: string; address?: string; uri?: string; countsCall?: boolean } = {},
): Promise<AccessAnswer> {
  const [service = '', name = ''] = action.split('.')
  const found = findAction(service, name)
  if (found === undefined) throw new Error(`no action ${action}`)
  const opened =
    sessionText === undefined ? undefined : await deps.sessions.open(deps.store, deps.primitives, sessionText)
  return decideAccess(deps, {
    action: found,
    opened,
    sessionText,
    address: '127.0.0.1',
    uri: '/api_v3/',
    isHttps: false,
    countsCall: true,
    ...more,
  })
}

export function sessionOf(
  deps: Deps,
  partner: Partner,
  wishes: { type?: number; userId?: string; privileges?: string; expirySeconds?: number } = {},
): Promise<string> {
  return startSession(deps, {
    partnerId: partner.id,
    secret: partner.adminSecret.expose(),
    userId: '',
    type: 0,
    expirySeconds: 3_600,
    privileges: '',
    ...wishes,
  })
}

export async function adminAccess(deps: Deps, partner: Partner): Promise<Access> {
  return (await ask(deps, 'appToken.add', await sessionOf(deps, partner, { type: 2, userId: 'operator' }))).access
}
