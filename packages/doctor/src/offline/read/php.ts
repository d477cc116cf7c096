import { DEEPEST, MOST_VALUES, type Value } from './fields.ts'

/** Whether a text looks like PHP's `serialize()`. */
export function isPhp(text: string): boolean {
  return /^(?:[aO]:\d{1,7}:|s:\d{1,7}:"|[idb]:-?\d|N;)/.test(text)
}

/** Reads PHP's `serialize()`; `undefined` where it is none. Lengths of texts are bytes of UTF-8. */
export function readPhp(text: string): Value | undefined {
  const reader = new Reader(text)
  return reader.value(0)
}

class Reader {
  readonly #text: string
  #at = 0
  #left = MOST_VALUES

  constructor(text: string) {
    this.#text = text
  }

  value(depth: number): Value | undefined {
    this.#left -= 1
    if (this.#left < 0 || depth > DEEPEST) return undefined
    const type = this.#text[this.#at]
    if (this.#text.startsWith('N;', this.#at)) {
      this.#at += 2
      return null
    }
    if (this.#text[this.#at + 1] !== ':') return undefined
    this.#at += 2
    switch (type) {
      case 'i':
      case 'd':
        return Number(this.#upTo(';'))
      case 'b':
        return this.#upTo(';') === '1'
      case 's':
        return this.#string(';')
      case 'O': {
        const className = this.#string(':')
        const members = this.#members(depth)
        if (className === undefined || members === undefined) return undefined
        return members.has('objectType') ? members : members.set('objectType', className)
      }
      case 'a':
        return asList(this.#members(depth))
      default:
        return undefined
    }
  }

  #members(depth: number): Map<string, Value> | undefined {
    const count = Number(this.#upTo(':'))
    if (this.#text[this.#at] !== '{' || !Number.isSafeInteger(count)) return undefined
    this.#at += 1
    const members = new Map<string, Value>()
    for (let index = 0; index < count && this.#text[this.#at] !== '}'; index += 1) {
      const name = this.value(depth + 1)
      if (typeof name !== 'string' && typeof name !== 'number') return undefined
      const value = this.value(depth + 1)
      if (value === undefined) return undefined
      members.set(String(name), value)
    }
    this.#at += 1
    return members
  }

  #string(end: string): string | undefined {
    const bytes = Number(this.#upTo(':'))
    if (this.#text[this.#at] !== '"' || !Number.isSafeInteger(bytes)) return undefined
    const start = this.#at + 1
    let at = start
    for (let left = bytes; left > 0 && at < this.#text.length; ) {
      const code = this.#text.codePointAt(at) ?? 0
      left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
      at += code < 0x10000 ? 1 : 2
    }
    const text = this.#text.slice(start, at)
    if (this.#text[at] !== '"') return undefined
    this.#at = at + 1 + (this.#text[at + 1] === end ? 1 : 0)
    return text
  }

  #upTo(end: string): string {
    const stop = this.#text.indexOf(end, this.#at)
    const text = this.#text.slice(this.#at, stop < 0 || stop - this.#at > 40 ? this.#at : stop)
    this.#at = stop < 0 ? this.#text.length : stop + 1
    return text
  }
}

function asList(members: Map<string, Value> | undefined): Value | undefined {
  if (members === undefined || members.size === 0) return members
  let index = 0
  for (const name of members.keys()) if (name !== String(index++)) return members
  return [...members.values()]
}
