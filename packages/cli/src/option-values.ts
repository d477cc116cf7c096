import { InvalidArgumentError } from 'commander'
import { readServiceUrl } from './service-url.ts'

/** Values of options, read where the command line is. */

export function serviceUrl(text: string): string {
  const url = readServiceUrl(text)
  if (url === undefined) throw new InvalidArgumentError('accepted is an address such as https://www.example.com')
  return url
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('accepted is a whole number')
  return Number(text)
}

/** From 1: the original takes 0 for it, so that the first page would come twice. */
export function page(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('accepted is a whole number from 1')
  return Number(text)
}

export function actions(text: string): readonly string[] {
  const named = text.split(/[\s,]+/).filter((name) => name !== '')
  const odd = named.find((name) => !/^[A-Za-z]\w{0,99}\.[A-Za-z]\w{0,99}$/.test(name))
  if (odd !== undefined || named.length > 100) {
    throw new InvalidArgumentError('accepted are up to 100 names such as media.list, separated by commas')
  }
  return named
}

export function names(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((name) => /^\w{1,100}(?:[.]\w{1,100})*$/.test(name))
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 }

/** A duration in seconds, from `90`, `15m`, `8h` or `30d`. */
export function span(text: string): number {
  const found = /^(\d{1,9})([smhd]?)$/.exec(text)
  if (found === null)
    throw new InvalidArgumentError('accepted is a number of seconds, or one with s, m, h or d behind it')
  return Number(found[1]) * (UNITS[found[2] || 's'] ?? 1)
}
