import type { Socket } from 'node:net'
import { apiError, HTTP_STATUS, propertyNames, writeResponse } from '@latchkey/wire'

/** What Node tells of a request that never became one, in our codes. */
const CODES = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
} as const

/** Answers what is no HTTP, too slow or too large in its headers, then closes: nothing after it can be trusted. */
export function addClientErrors(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const code = isKnown(error.code) ? CODES[error.code] : 'REQUEST_MALFORMED'
  const { body } = writeResponse({
    format: 'json',
    result: { ok: false, error: apiError(code) },
    classes: propertyNames,
    ignoreNull: false,
    executionSeconds: 0,
  })
  const status = HTTP_STATUS[code]
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
}

function isKnown(code: string | undefined): code is keyof typeof CODES {
  return code !== undefined && Object.hasOwn(CODES, code)
}
