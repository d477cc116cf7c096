import {
  type Deps,
  exchangeAppToken,
  type IssuedSession,
  issueForClient,
  narrowForClient,
  startWidgetSession,
} from '@latchkey/authority'
import { Secret, tokenHash } from '@latchkey/core'
import { ask } from '../sandbox-deps.ts'
import type { AskedSession, World } from './world.ts'

/** A session that somebody got, by whatever way, and the one that it was made of. */
export interface Got {
  readonly text: string
  readonly parent?: string | undefined
  /** The actions that it was asked to be limited to. */
  readonly limitedTo?: readonly string[] | undefined
  /** What the door says that it granted. */
  readonly scope?: string | undefined
  /** The privileges that were asked for. */
  readonly asked?: string | undefined
  readonly lifetimeSeconds?: number | undefined
}

/** Who asks, with what for a proof, and from where. */
export interface Holder {
  readonly value: string
  readonly address: string
}

/**
 * Every way to a session of an app token. A new door is a line here. The console and the command line call these over the wire.
 * Undefined is a refusal.
 */
export const WAYS: Readonly<
  Record<string, (deps: Deps, world: World, asked: AskedSession, holder: Holder) => Promise<Got | undefined>>
> = {
  async startSession(deps, { partner, token }, asked, { value, address }) {
    const widget = await startWidgetSession(deps, `_${partner.id}`, 3_600)
    const { access, decision } = await ask(deps, 'appToken.startSession', widget.sessionText, { address })
    if (decision.effect === 'deny') return undefined
    const hash = tokenHash(deps.primitives, token.hashType, widget.sessionText, new Secret(value))
    const { userId, type, expirySeconds, privileges } = asked
    const request = { userId, type, expirySeconds, privileges }
    const exchanged = await exchangeAppToken(deps, access, { tokenId: token.id, tokenHash: hash }, request)
    return exchanged.effect === 'deny' ? undefined : { text: exchanged.sessionText }
  },

  async 'client credentials'(deps, world, asked, holder) {
    const issued = await issueForClient(deps, wishOf(world, asked, holder))
    return issued.effect === 'deny' ? undefined : gotOf(issued, asked)
  },

  async exchange(deps, world, asked, holder) {
    const parent = (await WAYS.startSession?.(deps, world, asked, holder))?.text
    if (parent === undefined) return undefined
    return narrow(deps, world, parent, narrowing(world, asked), holder)
  },

  async 'exchange of an exchanged one'(deps, world, asked, holder) {
    const parent = (await WAYS.exchange?.(deps, world, asked, holder))?.text
    if (parent === undefined) return undefined
    return narrow(deps, world, parent, narrowing(world, asked), holder)
  },
}

export async function narrow(
  deps: Deps,
  world: World,
  parent: string,
  asked: AskedSession,
  holder: Holder,
): Promise<Got | undefined> {
  const narrowed = await narrowForClient(deps, { ...wishOf(world, asked, holder), sessionText: parent })
  return narrowed.effect === 'deny' ? undefined : { ...gotOf(narrowed, asked), parent }
}

/** Something that can be had more often than what was asked for, and now and then as much of it. */
function narrowing({ random }: World, asked: AskedSession): AskedSession {
  return {
    ...asked,
    expirySeconds: random.one([0, 5, 40, 100_000]),
    privileges: random.one(['', '', 'iprestrict:10.0.0.1', 'iprestrict:192.0.2.1', 'edit:0_a', asked.privileges]),
    actions: random.one([[], ['media.list'], ['media.list', 'system.ping', 'baseEntry.get'], asked.actions]),
  }
}

function wishOf({ token }: World, asked: AskedSession, { value, address }: Holder) {
  const words = [
    ...asked.actions,
    ...asked.privileges.split(',').flatMap((each) => (each === '' ? [] : [`priv:${each}`])),
  ]
  return {
    credentials: { id: token.id, secret: value },
    place: { address, uri: '/oauth2/token', isHttps: false },
    scope: words.join(' '),
    lifetimeSeconds: asked.expirySeconds === 0 ? undefined : asked.expirySeconds,
  }
}

function gotOf(
  { sessionText, scope, lifetimeSeconds }: IssuedSession,
  { actions, privileges: asked }: AskedSession,
): Got {
  return { text: sessionText, scope, asked, lifetimeSeconds, limitedTo: actions.length === 0 ? undefined : actions }
}
