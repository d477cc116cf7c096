import { isIP, isIPv4 } from 'node:net'

/**
 * Where the request came from, as a proxy that is trusted says. That may say anything: what is no address is in no range, and
 * is not written down.
 */
export function addressOf({ ip }: { readonly ip: string | undefined }): string {
  // Whoever has hung up by now came from nowhere.
  if (ip === undefined) return 'unknown'
  // A restriction to an IPv4 address holds for it however the socket spells it.
  const address = ip.startsWith('::ffff:') && isIPv4(ip.slice(7)) ? ip.slice(7) : ip
  return isIP(address) === 0 ? 'unknown' : address
}
