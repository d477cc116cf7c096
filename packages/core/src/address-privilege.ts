/**
 * A privilege of ours that binds a session to the addresses of its app token. Unlike `iprestrict` it knows ranges: the
 * slash of one, which would part two values, is written as a dash.
 */
export const ADDRESSES_PRIVILEGE = 'latchkey_addresses'

/** @param range `10.0.0.0/24` */
export function rangeAsValue(range: string): string {
  return range.replace('/', '-')
}

export function valueAsRange(value: string): string {
  return value.replace('-', '/')
}
