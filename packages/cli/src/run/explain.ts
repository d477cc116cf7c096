import {
  accessOfKind,
  accessOfNames,
  explainAction,
  findPermission,
  type LocalAccess,
  type SessionKind,
  sessionKind,
  stockRole,
  stockRoleByName,
} from '@latchkey/core'
import { type Explanation, explanationsIn } from '@latchkey/wire/answer'
import { lacksOurs } from '../access/extras.ts'
import { actionNamed } from '../access/least.ts'
import { knownActions, listed } from '../access/wanted-names.ts'
import { CommandFailure } from '../command-failure.ts'
import { connect } from '../connect/connect.ts'
import type { Connection } from '../connect/endpoint.ts'
import { namesIn, numberOf, objectOf, textOf } from '../connect/json.ts'
import type { TargetFlags } from '../connect/target.ts'
import { type Paint, paintFor, plain, wrap } from '../doctor/paint.ts'
import { say, tell, writeJson } from '../output.ts'
import { describeFixes, heldInWords, refusedFailure } from '../view/refusal-view.ts'

interface Flags extends TargetFlags {
  readonly about?: string
  readonly address?: string
  readonly entryId?: string
  readonly kind?: SessionKind
  readonly role?: string
}

/** `latchkey explain`: ends with 0 where all are open, with 1 where some are not. */
export async function run(names: readonly string[], flags: Flags): Promise<void> {
  const actions = knownActions(listed(names), 'latchkey explain')
  const explanations =
    flags.kind !== undefined || flags.role !== undefined
      ? byCatalogue(actions, flags.kind ?? 'user', flags.role)
      : await atEndpoint(actions, flags)
  if (flags.json === true) writeJson(explanations)
  else {
    const paint = paintFor(process.stdout)
    say(explanations.map((one) => describe(one, paint)).join('\n'))
  }
  const shut = explanations.filter(({ effect }) => effect === 'deny')
  if (shut.length > 0 && flags.json !== true) {
    tell(`next: latchkey suggest ${shut.map(({ action }) => action).join(' ')}\n`)
  }
  process.exitCode = shut.length > 0 ? 1 : 0
}

function byCatalogue(actions: readonly string[], kind: SessionKind, role: string | undefined): readonly Explanation[] {
  if (role === undefined) return here(actions, accessOfKind(kind))
  const found = /^\d+$/.test(role) ? stockRole(Number(role)) : stockRoleByName(role)
  if (found === undefined) {
    throw new CommandFailure(`${JSON.stringify(role)} is none of the roles that all accounts share`, {
      details:
        '  those of an account are known to its server only: ask about an app token\n  that has it, with --about\n',
      next: ['latchkey role list'],
    })
  }
  const { id, name, permissionNames } = found
  return here(actions, accessOfKind(kind, { id, name, permissionNames, isShared: true }))
}

function here(actions: readonly string[], access: LocalAccess): readonly Explanation[] {
  return actions.flatMap((name) => {
    const action = actionNamed(name)
    return action === undefined ? [] : [explainAction(action, access)]
  })
}

async function atEndpoint(actions: readonly string[], flags: Flags): Promise<readonly Explanation[]> {
  const { about, address, entryId } = flags
  await using connection = await connect(flags)
  const context = { ...(address !== undefined && { address }), ...(entryId !== undefined && { entryId }) }
  const outcome = await connection.call({
    service: 'latchkey_access',
    action: 'explain',
    params: {
      actions: actions.join(','),
      ...(about !== undefined && { tokenId: about }),
      ...(Object.keys(context).length > 0 && { context: { objectType: 'LatchkeyContext', ...context } }),
    },
  })
  if (outcome.kind === 'result') {
    const told = explanationsIn(outcome.value)
    if (told !== undefined) return told
  }
  if (!lacksOurs(outcome)) {
    throw refusedFailure(
      outcome.kind === 'result' ? { kind: 'failed', why: 'it answered with something else' } : outcome,
      'latchkey_access.explain',
    )
  }
  tell(`latchkey: this server does not explain; worked out by the catalogue here\n`)
  if (about === undefined) return here(actions, await ownAccess(connection))
  const { localAccessOf, readTokenFacts } = await import('../access/token-access.ts')
  return here(actions, localAccessOf(await readTokenFacts(connection, about)))
}

/** By the permissions that the session says it holds. */
async function ownAccess(connection: Connection): Promise<LocalAccess> {
  const names = namesIn(textOf(await connection.ask('permission', 'getCurrentPermissions')))
  const unknown = names.filter((name) => findPermission(name) === undefined)
  if (unknown.length > 0) {
    const what = `what ${unknown.join(', ')} opens, which the account has made, is not known to this session`
    tell(wrap(`latchkey: warning: ${what}; ask with --about as the owner`, '  ', ''))
  }
  // Few sessions may ask what they are; any may ask what it holds.
  const outcome = await connection.call({ service: 'session', action: 'get' })
  if (outcome.kind !== 'result') return accessOfNames('user', names)
  const info = objectOf(outcome.value)
  const type = numberOf(info.sessionType) ?? 0
  const kind = sessionKind({ type, userId: textOf(info.userId), privileges: textOf(info.privileges) })
  return accessOfNames(kind, names)
}

function describe(one: Explanation, paint: Paint): string {
  const { action, effect, openedBy, reason, text, needed, held, advice, fixes } = one
  if (effect === 'allow') {
    const by =
      openedBy === 'public' ? 'to everybody' : openedBy === 'session' ? 'to any session' : `by ${openedBy ?? '?'}`
    return `${paint.green('open')}      ${paint.bold(plain(action))}\n${wrap(by, '          ')}`
  }
  return [
    `${paint.red('not open')}  ${paint.bold(plain(action))}  ${paint.dim(plain(reason ?? ''))}\n`,
    wrap(`${text}.`, '          '),
    needed.length === 0 ? '' : wrap(`Needed: any of ${needed.join(', ')}`, '    ', '  '),
    needed.length === 0 ? '' : wrap(`Held: ${heldInWords(held)}`, '    ', '  '),
    advice === '' ? '' : wrap(`${advice.charAt(0).toUpperCase()}${advice.slice(1)}.`, '  '),
    describeFixes(fixes),
  ].join('')
}
