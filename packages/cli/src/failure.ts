import { type ErrorCode, LatchkeyError } from '@latchkey/core'
import { CommandFailure } from './command-failure.ts'
import { wrapWords } from './doctor/paint.ts'

/** The command to try next, where the code alone tells it. */
const NEXT: Partial<Readonly<Record<ErrorCode, string>>> = {
  STORE_UNAVAILABLE: 'latchkey doctor --local',
  STORE_TOO_NEW: 'latchkey migrate status',
  MASTER_KEY_MISSING: 'latchkey doctor --local',
  SECRET_UNREADABLE: 'latchkey doctor --local',
  SETTING_INVALID: 'latchkey settings --help',
  PARTNER_NOT_FOUND: 'latchkey partner list',
  ALREADY_EXISTS: 'latchkey partner list',
  REPORT_UNREADABLE: 'latchkey doctor --help',
}

const WRONG_USAGE: readonly ErrorCode[] = ['SETTING_INVALID', 'REPORT_UNREADABLE']

/**
 * What went wrong, what to do and which command to try next.
 *
 * @param command that failed, as `latchkey token list`
 */
export function failureOf(error: unknown, command: string): CommandFailure {
  const help = `${command} --help`
  if (error instanceof CommandFailure) return error
  if (error instanceof LatchkeyError) {
    const { code, message, remedy }: { code: ErrorCode; message: string; remedy: string } = error
    return new CommandFailure(message, {
      details: wrapWords(remedy, '  '),
      next: [NEXT[code] ?? help],
      exitCode: WRONG_USAGE.includes(code) ? 2 : 1,
      data: { code, message, remedy },
    })
  }
  if (isSystemError(error)) return systemFailure(error, help)
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return new CommandFailure('an unexpected fault', {
    details: `${text}\n`,
    next: ['latchkey doctor --local'],
    exitCode: 1,
  })
}

interface SystemError extends Error {
  readonly code: string
  readonly path?: string
  readonly port?: number
  readonly address?: string
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error
}

function systemFailure({ code, path, port, address, message }: SystemError, help: string): CommandFailure {
  const where = `${address ?? ''}:${port ?? ''}`
  const fail = (what: string, advice: string, next: string, exitCode: 1 | 2) =>
    new CommandFailure(what, {
      details: wrapWords(advice, '  '),
      next: [next],
      exitCode,
      data: { code, message: what },
    })
  const other = 'stop what listens there, or choose another port with --port or LATCHKEY_PORT (0 takes any free one)'
  // Who came by `npm start` has no `latchkey` to type.
  const isByNpm = process.env.npm_lifecycle_event === 'start' && process.platform !== 'win32'
  const again = isByNpm ? 'LATCHKEY_PORT=0 npm start' : 'latchkey serve --port 0'
  if (code === 'EADDRINUSE') return fail(`${where} is in use already`, other, again, 1)
  if (code === 'EADDRNOTAVAIL') {
    const next = 'latchkey serve --host 127.0.0.1'
    return fail(`${where} is no address of this machine`, 'choose another with --host or LATCHKEY_HOST', next, 1)
  }
  if (code === 'EACCES' && path !== undefined) {
    const advice = 'run as its owner, or name another file or directory'
    return fail(`no right to use ${path}`, advice, help, 2)
  }
  if (code === 'ENOENT' && path !== undefined) {
    return fail(`there is no ${path}`, 'check the name, or pipe it in and name it -', help, 2)
  }
  if (code === 'EISDIR') return fail(`${path ?? 'what was named'} is a directory`, 'name a file in it', help, 2)
  return new CommandFailure(message, { next: [help], exitCode: 1, data: { code, message } })
}
