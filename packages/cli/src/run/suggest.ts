import type { Least } from '@latchkey/wire/answer'
import { leastAt, leastHere, type Wanted } from '../access/least.ts'
import { knownActions, listed } from '../access/wanted-names.ts'
import { CommandFailure } from '../command-failure.ts'
import { connectTo } from '../connect/connect.ts'
import type { ConnectionFlags } from '../connect/flags.ts'
import { targetOf } from '../connect/target.ts'
import { type Paint, paintFor, wrap } from '../doctor/paint.ts'
import { say, tell, writeJson } from '../output.ts'

interface Flags extends ConnectionFlags {
  readonly preset?: Wanted['preset']
  readonly services?: string
  readonly allowSensitive?: boolean
  readonly offline?: boolean
}

/** `latchkey suggest`: ends with 1 where something cannot be had. */
export async function run(names: readonly string[], flags: Flags): Promise<void> {
  const actions = knownActions(listed(names), 'latchkey suggest')
  if ((actions.length === 0) === (flags.preset === undefined)) {
    throw new CommandFailure('give the actions that are to be opened, or a preset in their place', {
      next: ['latchkey suggest media.list user.list', 'latchkey suggest --preset get-and-list'],
    })
  }
  const wanted = {
    preset: flags.preset,
    services: listed([flags.services]),
    actions,
    allowSensitive: flags.allowSensitive,
  }
  const least = flags.offline === true ? leastHere(wanted) : await asked(wanted, flags)
  if (flags.json === true) writeJson(least)
  else {
    say(describe(least, actions, paintFor(process.stdout)))
    const how = flags.preset === undefined ? `--actions ${actions.join(',')}` : `--preset ${flags.preset}`
    tell(`next: latchkey token create ${how}\n`)
  }
  // What a preset holds of plugins that the account lacks was not asked for by name.
  process.exitCode = flags.preset === undefined && least.impossible.length > 0 ? 1 : 0
}

async function asked(wanted: Wanted, flags: Flags): Promise<Least> {
  const target = targetOf(flags)
  try {
    await using connection = await connectTo(target, flags)
    return await leastAt(connection, wanted)
  } catch (error) {
    // Nobody said where to ask, and there is nothing here: what is the same everywhere can still be told.
    if (target.kind !== 'local' || target.isNamed || !(error instanceof CommandFailure) || error.exitCode !== 2)
      throw error
    tell(wrap(`latchkey: ${error.message}; answered by the catalogue of this program`, '  ', ''))
    return leastHere(wanted)
  }
}

const MOST_SHOWN = 10

function describe(
  { named, exact, impossible, leftOut, always }: Least,
  wanted: readonly string[],
  paint: Paint,
): string {
  const anyway = always.filter((name) => wanted.includes(name))
  return [
    `${paint.bold('Exact')}: a permission of the account's own, a role that holds it\n`,
    exact.actions.length === 0 ? '  nothing to open\n' : wrap(`opens ${some(exact.actions)}, and nothing else`, '  '),
    `\n${paint.bold('Named')}: permissions that there are\n`,
    named === undefined ? '  none that may be proposed opens any of it\n' : describeNamed(named),
    anyway.length === 0 ? '' : `\n${wrap(`Open to every session anyway: ${anyway.join(', ')}`, '')}`,
    impossible.length === 0 ? '' : `\n${paint.red('Cannot be had')}\n`,
    ...impossible.slice(0, MOST_SHOWN).map(({ action, text }) => wrap(`${action}: ${text}`, '    ', '  ')),
    impossible.length > MOST_SHOWN ? `  and ${impossible.length - MOST_SHOWN} more\n` : '',
    leftOut.length === 0 ? '' : `\n${paint.yellow('Left out')}, since they give more than was asked for\n`,
    ...leftOut
      .slice(0, MOST_SHOWN)
      .map(({ permission, because, surplus }) =>
        wrap(`${permission} ${because.join(' and ')}, and opens ${surplus} more`, '    ', '  '),
      ),
  ].join('')
}

function describeNamed({ permissions, surplus, proven, bound, missing }: NonNullable<Least['named']>): string {
  const more =
    surplus.length === 0 ? 'nothing' : `${surplus.length} more ${surplus.length === 1 ? 'action' : 'actions'}`
  const proof = proven ? '; less is not possible' : `; at least ${bound ?? 0} is not to be avoided`
  return [
    permissions.length === 0 ? '  none is needed\n' : wrap(permissions.join(', '), '  '),
    wrap(`open besides: ${more}${surplus.length === 0 ? '' : proof}`, '  '),
    surplus.length === 0 ? '' : wrap(some(surplus), '    '),
    missing.length === 0 ? '' : wrap(`not opened by any: ${missing.join(', ')}`, '  '),
  ].join('')
}

function some(names: readonly string[]): string {
  const rest = names.length > MOST_SHOWN ? ` and ${names.length - MOST_SHOWN} more` : ''
  return `${names.slice(0, MOST_SHOWN).join(', ')}${rest}`
}
