import { LatchkeyError } from '@latchkey/core'

/** What went wrong and what to do, for a person at a terminal. Ends with a line end. */
export function describeFailure(error: unknown): string {
  if (error instanceof LatchkeyError) return `latchkey: ${error.message}\n  ${error.remedy}\n`
  if (isSystemError(error)) return `latchkey: ${describeSystemError(error)}\n`
  return `latchkey: an unexpected fault\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`
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
    return `${where} is in use already\n  stop what listens there, or choose another port with --port or LATCHKEY_PORT (0 takes any free one)`
  if (error.code === 'EADDRNOTAVAIL')
    return `${where} is no address of this machine\n  choose another with --host or LATCHKEY_HOST`
  if (error.code === 'EACCES' && error.path !== undefined)
    return `no right to use ${error.path}\n  run as its owner, or choose another directory with --data or LATCHKEY_DATA`
  return error.message
}
