import type { Socket } from 'node:net'
import { diagnose, type EpochSeconds, type Problem } from '@latchkey/core'
import { apiError, HTTP_STATUS, propertyNames, type WireErrorCode, writeResponse } from '@latchkey/wire'
import { V3_HEADERS } from './headers.ts'
import type { V3Fidelity } from './v3/fidelity.ts'

/** What Node tells of a request that never became one, in our codes. */
const KNOWN = {
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'REQUEST_TIMEOUT', problem: { kind: 'limit', which: 'time' } },
  HPE_HEADER_OVERFLOW: { code: 'HEADERS_TOO_LARGE', problem: { kind: 'limit', which: 'headers' } },
} as const satisfies Record<string, { readonly code: WireErrorCode; readonly problem: Problem }>
const MALFORMED = { code: 'REQUEST_MALFORMED', problem: { kind: 'request-malformed' } } as const

/** Answers what is no HTTP, too slow or too large in its headers, then closes: nothing after it can be trusted. */
export function clientErrors(
  newRequestId: () => string,
  clock: () => EpochSeconds,
  { name: fidelity, showsOurs }: V3Fidelity,
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const { code, problem } = isKnown(error.code) ? KNOWN[error.code] : MALFORMED
    const requestId = newRequestId()
    const { body } = writeResponse({
      format: 'json',
      result: {
        ok: false,
        error: apiError(code),
        ...(showsOurs && { diagnosis: diagnose(problem, { service: '', action: '', requestId, now: clock() }) }),
      },
      classes: propertyNames,
      ignoreNull: false,
      executionSeconds: 0,
    })
    const headers = Object.entries({
      ...V3_HEADERS[fidelity],
      ...(showsOurs && { 'x-latchkey-request': requestId }),
      connection: 'close',
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    })
    socket.end(
      `HTTP/1.1 ${HTTP_STATUS[code]} Refused\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
    )
  }
}

function isKnown(code: string | undefined): code is keyof typeof KNOWN {
  return code !== undefined && Object.hasOwn(KNOWN, code)
}
