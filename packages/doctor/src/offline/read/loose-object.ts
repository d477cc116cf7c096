import { DEEPEST, type Fields, MOST_VALUES, type Value } from './fields.ts'

/**
 * Reads an object out of whatever people paste: JSON that is no longer JSON (curly quotes, no braces, commas too many or
 * too few), dictionaries of Python and PHP, printed objects, lines of `name: value`. One pass, no backtracking; what makes
 * no sense is passed over. `undefined` where not one name with a value was found.
 */
export function readLooseObject(text: string): Fields | undefined {
  const fields = new Reader(straightened(text)).members(0, undefined)
  return fields.size > 0 ? fields : undefined
}

/** The quotes that word processors and forums make, and blanks that are none. */
function straightened(text: string): string {
  return text
    .replaceAll(/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02]/g, '"')
    .replaceAll(/[\u2018\u2019\u201a\u201b\u2032\uff07]/g, "'")
    .replaceAll(/[\u00a0\u2007\u202f\u3000]/g, ' ')
    .replaceAll(/[\ufeff\u200b-\u200d\u2060]/g, '')
}

const OPENERS: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' }
const WORDS: Readonly<Record<string, Value>> = { true: true, false: false, null: null, none: null, nil: null, n: null }
const NAME = /[A-Za-z0-9_$.-]/
const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/
const LONGEST_NAME = 100
const LONGEST_LOOK = 120
/** Behind a comma, what can only be the next name: a word with a colon, an equals sign or an arrow behind it. */
const NEXT_NAME = /^\s*(?:["'][^"'\n]{1,60}["']\s*(?::|=)|[A-Za-z_][A-Za-z0-9_]{0,40}\s*(?:=|:\s))/
/** The same without a blank behind the colon, which a list of privileges could have too. */
const KNOWN_NAME =
  /^\s*(?:id|ks|token|tokenHash|partnerId|status|expiry|createdAt|updatedAt|sessionType|sessionUserId|sessionDuration|sessionPrivileges|hashType|description|objectType|userId|privileges|code|message|args)\s*:/
const LINE_MARK = /^[ \t]*(?:[>•*|]|-(?=\s)|\d{1,3}[.)](?=\s))[ \t]*/

class Reader {
  readonly #text: string
  #at = 0
  #left = MOST_VALUES

  constructor(text: string) {
    this.#text = text
  }

  /** Up to the bracket that closes them; at the top, to the end. */
  members(depth: number, close: string | undefined): Map<string, Value> {
    const fields = new Map<string, Value>()
    let items = 0
    while (this.#left > 0 && this.#skipBetween()) {
      const character = this.#text[this.#at] ?? ''
      if (character === close) {
        this.#at += 1
        break
      }
      if (character === ')' || character === ']' || character === '}') {
        // One that nothing here has opened: at the top the paste began in the middle.
        if (close !== undefined) break
        this.#at += 1
        continue
      }
      this.#left -= 1
      const name = this.#name()
      if (name !== undefined) {
        // Without an arrow it was a word among others.
        if (!this.#arrow()) continue
        const value = this.#value(depth)
        // A heading such as "my token:" does not undo what was read before.
        if ((value !== '' && value !== null) || !fields.has(name)) fields.set(name, value)
      } else if (character in OPENERS && depth < DEEPEST) {
        this.#at += 1
        const inner = this.members(depth + 1, OPENERS[character])
        // Braces around everything, and lists of objects: what is inside counts.
        if (close === undefined) for (const [key, value] of inner) fields.set(key, value)
        else if (inner.size > 0) fields.set(String(items++), inner)
      } else this.#skipWord(close)
    }
    return fields
  }

  /** To the next that could begin a name. False at the end. */
  #skipBetween(): boolean {
    for (;;) {
      const character = this.#text[this.#at]
      if (character === undefined) return false
      if (character === '\n') {
        this.#at += 1
        const mark = LINE_MARK.exec(this.#text.slice(this.#at, this.#at + LONGEST_LOOK))
        if (mark !== null) this.#at += mark[0].length
      } else if (character === ',' || character === ';' || /\s/.test(character)) this.#at += 1
      else return true
    }
  }

  #skipBlanks(): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t' || this.#text[this.#at] === '\r') this.#at += 1
  }

  /** Quoted, bare, or in brackets as printed arrays have it. Where there is none, nothing is taken. */
  #name(): string | undefined {
    const start = this.#at
    const isInBrackets = this.#text[this.#at] === '['
    if (isInBrackets) this.#at += 1
    const character = this.#text[this.#at] ?? ''
    const name =
      character === '"' || character === "'" || character === '`' ? this.#quoted(LONGEST_NAME) : this.#bareName()
    if (name !== undefined && name !== '' && isInBrackets) {
      // `["id":protected]=>` too.
      const end = this.#text.slice(this.#at, this.#at + LONGEST_NAME).indexOf(']')
      if (end >= 0) {
        this.#at += end + 1
        return name
      }
    } else if (name !== undefined && name !== '') return name
    this.#at = start
    return undefined
  }

  #bareName(): string {
    const start = this.#at
    while (this.#at - start < LONGEST_NAME && NAME.test(this.#text[this.#at] ?? '')) this.#at += 1
    return this.#text.slice(start, this.#at)
  }

  /** What stands between a name and its value; a line end before it is none. */
  #arrow(): boolean {
    const start = this.#at
    this.#skipBlanks()
    const isTabbed = this.#text.slice(start, this.#at).includes('\t')
    if (this.#text.startsWith('=>', this.#at)) this.#at += 2
    else if (this.#text[this.#at] === ':' || this.#text[this.#at] === '=') this.#at += 1
    else if (!isTabbed && this.#text[this.#at] !== '|') {
      this.#at = start
      return false
    } else if (this.#text[this.#at] === '|') this.#at += 1
    return true
  }

  #value(depth: number): Value {
    this.#skipBlanks()
    // Dumped PHP breaks the line behind the arrow; printed PHP begins the next name there.
    if (
      this.#text[this.#at] === '\n' &&
      /^\n[ \t]*[^\s[\])}]/.test(this.#text.slice(this.#at, this.#at + LONGEST_LOOK))
    ) {
      if (this.#text.startsWith('=>', this.#at - 2)) {
        this.#at += 1
        this.#skipBlanks()
      }
    }
    const character = this.#text[this.#at] ?? ''
    if (character === '"' || character === "'" || character === '`') return this.#quoted() ?? ''
    if (character in OPENERS && depth < DEEPEST) {
      this.#at += 1
      return this.members(depth + 1, OPENERS[character])
    }
    return this.#typedOrBare(depth)
  }

  /** `string(5) "a"`, `int(3)`, `array(…)`, `Name(…)`, `Name Object (…)`, or a value without quotes. */
  #typedOrBare(depth: number): Value {
    const start = this.#at
    const word = this.#bareName()
    this.#skipBlanks()
    if (word !== '' && this.#text.startsWith('Object', this.#at)) {
      this.#at += 'Object'.length
      while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1
    }
    const opener = this.#text[this.#at] ?? ''
    if (word !== '' && (opener === '(' || opener === '{') && depth < DEEPEST) {
      const window = this.#text.slice(this.#at, this.#at + LONGEST_LOOK)
      const close = opener === '(' ? window.indexOf(')') : -1
      if (/^(?:string|str|int|integer|float|double|bool|boolean|enum|long)$/i.test(word)) {
        const inside = window.slice(1, Math.max(1, close))
        this.#at += Math.max(1, close + 1)
        this.#skipBlanks()
        const quote = this.#text[this.#at]
        return quote === '"' || quote === "'" ? (this.#quoted() ?? '') : plain(inside)
      }
      this.#at += 1
      return this.members(depth + 1, OPENERS[opener])
    }
    this.#at = start
    return plain(this.#bareText())
  }

  /** To the end of the line, or to what begins the next name or closes the object. */
  #bareText(): string {
    const start = this.#at
    let hasBracket = false
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at]
      if (character === '\n' || character === '}' || character === ')' || character === '|') break
      if (character === '[') hasBracket = true
      if (character === ']' && !hasBracket) break
      if (character !== ',' && character !== ';') continue
      const rest = this.#text.slice(this.#at + 1, this.#at + 1 + LONGEST_LOOK)
      if (character === ';' || /^\s*(?:$|\n|[}\])])/.test(rest) || NEXT_NAME.test(rest) || KNOWN_NAME.test(rest)) break
    }
    return this.#text.slice(start, this.#at)
  }

  /** @param most an upper bound on its length, beyond which it was no quote */
  #quoted(most = this.#text.length): string | undefined {
    const quote = this.#text[this.#at] ?? ''
    const start = this.#at
    let text = ''
    for (let at = start + 1; at < this.#text.length && at - start <= most + 1; at += 1) {
      const character = this.#text[at] ?? ''
      if (character === quote) {
        this.#at = at + 1
        return text
      }
      if (character === '\\' && at + 1 < this.#text.length) {
        at += 1
        text += unescaped(this.#text[at] ?? '')
      } else text += character
    }
    if (most < this.#text.length) return undefined
    // Never closed: the line is all that was meant.
    const end = this.#text.indexOf('\n', start)
    this.#at = end < 0 ? this.#text.length : end
    return this.#text.slice(start + 1, this.#at).replace(/,\s*$/, '')
  }

  /** Past what is neither a name with a value nor a bracket. */
  #skipWord(close: string | undefined): void {
    const start = this.#at
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? ''
      if (/[\s,;]/.test(character) || character === close || (character in OPENERS && this.#at > start)) break
      this.#at += 1
    }
    if (this.#at === start) this.#at += 1
  }
}

function unescaped(character: string): string {
  return { n: '\n', r: '\r', t: '\t' }[character] ?? character
}

function plain(text: string): Value {
  const trimmed = text.trim()
  // Nothing at all, not even quotes: printed objects show what has no value so.
  if (trimmed === '') return null
  const word = WORDS[trimmed.toLowerCase()]
  if (word !== undefined) return word
  return NUMBER.test(trimmed) ? Number(trimmed) : trimmed
}
