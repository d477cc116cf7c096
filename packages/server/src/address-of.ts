import { isIP, isIPv4 } from 'node:net'
import type { FastifyRequest } from 'fastify'

/**
 * Where the request came from, as a proxy that is trusted says. That may say anything: what is no address is in no range, and
 * is not written down.
 */
export function addressOf({ ip }: FastifyRequest): string {
  // A restriction to an IPv4 address holds for it however the socket spells it.
  const address = ip.startsWith('::ffff:') && isIPv4(ip.slice(7)) ? ip.slice(7) : ip
  return isIP(address) === 0 ? 'unknown' : address
}
