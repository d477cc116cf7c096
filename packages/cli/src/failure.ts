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
const NEXT_OTHERWISE = 'latchkey --help'

/** What went wrong, what to do and which command to try next, for a person at a terminal. Ends with a line end. */
export function describeFailure(error: unknown): string {
  if (error instanceof CommandFailure) return error.describe()
  if (error instanceof LatchkeyError) {
    const code: ErrorCode = error.code
    const head = wrapWords(error.message, '  ', 'latchkey: ')
    return `${head}${wrapWords(error.remedy, '  ')}next: ${NEXT[code] ?? NEXT_OTHERWISE}\n`
  }
  if (isSystemError(error)) return `latchkey: ${describeSystemError(error)}\n`
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `latchkey: an unexpected fault\n${text}\nnext: latchkey doctor --local\n`
}

/** 1 failed, 2 could not even begin. */
export function exitCodeOfFailure(error: unknown): number {
  return error instanceof CommandFailure ? error.exitCode : 1
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

function describeSystemError(error: SystemError): string {
  const where = `${error.address ?? ''}:${error.port ?? ''}`
  if (error.code === 'EADDRINUSE')
    return `${where} is in use already\n  stop what listens there, or choose another port with --port or LATCHKEY_PORT (0 takes any free one)\nnext: latchkey serve --port 0`
  if (error.code === 'EADDRNOTAVAIL')
    return `${where} is no address of this machine\n  choose another with --host or LATCHKEY_HOST\nnext: latchkey serve --host 127.0.0.1`
  if (error.code === 'EACCES' && error.path !== undefined)
    return `no right to use ${error.path}\n  run as its owner, or choose another directory with --data or LATCHKEY_DATA\nnext: latchkey settings`
  if (error.code === 'ENOENT' && error.path !== undefined)
    return `there is no ${error.path}\n  check the name, or pipe it in and name it -\nnext: latchkey --help`
  return `${error.message}\nnext: latchkey --help`
}
