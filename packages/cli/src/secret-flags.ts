import { CommandFailure } from './command-failure.ts'

/** Flags that somebody may try for a secret, and the ways in that there are. */
const WAYS: Readonly<Record<string, readonly [file: string, variable: string]>> = {
  '--admin-secret': ['--admin-secret-file', 'LATCHKEY_ADMIN_SECRET'],
  '--secret': ['--admin-secret-file', 'LATCHKEY_ADMIN_SECRET'],
  '--user-secret': ['--config', 'LATCHKEY_USER_SECRET'],
  '--token-value': ['--token-value-file', 'LATCHKEY_TOKEN_VALUE'],
  '--value': ['--value-file', 'LATCHKEY_TOKEN_VALUE'],
  '--session': ['--session-file', 'LATCHKEY_SESSION'],
  '--ks': ['--session-file', 'LATCHKEY_SESSION'],
  '--database-url': ['--config', 'LATCHKEY_DATABASE_URL'],
}

/**
 * Refuses secrets among the arguments, which everybody on a machine can read, before anything repeats them.
 *
 * @throws {CommandFailure}
 */
export function refuseSecretFlags(args: readonly string[]): void {
  const end = args.indexOf('--')
  for (const argument of end === -1 ? args : args.slice(0, end)) {
    const [flag = ''] = argument.split('=')
    const ways = Object.hasOwn(WAYS, flag) ? WAYS[flag] : undefined
    if (ways === undefined) continue
    const [file, variable] = ways
    throw new CommandFailure(
      `${flag} is not taken: the arguments of a process can be read by everybody on this machine`,
      {
        details: `  shells keep them too: treat a secret that was given so as known\n  give it as ${file} <file> (- for piped in),\n  or in ${variable}\n`,
        next: [`${['latchkey', ...commandsIn(args)].join(' ')} --help`],
      },
    )
  }
}

/** What stands in front of the first flag: at most two words, since the others may be values. */
function commandsIn(args: readonly string[]): readonly string[] {
  const end = args.findIndex((argument) => !/^[a-z][a-z-]*$/.test(argument))
  return args.slice(0, Math.min(2, end === -1 ? args.length : end))
}
