import { LatchkeyError } from '@latchkey/core'
import ipaddr from 'ipaddr.js'

const MOST_RANGES = 50

/**
 * Addresses and ranges as a token keeps them, each in its shortest form.
 *
 * @throws {LatchkeyError} `ADDRESS_INVALID`, `TOO_MANY_VALUES`
 */
export function parseRanges(texts: readonly string[]): readonly string[] {
  if (texts.length > MOST_RANGES) throw new LatchkeyError('TOO_MANY_VALUES', { what: 'addresses', most: MOST_RANGES })
  return [...new Set(texts.map(parseRange))]
}

function parseRange(text: string): string {
  try {
    // Elsewhere `10.1` and `010.0.0.1` are addresses too, and other ones than most people take them for.
    const [written = ''] = text.split('/')
    if (!written.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(written)) throw new Error('not dotted')
    if (!text.includes('/')) return normal(ipaddr.parse(text)).toString()
    const [address, bits] = normalRange(ipaddr.parseCIDR(text))
    return `${address.toString()}/${bits}`
  } catch {
    throw new LatchkeyError('ADDRESS_INVALID', { address: text.slice(0, 60) })
  }
}

/** Whether an address lies within a range; false for what is neither. An IPv4 address written as IPv6 counts as itself. */
export function isInRange(address: string, range: string): boolean {
  try {
    const at = normal(ipaddr.parse(address))
    if (!range.includes('/')) return at.toString() === normal(ipaddr.parse(range)).toString()
    const [base, bits] = ipaddr.parseCIDR(range)
    return at.kind() === base.kind() && at.match(base, bits)
  } catch {
    return false
  }
}

/** Whether a call from an address counts as one from inside. */
export function isInternalAddress(
  { internalAddresses }: { readonly internalAddresses?: readonly string[] | undefined },
  address: string | undefined,
): boolean {
  if (internalAddresses === undefined || internalAddresses.length === 0 || address === undefined) return false
  return internalAddresses.some((range) => isInRange(address, range))
}

/** As {@link normal}, where the whole range is one of such addresses. */
function normalRange([address, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number]): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  return bits >= MAPPED_BITS && address.kind() === 'ipv6' && normal(address).kind() === 'ipv4'
    ? [normal(address), bits - MAPPED_BITS]
    : [address, bits]
}

/** Of an IPv4 address written as IPv6, what stands before it. */
const MAPPED_BITS = 96

function normal(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}
