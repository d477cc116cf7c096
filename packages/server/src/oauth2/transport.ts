import type { FastifyRequest } from 'fastify'

/** By these a proxy tells that it stands between. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'] as const

/**
 * Whether a secret in this request has been readable on the way: it came over plain HTTP, and not from this machine. What a
 * proxy says of it counts only where that is trusted; a request that a proxy has handed on is none of this machine.
 */
export function isReadableOnTheWay(request: FastifyRequest): boolean {
  if (request.protocol === 'https') return false
  const isForwarded = FORWARDED.some((name) => request.headers[name] !== undefined)
  return isForwarded || !isLoopback(request.raw.socket.remoteAddress ?? '')
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address)
}
