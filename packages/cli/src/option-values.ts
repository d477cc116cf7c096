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
