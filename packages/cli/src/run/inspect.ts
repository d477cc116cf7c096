import { agoInWords, inWords, Secret } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { type InspectedSession, inspectSession } from '@latchkey/doctor'
import { CommandFailure } from '../command-failure.ts'
import { paintFor, wrap } from '../doctor/paint.ts'
import { writeJson } from '../output.ts'
import { NOT_READABLE, readPaste, readTextArgument, withoutLineEnd } from '../paste.ts'
import { describeFindings, exitCodeFor, offlineAction } from './offline-command.ts'

interface Flags {
  readonly secretFile?: string
  readonly json?: boolean
}

/** @see addInspectCommand */
export const run = offlineAction(inspect)

function inspect(argument: string, { secretFile, json }: Flags): number {
  const text = withoutLineEnd(readTextArgument(argument))
  if (text.trim() === '') {
    throw new CommandFailure('there is no session string in it', { next: ['latchkey inspect --help'] })
  }
  const secrets =
    secretFile === undefined
      ? []
      : readPaste(secretFile)
          .split(/\r?\n/)
          .filter((line) => line !== '')
  const now = Math.floor(Date.now() / 1_000)
  const seen = inspectSession(nodePrimitives, text, { secrets: secrets.map((secret) => new Secret(secret)), now })
  if (json === true) writeJson(seen)
  else {
    const paint = paintFor(process.stdout)
    process.stdout.write(describe(seen, now))
    if (argument !== '-' && mayLive(seen, now) && process.stdout.isTTY && process.stderr.isTTY)
      process.stderr.write('it may still live, and shells keep their arguments: latchkey inspect - < ks.txt\n')
    if (seen.findings.length > 0) process.stdout.write(`\n${describeFindings(seen.findings, paint)}`)
    // What only the server and the secret can open, the server says of a session that is its own.
    else if (seen.version === 2 && seen.privileges === undefined)
      process.stderr.write('next: latchkey session show --session-file ks.txt\n')
  }
  // Of what is not even damaged, nothing can be said.
  if (seen.version === undefined && seen.findings.length === 0) return NOT_READABLE
  return exitCodeFor(seen.findings)
}

/** One that is broken or over opens nothing, whoever finds it. */
function mayLive({ isWhole, expiresAt, kind }: InspectedSession, now: number): boolean {
  return isWhole && kind !== 'widget' && (expiresAt === undefined || expiresAt > now)
}

const SIGNATURES = {
  proven: 'right: one of the secrets made it',
  'not-this-secret': 'not made with the secrets that were given',
  unproven: 'not looked at: that takes the admin secret (--secret-file)',
} as const
const KINDS = { widget: 'widget session, which anybody can get', user: 'USER', admin: 'ADMIN' } as const

function describe(seen: InspectedSession, now: number): string {
  const { version, partnerId, blocks, kind, expiresAt, userId, privileges } = seen
  const rows: [string, string | undefined][] = [
    ['version', version === undefined ? 'cannot be told' : String(version)],
    ['account', partnerId === undefined ? undefined : String(partnerId)],
    ['length', `${seen.shown}${seen.isWhole ? ', whole' : ', not whole'}`],
    ['sealed', blocks === undefined ? undefined : `${blocks} blocks of 16 bytes`],
    ['signature', version === undefined ? undefined : SIGNATURES[seen.signature]],
    ['kind', kind === undefined ? undefined : KINDS[kind]],
    ['user', userId === '' ? 'none' : userId],
    ['ends', expiresAt === undefined ? undefined : timeInWords(expiresAt, now)],
  ]
  const told = rows.flatMap(([name, value]) =>
    value === undefined ? [] : [wrap(value, ' '.repeat(11), name.padEnd(11))],
  )
  const items = (privileges ?? []).map(({ text, meaning, actions }) => {
    // Its values are the names, or stand for them.
    const shown = actions === undefined ? text : text.slice(0, text.indexOf(':'))
    return wrap(`${shown}: ${meaning ?? 'passed over by the server'}`, ' '.repeat(15), ' '.repeat(11))
  })
  const hidden =
    version === 2 && privileges === undefined ? wrap('Type, user, end and privileges are encrypted.', '') : ''
  return [...told, ...(items.length > 0 ? ['privileges\n', ...items] : []), hidden].join('')
}

function timeInWords(time: number, now: number): string {
  const isDate = time > 0 && time < 8_640_000_000_000
  const date = isDate ? ` (${new Date(time * 1_000).toISOString().replace('.000Z', 'Z')})` : ''
  return `${time}${date}, ${time <= now ? agoInWords(time, now) : `in ${inWords(time - now)}`}`
}
